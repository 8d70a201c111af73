"""Listings: where a long block of code may be parted."""

from collections.abc import Iterator
from dataclasses import replace

from generator.model import Block

LONGEST_CODE, LEAST_CODE = 12, 4
"""Lines that stand together on a slide at the size of code in visual.md, and where it is short of
room: a square, or large type."""


def parts(block: Block, *, fine: bool = False) -> Iterator[Block]:
    """Yield a block of code in parts that know the number of their first line."""
    start = block.start
    for part in _parts(block.text, LEAST_CODE if fine else LONGEST_CODE):
        yield replace(block, text=part, start=start)
        start += part.count("\n")


def _parts(text: str, longest: int) -> list[str]:
    """Return code in parts: at blank lines if it is long, at every line if that is not enough.

    What begins further in stays with what stands before it, as long as both are short.
    """
    lines = text.splitlines(keepends=True)
    if len(lines) <= longest:
        return [text]
    found: list[list[str]] = []
    for part in _paragraphs_of(lines):
        inner = bool(found) and part[0][:1].isspace()
        if inner and len(found[-1]) + len(part) <= longest:
            found[-1] += part
        else:
            found.append(part)
    return [
        piece for part in found for piece in (["".join(part)] if len(part) <= longest else part)
    ]


def _paragraphs_of(lines: list[str]) -> list[list[str]]:
    """Return lines in groups, each with the blank lines that follow it."""
    found: list[list[str]] = [[]]
    for number, line in enumerate(lines):
        found[-1].append(line)
        follows = lines[number + 1] if number + 1 < len(lines) else ""
        if not line.strip() and follows.strip():
            found.append([])
    return found
