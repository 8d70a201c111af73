"""What goes into a slide besides plain text: emoji, later math, code, charts. One file each.

A module here defines `prepare(kitchen) -> Ingredient`: it is asked once for a carousel.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from generator.fetch import Door
from generator.library import Library
from generator.model import Block


@dataclass(frozen=True, slots=True)
class Kitchen:
    """What an ingredient may use: looks by name, the door for pictures, colours by role."""

    library: Library
    door: Door
    colors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ingredient:
    """`block` returns HTML for a block that it takes, else None; `text` cuts a text into pieces.

    Pieces that are Markup are done, the others are plain text still.
    """

    block: Callable[[Block], Markup | None] | None = None
    text: Callable[[str], Iterable[str | Markup]] | None = None
