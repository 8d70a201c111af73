"""What `--restructure` and `--columns` give back of a text, shown before it is written."""

import difflib
from collections.abc import Sequence

import click

from generator import intake
from generator.cli import _report
from generator.errors import Location, Problem, info
from generator.importers import Imported, columns, restructure


def rebuilt(
    imported: Imported,
    name: str,
    tables: Sequence[tuple[str, ...]],
    found: set[tuple[str, ...]],
    *,
    rebuild: bool,
) -> tuple[Imported, list[Problem]]:
    """Return the thread with the line breaks and columns back that were asked for, as shown.

    The tables that it has are added to `found`.
    """
    made, told = columns.tabled(imported, tables, name, found)
    problems = [*made.problems, *told]
    if rebuild:
        made = restructure.restructured(made)
    elif lost := restructure.flattened(made):
        problems.append(_lost(lost, name))
    if rebuild or made.posts != imported.posts:
        _differ(imported, made)
    return made, problems


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
