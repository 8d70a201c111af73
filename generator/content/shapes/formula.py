"""Formula: one or several, by themselves, with what leads to them and what explains them."""

from collections.abc import Sequence

from generator.content.parts import aired, headed, is_short
from generator.content.sentences import words
from generator.content.shape import Blocks, Shape
from generator.model import Block, Item, Slots, Span

LONGEST_LEAD = 28
MOST_WORDS = 70
"""Words around the formulas: with more it is a text with formulas in it."""
RANK = 450


def fits(blocks: Blocks) -> bool:
    """Return whether there are formulas, and a heading and some words at most beside them."""
    _, rest = headed(blocks)
    others = [block for block in rest if block.kind != "math"]
    return (
        len(others) < len(rest)
        and all(block.kind == "paragraph" for block in others)
        and sum(words(block.spans) for block in others) <= MOST_WORDS
    )


def slots(blocks: Blocks) -> Slots:
    """Return each formula as an item under its label, with the words that follow it.

    What follows the last one is the tail; words that end with a colon belong to what comes next.
    """
    heading, rest = headed(blocks)
    at = next((index for index, block in enumerate(rest) if block.kind == "math"), len(rest))
    first, body = _intro(rest[:at])
    groups, tail = _groups(rest[at:])
    items = tuple(_item(number, group) for number, group in enumerate(groups, 1))
    return Slots(heading=heading, lead=first, body=aired(body), items=items, tail=aired(tail))


def _intro(blocks: Blocks) -> tuple[tuple[Span, ...], Blocks]:
    if blocks and is_short(blocks[0], LONGEST_LEAD):
        return blocks[0].spans, blocks[1:]
    return (), blocks


def _groups(blocks: Blocks) -> tuple[list[list[Block]], Blocks]:
    """Return every formula with the words that belong to it, and what follows the last one."""
    groups: list[list[Block]] = []
    waiting: list[Block] = []
    for block in blocks:
        if block.kind == "math":
            leads = waiting if not groups or _leads(waiting) else []
            if groups and not leads:
                groups[-1] += waiting
            groups.append([*leads, block])
            waiting = []
        else:
            waiting.append(block)
    return groups, tuple(waiting)


def _leads(blocks: Sequence[Block]) -> bool:
    return bool(blocks) and blocks[-1].plain().rstrip().endswith(":")


def _item(number: int, group: Sequence[Block]) -> Item:
    """Return an item; the label of its formula is its title, if nothing stands before it."""
    first, *others = group
    if first.kind == "math" and first.info:
        bare = Block("math", first.line, text=first.text)
        return Item(number, (Span("text", first.info),), (bare, *others))
    return Item(number, (), tuple(group))


shape = Shape(fits, slots, RANK)
