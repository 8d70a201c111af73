"""Statement: a heading alone, or one short paragraph."""

from generator.content.parts import aired, is_short
from generator.content.shape import Blocks, Shape
from generator.model import Slots

LONGEST = 16
RANK = 700


def fits(blocks: Blocks) -> bool:
    """Return whether there is one heading, or one paragraph of at most 16 words, and no more."""
    return len(blocks) == 1 and (blocks[0].kind == "heading" or is_short(blocks[0], LONGEST))


def slots(blocks: Blocks) -> Slots:
    """Return the first words as the heading, the rest as body."""
    if blocks and blocks[0].kind in ("heading", "paragraph"):
        return Slots(heading=blocks[0].spans, body=aired(blocks[1:]))
    return Slots(body=aired(blocks))


shape = Shape(fits, slots, RANK)
