"""The slots of a slide that continues another: heading repeated, a side's card, no new lead."""

from collections.abc import Sequence
from dataclasses import replace

from generator.content import footnotes
from generator.content.form import slots_of
from generator.content.shape import Blocks
from generator.content.sides import marked, one
from generator.model import Block, Side, Slots


def continued(whole: Slots, shape: str, before: Blocks, blocks: Blocks) -> Slots:
    """Return the slots of `blocks`, which come after `before` in a post that fills `whole`."""
    slots = _part(blocks) if whole.sides else slots_of(blocks, shape)
    blocks, _ = footnotes.apart(blocks)
    if not before:
        return replace(slots, kicker=whole.kicker, image=whole.image)
    lead = (Block("paragraph", blocks[0].line, spans=slots.lead),) if slots.lead else ()
    if whole.sides:
        slots = _sided(whole, slots, lead, _words(before))
    elif lead and not slots.heading:
        slots = replace(slots, lead=(), body=(*lead, *slots.body))
    return replace(slots, heading=slots.heading or whole.heading)


def _part(blocks: Blocks) -> Slots:
    """Return the slots of a part of a comparison: both its sides, one of them, or none."""
    main, notes = footnotes.apart(blocks)
    rest, sides = marked(main) or one(main) or (main, ())
    return replace(slots_of(rest, "text"), sides=sides, tail=footnotes.together(notes))


def _sided(whole: Slots, slots: Slots, lead: Blocks, passed: int) -> Slots:
    """Return slots in which what goes on with a side of a comparison stands on its card again."""
    going_on = (*lead, *slots.body)
    if not going_on:
        return slots
    side = _side_after(whole, passed)
    card = Side(side.mark, side.title, going_on)
    return replace(slots, lead=(), body=(), sides=(card, *slots.sides))


def _side_after(whole: Slots, passed: int) -> Side:
    """Return the side that the word with this number (from 0) belongs to."""
    words = len("".join(span.plain() for span in (*whole.heading, *whole.lead)).split())
    words += _words(whole.body)
    for side in whole.sides:
        title = "".join(span.plain() for span in side.title)
        words += len(title.split()) + _words(side.blocks) + bool(side.mark)
        if passed < words:
            return side
    return whole.sides[-1]


def _words(blocks: Sequence[Block]) -> int:
    return sum(len(block.plain().split()) for block in blocks)
