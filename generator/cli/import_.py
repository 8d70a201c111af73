"""Make a content file of what you have already published."""

import difflib
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from generator import importers, intake
from generator.cli import _project, _report
from generator.cli._group import Context
from generator.errors import (
    GeneratorError,
    Location,
    Problem,
    UsageError,
    choices,
    error,
    info,
)
from generator.fetch import LIMIT, Door
from generator.importers import Imported, restructure
from generator.intake import threads

STDIN, STDIN_NAME = "-", "standard input"
HOOK_WORDS = 7
"""Words of the first post that name a thread which has no other name."""


@click.command
@click.argument("file", metavar="FILE|-")
@click.option("--from", "kind", metavar="KIND", help="What the file is, if it is not recognised.")
@click.option("--as", "slug", metavar="SLUG", help="The content file's name. Default: the file's.")
@click.option("--list", "listed", is_flag=True, help="Only list the threads that the file holds.")
@click.option("--thread", "wanted", metavar="ID", help="Which thread, if there are several.")
@click.option(
    "--restructure", "rebuild", is_flag=True, help="Give back lost line breaks; shows how."
)
@click.option("--force", is_flag=True, help="Write over a content file that is there.")
@click.option("-o", "--output", metavar="PATH", help="A file.md or folder; - is standard output.")
@click.pass_obj
def command(
    context: Context | None,
    file: str,
    *,
    kind: str | None,
    slug: str | None,
    listed: bool,
    wanted: str | None,
    rebuild: bool,
    force: bool,
    output: str | None,
) -> None:
    """Make a content file of FILE, or of standard input (-).

    What the file is, is seen from its content. Nothing is written over, and no word is changed.
    """
    context = context or Context()
    content, name = _opened(file)
    found = importers.read(content, name, kind)
    if listed:
        _list(found)
        return
    imported = _picked(found, wanted)
    problems = list(imported.problems)
    if rebuild:
        imported = _rebuilt(imported)
    elif lost := restructure.flattened(imported):
        problems.append(_lost(lost, name))
    if output == STDIN:
        _report.show(problems, context.format)
        click.echo(intake.render(imported), nl=False)
        return
    path = _path(context, output, slug or _named(file, imported))
    problems += threads.write(imported, path, force=force)
    _report.show(problems, context.format)
    _tell(imported, threads.shown(path))


def _opened(file: str) -> tuple[bytes, str]:
    """Return the bytes to import and what they are called in messages."""
    if file != STDIN:
        path = Path(file).absolute()
        return Door([("import", path.resolve().parent)]).read_file(path), threads.shown(path)
    if sys.stdin.isatty():
        _report.say("Paste the text, then press Ctrl-D (Ctrl-Z and Enter on Windows).")
    content = sys.stdin.buffer.read(LIMIT + 1)
    if len(content) > LIMIT:
        said = f"there are more than {LIMIT:,} bytes on standard input"
        raise GeneratorError(error("file-too-large", said))
    return content, STDIN_NAME


def _picked(found: Sequence[Imported], wanted: str | None) -> Imported:
    """Return the thread that is meant; several of which none is named are listed."""
    ids = [imported.id for imported in found]
    if wanted is not None:
        if wanted not in ids:
            said = f"the file has no thread `{wanted}`"
            raise UsageError(error("thread-unknown", said, hint=choices(wanted, filter(None, ids))))
        return found[ids.index(wanted)]
    if len(found) > 1:
        _list(found)
        said = f"the file holds {len(found)} threads"
        raise UsageError(error("thread-unnamed", said, hint=f"take one: --thread {ids[0]}"))
    return found[0]


def _list(found: Sequence[Imported]) -> None:
    """Print one line a thread: id, number of posts, how it begins."""
    for imported in found:
        begins = " ".join(_words(imported)[:12])
        click.echo(_report.plain(f"{imported.id or '-'}  {_posts(imported)}  {begins}"))


def _rebuilt(imported: Imported) -> Imported:
    """Return the thread with its line breaks given back, and show what that changes."""
    rebuilt = restructure.restructured(imported)
    before, after = (intake.render(one).splitlines() for one in (imported, rebuilt))
    lines = difflib.unified_diff(before, after, "as imported", "restructured", lineterm="", n=1)
    colours = {"+": "green", "-": "red", "@": "cyan"}
    shown = [click.style(_report.plain(line), fg=colours.get(line[:1])) for line in lines]
    _report.say("\n".join(shown) or "No post looks as if it had lost its line breaks.")
    return rebuilt


def _lost(count: int, name: str) -> Problem:
    """Return the note that some posts were lists once."""
    some = "1 post looks" if count == 1 else f"{count} posts look"
    said = f"{some} like lists that lost their line breaks"
    hint = "--restructure gives them back, and shows how; the words stay as they are"
    return info("structure-lost", said, Location(name), hint)


def _path(context: Context, output: str | None, name: str) -> Path:
    """Return where the content file goes: -o, else the project's content/, else this folder."""
    here = Path.cwd()
    if output is not None:
        target = Path(output)
        return target if target.suffix == ".md" else intake.place(target, name)
    project = context.project or _project.nearest(here) or here
    if context.project or _project.is_project(project):
        return intake.place(project / "content", name)
    return intake.place(here, name)


def _named(file: str, imported: Imported) -> str:
    """Return a name for a thread: its title, its file's name, or how it begins."""
    stem = "" if file == STDIN else Path(file).stem
    begins = " ".join(_words(imported)[:HOOK_WORDS])
    return next(filter(None, map(intake.slug, (imported.title, stem, begins))), "thread")


def _words(imported: Imported) -> list[str]:
    """Return the words of the first post."""
    return restructure.words(imported.posts[0].markdown)


def _posts(imported: Imported) -> str:
    """Return the number of posts as one says it."""
    return "1 post" if len(imported.posts) == 1 else f"{len(imported.posts)} posts"


def _tell(imported: Imported, path: str) -> None:
    """Say what was written and what to do next."""
    waiting = [post.id for post in imported.posts if "wants" in post.settings]
    _report.say(_report.plain(f"{path}: {_posts(imported)}"))
    if waiting:
        _report.say(f"Still without their picture: {', '.join(waiting)}")
    _report.say(_report.plain(f"Build it: threadpress build {path}"))
