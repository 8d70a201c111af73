"""Gallery: two to four pictures side by side, with a few words at most."""

from itertools import takewhile

from generator.content.parts import aired, headed, is_short
from generator.content.sentences import words
from generator.content.shape import Blocks, Shape
from generator.model import Block, Shot, Slots, Span

FEWEST, MOST = 2, 4
MOST_WORDS = 60
"""Words beside the pictures: more would leave these the size of stamps."""
LONGEST_CAPTION = 10
LONGEST_LEAD = 20
RANK = 90


def fits(blocks: Blocks) -> bool:
    """Return whether there are two to four neighbouring pictures, and only short text beside."""
    rest = [block for block in blocks if not _pictured(block)]
    plain = all(block.kind in ("heading", "paragraph") for block in rest)
    few = sum(words(block.spans) for block in rest) <= MOST_WORDS
    shots = slots(blocks).shots if plain and few else ()
    return FEWEST <= len(shots) == len(blocks) - len(rest) <= MOST


def slots(blocks: Blocks) -> Slots:
    """Return the first pictures with what stands under each, and the words around them."""
    heading, rest = headed(blocks)
    at = next((index for index, block in enumerate(rest) if _pictured(block)), len(rest))
    before, shown = rest[:at], rest[at:]
    lead: tuple[Span, ...] = ()
    if not heading and before and is_short(before[0], LONGEST_LEAD):
        lead, before = before[0].spans, before[1:]
    shots = _captioned(shown)
    tail: Blocks = ()
    if not shots:
        shots = tuple(Shot(block.spans[0]) for block in takewhile(_pictured, shown))
        tail = shown[len(shots) :]
    return Slots(heading=heading, lead=lead, body=aired(before), shots=shots, tail=aired(tail))


def _pictured(block: Block) -> bool:
    return block.kind == "image"


def _captioned(blocks: Blocks) -> tuple[Shot, ...]:
    """Return the pictures, if each is followed by one short paragraph: that is its caption."""
    pictures, captions = blocks[::2], blocks[1::2]
    good = (
        len(pictures) == len(captions) >= FEWEST
        and all(map(_pictured, pictures))
        and all(is_short(block, LONGEST_CAPTION) for block in captions)
    )
    pairs = zip(pictures, captions, strict=True) if good else ()
    return tuple(Shot(picture.spans[0], caption.spans) for picture, caption in pairs)


shape = Shape(fits, slots, RANK)
