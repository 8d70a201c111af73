"""What `--restructure` and `--columns` give back of a text, shown before it is written."""

import difflib
from collections.abc import Sequence

import click

from generator import intake
from generator.cli import _picking, _report
from generator.errors import Location, Problem, info
from generator.importers import Imported, columns, restructure


def rebuilt(
    imported: Imported,
    name: str,
    tables: Sequence[tuple[str, ...]],
    found: set[tuple[str, ...]],
    *,
    rebuild: bool,
    asks: bool,
) -> tuple[Imported, list[Problem]]:
    """Return the thread with the line breaks and columns back that were asked for, as shown.

    With `asks` somebody on a terminal says whether the line breaks are right.
    The tables that it has are added to `found`.
    """
    tabled, told = columns.tabled(imported, tables, name, found)
    problems = [*tabled.problems, *told]
    made = restructure.restructured(tabled) if rebuild else tabled
    if rebuild or made.posts != imported.posts:
        _differ(imported, made)
    if asks and made.posts != tabled.posts and not _wanted():
        made = tabled
    if made is tabled and (lost := restructure.flattened(made)):
        problems.append(_lost(lost, name))
    return made, problems


def _wanted() -> bool:
    """Say whether what was shown is to be taken; who is not on a terminal has said so already."""
    return not _picking.on_a_terminal() or click.confirm("Take this?", default=True, err=True)


def _differ(imported: Imported, rebuilt: Imported) -> None:
    """Show what giving back line breaks and columns changes."""
    before, after = (intake.render(one).splitlines() for one in (imported, rebuilt))
    lines = difflib.unified_diff(before, after, "as imported", "restructured", lineterm="", n=1)
    colours = {"+": "green", "-": "red", "@": "cyan"}
    shown = [click.style(_report.plain(line), fg=colours.get(line[:1])) for line in lines]
    _report.say("\n".join(shown) or "No post looks as if it had lost its line breaks.")


def _lost(count: int, name: str) -> Problem:
    """Return the note that some posts were lists once."""
    some = "1 post looks" if count == 1 else f"{count} posts look"
    said = f"{some} like lists that lost their line breaks"
    hint = "--restructure gives them back, and shows how; the words stay as they are"
    return info("structure-lost", said, Location(name), hint)
