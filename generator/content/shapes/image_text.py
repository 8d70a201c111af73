"""Image and text: one picture beside words."""

from generator.content.shape import Blocks, Shape
from generator.content.shapes import image, text
from generator.model import Slots

RANK = 200


def fits(blocks: Blocks) -> bool:
    """Return whether exactly one picture stands among other things."""
    pictures = [block for block in blocks if block.kind == "image"]
    return len(pictures) == 1 and len(blocks) > 1


def slots(blocks: Blocks) -> Slots:
    """Return the slots of the words; the first picture fills the slot `image` by itself."""
    return text.slots(image.without_picture(blocks))


shape = Shape(fits, slots, RANK)
