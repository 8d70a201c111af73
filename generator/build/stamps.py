"""What tells that a file is as it was: its times, size and number, and its hash.

Knows the standard library only, as the manifest does.
"""

import hashlib
import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

RACY = 2_000_000_000
"""Nanoseconds: a file that changed this shortly before it was noted may change again unnoticed, as
file systems keep time in steps of up to 2 s (FAT); such a file is compared by its hash."""
TICK = 10_000_000
"""Nanoseconds: a file that is written gets the time of the kernel's last tick (HZ=100: 10 ms ago),
so what was written after a moment may bear a time before it."""

Stamp = list[Any]
"""What tells that a file is the same without reading it: mtime, ctime, size, inode, SHA-256."""


def stamp(path: str | os.PathLike[str]) -> list[int] | None:
    """Return mtime, ctime, size and inode of a file, or None if there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116  asked for each file of a repo: a Path costs five times
    except OSError:
        return None
    return [found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino]


def recent(paths: Iterable[str], since: int) -> dict[str, Stamp]:
    """Return the stamps of those files that changed since a moment, before they are read."""
    found = {}
    for path in paths:
        now = stamp(path)
        if now is not None and max(now[:2]) >= since:
            found[path] = [*now, digest(path)]
    return found


def steady(
    paths: Iterable[str], began: int, known: Mapping[str, Stamp], seen: Mapping[str, Stamp]
) -> dict[str, Stamp]:
    """Return the stamps of files that were read since `began`, but of those changed meanwhile.

    A file that is as it is `known` to be, and was long before, is not read for its hash again. One
    that changed after `began` counts if it is still as it was `seen` before it was read.
    """
    found: dict[str, Stamp] = {}
    for path in paths:
        now = stamp(path)
        if now is None:
            continue
        if max(now[:2]) < began:
            was = known.get(path)
            old = was is not None and was[:4] == now and max(now[:2]) < began - RACY
            found[path] = was if was and old else [*now, digest(path)]
        elif (was := seen.get(path)) and was == [*now, digest(path)]:
            found[path] = was
    return found


def now() -> int:
    """Return a moment in nanoseconds: files that are written from now on bear no earlier time."""
    return time.time_ns() - TICK


def digest(path: str | os.PathLike[str]) -> str:
    """Return the SHA-256 of a file, or of a folder's list of names; nothing if it can't be read."""
    try:
        if Path(path).is_dir():
            names = sorted(entry.name for entry in os.scandir(path))
            return hashlib.sha256("\0".join(names).encode()).hexdigest()
        if not Path(path).is_file():  # a pipe would wait for its writer
            return ""
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def written(path: str | os.PathLike[str]) -> list[int]:
    """Return size, mtime and ctime of an output file: no edit by hand leaves all three alone."""
    found = os.stat(path)  # noqa: PTH116  see `stamp`
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns]
