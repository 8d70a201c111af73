"""Streams of events to browsers: bounded in number, and each in what waits for it."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

MOST = 24
"""Streams at once; one more ends the oldest, so that the page just opened is never shut out."""
BEAT = 15.0
"""Seconds between two signs of life, which show when a browser is gone."""
RETRY = 700
"""Milliseconds after which a browser comes back when the server has gone."""


class Streams:
    """All open streams. What is sent twice of one thing before it is read is read once."""

    def __init__(self) -> None:
        """Begin with none."""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._open: list[_Stream] = []
        self._ended = False

    def __len__(self) -> int:
        """Return how many are open."""
        return len(self._open)

    def send(self, event: str, key: str, content: Mapping[str, Any]) -> None:
        """Send to all, from any thread; of one event and key only the newest counts."""
        if self._loop is None or not self._open:
            return
        message = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        try:
            self._loop.call_soon_threadsafe(self._put, event, key, message)
        except RuntimeError:  # the server has ended
            return

    def end(self) -> None:
        """End all, from any thread."""
        self._ended = True
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._end)

    def join(self) -> AsyncIterator[bytes]:
        """Return a new stream; the oldest ends if there are too many."""
        self._loop = asyncio.get_running_loop()
        stream = _Stream()
        self._open.append(stream)
        while len(self._open) > MOST:
            self._open.pop(0).close()
        return self._flow(stream)

    async def _flow(self, stream: "_Stream") -> AsyncIterator[bytes]:
        try:
            yield f"retry: {RETRY}\n\nevent: hello\ndata: {{}}\n\n".encode()
            while not (stream.closed or self._ended):
                yield await stream.next()
        finally:
            if stream in self._open:
                self._open.remove(stream)

    def _put(self, event: str, key: str, message: str) -> None:
        for stream in self._open:
            stream.put(event, key, message)

    def _end(self) -> None:
        for stream in self._open:
            stream.close()


class _Stream:
    """What waits for one browser."""

    def __init__(self) -> None:
        self.closed = False
        self._waiting: dict[tuple[str, str], str] = {}
        self._news = asyncio.Event()

    def put(self, event: str, key: str, message: str) -> None:
        self._waiting.pop((event, key), None)
        self._waiting[event, key] = message
        self._news.set()

    def close(self) -> None:
        self.closed = True
        self._news.set()

    async def next(self) -> bytes:
        """Return what waits as soon as there is something, or a sign of life."""
        try:
            await asyncio.wait_for(self._news.wait(), BEAT)
        except TimeoutError:
            return b": alive\n\n"
        self._news.clear()
        waiting, self._waiting = self._waiting, {}
        return "".join(
            f"event: {event}\ndata: {message}\n\n" for (event, _), message in waiting.items()
        ).encode()
