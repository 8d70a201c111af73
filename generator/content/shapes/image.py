"""Image: one picture, with a caption of a few words at most."""

from generator.content.parts import aired, is_short
from generator.content.shape import Blocks, Shape
from generator.model import Slots

LONGEST_CAPTION = 12
MOST_BLOCKS = 2
RANK = 100


def fits(blocks: Blocks) -> bool:
    """Return whether there is one picture and at most a short paragraph."""
    pictures = [block for block in blocks if block.kind == "image"]
    others = [block for block in blocks if block.kind != "image"]
    return (
        len(pictures) == 1
        and len(blocks) <= MOST_BLOCKS
        and all(is_short(block, LONGEST_CAPTION) for block in others)
    )


def slots(blocks: Blocks) -> Slots:
    """Return everything but the first picture, which fills the slot `image` by itself, as tail."""
    return Slots(tail=aired(without_picture(blocks)))


def without_picture(blocks: Blocks) -> Blocks:
    """Return blocks without the first picture among them."""
    place = next((index for index, block in enumerate(blocks) if block.kind == "image"), None)
    return blocks if place is None else (*blocks[:place], *blocks[place + 1 :])


shape = Shape(fits, slots, RANK)
