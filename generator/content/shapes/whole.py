"""Whole: a post as it was written, in one piece. No content asks for it; layouts may."""

from generator.content.shape import Blocks, Shape
from generator.model import Slots

RANK = 2000


def fits(_: Blocks) -> bool:
    """Return False: what fits nothing else is text."""
    return False


def slots(blocks: Blocks) -> Slots:
    """Return everything as body, nothing taken out and nothing broken."""
    return Slots(body=blocks)


shape = Shape(fits, slots, RANK)
