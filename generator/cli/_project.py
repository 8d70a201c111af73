"""Which content repo a command works on."""

from pathlib import Path
from typing import Any

MARK = "threadpress.yaml"


def nearest(start: Path) -> Path | None:
    """Return the nearest folder, from `start` upward, that holds threadpress.yaml."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / MARK).is_file()), None)


def is_project(folder: Path) -> bool:
    """Return whether a folder is a content repo: it has threadpress.yaml or content/."""
    return (folder / MARK).is_file() or (folder / "content").is_dir()


def opened(folder: Path | None, paths: tuple[Path, ...]) -> Any:  # noqa: ANN401  a Project, imported lazily
    """Return the project: the named one, the nearest one upward, else the file's own folder."""
    from generator.build import project  # noqa: PLC0415

    if folder:
        return project.open_project(folder)
    start = paths[0].resolve() if paths else Path.cwd()
    base = start if start.is_dir() else start.parent
    return project.open_project(nearest(base) or base)
