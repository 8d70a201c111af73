"""Table: rows and columns, with few words around them."""

from generator.content import around
from generator.content.shape import Blocks, Shape
from generator.model import Slots

RANK = 450


def fits(blocks: Blocks) -> bool:
    """Return whether one table is the main thing."""
    return around.alone(blocks, "table") is not None


def slots(blocks: Blocks) -> Slots:
    """Return the table with what stands around it."""
    return around.slots(blocks, "table")


shape = Shape(fits, slots, RANK)
