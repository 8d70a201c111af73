"""Steps: a list whose entries are numbered."""

from generator.content import entries
from generator.content.shape import Shape

RANK = 500

shape = Shape(entries.fits(ordered=True), entries.slots, RANK)
