"""Chart: a small table of numbers, and a line `{chart=bar}` below or above it."""

from generator.content import around, tables
from generator.content.shape import Blocks, Shape
from generator.model import Slots

RANK = 440


def fits(blocks: Blocks) -> bool:
    """Return whether one table is the main thing, is to be a chart, and can be one."""
    table = around.alone(blocks, "table")
    return table is not None and tables.plots(table)


def slots(blocks: Blocks) -> Slots:
    """Return the chart's table with what stands around it."""
    return around.slots(blocks, "table")


shape = Shape(fits, slots, RANK)
