"""Text that was damaged on its way: read in the wrong encoding, formulas without underscores."""

import re
from collections.abc import Iterator
from dataclasses import replace

from generator.checks import Check, Written, own_blocks, pinpoint, texts
from generator.damage import formulas, mojibake
from generator.errors import Location, Problem, warning
from generator.model import Block, Span

LETTER = re.compile("Ã[\u0080-\u00aa\u00ac-\u00ba\u00bc-\u00bf]")
"""A letter with an accent (`é`) that was read as two: no language writes the second one behind Ã.
That alone is no reason to repair a text, but one to look at it."""


def read(written: Written) -> Iterator[Problem]:
    """Yield a warning for each line in the wrong encoding, and for each doubtful formula."""
    source = written.source
    yield from _misread(source.body, source.path, source.body_line)
    for value, place in texts(source.front):
        yield from (replace(one, location=place) for one in _misread(value, place.path, 0))
    for block, place in own_blocks(written):
        yield from _doubtful(block, place, written)


def _misread(text: str, path: str, first: int) -> Iterator[Problem]:
    if text.isascii():
        return
    for number, line in enumerate(text.split("\n"), first):
        if found := _first(line):
            at, was, now = found
            message = f"`{was}` looks like `{now}` in another encoding"
            hint = f"write `{now}`, and mind how the text was copied"
            yield warning("mojibake", message, Location(path, number, at + 1), hint)


def _first(line: str) -> tuple[int, str, str] | None:
    """Return where a line is damaged first, what stands there, and what it was."""
    mended, count, _ = mojibake.repair(line)
    if count:
        pairs = enumerate(zip(line, f"{mended}\0", strict=False))
        at = next(place for place, (one, other) in pairs if one != other)
        return at, line[at : at + 3], mended[at : at + 1]
    if found := LETTER.search(line):
        now = found[0].encode("latin-1").decode("utf-8", "replace")
        return found.start(), found[0], now
    return None


def _doubtful(block: Block, place: Location, written: Written) -> Iterator[Problem]:
    for tex in _formulas(block):
        mended, count, doubts = formulas.mended(tex, written.source.body)
        if count or doubts:
            what = doubts[0] if doubts else tex.strip()
            message = f"this formula may have lost underscores: `{what}`"
            hint = f"write `{mended.strip()}`" if count else "write `_` before an index"
            yield warning("math-damaged", message, pinpoint(written, place, what), hint)


def _formulas(block: Block) -> Iterator[str]:
    if block.kind == "math":
        yield block.text
    yield from (span.text for span in _spans(block.spans) if span.kind == "math")


def _spans(spans: tuple[Span, ...]) -> Iterator[Span]:
    for span in spans:
        yield span
        yield from _spans(span.spans)


check = Check("damaged", read=read)
