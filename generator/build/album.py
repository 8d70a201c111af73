"""Pictures of pages that were drawn before: in this process, or in an earlier one.

On the disk they are found by all that a page is made of. What is kept under that key is the hash
of a picture, which itself lies among the artifacts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from generator.cache import Cache
from generator.compose import Composed
from generator.fetch import Door
from generator.model import Canvas

FILE = re.compile(r"carousel:///(?!made/)[^\s\"')]+")
"""A file that is named by its place; what we made is named by its content."""
TEXTS = 500
"""Stylesheets and slides whose hashes a process remembers."""


@dataclass(frozen=True, slots=True)
class Album:
    """The pictures of a carousel's pages, by page and exporter.

    `composed` are what the pages were laid out from, `drawn` those that this process drew.
    """

    cache: Cache
    door: Door
    canvas: Canvas
    pages: Sequence[Any]
    composed: Sequence[Composed]
    drawn: dict[tuple[int, str], bytes]

    def known(self, exporter: str) -> dict[int, bytes]:
        """Return the pictures that need not be drawn again, by their page, counted from 0."""
        found = {}
        for number, page in enumerate(self.pages):
            picture = self.drawn.get((id(page), exporter)) or self._kept(number, exporter)
            if picture:
                found[number] = picture
        return found

    def keep(self, exporter: str, pictures: Sequence[bytes]) -> None:
        """Remember the pictures of all pages."""
        for number, (page, picture) in enumerate(zip(self.pages, pictures, strict=True)):
            if self.drawn.get((id(page), exporter)) != picture:
                self.drawn[id(page), exporter] = picture
                self.cache.put(sha256(picture).hexdigest().encode(), *self._key(number, exporter))

    def _kept(self, number: int, exporter: str) -> bytes | None:
        named = self.cache.get(*self._key(number, exporter))
        return self.cache.blob(named.decode("ascii", "replace")) if named else None

    def _key(self, number: int, exporter: str) -> tuple[object, ...]:
        """Return all that the picture of a page is made of."""
        canvas, one = self.canvas, self.composed[number]
        across = canvas.width, canvas.height, canvas.page_width, canvas.page_height
        texts = (self._told(text) for text in (one.html, *one.sheets))
        limit = canvas.limits.get("max_file_bytes", 0)
        return ("page", exporter, *across, limit, *texts)

    def _told(self, text: str) -> tuple[object, ...]:
        """Return a text's hash and those of the files that it names, as far as they were read."""
        digest, files = _read(text)
        return digest, tuple(self.door.served.get(file, "") for file in files)


@lru_cache(maxsize=TEXTS)
def _read(text: str) -> tuple[str, tuple[str, ...]]:
    return sha256(text.encode()).hexdigest(), tuple(sorted(set(FILE.findall(text))))
