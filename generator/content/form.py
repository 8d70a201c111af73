"""The shapes that posts may have: which one blocks have, and the slots that they then fill."""

import functools
from dataclasses import replace

from generator import rooms
from generator.content import footnotes
from generator.content.shape import Blocks, Shape
from generator.model import Slots, Span

KEPT = 1000
"""Posts whose shape and slots are remembered: a build asks for each two or three times, and a watch
again after each change."""


@functools.cache
def shapes() -> dict[str, Shape]:
    """Return all shapes by name, in the order in which they are asked."""
    found = rooms.parts("generator.content.shapes", "shape")
    known = {name: shape for name, shape in found.items() if isinstance(shape, Shape)}
    return dict(sorted(known.items(), key=lambda entry: (entry[1].rank, entry[0])))


def shape_names() -> tuple[str, ...]:
    """Return the names of all shapes, in the order in which they are asked."""
    return tuple(shapes())


@functools.lru_cache(maxsize=KEPT)
def shape_of(blocks: Blocks) -> str:
    """Return the name of the shape that blocks have: the first that fits."""
    blocks, _ = footnotes.apart(blocks)
    return next((name for name, shape in shapes().items() if shape.fits(blocks)), "text")


@functools.lru_cache(maxsize=KEPT)
def slots_of(blocks: Blocks, shape: str) -> Slots:
    """Return the slots that blocks fill as a shape, fitting or not: no word is ever lost.

    A shape that is not known is read as text.
    """
    blocks, notes = footnotes.apart(blocks)
    slots = shapes().get(shape, shapes()["text"]).slots(blocks)
    return replace(slots, tail=(*slots.tail, *footnotes.together(notes))) if notes else slots


def image_of(blocks: Blocks) -> Span | None:
    """Return the first picture that stands by itself: the one that `image` and `image-text` show.

    Their slots leave it out; those of every other shape keep it as a block.
    """
    return next((block.spans[0] for block in blocks if block.kind == "image"), None)
