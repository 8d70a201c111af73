"""Section: a heading of the first level alone, which opens a part of the thread."""

from generator.content.shape import Blocks, Shape
from generator.content.shapes import statement

RANK = 690


def fits(blocks: Blocks) -> bool:
    """Return whether there is one heading of level 1, and no more."""
    return len(blocks) == 1 and blocks[0].kind == "heading" and blocks[0].level == 1


shape = Shape(fits, statement.slots, RANK)
