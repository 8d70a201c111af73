"""Warm workers for the commands that build."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.build.crew import Crew


@contextmanager
def crew_of(jobs: int | None) -> Iterator["Crew"]:
    """Yield workers: they import the engine while this process reads what is to be built."""
    from generator.build.crew import Crew, Foreman  # noqa: PLC0415  not when there is nothing to do

    crew = Crew(Foreman(_warm), jobs or os.cpu_count() or 1, _home)
    try:
        yield crew
    except BaseException:
        crew.shutdown(wait=False)
        raise
    crew.shutdown()


def _home(made: Any, *_: object) -> str:  # noqa: ANN401  a Carousel, imported lazily
    """Return what names a carousel among the jobs: its pages are warm where it was pressed.

    A part of one is at home wherever there is a worker.
    """
    return str(getattr(made, "folder", "") or getattr(made, "stem", ""))


def _warm() -> None:
    """Import all that a worker needs; runs in the process that workers are forked from."""
    from generator.build import press  # noqa: PLC0415

    press.warm_worker()
