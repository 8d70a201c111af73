"""What workers made of a carousel, or what became of them over it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator.build.crew import WorkerError
from generator.build.job import Pressed
from generator.build.report import Outcome
from generator.errors import GeneratorError, Problem, error
from generator.model import Carousel, Source

if TYPE_CHECKING:
    from concurrent.futures import Future


def result(carousel: Carousel, job: "Future[Pressed]") -> Pressed:
    """Return what a worker made of a carousel; a lost worker is a problem of this carousel."""
    try:
        return job.result()
    except GeneratorError as wrong:
        return Pressed(problems=wrong.problems)
    except WorkerError as lost:
        message = f"the carousel can't be built: {lost}"
        hint = "a layout, a picture or a very long text may ask for too much"
        return Pressed(problems=(error("worker-lost", message, carousel.location, hint),))
    except Exception as fault:  # noqa: BLE001  one carousel's, told; the others are built
        message = f"a fault of Threadpress itself: {type(fault).__name__}: {fault}"
        hint = "please report it, with the file that it happened on"
        return Pressed(problems=(error("internal", message, carousel.location, hint),))


def whole(carousel: Carousel, one: Pressed) -> Pressed:
    """Return what was made with all it was made from.

    A font that a worker read for an earlier carousel is not read again: the faces name them.
    """
    return replace(one, read=one.read.union(face.file for face in carousel.faces))


def outcome(
    source: Source,
    pressed: Sequence[Pressed],
    written: tuple[Path, ...],
    problems: Iterable[Problem],
) -> Outcome:
    """Return what came of a content file whose carousels were pressed."""
    return Outcome(
        source.slug,
        source.path,
        written,
        tuple(dict.fromkeys(problems)),
        sum(one.pages for one in pressed),
        changed=tuple(sorted({n for one in pressed for n in one.changed})),
        timings=_summed(one.timings for one in pressed),
    )


def _summed(timings: Iterable[dict[str, float]]) -> dict[str, float]:
    """Return the seconds of several carousels by stage."""
    total: dict[str, float] = {}
    for one in timings:
        for stage, seconds in one.items():
            total[stage] = total.get(stage, 0.0) + seconds
    return total
