"""What a platform would refuse or a reader miss, found after building. One file a check."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator.errors import Problem
from generator.model import Artifact, Carousel


@dataclass(frozen=True, slots=True)
class Built:
    """A carousel with what was made of it."""

    carousel: Carousel
    artifacts: tuple[Artifact, ...]
    pages: int


@dataclass(frozen=True, slots=True)
class Check:
    """`code` is what its problems bear, `run` yields them."""

    code: str
    run: Callable[[Built], Iterable[Problem]]
