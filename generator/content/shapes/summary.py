"""Summary: what to remember; chosen by a layout's name or a recipe, never by itself."""

from generator.content import entries
from generator.content.parts import aired, headed
from generator.content.shape import Blocks, Shape
from generator.model import Slots

RANK = 910


def fits(_: Blocks) -> bool:
    """Return False: a list is a list, unless somebody calls it a summary."""
    return False


def slots(blocks: Blocks) -> Slots:
    """Return the entries of a list as items; without one, heading and paragraphs as they are."""
    heading, rest = headed(blocks)
    if any(block.kind == "list" for block in rest):
        return entries.slots(blocks)
    return Slots(heading=heading, body=aired(rest))


shape = Shape(fits, slots, RANK)
