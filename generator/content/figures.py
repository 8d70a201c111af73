"""Figures and dates: the number or the time that a line begins with, and the words about it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from generator.content import dates, numbers, sentences
from generator.content.parts import Blocks
from generator.content.sentences import plain, words
from generator.model import Span

Found = tuple[tuple[Span, ...], tuple[Span, ...]]
"""A figure or date as a title, with the sign behind it made quiet, and the words that follow."""

LONGEST_LABEL = 14
FEW_WORDS = 5
"""Words behind a number at the head of a line of which it is the point: `10,000 users`."""
YEARS = range(1900, 2100)

_KNOWN = "|".join(re.escape(unit) for unit in (*numbers.SCALES, *numbers.MAGNITUDES))
_SPEAKING = re.compile(
    rf"\s?(?:%|\u2030|\u00b0[CF]|[x\u00d7]|[$\u20ac\u00a3]|(?:{_KNOWN}))(?![^\W\d_]|-)"
)
"""A unit that shows a number to be an amount, no place in a row."""
_LABEL_SIGN = re.compile(r"(?P<sign>:|\s?[\u2013\u2014\u2192|]|\s-)(?P<gap>\s+)(?=\S)")
LONGEST_DATE = 44
"""Letters that a date, or a span of two, takes with its sign."""
_SIGN = re.compile(r"(?P<sign>\s?[:\u2013\u2014\u2192|]|\s-)?(?P<gap>\s+)")


def dated(blocks: Blocks) -> tuple[tuple[Span, ...], Blocks] | None:
    """Return the date that blocks begin with, and what stands behind it; None without one."""
    if not blocks or blocks[0].kind != "paragraph":
        return None
    first, others = blocks[0], blocks[1:]
    text = plain(first.spans).strip()
    if others and dates.is_date(text):
        return first.spans, others
    found = _behind_bold(first.spans) or _labelled(first.spans)
    if not found or not dates.is_date(plain(found[0][:1])):
        return None
    return found[0], (replace(first, spans=found[1]), *others)


def counted(spans: Sequence[Span]) -> Found | None:
    """Return the number in bold, or before a colon or dash, that a line begins with, and its words.

    No year is one, and no number of a list.
    """
    found = _behind_bold(spans) or _labelled(spans)
    if not found or words(found[1]) > LONGEST_LABEL:
        return None
    title = plain(found[0][:1])
    if not numbers.read(title) or _is_year(title):
        return None
    return (*_figure(found[0][0]), *found[0][1:]), found[1]


def amount(spans: Sequence[Span]) -> Found | None:
    """Return the amount that a line is little more than, and its few words."""
    text = plain(spans)
    end = _amount_ends(text)
    if len(spans) != 1 or spans[0].kind not in ("text", "strong") or not end:
        return None
    rest = text[end:]
    if not rest:
        return _figure(spans[0]), ()
    fits = re.match(r"\s+[^\W\d_]", rest) and not rest.endswith((":", "?"))
    if spans[0].kind != "text" or not fits or len(rest.split()) > FEW_WORDS:
        return None
    return _figure(Span("text", text[:end])), (Span("text", rest.lstrip()),)


def _amount_ends(text: str) -> int:
    """Return where the amount ends that a text begins with, 0 if it begins with none."""
    found = numbers.NUMBER.match(text)
    if not found:
        return 0
    unit = _SPEAKING.match(text, found.end())
    grouped = re.search(r"\d[^\d.]\d{3}(?!\d)", found["digits"])
    if unit or grouped or re.search("[$\u20ac\u00a3\u00a5\u20b9\u00d7]", found["before"]):
        return unit.end() if unit else found.end()
    return 0


def values(found: Sequence[Found]) -> list[float]:
    """Return the numbers of what `counted` found."""
    shown = ([span for span in title if span.kind != "quiet"] for title, _ in found)
    read = (numbers.read(plain(title)) for title in shown)
    return [number.value for number in read if number]


def _is_year(title: str) -> bool:
    return title.strip().isdigit() and int(title) in YEARS


def _figure(span: Span) -> tuple[Span, ...]:
    """Return a number in parts: its digits, and what stands behind them as a unit."""
    if span.kind != "text":
        inner = span.spans
        whole = len(inner) == 1 and inner[0].kind == "text"
        return (replace(span, spans=_figure(inner[0])),) if whole else (span,)
    found = numbers.NUMBER.match(span.text)
    if not found or found.end() == len(span.text):
        return (span,)
    unit = Span("unit", spans=(Span("text", span.text[found.end() :]),))
    return Span("text", found[0]), unit


def _behind_bold(spans: Sequence[Span]) -> Found | None:
    """Return a bold beginning, the sign behind it made quiet, and the rest."""
    if len(spans) < len(("bold", "rest")) or spans[0].kind != "strong":
        return None
    text = spans[1].text if spans[1].kind == "text" else ""
    found = _SIGN.match(text)
    if spans[1].kind == "break":
        return (spans[0],), tuple(spans[2:])
    if not found:
        return None
    rest = text[found.end() :]
    behind = (replace(spans[1], text=rest), *spans[2:]) if rest else tuple(spans[2:])
    return ((spans[0], *_quiet(found["sign"])), behind) if behind else None


def _labelled(spans: Sequence[Span]) -> Found | None:
    """Return the date or number that a colon, dash or arrow parts from a line's rest.

    The sign is made quiet. Of a span of dates the later sign parts.
    """
    text = plain(spans)
    signs = list(_LABEL_SIGN.finditer(text[:LONGEST_DATE]))
    days = [sign for sign in signs if dates.is_date(text[: sign.start()])]
    counts = [sign for sign in signs if numbers.read(text[: sign.start()])]
    chosen = [*days[-1:], *counts[:1]]
    if not chosen or spans[0].kind != "text":
        return None
    parted = sentences.cut(spans, [chosen[0].span("gap")])
    if len(parted) < len(("label", "rest")) or len(parted[0]) > 1:
        return None
    label = Span("text", text[: chosen[0].start()])
    return (label, *_quiet(chosen[0]["sign"])), parted[1]


def _quiet(sign: str | None) -> tuple[Span, ...]:
    return (Span("quiet", spans=(Span("text", sign),)),) if sign else ()
