"""What a platform would refuse or a reader miss, found after building. One file a check."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.errors import Problem
from generator.model import Artifact, Carousel, Page

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class Built:
    """A carousel with what was made of it.

    `count` are its slides. What stands on them, and their pictures of one pixel a CSS px, is found
    out when it is asked for, and once: `pages()`, `pictures()`.
    """

    carousel: Carousel
    artifacts: tuple[Artifact, ...]
    count: int
    pages: "Callable[[], tuple[Page, ...]]" = tuple
    pictures: "Callable[[], tuple[Image, ...]]" = tuple


@dataclass(frozen=True, slots=True)
class Check:
    """`code` is what its problems bear, `run` yields them."""

    code: str
    run: Callable[[Built], Iterable[Problem]]
