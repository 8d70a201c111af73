"""What a post's content is, decided from its blocks alone."""

from collections.abc import Callable
from dataclasses import dataclass

from generator.model import Block, Slots

Blocks = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of content: whether blocks have it, and which slot each of them then fills.

    Shapes are asked by `rank`, the lowest first. `slots` has to take any blocks, fitting or not,
    and to keep every word of them, in order: a writer may choose a layout against the shape.
    """

    fits: Callable[[Blocks], bool]
    slots: Callable[[Blocks], Slots]
    rank: int
