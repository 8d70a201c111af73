"""The gallery: every theme, layout, pattern and canvas as pictures on sheets and on one page."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from generator import disk
from generator.build.gallery.plan import Plan, Shot, Wish, planned
from generator.build.gallery.showing import page, sheets
from generator.build.job import Pressed, work
from generator.build.project import Project
from generator.errors import Problem
from generator.model import Artifact

__all__ = ["Plan", "Shown", "Wish", "hang", "planned", "shoot"]

OWN_LIMIT = "limit-bytes"
"""What small pictures may have is the gallery's own wish, and no platform's."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A shot with the JPEG of each of its slides."""

    shot: Shot
    pictures: tuple[bytes, ...]


def shoot(
    shots: Iterable[Shot], crew: Executor, on_shot: Callable[[], None] = lambda: None
) -> tuple[list[Shown], list[Problem]]:
    """Return the pictures of all shots that could be taken, in order, and what went wrong."""
    jobs = [(shot, crew.submit(work, shot.carousel)) for shot in shots]
    shown: list[Shown] = []
    problems: list[Problem] = []
    for shot, job in jobs:
        pressed: Pressed = job.result()
        problems += (one for one in pressed.problems if one.code != OWN_LIMIT)
        if not pressed.failed:
            shown.append(Shown(shot, tuple(file.content for file in pressed.artifacts)))
        on_shot()
    return shown, list(dict.fromkeys(problems))


def hang(folder: Path, shown: Sequence[Shown], title: str) -> tuple[Path, ...]:
    """Write the gallery's page and its contact sheets into `folder`, and return their paths."""
    files = [Artifact("index.html", page(shown, title)), *_named(sheets(shown))]
    return disk.publish(folder, files)


def _named(found: Iterable[tuple[str, bytes]]) -> Iterator[Artifact]:
    return (Artifact(f"{name}.png", picture) for name, picture in found)


def folder_of(project: Project) -> Path:
    """Return where the gallery hangs if nobody says: no slug begins with `_`."""
    return project.root / "output" / "_gallery"
