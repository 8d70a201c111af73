"""Artifacts by what they were made from: going back to an earlier state costs no layout.

Below `.threadpress/objects/` lie blobs, named by their SHA-256 and checked by it when they are
read, and a record for each carousel: which files it was made from, which blobs came of it. What
workers worked out on the way lies beside them, as `cache` has it. Safe to delete at any time, and
to be used by several processes: each file is written whole or not at all, and what is missing or
wrong is made again.
"""

import hashlib
import json
import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator import cache, disk
from generator.build import manifest as records
from generator.build.job import Pressed
from generator.cache import Findings
from generator.errors import GeneratorError
from generator.model import Artifact, Carousel

FOLDER = "objects"
VERSION = 2
MOST_BYTES = 512 * 1024**2
"""What the folder may hold: some 5,000 decks of PDF and pictures. The least recently used go."""
VARIANTS = 8
"""Records of one carousel: it is the same while its layouts, fonts or pictures change."""
PRUNE_EVERY = 3600
"""Seconds between two looks at the folder's size."""
MARK = "pruned"

Now = Callable[[str], str]
"""Returns the hash of a file as it is now, nothing if there is none."""


@dataclass(slots=True)
class Store:
    """The folder of blobs and records; without a folder nothing is kept and nothing found."""

    folder: Path | None
    order: str
    kept: bool = False

    def find(self, carousel: Carousel, now: Now) -> Pressed | None:
        """Return what came of a carousel when all was as it is now, if that is still known."""
        if self.folder is None:
            return None
        record = self._record(carousel)
        variants = _read(record)
        for number, found in enumerate(variants):
            if _same(found, now) and (pressed := self._pressed(found)) is not None:
                if number >= VARIANTS // 2:  # it would be the next to go
                    self._write(record, [found, *variants[:number], *variants[number + 1 :]])
                _used(record)
                return pressed
        return None

    def keep(self, carousel: Carousel, pressed: Pressed, reads: Mapping[str, str]) -> None:
        """Keep what came of a carousel, made from files with these hashes."""
        if self.folder is None or pressed.failed:
            return
        blobs = [(made.path, _hash(made.content), made.content) for made in pressed.artifacts]
        entry = {
            "reads": dict(sorted(reads.items())),
            "misses": sorted(pressed.missed),
            "artifacts": [(path, name) for path, name, _ in blobs],
            "told": [records.told(problem) for problem in pressed.problems],
            "pages": pressed.pages,
        }
        record = self._record(carousel)
        others = [one for one in _read(record) if one.get("reads") != entry["reads"]]
        try:
            for _, name, blob in blobs:
                disk.write(self._blob(name), blob, lasting=False)
        except GeneratorError:
            self.folder = None  # no room, no right: a cache that can't be kept is none
            return
        self._write(record, [entry, *others[: VARIANTS - 1]])
        self.kept = True

    def put_down(self, findings: Findings) -> None:
        """Write what a worker worked out, for the next one to find; what was used stays longer."""
        if self.folder is None:
            return
        try:
            for name, content in findings.new.items():
                disk.write(self._blob(name), cache.sealed(name, content), lasting=False)
        except GeneratorError:
            self.folder = None
            return
        for name in findings.used:
            _used(self._blob(name))
        self.kept = self.kept or bool(findings.new)

    def _write(self, record: Path, variants: list[dict[str, Any]]) -> None:
        content = json.dumps({"version": VERSION, "variants": variants})
        try:
            disk.write(record, content.encode(), lasting=False)
        except GeneratorError:
            self.folder = None

    def prune(self, most: int = MOST_BYTES) -> None:
        """Remove the least recently used files until the folder holds no more than `most` bytes."""
        if self.folder is None or not self.kept or _young(self.folder / MARK):
            return
        found = []
        for path in self.folder.rglob("*"):
            with suppress(OSError):
                status = path.stat()
                if path.is_file():
                    found.append((status.st_mtime_ns, status.st_size, path))
        total = sum(size for _, size, _ in found)
        for _, size, path in sorted(found):
            if total <= most:
                break
            with suppress(OSError):
                path.unlink()
            total -= size
        with suppress(GeneratorError):
            disk.write(self.folder / MARK, str(time.time_ns()).encode(), lasting=False)

    def _record(self, carousel: Carousel) -> Path:
        key = _hash(f"{self.order} {carousel!r}".encode())
        return self._blob(key).with_suffix(".json")

    def _blob(self, name: str) -> Path:
        assert self.folder is not None  # noqa: S101  asked before
        return cache.path(self.folder, name)

    def _pressed(self, found: dict[str, Any]) -> Pressed | None:
        """Return what a record tells of, or nothing if a blob is gone or spoilt."""
        try:
            artifacts = []
            for path, name in found["artifacts"]:
                content = self._blob(name).read_bytes()
                if _hash(content) != name:
                    return None
                _used(self._blob(name))
                artifacts.append(Artifact(path, content))
            told = tuple(records.problem(plain) for plain in found["told"])
            reads, misses = frozenset(found["reads"]), frozenset(found["misses"])
            return Pressed(
                tuple(artifacts), told, pages=int(found["pages"]), read=reads, missed=misses
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None


def _read(record: Path) -> list[dict[str, Any]]:
    """Return the variants of a record, the newest first; none if it can't be read."""
    try:
        content = json.loads(record.read_bytes())
        if content["version"] != VERSION:
            return []
        return [one for one in content["variants"] if isinstance(one, dict)]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _same(found: dict[str, Any], now: Now) -> bool:
    """Return whether all files are as they were when a record was made."""
    try:
        return all(now(path) == was for path, was in found["reads"].items()) and not any(
            map(os.path.lexists, found["misses"])
        )
    except (KeyError, TypeError, AttributeError):
        return False


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _used(path: Path) -> None:
    with suppress(OSError):
        os.utime(path)


def _young(mark: Path) -> bool:
    """Return whether the folder was looked at not long ago; a clock that went back says no."""
    try:
        return 0 <= time.time() - mark.stat().st_mtime < PRUNE_EVERY
    except OSError:
        return False
