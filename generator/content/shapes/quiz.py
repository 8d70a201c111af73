"""Quiz: a question and a list of options with boxes; ticked are the right ones."""

from dataclasses import replace

from generator.content import asking, entries
from generator.content.parts import aired, headed
from generator.content.shape import Blocks, Shape
from generator.model import Item, Slots

RANK = 470


def fits(blocks: Blocks) -> bool:
    """Return whether options stand under a question, and only paragraphs around them."""
    _, rest = headed(blocks)
    lists = [block for block in rest if block.kind == "list"]
    plain = all(block.kind in ("list", "paragraph", "callout") for block in rest)
    return len(lists) == 1 and plain and asking.choices(blocks) is not None


def slots(blocks: Blocks) -> Slots:
    """Return the question as the heading or lead, the options as items, the explanation as tail."""
    heading, rest = headed(blocks)
    if asking.choices(blocks) is None:
        return entries.slots(blocks)
    place = next(at for at, block in enumerate(rest) if block.kind == "list")
    before, tail = rest[:place], aired(rest[place + 1 :])
    lead = next((block.spans for block in before[:1] if block.kind == "paragraph"), ())
    body = before[1:] if lead else before
    items = tuple(
        Item(number, (), option.blocks, option.checked)
        for number, option in enumerate(rest[place].blocks, start=rest[place].start)
    )
    made = Slots(heading=heading, lead=lead, body=aired(body), items=items, tail=tail)
    return made if heading or body else replace(made, heading=lead, lead=())


shape = Shape(fits, slots, RANK)
