"""Timeline: a list whose entries begin with a date or a time."""

from generator.content import around, dates, entries, figures
from generator.content.parts import aired, headed
from generator.content.sentences import plain
from generator.content.shape import Blocks, Shape
from generator.model import Block, Item, Slots

RANK = 460
FEWEST = 2


def fits(blocks: Blocks) -> bool:
    """Return whether one list is the main thing, and each of its entries has its date."""
    found = _list(blocks)
    named = _dates(found) if found else []
    return len(named) >= FEWEST and not all(dates.is_today(name) for name in named)


def slots(blocks: Blocks) -> Slots:
    """Return the entries with their dates as titles; where one has none, as those of a list."""
    heading, rest = headed(blocks)
    place = next((index for index, block in enumerate(rest) if block.kind == "list"), None)
    if place is None or not _dates(rest[place]):
        return entries.slots(blocks)
    first, body = around.lead(rest[:place])
    items = tuple(
        _item(number, entry) for number, entry in enumerate(rest[place].blocks, rest[place].start)
    )
    tail = aired(rest[place + 1 :])
    return Slots(heading=heading, lead=first, body=aired(body), items=items, tail=tail)


def _list(blocks: Blocks) -> Block | None:
    _, rest = headed(blocks)
    lists = [block for block in rest if block.kind == "list"]
    others = [block for block in rest if block.kind not in ("list", "paragraph")]
    return lists[0] if len(lists) == 1 and not others else None


def _dates(main: Block) -> list[str]:
    """Return the dates that the entries of a list begin with; nothing unless all do."""
    days = [figures.dated(entry.blocks) for entry in main.blocks]
    named = [plain(day[0][:1]) for day in days if day]
    return named if len(named) == len(days) else []


def _item(number: int, entry: Block) -> Item:
    title, rest = figures.dated(entry.blocks) or ((), entry.blocks)
    return Item(number, title, rest, entry.checked)


shape = Shape(fits, slots, RANK)
