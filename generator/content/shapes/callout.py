"""Callout: a note, tip, warning or the like that is all of a post, but for what leads to it."""

from generator.content import around
from generator.content.shape import Blocks, Shape
from generator.model import Slots

KIND = "callout"
RANK = 350


def fits(blocks: Blocks) -> bool:
    """Return whether one callout is the main thing, with few words around it."""
    return around.alone(blocks, KIND) is not None


def slots(blocks: Blocks) -> Slots:
    """Return the callout as the end of the body."""
    return around.slots(blocks, KIND)


shape = Shape(fits, slots, RANK)
