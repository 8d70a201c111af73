"""What an earlier run told, for a command that has nothing to do since."""

from pathlib import Path

from generator.build.manifest import NAME, load, recalled
from generator.cli import Context, _project
from generator.errors import Problem


def idle(context: Context, asked: str, name: str = NAME) -> tuple[Problem, ...] | None:
    """Return what a run that was asked for the same told, if nothing has changed; else nothing."""
    root = context.project or _project.nearest(Path.cwd())
    if root is None:
        return None
    root = root.resolve()
    manifest = load(root / ".threadpress", root, name)
    if not manifest.idle(asked, root / "output"):
        return None
    return tuple(problem for entry in manifest.entries.values() for problem in recalled(entry))
