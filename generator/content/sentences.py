"""Sentences: where a text may be parted without touching a word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from generator.model import Span

FULL_WIDTH_STOPS = "\u3002\uff01\uff1f\u0964"
"""Stops of Chinese, Japanese and Hindi: the first three need no space behind them."""
STOPS = FULL_WIDTH_STOPS + "\u061f\u06d4"
"""Stops that only ever end a sentence, those of Arabic and Urdu too."""

# A full stop behind these ends no sentence.
_ABBREVIATIONS = frozenset(
    """
    e.g i.e vs mr mrs ms dr prof st approx ca cf al jr sr z.b d.h u.a bzw vgl sog evtl hr fr sra
    dra mme p.ex resp incl excl
    """.split()  # noqa: SIM905  a list of literals reads worse
)
# Nor behind these, if a number follows: `No. 4`, but `the answer is no. Then`.
_BEFORE_NUMBERS = frozenset(
    """
    no nos nr vol fig figs eq eqs sec ch p pp art ver v min max abb kap bd jan feb mar apr jun jul
    aug sep sept oct nov dec
    """.split()  # noqa: SIM905
)
# A feeling or a pointing hand behind the sign belongs to its sentence; other emoji are more often
# used as bullets and begin the next one.
_END = re.compile(
    rf"""(?P<sign>[.!?…]+|[{STOPS}]+)
        (?P<closers>["'\u201d\u2019»)\]}}]*(?:\s?[\U0001F389\U0001F44F\U0001F447\U0001F4AF\U0001F525
            \U0001F600-\U0001F64F\U0001F900-\U0001F92F\u2764\uFE0F]+)?)
        (?P<gap>\s+|(?<=[{FULL_WIDTH_STOPS}]))(?=\S)""",
    re.VERBOSE,
)
_DOTTED = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_ORDINAL = re.compile(r"\d{1,2}")
_OPENERS = "\"'\u201c\u2018«([{„¿¡"


def words(spans: Sequence[Span]) -> int:
    """Return how many words spans hold."""
    return len(plain(spans).split())


def plain(spans: Sequence[Span]) -> str:
    """Return the words of spans without markup."""
    return "".join(span.plain() for span in spans)


def split(spans: Sequence[Span]) -> tuple[tuple[Span, ...], ...]:
    """Return the sentences of a paragraph's spans; the spaces between them are dropped.

    Boundaries lie in top-level text only: no markup is ever cut.
    """
    return cut(spans, boundaries(plain(spans)))


def boundaries(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each gap between two sentences."""
    begun = 0
    for found in _END.finditer(text):
        if _ends(text, begun, found):
            begun = found.end("gap")
            yield found.start("gap"), begun


def cut(spans: Sequence[Span], gaps: Iterable[tuple[int, int]]) -> tuple[tuple[Span, ...], ...]:
    """Return spans parted at gaps of their plain text; gaps that touch markup are passed over."""
    chosen = free(spans, gaps)
    pieces: list[list[Span]] = [[]]
    position = next_gap = behind = 0
    for span in spans:
        begin, position = position, position + len(span.plain())
        if span.kind not in ("text", "break"):
            pieces[-1].append(span)
            continue
        at = max(begin, behind)
        while next_gap < len(chosen) and _is_met(chosen[next_gap], position):
            start, behind = chosen[next_gap]
            if start > at:
                pieces[-1].append(_slice(span, at - begin, start - begin))
            pieces.append([])
            next_gap, at = next_gap + 1, max(at, behind)
        if at < position:
            pieces[-1].append(_slice(span, at - begin, position - begin))
    return tuple(tuple(piece) for piece in pieces if piece)


def free(spans: Sequence[Span], gaps: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the gaps that lie in top-level text, with words on either side."""
    ranges: list[tuple[int, int]] = []
    position = 0
    joins = False
    for span in spans:
        begin, position = position, position + len(span.plain())
        is_text = span.kind in ("text", "break")
        if is_text:
            ranges.append((ranges.pop()[0] if joins else begin, position))
        joins = is_text
    found: list[tuple[int, int]] = []
    at = 0
    for start, end in gaps:
        while at < len(ranges) and ranges[at][1] < end:
            at += 1
        if at < len(ranges) and ranges[at][0] <= start and start > 0 and end < position:
            found.append((start, end))
    return found


def _is_met(gap: tuple[int, int], end: int) -> bool:
    """Return whether a gap begins before `end`, or is no wider than the edge there."""
    return gap[0] < end or gap == (end, end)


def _slice(span: Span, start: int, end: int) -> Span:
    """Return a part of a text; a break is one character and has no parts."""
    return replace(span, text=span.text[start:end]) if span.kind == "text" else span


def _ends(text: str, begun: int, found: re.Match[str]) -> bool:
    """Return whether a sentence ends at a sign, judged by the words on either side."""
    follows = text[found.end("gap")]
    sign = found["sign"]
    if sign[0] in STOPS:
        return True
    if follows.islower():
        return False
    if sign in ("…", "...", ".."):
        return follows.isupper() or follows in _OPENERS
    if sign != "." or found["closers"]:
        return True
    start = end = found.start("sign")
    while start > begun and not text[start - 1].isspace():
        start -= 1
    return not _abbreviates(text[start:end].lstrip(_OPENERS), follows, first=start == begun)


def _abbreviates(word: str, follows: str, *, first: bool) -> bool:
    """Return whether the full stop behind a word belongs to the word."""
    low = word.lower()
    if low in _ABBREVIATIONS or _DOTTED.fullmatch(word):
        return True
    if low in _BEFORE_NUMBERS and follows.isdigit():
        return True
    return first and _ORDINAL.fullmatch(word) is not None
