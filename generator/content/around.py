"""Around: what stands before and behind the one thing that a post is about."""

from generator.content.parts import aired, headed, is_short
from generator.content.sentences import words
from generator.content.shape import Blocks
from generator.model import Block, Slots, Span

LONGEST_LEAD = 28
MOST_WORDS = 60
"""Words around a table or a figure: with more, the post is a text that has one."""


def alone(blocks: Blocks, kind: str) -> Block | None:
    """Return the one block of a kind that only few words stand around, or None."""
    _, rest = headed(blocks)
    found = [block for block in rest if block.kind == kind]
    others = [block for block in rest if block.kind != kind]
    plain = all(block.kind == "paragraph" for block in others)
    few = sum(words(block.spans) for block in others) <= MOST_WORDS
    return found[0] if len(found) == 1 and plain and few else None


def lead(blocks: Blocks) -> tuple[tuple[Span, ...], Blocks]:
    """Return a short first paragraph as the lead, and the rest."""
    if blocks and is_short(blocks[0], LONGEST_LEAD):
        return blocks[0].spans, blocks[1:]
    return (), blocks


def slots(blocks: Blocks, kind: str) -> Slots:
    """Return the first block of a kind as the end of the body; without one, all of it is body."""
    heading, rest = headed(blocks)
    place = next((index for index, block in enumerate(rest) if block.kind == kind), None)
    if place is None:
        return Slots(heading=heading, body=aired(rest))
    first, body = lead(rest[:place])
    main, tail = rest[place], rest[place + 1 :]
    return Slots(heading=heading, lead=first, body=(*aired(body), main), tail=aired(tail))
