"""Pictures of slides for browsers: those just made are at hand, others are drawn when asked for."""

import asyncio
import threading
from collections import OrderedDict
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from typing import Any

from generator.build.proof import SMALL, Negative, Proof, count, develop
from generator.serve.shelf import Shelf

MOST_BYTES = 96 * 1024 * 1024
"""Of pictures that are kept: 1,500 slides as they are shown, or 400 at full size."""


@dataclass(slots=True)
class Pictures:
    """JPEGs by the hash of what they show. A worker of their own draws them: `drawers`."""

    shelf: Shelf
    drawers: Executor
    _kept: "OrderedDict[tuple[str, bool], bytes]" = field(default_factory=OrderedDict)
    _size: int = 0
    _lock: Any = field(default_factory=threading.Lock)

    def take(self, proof: Proof) -> None:
        """Keep the pictures of a proof."""
        for frame in proof.frames:
            if frame.picture:
                self._keep((frame.digest, False), frame.picture)

    def holds(self, digests: frozenset[str]) -> frozenset[str]:
        """Return those of some hashes whose picture is at hand."""
        with self._lock:
            return frozenset(one for one in digests if (one, False) in self._kept)

    async def find(self, digest: str, *, full: bool) -> bytes | None:
        """Return a slide's picture, small or full; nothing if no slide looks like that now."""
        key = digest, full
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        origin = self.shelf.origin(digest)
        if origin is None:
            return None
        negative, number = origin
        drawn = await _came(self.drawers.submit(develop, negative, number, 1.0 if full else SMALL))
        if drawn is None or self.shelf.origin(digest) != origin:
            return None  # another state was written meanwhile
        self._keep(key, drawn)
        return bytes(drawn)

    async def count(self, negative: Negative) -> int:
        """Return how many slides a file shows, 0 if it can't be read."""
        return int(await _came(self.drawers.submit(count, negative)) or 0)

    def _keep(self, key: tuple[str, bool], picture: bytes) -> None:
        with self._lock:
            self._size += len(picture) - len(self._kept.pop(key, b""))
            self._kept[key] = picture
            while self._size > MOST_BYTES:
                self._size -= len(self._kept.popitem(last=False)[1])


async def _came(job: "Future[Any]") -> Any:  # noqa: ANN401  whatever the job gives
    """Return what comes of a worker's job; nothing if the file is gone, or can't be drawn."""
    try:
        return await asyncio.wrap_future(job)
    except Exception:  # noqa: BLE001  a file of any sort may lie there: one picture is missing
        return None
