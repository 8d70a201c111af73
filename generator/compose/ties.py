"""Ties: a formula and the signs around it stay on one line, as the letters of a word do."""

import re
from collections.abc import Sequence
from dataclasses import replace

from generator import tex
from generator.model import Span

LONGEST = 14
"""Letters that hang on a formula: behind more than that a line may break."""
LONG = 28
"""Letters of TeX from which a formula may break: before a relation or a sign."""
MORE = "more"
"""The title of a piece that goes on with a formula."""
_BEFORE = re.compile(rf"\S{{1,{LONGEST}}}\Z")
_AFTER = re.compile(rf"\S{{1,{LONGEST}}}(?=\s|\Z)")


def tied(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return spans in which a formula is one `tied` span with what touches it on either side."""
    if all(span.kind != "math" for span in spans):
        return tuple(spans)
    made: list[Span] = []
    every = list(spans)
    for index, span in enumerate(every):
        if span.kind != "math":
            made.append(span)
            continue
        before = _taken(_BEFORE, made[-1]) if made else ""
        after = _taken(_AFTER, every[index + 1]) if index + 1 < len(every) else ""
        if before:
            made[-1] = replace(made[-1], text=made[-1].text[: -len(before)])
        if after:
            every[index + 1] = replace(every[index + 1], text=every[index + 1].text[len(after) :])
        first, *middle = parts = _parts(span)
        if len(parts) == 1:
            made.append(_tie(before, first, after))
        else:
            made += [_tie(before, first), *middle[:-1], _tie("", middle[-1], after)]
    return tuple(span for span in made if span.kind != "text" or span.text)


def _tie(before: str, formula: Span, after: str = "") -> Span:
    around = (Span("text", before), formula, Span("text", after))
    return Span("tied", spans=tuple(one for one in around if one.text))


def _parts(span: Span) -> list[Span]:
    """Return a formula, a long one in pieces between which a line may break."""
    if len(span.text) <= LONG:
        return [span]
    made: list[str] = []
    for relation in tex.pieces(span.text, "relations"):
        for piece in tex.pieces(relation, "signs"):
            if made and len(made[-1]) + len(piece) < LONG:
                made[-1] = f"{made[-1]} {piece}"
            else:
                made.append(piece)
    return [replace(span, text=one, title=MORE if n else "") for n, one in enumerate(made)]


def _taken(pattern: re.Pattern[str], span: Span) -> str:
    """Return the letters of a text that touch the formula beside it."""
    found = pattern.search(span.text) if span.kind == "text" else None
    if found is None or (pattern is _AFTER and found.start()):
        return ""
    return found[0]
