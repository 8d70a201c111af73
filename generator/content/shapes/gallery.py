"""Gallery: two to four pictures, with a few words at most."""

from generator.content.parts import aired, headed, is_short
from generator.content.sentences import words
from generator.content.shape import Blocks, Shape
from generator.content.shapes import text
from generator.model import Shot, Slots

FEWEST, MOST = 2, 4
MOST_WORDS = 60
"""Words beside the pictures: more would leave these the size of stamps."""
LONGEST_CAPTION = 10
RANK = 90


def fits(blocks: Blocks) -> bool:
    """Return whether there are two to four pictures, and only headings and short text beside."""
    rest = [block for block in blocks if block.kind != "image"]
    plain = all(block.kind in ("heading", "paragraph") for block in rest)
    few = sum(words(block.spans) for block in rest) <= MOST_WORDS
    return FEWEST <= len(blocks) - len(rest) <= MOST and plain and few


def slots(blocks: Blocks) -> Slots:
    """Return the pictures with what stands under each, and the words before and after them."""
    heading, rest = headed(blocks)
    at = next((index for index, block in enumerate(rest) if block.kind == "image"), len(rest))
    before = text.slots((*blocks[: len(blocks) - len(rest)], *rest[:at]))
    shown = rest[at:]
    shots = _captioned(shown)
    tail: Blocks = ()
    if not shots:
        shots = tuple(Shot(block.spans[0]) for block in shown if block.kind == "image")
        tail = tuple(block for block in shown if block.kind != "image")
    return Slots(heading=heading, lead=before.lead, body=before.body, shots=shots, tail=aired(tail))


def _captioned(blocks: Blocks) -> tuple[Shot, ...]:
    """Return the pictures, if each is followed by one short paragraph: that is its caption."""
    pictures, captions = blocks[::2], blocks[1::2]
    good = (
        len(pictures) == len(captions) >= FEWEST
        and all(block.kind == "image" for block in pictures)
        and all(is_short(block, LONGEST_CAPTION) for block in captions)
    )
    pairs = zip(pictures, captions, strict=True) if good else ()
    return tuple(Shot(picture.spans[0], caption.spans) for picture, caption in pairs)


shape = Shape(fits, slots, RANK)
