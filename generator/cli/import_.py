"""Make a content file of what you have already published."""

import io
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import importers, intake
from generator.cli import _fetching, _picking, _rebuilding, _report
from generator.cli._completing import words
from generator.cli._group import Context
from generator.cli._placing import Places
from generator.cli._reading import Watched
from generator.errors import (
    GeneratorError,
    Location,
    Problem,
    SurroundingsError,
    UsageError,
    error,
)
from generator.fetch import LIMIT, Archive, Door, LooseFiles, Zip, archive, is_zip
from generator.importers import Imported, Offer, columns
from generator.intake import elsewhere, networks, noise

if TYPE_CHECKING:
    from generator.web import Web

LARGEST = 100_000_000
"""Bytes of a file that is read whole; an archive may have more."""

STDIN, STDIN_NAME = "-", "standard input"


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the command line asks for, beside the file."""

    context: Context
    rebuild: bool
    tables: Sequence[tuple[str, ...]]
    force: bool
    update: bool
    dry: bool
    output: str | None
    web: "Web | None" = None
    tabled: set[tuple[str, ...]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Given:
    """What is imported: its threads, its name, what lies beside it, its stem, what is told.

    `file` is the one file that it is, if it is one.
    """

    offers: Sequence[Offer]
    name: str
    beside: Callable[[str], bytes] | None = None
    stem: str = ""
    problems: Sequence[Problem] = ()
    file: Path | None = None


@click.command
@click.argument(
    "files",
    metavar="FILE|URL|-",
    nargs=-1,
    required=True,
    shell_complete=words(lambda _: (), or_a_file=True),
)
@click.option(
    "--from",
    "kind",
    metavar="KIND",
    shell_complete=words(lambda _: importers.importers()),
    help="What the file is, if it is not recognised.",
)
@click.option(
    "--slug", "--as", "slug", metavar="SLUG", help="The content file's name. Default: the file's."
)
@click.option("--list", "listed", is_flag=True, help="Only list the threads that the file holds.")
@click.option("--thread", "wanted", metavar="ID", help="Which thread, if there are several.")
@click.option("--all", "every", is_flag=True, help="Each thread, if there are several.")
@click.option(
    "--restructure", "rebuild", is_flag=True, help="Give back lost line breaks; shows how."
)
@click.option(
    "--columns", "tables", multiple=True, metavar='"A | B"', help="Give back a table's columns."
)
@click.option("--dry-run", "dry", is_flag=True, help="Show what would be written, write nothing.")
@click.option("--update", is_flag=True, help="Merge with the file that is there; keeps your edits.")
@click.option("--fetch", is_flag=True, help="Ask the network: for pictures, for a post by its URL.")
@click.option("--force", is_flag=True, help="Write over a content file that is there.")
@click.option("--into", metavar="DIR", help="The folder for it. Default: the project's content/.")
@click.option("-o", "--output", metavar="PATH", help="A file.md or folder; - is standard output.")
@click.pass_obj
def command(
    context: Context | None,
    files: tuple[str, ...],
    *,
    kind: str | None,
    slug: str | None,
    listed: bool,
    wanted: str | None,
    every: bool,
    rebuild: bool,
    tables: tuple[str, ...],
    dry: bool,
    update: bool,
    fetch: bool,
    force: bool,
    into: str | None,
    output: str | None,
) -> None:
    """Make a content file of FILE, or of standard input (-).

    FILE may be a zip or a folder, and several files that belong together. What it is, is seen from
    its content. Nothing is written over, and no word is changed. The network is asked for nothing
    without --fetch.
    """
    known = context or Context()
    web = _fetching.web(known) if fetch else None
    given = _opened(files, kind, web)
    if listed:
        _picking.show(given.offers)
        return
    chosen = _picking.chosen(given.offers, wanted, every=every)
    names = [*map(columns.names, tables)]
    wish = _Wish(known, rebuild, names, force, update, dry, output, web)
    places = Places(known.project, slug, output, into, update)
    if len(chosen) > 1 and (slug is not None or (output or "").endswith((".md", STDIN))):
        said = f"{len(chosen)} threads can't have one name"
        raise UsageError(error("slug-invalid", said, hint="name their folder: --into DIR"))
    refused: list[GeneratorError] = []
    for offer in chosen:
        try:
            _take(offer.opens(), given, wish, places, several=len(given.offers) > 1)
        except SurroundingsError:
            raise
        except GeneratorError as trouble:
            refused.append(trouble)
    missing = [one for one in wish.tables if one not in wish.tabled]
    _report.show([columns.unknown(one, given.name) for one in missing], known.format)
    if refused:
        told = [problem for trouble in refused for problem in trouble.problems]
        raise type(refused[0])(*told)


def _opened(files: Sequence[str], kind: str | None, web: "Web | None") -> _Given:
    """Return what there is to import."""
    if len(files) == 1 and networks.is_address(files[0]):
        return _asked(files[0], kind, web)
    content, given = _local(files, kind)
    if kind is None and _picking.on_a_terminal():
        likely = importers.rivals(content, given.name)
        kind = _picking.kind(likely) if len(likely) > 1 else None
    return replace(given, offers=importers.offers(content, given.name, kind))


def _asked(url: str, kind: str | None, web: "Web | None") -> _Given:
    """Return the thread of a post by its address."""
    if web is None:
        said = "an address is only asked with --fetch"
        hint = "without it the network is never touched: save a file, and import that"
        raise UsageError(error("fetch-unasked", said, Location(url), hint))
    offers, came = networks.asked(url, lambda address: web.json(address).content, kind)
    return _Given(offers, url, problems=came.problems)


def _local(files: Sequence[str], kind: str | None) -> tuple[bytes | Archive, _Given]:
    """Return what some files hold, and what is known of them."""
    if len(files) > 1:
        loose = {Path(file).name: _read(Path(file)) for file in files if file != STDIN}
        if len(loose) < len(files):
            hint = "several files need different names, and - stands alone"
            raise UsageError(error("import-mixed", "these can't be read together", hint=hint))
        name = " + ".join(loose)
        return LooseFiles(loose, name), _Given((), name)
    if files[0] == STDIN:
        content = _piped()
        packed = Zip(io.BytesIO(content), STDIN_NAME) if is_zip(content[:4]) else None
        whole = packed if packed and importers.unpackable(packed, kind) else content
        return whole, _Given((), STDIN_NAME)
    path = Path(files[0]).absolute()
    name = intake.shown(path)
    found = archive(path, name)
    if found and (path.is_dir() or importers.unpackable(found, kind)):
        return Watched(found), _Given((), name)
    beside = partial(_beside, path.resolve().parent)
    return _read(path), _Given((), name, beside, path.stem, file=path)


def _read(path: Path) -> bytes:
    """Return the bytes of a file."""
    whole = path.absolute()
    return Door([("import", whole.resolve().parent)]).read_file(whole, LARGEST)


def _beside(folder: Path, named: str) -> bytes:
    """Return the bytes of a file below the folder of the imported one."""
    door = Door([("import", folder)])
    return door.read_file(door.resolve(named, folder))


def _piped() -> bytes:
    """Return what stands on standard input."""
    if sys.stdin.isatty():
        _report.say("Paste the text, then press Ctrl-D (Ctrl-Z and Enter on Windows).")
    content = sys.stdin.buffer.read(LIMIT + 1)
    if len(content) > LIMIT:
        said = f"there are more than {LIMIT:,} bytes on standard input"
        raise GeneratorError(error("file-too-large", said))
    return content


def _take(imported: Imported, given: _Given, wish: _Wish, places: Places, *, several: bool) -> None:
    """Write one thread, or show what would be written."""
    problems = list(given.problems)
    if wish.web and wish.output != STDIN:
        imported, missing = _fetching.pictured(imported, wish.web)
        problems += missing
    else:
        problems += elsewhere.told(imported, given.name)
    imported, told = _rebuilding.rebuilt(
        imported,
        given.name,
        wish.tables,
        wish.tabled,
        rebuild=wish.rebuild,
        asks=not wish.dry,
    )
    problems += told
    if wish.output == STDIN:
        _report.show(problems, wish.context.format)
        click.echo(intake.render(imported), nl=False)
        return
    path = places.path(imported, "" if several else given.stem)
    if given.file and path.exists() and path.samefile(given.file):
        said = "the content file would be the file that is imported"
        hint = "name another one with --slug NAME, or another folder with --into DIR"
        raise UsageError(error("file-exists", said, Location(given.name), hint))
    problems += noise.told(imported, given.name)
    problems += places.told(imported, path)
    imported, _, lacking = intake.gathered(imported, given.beside)
    problems += lacking
    if wish.dry:
        text, told_too = intake.previewed(imported, path, update=wish.update)
        _report.show([*problems, *told_too], wish.context.format)
        click.echo(text, nl=False)
        _preview(imported, path, merges=wish.update, replaces=wish.force)
        return
    written = intake.write(imported, path, force=wish.force, update=wish.update)
    _report.show([*problems, *written], wish.context.format)
    _tell(imported, intake.shown(path))


def _preview(imported: Imported, path: Path, *, merges: bool, replaces: bool) -> None:
    """Say what a run without --dry-run would write, or that it would not."""
    pictures = "".join(f", {medium.name}" for medium in imported.media)
    count = _picking.posts(len(imported.posts))
    said = f"{intake.shown(path)}{pictures}: {count}, not written (--dry-run)"
    _report.say(_report.plain(said))
    if path.exists() and not (merges or replaces):
        _report.say("There is a content file already: --update merges, --slug names another one.")


def _tell(imported: Imported, path: str) -> None:
    """Say what was written and what to do next."""
    waiting = [post.id for post in imported.posts if "wants" in post.settings]
    count = len(imported.media)
    pictures = f", {count} picture{'s' * (count > 1)}" if count else ""
    _report.say(_report.plain(f"{path}: {_picking.posts(len(imported.posts))}{pictures}"))
    if waiting:
        _report.say(f"Still without their picture: {', '.join(waiting)}")
    _report.say(_report.plain(f"Build it: threadpress build {path}"))
