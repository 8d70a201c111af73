"""The one writer: each file is the old one or the new one, whole; and where the cache lies."""

import errno
import os
import re
import secrets
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path, PurePosixPath

from generator.errors import GeneratorError, Location, Problem, SurroundingsError, error
from generator.model import Artifact

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# What rmdir says of a folder that still holds something.
_IN_USE = {errno.ENOTEMPTY, errno.EEXIST, errno.EBUSY}
_READ_ONLY = {errno.EACCES, errno.EPERM, errno.EROFS}

# A file under way is `.threadpress-PID-TOKEN-NUMBER.tmp`. The token tells a later process with
# the same number (in a container it often is the same) that the file is not its own.
_TEMPORARY = re.compile(r"\.threadpress-(\d+)-([0-9a-f]{8})-\d+\.tmp")
_TOKEN = secrets.token_hex(4)
_numbers = count()
# A process number may live on as somebody else's; nothing is under way for an hour.
_STALE_SECONDS = 3600

_IGNORE = ".gitignore"
_CACHE = ".threadpress"


def write(path: Path, content: bytes, *, lasting: bool = True) -> bool:
    """Write a file whole or not at all; return False if it held the same bytes already.

    What is checked when it is read, and made again if it is wrong, need not be `lasting`: a power
    failure may leave it cut off, but nothing waits for the disk.
    """
    return bool(_exchange([(path, content)], lasting=lasting))


def publish(root: Path, artifacts: Iterable[Artifact], *, lasting: bool = True) -> tuple[Path, ...]:
    """Write artifacts below `root`, all or none, and return the paths whose bytes changed.

    All are written beside their places first and moved there last, so a full disk leaves the old
    ones. An artifact whose path leads out of `root` is refused before anything is written.
    `lasting` is as for `write`.
    """
    placed = [(_below(root, artifact.path), artifact.content) for artifact in artifacts]
    for folder in dict.fromkeys(path.parent for path, _content in placed):
        with _told(folder):
            _sweep_stale(folder)
    return _exchange(placed, lasting=lasting)


def remove(path: Path, root: Path) -> bool:
    """Remove a file below `root` and the folders that this empties; False if there was none."""
    _demand_inside(path, root, str(path))
    with _told(path):
        try:
            path.unlink()
        except (FileNotFoundError, NotADirectoryError):
            return False
        _prune(path.parent, root)
    return True


def sweep_stale(root: Path) -> None:
    """Remove what crashes left below `root` of files under way."""
    for folder, _folders, _files in os.walk(root):
        with _told(Path(folder)):
            _sweep_stale(Path(folder))


def sweep(root: Path, keep: Iterable[Path]) -> tuple[Path, ...]:
    """Remove the files below `root` but `keep`, `.gitignore` and links; return what is gone."""
    kept = {_normal(path) for path in keep}
    gone = []
    for folder, _folders, files in os.walk(root, topdown=False):
        for path in (Path(folder, name) for name in sorted(files)):
            wanted = path.name == _IGNORE or _normal(path) in kept or path.is_symlink()
            if not wanted and remove(path, root):
                gone.append(path)
        with _told(Path(folder)):
            _prune(Path(folder), root)
    return tuple(gone)


def cache_dir(project: Path | None) -> Path | None:
    """Return the cache's folder, made if need be, or None where nothing can be written.

    It is `.threadpress/` in the project, and in the user's cache folder without a project. What
    came with a repo may lie in the former: nothing that is trusted (a pickle) belongs there.
    """
    folder = project / _CACHE if project else _user_cache() / "threadpress"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.is_symlink() or not os.access(folder, os.W_OK | os.X_OK):
            return None
        if stat.S_IMODE(folder.stat().st_mode) != 0o700:  # noqa: PLR2004  (an octal mode is a name)
            folder.chmod(0o700)
        write(folder / _IGNORE, b"*\n")
    except (OSError, SurroundingsError):
        return None
    return folder


def _user_cache() -> Path:
    named = os.environ.get("XDG_CACHE_HOME", "")
    return Path(named) if Path(named).is_absolute() else Path("~/.cache").expanduser()


def _exchange(placed: Iterable[tuple[Path, bytes]], *, lasting: bool = True) -> tuple[Path, ...]:
    """Write each content beside its place, then move all there; return the places that changed."""
    under_way: list[tuple[Path, Path]] = []
    try:
        for path, content in placed:
            with _told(path):
                if not _holds(path, content):
                    under_way.append((_beside(path), path))
                    _fill(under_way[-1][0], content, lasting=lasting)
        for temporary, path in under_way:
            with _told(path):
                temporary.replace(path)
    finally:
        for temporary, _path in under_way:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    changed = tuple(path for _temporary, path in under_way)
    for folder in dict.fromkeys(path.parent for path in changed) if lasting else ():
        _settle(folder)
    return changed


def _holds(path: Path, content: bytes) -> bool:
    """Return whether a regular file (a link is none) holds just these bytes."""
    try:
        status = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    same_size = stat.S_ISREG(status.st_mode) and status.st_size == len(content)
    return same_size and path.read_bytes() == content


def _beside(path: Path) -> Path:
    """Return a free name in the folder of `path`, which is made if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.parent / f".threadpress-{os.getpid()}-{_TOKEN}-{next(_numbers)}.tmp"


def _fill(temporary: Path, content: bytes, *, lasting: bool) -> None:
    """Write a new file down to the disk itself; the umask decides who may read it."""
    with temporary.open("xb") as file:
        file.write(content)
        if lasting:
            file.flush()
            os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Make a folder's new entries last; where folders can't be synced, the system sees to it."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sweep_stale(folder: Path) -> None:
    """Remove what a crash left of files under way; those of a living process stay."""
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir()):
        if (found := _TEMPORARY.fullmatch(entry.name)) and _is_stale(entry, *found.groups()):
            entry.unlink(missing_ok=True)


def _is_stale(entry: Path, process: str, token: str) -> bool:
    if int(process) == os.getpid():
        return token != _TOKEN
    try:
        old = time.time() - entry.lstat().st_mtime > _STALE_SECONDS
    except FileNotFoundError:
        return False
    return old or not _lives(int(process))


def _lives(process: int) -> bool:
    if os.name != "posix":  # signal 0 would end the process there
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _below(root: Path, named: str) -> Path:
    """Return the place of an artifact; raise if its name leads out of `root`."""
    path = PurePosixPath(named)
    names = named.split("/")
    crooked = any(name in {"", ".", ".."} or re.search(r"[\\\0:]", name) for name in names)
    if crooked or path.is_absolute():
        raise GeneratorError(_outside(root, named))
    place = root.joinpath(*names)
    _demand_inside(place, root, named)
    return place


def _demand_inside(path: Path, root: Path, named: str) -> None:
    """Raise unless the folder of `path`, links resolved, is `root` or below it."""
    folder, base = os.path.realpath(path.parent), os.path.realpath(root)
    if os.path.commonpath([folder, base]) != base or path.name in {"", ".", ".."}:
        raise GeneratorError(_outside(root, named))


def _outside(root: Path, named: str) -> Problem:
    hint = "nothing outside the output folder is ever touched: is there a link in it?"
    return error("output-outside", f"`{named}` leads out of `{root.name}/`", hint=hint)


def _prune(folder: Path, root: Path) -> None:
    """Remove `folder` and the folders above it, up to `root`, as long as they are empty."""
    top = _normal(root)
    while _normal(folder) != top and not folder.is_symlink():
        try:
            with suppress(FileNotFoundError):
                folder.rmdir()
        except OSError as trouble:
            if trouble.errno in _IN_USE:
                return
            raise
        folder = folder.parent


def _normal(path: Path) -> str:
    return os.path.normpath(path.absolute())


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell what the machine refuses as a Problem that names the path."""
    try:
        yield
    except OSError as trouble:
        code, said, hint = _diagnosis(trouble)
        message = f"`{path}` can't be written: {said}"
        raise SurroundingsError(error(code, message, Location(str(path)), hint)) from trouble


def _diagnosis(trouble: OSError) -> tuple[str, str, str | None]:
    said = trouble.strerror or str(trouble)
    if trouble.errno in _FULL:
        return "disk-full", said, "make room; the old files are untouched"
    if trouble.errno in _READ_ONLY:
        return "output-read-only", said, "give yourself the right to write there, or use -o"
    if trouble.errno == errno.ENAMETOOLONG:
        return "path-too-long", said, "shorten the content file's name, or use -o"
    return "disk-error", said, None
