"""Many files under one name, in a zip or a folder: listed by name, opened one by one.

Nothing is ever unpacked: a name in an archive is a name to ask for, never a place to write to.
What no honest archive holds (paths that lead out, links, more entries than an export can have) is
an error before anything is read.
"""

import os
import stat
import struct
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, Protocol

from generator.errors import Location, Problem, error
from generator.fetch import regular
from generator.fetch.regular import LIMIT, FetchError

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

CHUNK = 1 << 18
"""Bytes read at once: what a file costs in memory, however large it is."""

MOST_ENTRIES = 200_000
"""An export of fifty thousand posts has about as many pictures."""

MOST_DIRECTORY = 64_000_000
"""Bytes of a zip's table of contents: it is read whole before the first entry."""

MOST_STREAMED = 2_000_000_000
"""Bytes of one file that is read in pieces."""

DEEPEST = 16
"""Folders inside each other: beyond, it is no export."""

_END, _END_64, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_FULL_16, _FULL_32 = 0xFFFF, 0xFFFFFFFF


class Archive(Protocol):
    """Files under one name. `shown` is what the archive is called in messages."""

    shown: str

    @property
    def sizes(self) -> Mapping[str, int]:
        """Return the bytes of each file by its path in the archive, in the order of the paths."""

    def read(self, name: str, limit: int = LIMIT) -> bytes:
        """Return the bytes of a file; raise a FetchError if they are more than `limit`."""

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a file in pieces of at most CHUNK."""


class LooseFiles:
    """Files that are in memory already."""

    def __init__(self, files: Mapping[str, bytes], shown: str) -> None:
        """Take the files by name."""
        self.shown = shown
        self._files = dict(files)

    @property
    def sizes(self) -> Mapping[str, int]:
        """Return the bytes of each file."""
        return {name: len(content) for name, content in self._files.items()}

    def read(self, name: str, limit: int = LIMIT) -> bytes:
        """Return the bytes of a file."""
        if name not in self._files:
            raise FetchError(_missing(self.shown, name))
        _demand_small(len(self._files[name]), limit, _within(self.shown, name))
        return self._files[name]

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a file."""
        content = self.read(name, MOST_STREAMED)
        for start in range(0, len(content), CHUNK):
            yield content[start : start + CHUNK]


class Folder:
    """The files below a folder. Links in it, hidden folders and packages are passed over."""

    def __init__(self, folder: Path, shown: str) -> None:
        """Take the folder; its files are listed when somebody asks."""
        self.shown = shown
        self._folder = Path(os.path.realpath(folder))
        self._sizes: dict[str, int] | None = None

    @property
    def sizes(self) -> Mapping[str, int]:
        """Return the bytes of each regular file by its path below the folder."""
        if self._sizes is None:
            self._sizes = dict(sorted(self._listed()))
        return self._sizes

    def read(self, name: str, limit: int = LIMIT) -> bytes:
        """Return the bytes of a file."""
        return regular.read(self._place(name), _within(self.shown, name), limit)

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a file."""
        with regular.opened(self._place(name), _within(self.shown, name)) as file:
            yield from _pieces(file, _within(self.shown, name))

    def _place(self, name: str) -> Path:
        if name not in self.sizes:
            raise FetchError(_missing(self.shown, name))
        return self._folder / name

    def _listed(self) -> Iterator[tuple[str, int]]:
        count = 0
        for folder, folders, files in os.walk(self._folder):
            below = Path(folder).relative_to(self._folder)
            folders[:] = sorted(filter(_searched, folders)) if len(below.parts) < DEEPEST else []
            for name in files:
                if _litter(name):
                    continue
                count += 1
                if count > MOST_ENTRIES:
                    raise FetchError(_many(self.shown))
                status = (Path(folder) / name).lstat()
                if stat.S_ISREG(status.st_mode):
                    yield (below / name).as_posix(), status.st_size


class Zip:
    """The files in a zip, read without unpacking it."""

    def __init__(self, file: BinaryIO, shown: str) -> None:
        """Take the zip, open for reading and for seeking; look at its table of contents."""
        self.shown = shown
        with _told(shown):
            _demand_sane(file, shown)
            self._zip = _opened(file)
            entries = self._zip.infolist()
        for entry in entries:
            if problem := _crooked(entry, shown):
                raise FetchError(problem)
        files = (entry for entry in entries if not entry.is_dir())
        self._entries = {one.filename: one for one in files if not _litter(one.filename)}
        self._sizes = {name: self._entries[name].file_size for name in sorted(self._entries)}

    @property
    def sizes(self) -> Mapping[str, int]:
        """Return the bytes of each file, as the table of contents has them."""
        return self._sizes

    def read(self, name: str, limit: int = LIMIT) -> bytes:
        """Return the bytes of a file; a size that is a lie ends at the limit."""
        shown = _within(self.shown, name)
        _demand_small(self._entry(name).file_size, limit, shown)
        with _told(shown), self._open(name) as file:
            content = file.read(limit + 1)
        _demand_small(len(content), limit, shown)
        return content

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a file."""
        shown = _within(self.shown, name)
        with _told(shown), self._open(name) as file:
            yield from _pieces(file, shown)

    def _entry(self, name: str) -> "ZipInfo":
        if name not in self._entries:
            raise FetchError(_missing(self.shown, name))
        return self._entries[name]

    def _open(self, name: str) -> IO[bytes]:
        entry = self._entry(name)
        if entry.flag_bits & 1:
            said = f"`{name}` is locked with a password"
            hint = "unpack the archive yourself, and import the folder"
            raise FetchError(error("archive-broken", said, Location(self.shown), hint))
        return self._zip.open(entry)


def is_zip(head: bytes) -> bool:
    """Say whether the bytes begin like a zip."""
    return head[:4] in {b"PK\x03\x04", _END, b"PK\x07\x08"}


def archive(path: Path, shown: str) -> Archive | None:
    """Return the folder or zip that `path` is, or None if it is something else."""
    real = Path(os.path.realpath(path))
    if real.is_dir():
        return Folder(real, shown)
    file = regular.opened(real, shown)
    head = file.read(4)
    if not is_zip(head):
        file.close()
        return None
    try:
        made = Zip(file, shown)
    except BaseException:
        file.close()
        raise
    weakref.finalize(made, file.close)
    return made


def _pieces(file: IO[bytes], shown: str) -> Iterator[bytes]:
    """Yield a file in pieces, up to the bytes that any file may have."""
    total = 0
    while piece := file.read(CHUNK):
        total += len(piece)
        _demand_small(total, MOST_STREAMED, shown)
        yield piece


def _demand_small(size: int, limit: int, shown: str) -> None:
    if size > limit:
        said = f"`{shown}` has more than {limit:,} bytes"
        raise FetchError(error("file-too-large", said, Location(shown)))


def _demand_sane(file: BinaryIO, shown: str) -> None:
    """Raise if the table of contents is larger than an export's can be: it is read whole."""
    count, size = _announced(file)
    if count > MOST_ENTRIES or size > MOST_DIRECTORY:
        raise FetchError(_many(shown))


def _announced(file: BinaryIO) -> tuple[int, int]:
    """Return how many entries a zip says it has, and the bytes of its table (APPNOTE 4.3.14-16)."""
    whole = file.seek(0, os.SEEK_END)
    tail_start = max(0, whole - 22 - _FULL_16 - 20)
    file.seek(tail_start)
    tail = file.read()
    at = tail.rfind(_END, 0, max(0, len(tail) - 18))
    if at < 0:
        return 0, 0
    count, size = struct.unpack("<HL", tail[at + 10 : at + 16])
    if tail[at - 20 : at - 16] != _LOCATOR_64 or at < 20:  # noqa: PLR2004  (a locator's bytes)
        return count, size
    (place,) = struct.unpack("<Q", tail[at - 12 : at - 4])
    file.seek(min(place, whole))
    record = file.read(56)
    if not record.startswith(_END_64) or len(record) < 56:  # noqa: PLR2004  (all of a record)
        return count, size
    count_64, size_64 = struct.unpack("<QQ", record[32:48])
    return max(count % _FULL_16, count_64), max(size % _FULL_32, size_64)


def _opened(file: BinaryIO) -> "ZipFile":
    from zipfile import ZipFile  # noqa: PLC0415  only a zip wants it

    return ZipFile(file)


def _crooked(entry: "ZipInfo", shown: str) -> Problem | None:
    """Return what is wrong with an entry's name or kind, if anything is."""
    name = entry.filename.rstrip("/")
    parts = name.split("/")
    out = not name or name.startswith("/") or "\\" in name or name[1:2] == ":" or ".." in parts
    if out or "\0" in entry.orig_filename:
        said = f"`{name}` in it leads out of the archive"
        return error("archive-unsafe", said, Location(shown), "no export has that: don't trust it")
    if stat.S_ISLNK(entry.external_attr >> 16):
        said = f"`{name}` in it is a link"
        return error("archive-unsafe", said, Location(shown), "unpack it, and import the folder")
    return None


def _litter(name: str) -> bool:
    """Say whether a file is what macOS puts beside others when it packs or copies them."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith("._")


def _searched(folder: str) -> bool:
    """Say whether a folder is somebody's work: neither hidden nor one of packages."""
    return not folder.startswith(".") and folder != "node_modules"


def _within(shown: str, name: str) -> str:
    return f"{shown}/{name}" if name != shown else shown


def _missing(shown: str, name: str) -> Problem:
    return error("file-missing", f"there is no `{name}` in it", Location(shown))


def _many(shown: str) -> Problem:
    said = f"there are more than {MOST_ENTRIES:,} files in it"
    return error("archive-unsafe", said, Location(shown), "no export has that many")


@contextmanager
def _told(shown: str) -> Iterator[None]:
    """Tell what the zip's reader stumbles over as a Problem that names the file."""
    import zlib  # noqa: PLC0415  only a zip wants it
    from zipfile import BadZipFile  # noqa: PLC0415

    broken = (BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError, OSError)
    try:
        yield
    except broken as trouble:
        said = f"the archive is broken: {trouble}"
        hint = "download it again: it may be cut off"
        raise FetchError(error("archive-broken", said, Location(shown), hint)) from trouble
