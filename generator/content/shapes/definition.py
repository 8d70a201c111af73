"""Definition: terms and what they mean, or one term that a post explains."""

from dataclasses import replace

from generator.content.parts import aired, entitled, headed, is_short
from generator.content.sentences import plain
from generator.content.shape import Blocks, Shape
from generator.model import Block, Item, Slots, Span

KIND = "definitions"
LONGEST_TERM, LONGEST_MEANING = 6, 60
LONGEST_LEAD = 28
RANK = 450


def fits(blocks: Blocks) -> bool:
    """Return whether one list of definitions is the main thing, or one paragraph is `**A**: b`."""
    _, rest = headed(blocks)
    found = [block for block in rest if block.kind == KIND]
    if found:
        return len(found) == 1 and all(block.kind in (KIND, "paragraph") for block in rest)
    return len(blocks) == 1 and _explains(blocks[0])


def slots(blocks: Blocks) -> Slots:
    """Return each term and its meaning as an item; without a term, everything is one meaning."""
    heading, rest = headed(blocks)
    place = next((at for at, block in enumerate(rest) if block.kind == KIND), None)
    if place is None:
        if blocks and _explains(blocks[0]):
            return Slots(items=(_item(1, blocks[:1]),), tail=aired(blocks[1:]))
        return Slots(heading=heading, body=aired(rest))
    first, body = _lead(rest[:place])
    items = tuple(
        Item(number, *term) for number, term in enumerate(_terms(rest[place].blocks), start=1)
    )
    tail = aired(rest[place + 1 :])
    return Slots(heading=heading, lead=first, body=aired(body), items=items, tail=tail)


def _lead(blocks: Blocks) -> tuple[tuple[Span, ...], Blocks]:
    if blocks and is_short(blocks[0], LONGEST_LEAD):
        return blocks[0].spans, blocks[1:]
    return (), blocks


def _explains(block: Block) -> bool:
    """Return whether a paragraph is a term in bold, a colon, and what it means."""
    title, rest = entitled((block,), LONGEST_TERM)
    bold = bool(title) and title[0].kind == "strong" and plain(title).rstrip().endswith(":")
    short = len(plain(title).split()) <= LONGEST_TERM and is_short(block, LONGEST_MEANING)
    return bold and short and bool(rest)


def _item(number: int, blocks: Blocks) -> Item:
    """Return a paragraph as a term, whose colon the layout says in its own way, and its meaning."""
    title, rest = entitled(blocks, LONGEST_TERM)
    if title[-1].kind == "text" and title[-1].text.strip() == ":":
        title = (*title[:-1], Span("quiet", spans=title[-1:]))
    return Item(number, title, rest)


def _terms(parts: Blocks) -> list[tuple[tuple[Span, ...], Blocks]]:
    """Return each term with its meanings as paragraphs."""
    found: list[tuple[tuple[Span, ...], Blocks]] = []
    for part in parts:
        if part.kind == "term" or not found:
            term = part.spans if part.kind == "term" else ()
            found.append((term, ()))
        if part.kind == "meaning":
            term, meanings = found[-1]
            found[-1] = (term, (*meanings, replace(part, kind="paragraph")))
    return found


shape = Shape(fits, slots, RANK)
