"""Which content repo a command works on."""

from pathlib import Path

MARK = "threadpress.yaml"


def nearest(start: Path) -> Path | None:
    """Return the nearest folder, from `start` upward, that holds threadpress.yaml."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / MARK).is_file()), None)


def is_project(folder: Path) -> bool:
    """Return whether a folder is a content repo: it has threadpress.yaml or content/."""
    return (folder / MARK).is_file() or (folder / "content").is_dir()
