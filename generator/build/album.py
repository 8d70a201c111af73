"""Pictures of pages that were drawn before: in this process, or in an earlier one.

On the disk they are found by all that a page is made of. What is kept under that key is the hash
of a picture, which itself lies among the artifacts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from generator.cache import Cache
from generator.model import Canvas


@dataclass(frozen=True, slots=True)
class Album:
    """The pictures of a carousel's pages, by page and exporter.

    `keys` say what each page was laid out from, `drawn` are those that this process drew.
    """

    cache: Cache
    canvas: Canvas
    pages: Sequence[Any]
    keys: Sequence[str]
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
        canvas = self.canvas
        limit = canvas.limits.get("max_file_bytes", 0)
        return ("page", exporter, canvas.width, canvas.height, limit, self.keys[number])
