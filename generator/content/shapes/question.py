"""Question: one that stands alone, with a word that leads to it, or a list of them."""

from generator.content import asking, entries
from generator.content.parts import aired, headed, is_short
from generator.content.sentences import words
from generator.content.shape import Blocks, Shape
from generator.model import Slots

LONGEST, LONGEST_LEAD = 40, 24
RANK = 460


def fits(blocks: Blocks) -> bool:
    """Return whether blocks only ask: a question of at most 40 words, or a list of questions."""
    _, rest = headed(blocks)
    if rest and asking.all_ask(rest[-1]):
        led = all(is_short(block, LONGEST_LEAD) for block in rest[:-1])
        return led and len(rest) <= len(("lead", "list")) and len(rest[-1].blocks) > 1
    return asking.is_asked(blocks) and sum(words(block.spans) for block in blocks) <= LONGEST


def slots(blocks: Blocks) -> Slots:
    """Return the question as the heading, what leads to it before it; questions in a list as items.

    A heading that leads to the question stays the heading, and the question is the lead.
    """
    heading, rest = headed(blocks)
    if any(block.kind == "list" for block in rest):
        return entries.slots(blocks)
    if heading:
        lead = rest[0].spans if rest and rest[0].kind == "paragraph" else ()
        return Slots(heading=heading, lead=lead, body=aired(rest[1:] if lead else rest))
    if len(rest) == 1 and rest[0].kind == "paragraph":
        return Slots(heading=rest[0].spans)
    lead = rest[0].spans if rest and is_short(rest[0], LONGEST_LEAD) else ()
    return Slots(lead=lead, body=aired(rest[1:] if lead else rest))


shape = Shape(fits, slots, RANK)
