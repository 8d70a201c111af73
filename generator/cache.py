"""What was worked out before, by what it was worked out from: formulas, pictures, fits.

Workers look things up here and take note of what they had to work out; they write nothing. Their
parent puts it down (`build/store`). An entry bears the hash of its name and content: what is cut
off, spoilt or put into another's place counts as none, and is worked out again.
"""

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

MOST = 32_000_000
"""Bytes of an entry: a prepared picture of 2,700 x 2,700 has at most 20 MB."""
SEAL = sha256().digest_size
# a link may lead anywhere, and a pipe would wait for its writer
_READING = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@dataclass(frozen=True, slots=True)
class Place:
    """Where entries lie, nowhere without a folder, and the fingerprint of the `program`.

    What another version worked out is not found. Without `reads` nothing is, but all is noted.
    """

    folder: str = ""
    program: str = ""
    reads: bool = True


@dataclass(frozen=True, slots=True)
class Findings:
    """What a worker has for its parent: new entries by name, and the names of those it used."""

    new: Mapping[str, bytes] = field(default_factory=dict)
    used: frozenset[str] = frozenset()


@dataclass(slots=True)
class Cache:
    """Entries by what they were worked out from; without a place none is found and none noted."""

    place: Place = Place()
    _new: dict[str, bytes] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)

    def get(self, *key: object) -> bytes | None:
        """Return what was put under a key of strings, numbers and bytes, if that is known."""
        if not self.place.folder:
            return None
        name = self._name(key)
        if name in self._new:
            return self._new[name]
        content = unsealed(name, _read(path(self.place.folder, name))) if self.place.reads else None
        if content is not None:
            self._used.add(name)
        return content

    def blob(self, digest: str) -> bytes | None:
        """Return what has this SHA-256, in hex, and was kept as an artifact."""
        if not self.place.folder or not self.place.reads:
            return None
        content = _read(path(self.place.folder, digest))
        if sha256(content).hexdigest() != digest:
            return None
        self._used.add(digest)
        return content

    def put(self, content: bytes, *key: object) -> None:
        """Take note of what was worked out, to be found under its key from now on."""
        if self.place.folder and len(content) <= MOST:
            self._new[self._name(key)] = content

    def taken(self) -> Findings:
        """Return what has come together since the last time, and begin anew."""
        found = Findings(self._new, frozenset(self._used))
        self._new, self._used = {}, set()
        return found

    def _name(self, key: tuple[object, ...]) -> str:
        told = sha256()
        for part in (self.place.program, *key):
            raw = part if isinstance(part, bytes) else repr(part).encode("utf-8", "surrogatepass")
            told.update(len(raw).to_bytes(8, "big") + raw)
        return told.hexdigest()


def path(folder: str | os.PathLike[str], name: str) -> Path:
    """Return where what has this name lies: few names in each folder."""
    return Path(folder, name[:2], name[2:])


def sealed(name: str, content: bytes) -> bytes:
    """Return an entry as it lies on the disk: the hash of its name and content, its content."""
    return _seal(name, content) + content


def unsealed(name: str, entry: bytes) -> bytes | None:
    """Return the content of an entry, None if it is not what was put there."""
    content = entry[SEAL:]
    return content if entry[:SEAL] == _seal(name, content) else None


def _seal(name: str, content: bytes) -> bytes:
    return sha256(name.encode() + content).digest()


def _read(file: Path) -> bytes:
    """Return what a regular file holds, nothing of any other: the folder may be anybody's."""
    with suppress(OSError), open(os.open(file, _READING), "rb") as opened:  # noqa: PTH123  a descriptor
        status = os.fstat(opened.fileno())
        if stat.S_ISREG(status.st_mode) and status.st_size <= MOST + SEAL:
            return opened.read()
    return b""
