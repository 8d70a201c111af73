"""A progress bar while a large archive is read."""

import os
import sys
from collections.abc import Iterator, Mapping

from generator.fetch import LIMIT, Archive

LARGE = 10_000_000
"""Bytes of a file that takes long enough to be watched."""


class Watched:
    """An archive whose large files show how far their reading is, on a terminal."""

    def __init__(self, archive: Archive) -> None:
        """Take the archive that does the work."""
        self._archive = archive
        self.shown = archive.shown

    @property
    def sizes(self) -> Mapping[str, int]:
        """Return what the archive holds."""
        return self._archive.sizes

    def read(self, name: str, limit: int = LIMIT) -> bytes:
        """Return the bytes of a file."""
        return self._archive.read(name, limit)

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a file in pieces, and show how many of them there were."""
        total = self.sizes.get(name, 0)
        if total < LARGE or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
            yield from self._archive.pieces(name)
            return
        from rich.console import Console  # noqa: PLC0415  30 ms, on a terminal only
        from rich.progress import Progress  # noqa: PLC0415

        with Progress(console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("reading", total=total)
            for piece in self._archive.pieces(name):
                yield piece
                progress.advance(task, len(piece))
