"""Checklist: entries with boxes, ticked or not."""

from generator.content import entries
from generator.content.parts import headed
from generator.content.shape import Blocks, Shape

RANK = 480


def fits(blocks: Blocks) -> bool:
    """Return whether one list is the main thing, and every entry of it has a box."""
    _, rest = headed(blocks)
    found = [block for block in rest if block.kind == "list"]
    boxes = found and all(entry.checked is not None for entry in found[0].blocks)
    return bool(boxes) and entries.fits(ordered=found[0].ordered)(blocks)


shape = Shape(fits, entries.slots, RANK)
