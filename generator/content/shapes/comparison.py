"""Comparison: two sides, one marked wrong and one right, or named before and after."""

from generator.content import sides
from generator.content.parts import aired, is_short
from generator.content.parts import headed as _headed
from generator.content.shape import Blocks, Shape
from generator.model import Slots, Span

LONGEST_LEAD = 28
RANK = 300


def fits(blocks: Blocks) -> bool:
    """Return whether blocks come apart into exactly two sides that are marked or named so."""
    return sides.marked(_headed(blocks)[1]) is not None


def slots(blocks: Blocks) -> Slots:
    """Return the two sides, and what stands before them; without sides, all of it is body."""
    heading, rest = _headed(blocks)
    found = sides.marked(rest) or sides.any_two(rest)
    if not found and heading:
        heading, found = (), sides.any_two(blocks)
    if not found:
        return Slots(heading=heading, body=aired(rest))
    before, pair = found
    lead, body = _lead(before)
    return Slots(heading=heading, lead=lead, body=aired(body), sides=pair)


def _lead(blocks: Blocks) -> tuple[tuple[Span, ...], Blocks]:
    if blocks and is_short(blocks[0], LONGEST_LEAD):
        return blocks[0].spans, blocks[1:]
    return (), blocks


shape = Shape(fits, slots, RANK)
