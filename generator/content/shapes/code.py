"""Code: one block of code, with a heading, a lead and a last line at most."""

from generator.content.parts import aired, headed, is_short
from generator.content.shape import Blocks, Shape
from generator.model import Slots, Span

LONGEST_LEAD, LONGEST_WORDS = 28, 30
MOST_BEFORE, MOST_AFTER = 1, 2
RANK = 440


def fits(blocks: Blocks) -> bool:
    """Return whether one block of code is the main thing, with a few words around it."""
    _, rest = headed(blocks)
    places = [index for index, block in enumerate(rest) if block.kind == "code"]
    if len(places) != 1:
        return False
    before, after = rest[: places[0]], rest[places[0] + 1 :]
    short = all(is_short(block, LONGEST_WORDS) for block in (*before, *after))
    return short and len(before) <= MOST_BEFORE and len(after) <= MOST_AFTER


def slots(blocks: Blocks) -> Slots:
    """Return the code and what stands before it as body, what follows as tail."""
    heading, rest = headed(blocks)
    places = [index for index, block in enumerate(rest) if block.kind == "code"]
    end = places[-1] + 1 if places else len(rest)
    before, tail = rest[:end], rest[end:]
    first: tuple[Span, ...] = ()
    if before and is_short(before[0], LONGEST_LEAD):
        first, before = before[0].spans, before[1:]
    return Slots(heading=heading, lead=first, body=aired(before), tail=aired(tail))


shape = Shape(fits, slots, RANK)
