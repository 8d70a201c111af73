"""Sentences: where a text may be parted without touching a word."""

import re
from collections.abc import Iterator, Sequence
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
_WORD = re.compile(r"\S+$")
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


def cut(
    spans: Sequence[Span], gaps: Iterator[tuple[int, int]] | Sequence[tuple[int, int]]
) -> tuple[tuple[Span, ...], ...]:
    """Return spans parted at gaps of their plain text; gaps within markup are passed over."""
    pieces: list[tuple[Span, ...]] = []
    rest, offset = tuple(spans), 0
    for start, end in gaps:
        parted = _part(rest, start - offset, end - offset)
        if parted:
            pieces.append(parted[0])
            rest, offset = parted[1], end
    return (*pieces, rest) if rest else tuple(pieces)


def _part(
    spans: tuple[Span, ...], start: int, end: int
) -> tuple[tuple[Span, ...], tuple[Span, ...]] | None:
    """Return spans before and behind a gap, None if the gap touches markup."""
    left, right = _before(spans, start), _behind(spans, end)
    return (left, right) if left and right else None


def _before(spans: tuple[Span, ...], count: int) -> tuple[Span, ...] | None:
    """Return the first `count` characters of spans, None if they end within markup."""
    taken: list[Span] = []
    for span in spans:
        if count <= 0:
            break
        length = len(span.plain())
        if length > count:
            if span.kind != "text":
                return None
            taken.append(replace(span, text=span.text[:count]))
        else:
            taken.append(span)
        count -= length
    return tuple(taken)


def _behind(spans: tuple[Span, ...], count: int) -> tuple[Span, ...] | None:
    """Return spans without their first `count` characters, None if markup would lose some."""
    while spans and count > 0:
        length = len(spans[0].plain())
        if spans[0].kind == "text" and length > count:
            return (replace(spans[0], text=spans[0].text[count:]), *spans[1:])
        if spans[0].kind not in ("text", "break"):
            return None
        spans, count = spans[1:], count - length
    return spans


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
    before = _WORD.search(text, begun, found.start("sign"))
    word = before[0].lstrip(_OPENERS) if before else ""
    return not _abbreviates(word, follows, first=not before or before.start() == begun)


def _abbreviates(word: str, follows: str, *, first: bool) -> bool:
    """Return whether the full stop behind a word belongs to the word."""
    low = word.lower()
    if low in _ABBREVIATIONS or _DOTTED.fullmatch(word):
        return True
    if low in _BEFORE_NUMBERS and follows.isdigit():
        return True
    return first and _ORDINAL.fullmatch(word) is not None
