"""From the finished PDF to the files that a destination wants: one module a format."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from generator.model import Artifact


@dataclass(frozen=True, slots=True)
class Options:
    """What a destination asks of its files: bytes a file at most, 0 for no limit."""

    max_file_bytes: int = 0


NO_OPTIONS = Options()


class Export(Protocol):
    """Makes the files of one carousel from its PDF and its canvas in pixels."""

    def __call__(
        self, pdf: bytes, stem: str, width: int, height: int, options: Options = NO_OPTIONS
    ) -> tuple[Artifact, ...]:
        """Return the files, under bare names."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """A file format: the suffix it is known by, and the function that makes the files.

    The artifacts' paths are bare file names: whoever asked knows the folder.
    """

    suffix: str
    export: Export


def numbered(pictures: Sequence[bytes], suffix: str) -> tuple[Artifact, ...]:
    """Return a deck's pictures under names that sort as they are swiped: `01.jpg` and on."""
    digits = max(2, len(str(len(pictures))))
    return tuple(
        Artifact(f"{number:0{digits}}{suffix}", content)
        for number, content in enumerate(pictures, start=1)
    )
