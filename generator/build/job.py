"""What goes to a worker and what comes back; the parent needs no engine to know it."""

from dataclasses import dataclass, field

from generator.cache import Findings, Place
from generator.errors import Problem, Severity
from generator.model import Artifact, Carousel

NOTHING_FOUND = Findings()


@dataclass(frozen=True, slots=True)
class Pressed:
    """What came of a carousel: its artifacts, what there is to tell, seconds by stage.

    `hasty`: the pack is still to be made, and the PDF to be packed well, when there is time.
    `changed` are the numbers of the slides that are not as they were the last time, `read` and
    `missed` the files that it depends on, `findings` what is to be cached.
    """

    artifacts: tuple[Artifact, ...] = ()
    problems: tuple[Problem, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)
    pages: int = 0
    changed: tuple[int, ...] = ()
    read: frozenset[str] = frozenset()
    missed: frozenset[str] = frozenset()
    hasty: bool = False
    findings: Findings = NOTHING_FOUND

    @property
    def failed(self) -> bool:
        """Return whether an error kept the carousel from being built."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


NOWHERE = Place()


def work(
    carousel: Carousel,
    warm: bool = False,  # noqa: FBT001, FBT002  a job's arguments
    quick: bool = False,  # noqa: FBT001, FBT002
    place: Place = NOWHERE,
) -> Pressed:
    """Press a carousel in a worker process; `warm` keeps its pages, `quick` packs hastily.

    `place` is where the cache lies.
    """
    from generator.build.press import room  # noqa: PLC0415  the engine: in a worker only

    return room(warm=warm, place=place).press(carousel, quick=quick)
