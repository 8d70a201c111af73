"""What goes to a worker and what comes back; the parent needs no engine to know it."""

from dataclasses import dataclass, field, replace

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


@dataclass(frozen=True, slots=True)
class Sheaf:
    """Neighbouring slides of a carousel: those from `first`, counted from 0, up to `end`.

    `fitted`: how they fit, packed, where that is known, and `problems` what was told of it; then
    there are `total` slides in all, and `first` and `end` count those.
    """

    first: int
    end: int
    fitted: bytes = b""
    total: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Plates:
    """What came of a sheaf: `count` slides, fitted and painted, packed for another worker.

    `fitted` says how they fit, `made` has them painted too, unless their numbers are wrong by now.
    Without `fitted` something is wrong, or can't be sent: the carousel is to be made by one worker,
    which tells. `read` and `missed` are the files that they depend on.
    """

    count: int = 0
    fitted: bytes = b""
    made: bytes = b""
    problems: tuple[Problem, ...] = ()
    read: frozenset[str] = frozenset()
    missed: frozenset[str] = frozenset()
    findings: Findings = NOTHING_FOUND
    seconds: float = 0.0


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


def lay(sheaf: Sheaf, carousel: Carousel, place: Place) -> Plates:
    """Lay out some slides of a carousel in a worker process."""
    from generator.build.press import room  # noqa: PLC0415  the engine: in a worker only

    return room(warm=False, place=place).lay(carousel, sheaf)


def bind(plates: tuple[Plates, ...], carousel: Carousel, place: Place) -> Pressed:
    """Make a carousel's artifacts of slides that other workers laid out."""
    from generator.build.press import room  # noqa: PLC0415  the engine: in a worker only

    return room(warm=False, place=place).bind(carousel, plates)


def examine(
    carousel: Carousel,
    warm: bool = False,  # noqa: FBT001, FBT002  a job's arguments, those of `work`
    quick: bool = False,  # noqa: FBT001, FBT002
    place: Place = NOWHERE,
) -> Pressed:
    """Press a carousel to see what is wrong with it, and hand back no files."""
    from generator.build.press import room  # noqa: PLC0415  the engine: in a worker only

    pressed = room(warm=warm, place=place, thorough=True).press(carousel, quick=quick)
    return replace(pressed, artifacts=())
