"""Text: a heading, a lead, paragraphs. What fits nothing else is text."""

from dataclasses import replace

from generator.content.leads import lead
from generator.content.parts import aired, headed, is_short
from generator.content.shape import Blocks, Shape
from generator.model import Slots, Span

LONGEST_LEAD_UNDER_A_HEADING = 18
RANK = 1000


def fits(_: Blocks) -> bool:
    """Return True: anything can be read as text."""
    return True


def slots(blocks: Blocks) -> Slots:
    """Return heading or lead, and the body with air in it."""
    heading, rest = headed(blocks)
    first, rest = _lead_under(rest) if heading else _lead_of(rest)
    return Slots(heading=heading, lead=first, body=aired(rest))


def _lead_under(blocks: Blocks) -> tuple[tuple[Span, ...], Blocks]:
    """Return a short first paragraph as the lead under a heading, if more follows."""
    if len(blocks) > 1 and is_short(blocks[0], LONGEST_LEAD_UNDER_A_HEADING):
        return blocks[0].spans, blocks[1:]
    return (), blocks


def _lead_of(blocks: Blocks) -> tuple[tuple[Span, ...], Blocks]:
    """Return the lead of a post without a heading; it may not be all there is."""
    if not blocks or blocks[0].kind != "paragraph":
        return (), blocks
    found, rest = lead(blocks[0].spans)
    if not found or not (rest or blocks[1:]):
        return (), blocks
    paragraph = (replace(blocks[0], spans=rest),) if rest else ()
    return found, (*paragraph, *blocks[1:])


shape = Shape(fits, slots, RANK)
