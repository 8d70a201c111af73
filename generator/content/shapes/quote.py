"""Quote: somebody's words, and whose they are."""

from generator.content.parts import aired, attributes, headed, is_short
from generator.content.shape import Blocks, Shape
from generator.model import Block, Slots, Span

LONGEST_LEAD = 20
RANK = 400


def fits(blocks: Blocks) -> bool:
    """Return whether a quotation is all there is, but for a heading and one short paragraph."""
    _, rest = headed(blocks)
    if len(rest) > 1 and is_short(rest[0], LONGEST_LEAD):
        rest = rest[1:]
    if len(rest) > 1 and attributes(rest[-1]):
        rest = rest[:-1]
    return len(rest) == 1 and rest[0].kind == "quote"


def slots(blocks: Blocks) -> Slots:
    """Return the first quotation; without one, everything below the heading is quoted."""
    heading, rest = headed(blocks)
    place = next((index for index, block in enumerate(rest) if block.kind == "quote"), None)
    if place is None:
        words, whose = _whose(rest)
        return Slots(heading=heading, quote=words, attribution=whose)
    before, tail = rest[:place], rest[place + 1 :]
    words, whose = _whose(rest[place].blocks)
    if not whose and tail and attributes(tail[0]):
        whose, tail = tail[0].spans, tail[1:]
    lead, body = _lead(before)
    return Slots(
        heading=heading,
        lead=lead,
        body=aired(body),
        quote=words,
        attribution=whose,
        tail=aired(tail),
    )


def _lead(blocks: Blocks) -> tuple[tuple[Span, ...], Blocks]:
    if blocks and is_short(blocks[0], LONGEST_LEAD):
        return blocks[0].spans, blocks[1:]
    return (), blocks


def _whose(blocks: Blocks) -> tuple[Blocks, tuple[Span, ...]]:
    """Return quoted blocks and the last paragraph, if it begins with a dash.

    Markdown reads `- Name` as a list of one: at the end of a quotation it says whose it is.
    """
    if len(blocks) > 1:
        last = _entry(blocks[-1]) or blocks[-1]
        if last is not blocks[-1] or attributes(last):
            return blocks[:-1], last.spans
    return blocks, ()


def _entry(block: Block) -> Block | None:
    """Return the paragraph of a list that has one entry of one paragraph."""
    if block.kind != "list" or block.ordered or len(block.blocks) != 1:
        return None
    inner = block.blocks[0].blocks
    return inner[0] if len(inner) == 1 and inner[0].kind == "paragraph" else None


shape = Shape(fits, slots, RANK)
