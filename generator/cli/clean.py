"""Remove what was built: all in output/ but its .gitignore, and the cache."""

from pathlib import Path

import click

from generator import disk
from generator.cli import _project, _report
from generator.cli._group import Context
from generator.errors import GeneratorError, Problem, UsageError, error

OUTPUT, CACHE, SCHEMAS, IGNORE = "output", ".threadpress", "schemas", ".gitignore"


@click.command
@click.pass_obj
def command(context: Context | None) -> None:
    """Remove what was built: all in output/ but its .gitignore, and the cache.

    Schemas for editors stay. Nothing outside these two folders is touched, and links in them are
    left alone. What is gone is made again by the next `threadpress build`.
    """
    project = _chosen(context or Context())
    _refuse_links(project)
    built = disk.sweep(project / OUTPUT, ())
    cached = _forget(project)
    _report.say(f"Removed {_files(len(built))} from {OUTPUT}/ and {_files(cached)} of the cache.")


def _chosen(context: Context) -> Path:
    """Return the project to clean, or tell why there is none."""
    here = Path.cwd()
    project = context.project or _project.nearest(here) or here
    if _project.is_project(project):
        return project
    hint = f"a project has {_project.MARK} or content/; name yours with --project DIR"
    raise UsageError(error("project-missing", f"`{project}` is no project", hint=hint))


def _refuse_links(project: Path) -> None:
    """Raise if a folder to clean is a link: what it leads to lies elsewhere."""
    linked = [name for name in (OUTPUT, CACHE) if (project / name).is_symlink()]
    if linked:
        raise GeneratorError(*(_outside(project / name) for name in linked))


def _outside(path: Path) -> Problem:
    """Return what is told of a folder that is a link."""
    hint = "clean follows no links: empty the folder that it leads to by hand"
    return error("output-outside", f"`{path}` is a link to `{path.readlink()}`", hint=hint)


def _forget(project: Path) -> int:
    """Remove the project's cache; return how many files went.

    Schemas stay, as editors look for them and no build makes them; else the folder goes, too.
    """
    schemas = tuple((project / CACHE / SCHEMAS).glob("*.json"))
    gone = disk.sweep(project / CACHE, schemas)
    if not schemas:
        disk.remove(project / CACHE / IGNORE, project)
    return len(gone)


def _files(count: int) -> str:
    """Return a number of files as one says it."""
    return "1 file" if count == 1 else f"{count or 'no'} files"
