"""Warnings of Markdown that may not mean what its writer meant."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.content import _callouts
from generator.errors import Location, Problem, choices, warning


def setext(place: Location) -> Problem:
    """Return the warning of a rule that makes the text above it a heading."""
    message = "`---` directly under text makes the text a heading, not a new post"
    hint = "put a blank line before it to begin a new post; write `## ` before a heading"
    return warning("setext-rule", message, place, hint)


def unused_references(
    source: Sequence[str], references: Mapping[str, Any], path: str, line: int
) -> Iterator[Problem]:
    """Yield a warning of each `[words]: address` that nothing uses: CommonMark shows none."""
    whole = "\n".join(source).casefold()
    for label, reference in references.items():
        if whole.count(f"[{label.casefold()}]") == 1:
            message = f"`[{label}]: …` is a link's address to Markdown, and is not shown"
            place = Location(path, line + reference["map"][0], 1)
            yield warning("reference-unused", message, place, f"to show it, write `\\[{label}]: …`")


def callouts(text: str, path: str, line: int) -> Iterator[Problem]:
    """Yield a warning of each line of a paragraph that looks like a callout's, and is text."""
    for number, words in enumerate(text.split("\n")):
        why = _callouts.unread(words)
        place = Location(path, line + number)
        if why == "unknown":
            yield callout(words.strip(": ").split()[0], place)
        elif why:
            message = "the callout that opens here is never closed, so it is text"
            hint = "close it with a line `:::` or `</aside>`"
            yield warning("callout-unclosed", message, place, hint)


def callout(name: str, place: Location) -> Problem:
    """Return the warning of a callout of a kind that nobody knows."""
    hint = choices(name.lower(), tuple(_callouts.KINDS))
    return warning("callout-unknown", f"there is no callout `{name}`, so it is text", place, hint)
