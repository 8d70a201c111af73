"""Answer: what is said to a question; chosen by a layout's name or a recipe, never by itself."""

from generator.content import entries
from generator.content.parts import aired, headed
from generator.content.shape import Blocks, Shape
from generator.model import Slots

RANK = 900


def fits(_: Blocks) -> bool:
    """Return False: a heading with text below it is a text, unless somebody calls it an answer."""
    return False


def slots(blocks: Blocks) -> Slots:
    """Return the heading and all that answers it; entries of an answer key are items."""
    heading, rest = headed(blocks)
    if any(block.kind == "list" and block.ordered for block in rest):
        return entries.slots(blocks)
    return Slots(heading=heading, body=aired(rest))


shape = Shape(fits, slots, RANK)
