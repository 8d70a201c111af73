"""Make a content repo, or a thread, brand, theme or layout in one."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

import click

from generator import intake
from generator.cli import _project, _report
from generator.cli._completing import words
from generator.cli._group import Context
from generator.errors import GeneratorError, UsageError, choices, error
from generator.intake import threads

PARTS: Mapping[str, Callable[[Path, str], Path]] = MappingProxyType(
    {
        "thread": intake.thread,
        "brand": intake.brand,
        "theme": intake.theme,
        "layout": intake.layout,
    }
)
"""What can be made in a content repo, and what makes it."""
NEXT: Mapping[str, str] = MappingProxyType(
    {
        "thread": "Build it: threadpress build {path}",
        "theme": "Look at it: threadpress gallery --theme {name}",
        "layout": "Look at it: threadpress gallery --layout {name}",
    }
)
"""What to do next with what was made."""


@click.command
@click.argument(
    "what",
    metavar="PATH | thread | brand | theme | layout",
    shell_complete=words(lambda _: PARTS, or_a_file=True),
)
@click.argument("name", metavar="[NAME]", required=False)
@click.pass_obj
def command(context: Context | None, what: str, name: str | None) -> None:
    """Make a content repo at PATH, or a part named NAME of the one you are in.

    Nothing that is there is written over.
    """
    context = context or Context()
    if name is None:
        _repo(what, context.format)
        return
    if what not in PARTS:
        raise UsageError(
            error("part-unknown", f"no part named `{what}`", hint=choices(what, PARTS))
        )
    project = _chosen(context)
    path = threads.shown(PARTS[what](project, name))
    if what != "thread":
        _for_editors(project)
    _report.say(_report.plain(f"Made {path}"))
    if what in NEXT:
        _report.say(_report.plain(NEXT[what].format(path=path, name=Path(path).parent.name)))


def _repo(path: str, form: str) -> None:
    """Make a content repo and say how to go on."""
    if path in PARTS:
        hint = f"threadpress new {path} NAME; a repo of that name: threadpress new ./{path}"
        raise UsageError(error("name-missing", f"what shall the {path} be called?", hint=hint))
    kept = intake.repo(Path(path))
    _for_editors(Path(path))
    _report.show(kept, form)
    shown = _report.plain(threads.shown(Path(path)))
    _report.say(f"Made a content repo in {shown}")
    _report.say(f"Build its sample:  threadpress --project {shown} build")
    _report.say("Then write into content/ and put your name into themes/_brands/mine/brand.yaml")


def _for_editors(project: Path) -> None:
    """Have the schemas that the new files point to know what there is now."""
    from generator.build import schemas  # noqa: PLC0415  pydantic, when it is needed
    from generator.build.project import open_project  # noqa: PLC0415

    with suppress(GeneratorError):  # of threadpress.yaml a build tells
        schemas.put(open_project(project))


def _chosen(context: Context) -> Path:
    """Return the content repo to add to, or tell why there is none."""
    here = Path.cwd()
    project = context.project or _project.nearest(here) or here
    if _project.is_project(project):
        return project
    hint = "make one with `threadpress new PATH`, or name yours with --project DIR"
    raise UsageError(error("project-missing", f"`{project}` is no content repo", hint=hint))
