"""Stats: two to four figures, each with its words: a list whose entries begin with a number."""

from dataclasses import replace

from generator.content import around, entries, figures
from generator.content.parts import aired, headed
from generator.content.shape import Blocks, Shape
from generator.model import Block, Item, Slots

RANK = 470
COUNTS = range(2, 5)


def fits(blocks: Blocks) -> bool:
    """Return whether one bullet list is the main thing, and its few entries begin with figures.

    Numbers that only count the entries are none.
    """
    main = around.alone(blocks, "list")
    found = _figures(main) if main and not main.ordered else []
    counting = [float(number) for number in range(1, len(found) + 1)]
    return len(found) in COUNTS and figures.values(found) != counting


def slots(blocks: Blocks) -> Slots:
    """Return the entries with their figures as titles; where one has none, as those of a list."""
    heading, rest = headed(blocks)
    place = next((index for index, block in enumerate(rest) if block.kind == "list"), None)
    if place is None or not _figures(rest[place]):
        return entries.slots(blocks)
    first, body = around.lead(rest[:place])
    items = tuple(_item(number, entry) for number, entry in enumerate(rest[place].blocks, 1))
    tail = aired(rest[place + 1 :])
    return Slots(heading=heading, lead=first, body=aired(body), items=items, tail=tail)


def _figures(main: Block) -> list[figures.Found]:
    """Return the figures that the entries of a list begin with; nothing unless all do."""
    found = [figures.counted(entry.blocks[0].spans) for entry in main.blocks if _is_line(entry)]
    known = [each for each in found if each]
    return known if len(known) == len(main.blocks) else []


def _is_line(entry: Block) -> bool:
    """Return whether an entry is one paragraph, and no task."""
    return len(entry.blocks) == 1 and entry.blocks[0].kind == "paragraph" and entry.checked is None


def _item(number: int, entry: Block) -> Item:
    found = figures.counted(entry.blocks[0].spans)
    title, label = found or ((), entry.blocks[0].spans)
    return Item(number, title, (replace(entry.blocks[0], spans=label),))


shape = Shape(fits, slots, RANK)
