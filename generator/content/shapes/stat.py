"""Stat: one big number, and what it is the number of."""

from generator.content import figures
from generator.content.parts import aired, headed
from generator.content.sentences import words
from generator.content.shape import Blocks, Shape
from generator.content.shapes import text
from generator.model import Block, Item, Slots, Span

RANK = 650
MOST_WORDS, MOST_BLOCKS = 60, 4


def fits(blocks: Blocks) -> bool:
    """Return whether the heading or the first line is little more than an amount.

    `87 %`, `10,000 users`, `**3x** faster builds`. A year, a version, a list's number are none.
    """
    found = _found(blocks)
    if not found:
        return False
    rest = found[2]
    plain = all(block.kind == "paragraph" for block in rest)
    few = sum(words(block.spans) for block in rest) <= MOST_WORDS
    return plain and few and len(blocks) <= MOST_BLOCKS


def slots(blocks: Blocks) -> Slots:
    """Return the figure and its words as the one item; without a figure, all of it as text."""
    found = _found(blocks)
    if not found:
        return text.slots(blocks)
    heading, item, rest = found
    return Slots(heading=heading, items=(item,), tail=aired(rest))


def _found(blocks: Blocks) -> tuple[tuple[Span, ...], Item, Blocks] | None:
    """Return the heading over a figure, the figure with its words, and the rest."""
    heading, rest = headed(blocks)
    if heading and (figure := figures.amount(heading)):
        return _figured((), figure, blocks[0].line, rest)
    if not rest or rest[0].kind != "paragraph":
        return None
    spans = rest[0].spans
    bold = spans[0].kind == "strong" if spans else False
    figure = (figures.counted(spans) if bold else None) or figures.amount(spans)
    return _figured(heading, figure, rest[0].line, rest[1:]) if figure else None


def _figured(
    heading: tuple[Span, ...], figure: figures.Found, line: int, rest: Blocks
) -> tuple[tuple[Span, ...], Item, Blocks]:
    """Return a figure as an item; the words that it has none of are the next paragraph's."""
    title, label = figure
    if label:
        return heading, Item(1, title, (_paragraph(label, line),)), rest
    if rest and rest[0].kind == "paragraph":
        return heading, Item(1, title, rest[:1]), rest[1:]
    return heading, Item(1, title), rest


def _paragraph(spans: tuple[Span, ...], line: int) -> Block:
    return Block("paragraph", line, spans)


shape = Shape(fits, slots, RANK)
