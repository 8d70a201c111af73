"""What a build is about to write: after a crash the next one knows what lies there half done."""

import fcntl
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from generator.build.manifest import JOURNALS

Planned = tuple[str, str, list[str]]
"""A content file's slug and path, and the paths below output/ that it is about to have."""


@dataclass(slots=True)
class Journal:
    """A file in the cache folder for as long as a build runs; its lock says that it does.

    Nothing is written until something is planned, and nothing at all without a folder.
    """

    folder: Path | None
    _file: "IO[bytes] | None" = None
    _left: list[Path] = field(default_factory=list)

    def plan(self, slug: str, path: str, writes: Iterable[str]) -> None:
        """Keep what is about to be written for a content file."""
        if self.folder is None:
            return
        try:
            if self._file is None:
                name = self.folder / f"journal-{os.getpid()}-{secrets.token_hex(4)}.jsonl"
                self._file = name.open("ab", buffering=0)
                fcntl.flock(self._file, fcntl.LOCK_EX)
            self._file.write(json.dumps([slug, path, sorted(writes)]).encode() + b"\n")
        except OSError:
            self.folder = None  # no room for it: what follows will say so where it matters

    def left(self) -> Iterator[Planned]:
        """Yield what builds planned that are no more and did not come to their end."""
        for path in sorted(self.folder.glob(JOURNALS)) if self.folder else ():
            with suppress(OSError), path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._left.append(path)
                yield from _planned(file)

    def done(self) -> None:
        """Forget what was planned and what was left: the manifest knows it now."""
        for path in self._left:
            with suppress(OSError):
                path.unlink()
        self._left.clear()
        if self._file is not None:
            with suppress(OSError):
                Path(self._file.name).unlink()
        self.close()

    def close(self) -> None:
        """Leave what is planned still to the next build."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _planned(lines: Iterable[bytes]) -> Iterator[Planned]:
    """Yield the plans of a journal; its last line may be cut off."""
    for line in lines:
        with suppress(ValueError, TypeError):
            slug, path, writes = json.loads(line)
            if isinstance(slug, str) and isinstance(path, str) and isinstance(writes, list):
                yield slug, path, [str(name) for name in writes]
