"""Entries: the one list that a post is about, as Items, with what stands around it."""

from collections.abc import Callable

from generator.content.parts import aired, entitled, headed, is_short
from generator.content.shape import Blocks
from generator.model import Block, Item, Slots, Span

LONGEST_LEAD = 28
FEWEST = 2


def fits(*, ordered: bool) -> Callable[[Blocks], bool]:
    """Return a test: one list is the main thing, with only paragraphs around it."""

    def test(blocks: Blocks) -> bool:
        _, rest = headed(blocks)
        lists = [block for block in rest if block.kind == "list"]
        others = [block for block in rest if block.kind not in ("list", "paragraph")]
        return (
            len(lists) == 1
            and not others
            and len(lists[0].blocks) >= FEWEST
            and lists[0].ordered == ordered
        )

    return test


def slots(blocks: Blocks) -> Slots:
    """Return the entries of the first list as items; without a list, each block is one."""
    heading, rest = headed(blocks)
    place = next((index for index, block in enumerate(rest) if block.kind == "list"), None)
    if place is None:
        items = tuple(_item(number, (block,)) for number, block in enumerate(rest, 1))
        return Slots(heading=heading, items=items)
    first, body = _intro(rest[:place])
    entries = rest[place]
    numbered = enumerate(entries.blocks, entries.start)
    items = tuple(_item(number, entry.blocks, entry) for number, entry in numbered)
    tail = aired(rest[place + 1 :])
    return Slots(heading=heading, lead=first, body=aired(body), items=items, tail=tail)


def _intro(blocks: Blocks) -> tuple[tuple[Span, ...], Blocks]:
    """Return what leads to a list: its first paragraph as the lead if it is short enough."""
    if blocks and is_short(blocks[0], LONGEST_LEAD):
        return blocks[0].spans, blocks[1:]
    return (), blocks


def _item(number: int, blocks: Blocks, entry: Block | None = None) -> Item:
    title, rest = entitled(blocks)
    return Item(number, title, rest, entry.checked if entry else None)
