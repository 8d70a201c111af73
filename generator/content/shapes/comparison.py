"""Comparison: two sides, one marked wrong and one right, or named before and after."""

from collections.abc import Callable

from generator.content import sides
from generator.content.parts import aired, is_short
from generator.content.parts import headed as _headed
from generator.content.shape import Blocks, Shape
from generator.model import Slots, Span

LONGEST_LEAD = 28
RANK = 300


def fits(blocks: Blocks) -> bool:
    """Return whether blocks come apart into exactly two sides that are marked or named so."""
    return _found(blocks, sides.marked) is not None


def slots(blocks: Blocks) -> Slots:
    """Return the two sides, and what stands before them; without sides, all of it is body."""
    readings = (sides.marked, sides.any_two, sides.one)
    found = next((found for read in readings if (found := _found(blocks, read))), None)
    heading, before = _headed(found[0] if found else blocks)
    if not found:
        return Slots(heading=heading, body=aired(before))
    lead, body = _lead(before)
    return Slots(heading=heading, lead=lead, body=aired(body), sides=found[1])


def _found(blocks: Blocks, read: Callable[[Blocks], sides.Found | None]) -> sides.Found | None:
    """Return the sides below the heading that blocks begin with, else those of all blocks."""
    count = 1 if _headed(blocks)[0] else 0
    below = read(blocks[count:])
    return ((*blocks[:count], *below[0]), below[1]) if below else read(blocks)


def _lead(blocks: Blocks) -> tuple[tuple[Span, ...], Blocks]:
    if blocks and is_short(blocks[0], LONGEST_LEAD):
        return blocks[0].spans, blocks[1:]
    return (), blocks


shape = Shape(fits, slots, RANK)
