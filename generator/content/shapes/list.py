"""List: entries in no order, with what leads to them and what follows."""

from generator.content import entries
from generator.content.shape import Shape

RANK = 600

shape = Shape(entries.fits(ordered=False), entries.slots, RANK)
