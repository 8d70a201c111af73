"""Regular files and nothing else: a FIFO, a device or a file without end can't hang a build."""

import os
import stat
from pathlib import Path
from typing import BinaryIO

from generator.errors import GeneratorError, Location, Problem, error

# reliability.md: a picture is at most 25 MB.
LIMIT = 25_000_000


class FetchError(GeneratorError):
    """What was asked for is not served."""


def read(real: Path, shown: str, limit: int, location: Location | None = None) -> bytes:
    """Return the bytes of the regular file `real`, whose links are resolved; `shown` names it."""
    try:
        with opened(real, shown, location) as file:
            if problem := _too_large(os.fstat(file.fileno()).st_size, limit, shown):
                raise _told(problem, location)
            content = file.read(limit + 1)
    except OSError as trouble:
        raise _told(_unreadable(trouble, shown), location) from trouble
    if problem := _too_large(len(content), limit, shown):
        raise _told(problem, location)
    return content


def opened(real: Path, shown: str, location: Location | None = None) -> BinaryIO:
    """Return the regular file `real`, whose links are resolved, open for reading."""
    demand(real, shown, location)
    # Between that look and the opening the file may have been exchanged: O_NONBLOCK keeps a FIFO
    # from waiting for its writer, O_NOFOLLOW refuses a link, and what was opened is looked at.
    flags = os.O_RDONLY | _flag("O_NONBLOCK") | _flag("O_NOFOLLOW") | _flag("O_CLOEXEC")
    try:
        file = os.fdopen(os.open(real, flags | _flag("O_BINARY")), "rb")
    except OSError as trouble:
        raise _told(_unreadable(trouble, shown), location) from trouble
    if problem := _judged(os.fstat(file.fileno()), shown):
        file.close()
        raise _told(problem, location)
    return file


def demand(real: Path, shown: str, location: Location | None = None) -> None:
    """Raise a FetchError unless `real` is a regular file."""
    try:
        problem = _judged(real.lstat(), shown)
    except OSError as trouble:
        problem = _unreadable(trouble, shown)
    if problem:
        raise _told(problem, location)


def _told(problem: Problem, location: Location | None) -> FetchError:
    return FetchError(problem.at(location) if location else problem)


def _judged(status: os.stat_result, shown: str) -> Problem | None:
    if stat.S_ISREG(status.st_mode):
        return None
    kind = "a folder" if stat.S_ISDIR(status.st_mode) else "no regular file"
    return error("file-not-regular", f"`{shown}` is {kind}")


def _too_large(size: int, limit: int, shown: str) -> Problem | None:
    if size <= limit:
        return None
    message = f"`{shown}` has more than {limit:,} bytes"
    return error("file-too-large", message, hint=f"make it smaller than {_rounded(limit)}")


def _rounded(size: int) -> str:
    mega = 1_000_000
    return f"{size // mega} MB" if size >= mega else f"{size // 1000} kB"


def _unreadable(trouble: OSError, shown: str) -> Problem:
    missing = (FileNotFoundError, NotADirectoryError)
    if isinstance(trouble, missing):
        return error("file-missing", f"there is no file `{shown}`")
    return error("file-unreadable", f"`{shown}` can't be read: {trouble.strerror or trouble}")


def _flag(name: str) -> int:
    """Return a flag of `open`, or nothing on a system that lacks it."""
    return int(getattr(os, name, 0))
