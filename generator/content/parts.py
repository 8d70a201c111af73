"""Parts of posts that several shapes ask for: headings, titles, marks, attributions."""

import re
from dataclasses import replace

from generator.content import sentences
from generator.content.leads import air
from generator.content.sentences import plain, words
from generator.model import Block, Span

Blocks = tuple[Block, ...]

LONGEST_ITEM_TITLE = 6
_DASH = re.compile(r"\s*([\u2013\u2014\u2015]|--|-\s)\s*\S")
_COLON = re.compile(r"\S:(\s+)(?=\S)")
_BEHIND_BOLD = re.compile(r"\s*[:.\u2013\u2014\u2015-]+(?=\s|$)\s*|\s+")


def headed(blocks: Blocks) -> tuple[tuple[Span, ...], Blocks]:
    """Return the heading that blocks begin with, and the rest."""
    if blocks and blocks[0].kind == "heading":
        return blocks[0].spans, blocks[1:]
    return (), blocks


def aired(blocks: Blocks) -> Blocks:
    """Return blocks with every long paragraph broken at its sentences."""
    return tuple(part for block in blocks for part in air(block))


def is_short(block: Block, most: int) -> bool:
    """Return whether a block is a paragraph of at most so many words."""
    return block.kind == "paragraph" and words(block.spans) <= most


def attributes(block: Block) -> bool:
    """Return whether a paragraph says whose words the ones before it are."""
    return block.kind == "paragraph" and _DASH.match(plain(block.spans)) is not None


def entitled(blocks: Blocks, most: int = LONGEST_ITEM_TITLE) -> tuple[tuple[Span, ...], Blocks]:
    """Return the title that blocks begin with, its colon as typed, and the rest.

    A title is the bold beginning of the first paragraph, or its words up to a colon.
    """
    if not blocks or blocks[0].kind != "paragraph":
        return (), blocks
    first, others = blocks[0], blocks[1:]
    title, rest = _bold(first.spans)
    if not title:
        title, rest = _before_colon(first.spans, most)
    if not title:
        return (), blocks
    return title, (replace(first, spans=rest), *others) if rest else others


def _bold(spans: tuple[Span, ...]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return a bold beginning with the sign that parts it from the rest, and the rest."""
    if not spans or spans[0].kind != "strong":
        return (), spans
    if len(spans) == 1:
        return spans, ()
    if spans[1].kind == "break":
        return spans[:1], spans[2:]
    found = _BEHIND_BOLD.match(spans[1].text) if spans[1].kind == "text" else None
    if not found:
        return (), spans
    rest = spans[1].text[found.end() :]
    sign = found[0].rstrip()
    if not sign and plain(spans[:1])[-1:].isalnum() and not rest[:1].isupper():
        # A word in bold that a sentence goes on from: `**Write** it down`.
        return (), spans
    title = (spans[0], replace(spans[1], text=sign)) if sign else spans[:1]
    return title, (replace(spans[1], text=rest), *spans[2:]) if rest else spans[2:]


def _before_colon(spans: tuple[Span, ...], most: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    found = _COLON.search(plain(spans))
    if not found:
        return (), spans
    parted = sentences.cut(spans, [found.span(1)])
    if len(parted) > 1 and words(parted[0]) <= most:
        return parted[0], parted[1]
    return (), spans
