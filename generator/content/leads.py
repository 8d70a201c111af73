"""Leads and air: the words that a slide of plain text begins with, and paragraphs that breathe."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.content import sentences
from generator.content.sentences import plain, words
from generator.model import Block, Span

BAD, GOOD = "❌✗✘✖👎", "✅✓✔👍"
"""The marks of a comparison's sides; a paragraph is broken before them rather than elsewhere."""
SHORT_WITH_COLON, LONG_SENTENCE = 10, 28
CLAUSE = range(2, 17)
"""Words: what a lead of 47 px on 1080 shows in one line to five (visual.md)."""
LONGEST_PARAGRAPH = 45
AIRY, SHORTEST_END = (20, 40), 6
"""Words of the paragraphs that a longer one is broken into, and the fewest in the last."""

_COLON = re.compile(r":(\s+)(?=\S)")
_BEFORE_MARK = re.compile(rf"\s+(?=[{BAD}{GOOD}]\W*\s)")
_LABEL = re.compile(rf"[{BAD}{GOOD}]|[A-Z0-9][\w-]*(?: [\w-]+){{0,3}}:\s")
_IN_QUOTE = 400
_AT_LABEL = -120
_TOO_SHORT_END = 10_000


def lead(spans: Sequence[Span]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return a paragraph's lead and the rest; no lead if none suits.

    The lead is what leads to the first sentence's colon, unless that sentence is short and whole;
    without a colon it is the sentence, if it is not too long.
    """
    text = plain(spans)
    gap = next(sentences.boundaries(text), (len(text), len(text)))
    count = len(text[: gap[0]].split())
    colon = _clause(text[: gap[0]])
    if colon and (count > SHORT_WITH_COLON or _is_open(text[: gap[0]])):
        parted = sentences.cut(spans, [colon])
        if len(parted) > 1:
            return parted[0], parted[1]
    if count <= LONG_SENTENCE:
        parted = sentences.cut(spans, [gap]) if gap[1] < len(text) else (tuple(spans),)
        if len(parted) > 1:
            return parted[0], parted[1]
        if gap[1] == len(text):
            return tuple(spans), ()
    return (), tuple(spans)


def air(block: Block) -> tuple[Block, ...]:
    """Return a paragraph broken at sentences into paragraphs of 20 to 40 words, if it is long."""
    if block.kind != "paragraph" or words(block.spans) <= LONGEST_PARAGRAPH:
        return (block,)
    return tuple(replace(block, spans=part) for part in groups(block.spans))


def groups(spans: Sequence[Span]) -> tuple[tuple[Span, ...], ...]:
    """Return the sentences of a paragraph in balanced groups of neighbours."""
    text = plain(spans)
    marks = (found.span() for found in _BEFORE_MARK.finditer(text))
    gaps = sentences.free(spans, sorted({*sentences.boundaries(text), *marks}))
    return sentences.cut(spans, _chosen(text, gaps))


def _clause(text: str) -> tuple[int, int] | None:
    """Return the gap behind a sentence's first colon, if what leads to it is of a lead's length."""
    found = _COLON.search(text)
    if found and len(text[: found.start(1)].split()) in CLAUSE:
        return found.span(1)
    return None


def _chosen(text: str, gaps: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the gaps to break at: the cheapest way through the sentences."""
    starts = [0, *(end for _, end in gaps)]
    ends = [*(start for start, _ in gaps), len(text)]
    counts = [len(text[a:b].split()) for a, b in zip(starts, ends, strict=True)]
    breaks = [0.0, *_cut_costs(text, starts[1:])]
    best, back = [0.0], [0]
    for last in range(len(counts)):
        options = []
        total = 0
        for first in range(last, -1, -1):
            total += counts[first]
            at_end = first > 0 and last == len(counts) - 1
            cost = best[first] + breaks[first] + _length_cost(total, at_end=at_end)
            options.append((cost, first))
            if total > 2 * AIRY[1]:
                break
        cost, first = min(options)
        best.append(cost)
        back.append(first)
    chosen = []
    while (last := back.pop()) > 0:
        chosen.append(gaps[last - 1])
        del back[last + 1 :]
    return chosen[::-1]


def _length_cost(count: int, *, at_end: bool) -> float:
    """Return how far a paragraph is from a good length, squared."""
    low, high = AIRY
    off = max(low - count, count - high, 0)
    short = _TOO_SHORT_END if at_end and count < SHORTEST_END else 0
    return off * off + abs(count - (low + high) // 2) / 10 + short


def _cut_costs(text: str, starts: Sequence[int]) -> Iterator[float]:
    """Yield what speaks against each break: an open quotation; a label speaks for one."""
    straight = curly = at = 0
    for start in starts:
        passed, at = text[at:start], start
        straight += passed.count('"')
        curly += passed.count("\u201c") - passed.count("\u201d")
        quoted = straight % 2 == 1 or curly > 0
        yield (_IN_QUOTE if quoted else 0) + (_AT_LABEL if _LABEL.match(text, start) else 0)


def _is_open(text: str) -> bool:
    """Return whether a quotation is open at the end of a text."""
    return text.count('"') % 2 == 1 or text.count("\u201c") > text.count("\u201d")
