"""The number in a title, apart from what stands before and after it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from generator.model import Span

Spans = tuple[Span, ...]

NUMBER = re.compile(
    r"(?<![\w.,])[#$€£¥+~<>-]?\d[\d.,]*(?:\s?%|[xX\u00d7+k\u00b0]|st|nd|rd|th)?(?!\w)"
)
"""Digits with the signs that belong to them: 7, 1,000, $5, 10x, 42 %, 3rd."""


def parted(spans: Sequence[Span]) -> tuple[Spans, Spans, Spans] | None:
    """Return what stands before a title's first number, the number, what stands after; or None.

    A number inside of other markup than its own, as in `==7 things==`, takes the markup along.
    """
    for index, span in enumerate(spans):
        if found := _within(span):
            before, number, after = found
            return (*spans[:index], *before), number, (*after, *spans[index + 1 :])
    return None


def _within(span: Span) -> tuple[Spans, Spans, Spans] | None:
    if span.kind == "text":
        return _cut(span)
    if span.kind in ("image", "code", "link"):
        return None
    found = parted(span.spans)
    if not found:
        return None
    before, number, after = (
        (replace(span, spans=part),) if part else () for part in found
    )  # the markup goes on around each part
    return before, number, after


def _cut(span: Span) -> tuple[Spans, Spans, Spans] | None:
    found = NUMBER.search(span.text)
    if not found:
        return None
    ends = found.end() - (len(found[0]) - len(found[0].rstrip(".,")))
    parts = (span.text[: found.start()], span.text[found.start() : ends], span.text[ends:])
    before, number, after = ((replace(span, text=part),) if part.strip() else () for part in parts)
    return before, number, after
