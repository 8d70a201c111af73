"""Answers that are kept in the cache, so that nothing is asked twice within a while."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator import disk
from generator.errors import GeneratorError, SurroundingsError
from generator.fetch.regular import LIMIT, read

FOLDER = "web"
LONGEST = 30 * 24 * 3600.0
"""Seconds until an answer is thrown away."""

LARGEST = LIMIT + 10_000
"""Bytes of one answer with the line above it."""

MOST = 500_000_000
"""Bytes of all answers; the oldest go first."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address holds, and the SHA-256 of it."""

    content: bytes
    media_type: str
    digest: str


def answer(content: bytes, media_type: str) -> Answer:
    """Return an answer with its checksum."""
    return Answer(content, media_type, hashlib.sha256(content).hexdigest())


class Kept:
    """Answers by their addresses, below the cache's folder: a line of JSON, then the bytes.

    Whatever is wrong with a file there (it may have come with a repo) makes it as good as none.
    """

    def __init__(self, cache: Path) -> None:
        """Take the cache's folder."""
        self._folder = cache / FOLDER

    def find(self, url: str, now: float, longest: float) -> Answer | None:
        """Return what an address held, if that was asked less than `longest` seconds ago."""
        path = self._place(url)
        try:
            head, line_end, content = read(path, FOLDER, LARGEST).partition(b"\n")
            said = json.loads(head)
        except (GeneratorError, ValueError, RecursionError):
            return None
        if not line_end or not isinstance(said, Mapping) or said.get("url") != url:
            return None
        found = answer(content, str(said.get("type")))
        asked = said.get("asked")
        fresh = isinstance(asked, int | float) and 0 <= now - asked < min(longest, LONGEST)
        return found if fresh and said.get("sha256") == found.digest else None

    def keep(self, url: str, found: Answer, now: float) -> None:
        """Keep what an address holds; a cache that can't be written to keeps nothing."""
        said = {"url": url, "type": found.media_type, "sha256": found.digest, "asked": now}
        try:
            self._make_room(now)
            whole = json.dumps(said).encode() + b"\n" + found.content
            disk.write(self._place(url), whole, lasting=False)
        except SurroundingsError:
            return

    def _place(self, url: str) -> Path:
        return self._folder / hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()

    def _make_room(self, now: float) -> None:
        """Throw away what is too old, then the oldest until the rest is small enough."""
        if not self._folder.is_dir():
            return
        found = [(path.stat(), path) for path in self._folder.iterdir() if path.is_file()]
        total = sum(status.st_size for status, _ in found)
        for status, path in sorted(found, key=lambda entry: entry[0].st_mtime):
            if total <= MOST and now - status.st_mtime <= LONGEST:
                break
            disk.remove(path, self._folder)
            total -= status.st_size
