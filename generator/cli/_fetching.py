"""What `import --fetch` does with the network, and how far it is."""

from pathlib import Path
from typing import TYPE_CHECKING

from generator import disk
from generator.cli import _project
from generator.cli._group import Context
from generator.cli._progress import Bar
from generator.errors import Problem
from generator.intake import elsewhere

if TYPE_CHECKING:
    from generator.importers import Imported
    from generator.web import Web

FEW = 2
"""Pictures up to which nobody wants to see a bar."""


def web(context: Context) -> "Web":
    """Return what asks the network, with the project's cache, or the user's where there is none."""
    if context.web:
        return context.web
    from generator.web import Web  # noqa: PLC0415  only with --fetch

    found = context.project or _project.nearest(Path.cwd())
    project = found if found and _project.is_project(found) else None
    return Web(disk.cache_dir(project))


def pictured(imported: "Imported", web: "Web") -> tuple["Imported", tuple[Problem, ...]]:
    """Return a thread with its pictures from elsewhere, and what could not be fetched."""
    bar = Bar(wanted=True)
    bar.expect(elsewhere.count(imported), "fetching", few=FEW)
    try:
        return elsewhere.fetched(imported, web, bar.count)
    finally:
        bar.end()
