"""What goes into a slide besides plain text: emoji, later math, code, charts. One file each.

A module here defines `prepare(kitchen) -> Ingredient`: it is asked once for a carousel.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from markupsafe import Markup

from generator.cache import Cache
from generator.errors import Problem
from generator.fetch import Door
from generator.library import Library
from generator.model import Block, Span


class Setter(Protocol):
    """What sets a run of spans as HTML; `measure` is about how many letters a line holds."""

    lang: str
    measure: int

    def inline(self, spans: Iterable[Span], *, last: bool = True) -> Markup:
        """Return spans as HTML without a block around them."""

    def blocks(self, blocks: Iterable[Block]) -> Markup:
        """Return blocks as HTML."""


def _no_template(name: str, **known: Any) -> str:  # noqa: ANN401  templates take anything
    """Return nothing: there are no templates in this kitchen."""
    del name, known
    return ""


@dataclass(frozen=True, slots=True)
class Kitchen:
    """What an ingredient may use: looks by name, the door for pictures, colours by role.

    `render` gives what a template below layouts/ makes of what it is told; `words` are the
    generator's own, `icon` gives a picture of the line's height by its name, in a colour.
    `problems` takes what there is to tell of a slide; a place without a path is in its own file.
    `cache` knows what was worked out before.
    """

    library: Library
    door: Door
    colors: Mapping[str, str]
    render: Callable[..., str] = _no_template
    words: Mapping[str, str] = field(default_factory=dict)
    icon: Callable[..., str] = _no_template
    problems: list[Problem] = field(default_factory=list)
    cache: Cache = field(default_factory=Cache)


@dataclass(frozen=True, slots=True)
class Ingredient:
    """`block` returns HTML for a block that it takes, else None; `text` cuts a text into pieces.

    Pieces that are Markup are done, the others are plain text still. `worded` is as `block`, for
    blocks that hold spans: it gets what sets those. `span` is as `block`, for spans.
    """

    block: Callable[[Block], Markup | None] | None = None
    worded: Callable[[Block, Setter], Markup | None] | None = None
    text: Callable[[str], Iterable[str | Markup]] | None = None
    span: Callable[[Span], Markup | None] | None = None
