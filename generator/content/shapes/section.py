"""Section: what opens a part of the thread; chosen by a layout's name, never by itself."""

from generator.content.shape import Blocks, Shape
from generator.content.shapes import statement

RANK = 920


def fits(_: Blocks) -> bool:
    """Return False: a heading alone is a statement, unless somebody calls it a section."""
    return False


shape = Shape(fits, statement.slots, RANK)
