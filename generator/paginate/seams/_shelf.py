"""What the engine made once, kept for later processes in the user's own cache folder.

It holds pickles, which may do anything when they are read: so they lie where only this user can
write, never in a project that came from elsewhere, and each begins with its own hash.
"""

import os
import pickle
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator import disk
from generator.errors import GeneratorError

FOLDER = "engine"
MOST = 300
"""Files that are kept: a theme has about ten, of 4 to 60 KB each."""
BROKEN = (
    pickle.UnpicklingError,
    AttributeError,
    EOFError,
    ImportError,
    IndexError,
    KeyError,
    TypeError,
    ValueError,
)
"""What reading a pickle raises whose classes have changed since."""
UNFIT = (pickle.PicklingError, AttributeError, TypeError, RecursionError)
"""What making a pickle raises of something that is none."""
DIGEST = sha256().digest_size


def key(*parts: object) -> str:
    """Return the name for what was made of these parts."""
    return sha256(repr(parts).encode()).hexdigest()[:40]


def get(name: str) -> Any:  # noqa: ANN401  whatever was put there
    """Return what was put there under this name, or None."""
    place = folder()
    if place is None:
        return None
    try:
        with (place / name).open("rb") as file:
            mine = os.fstat(file.fileno()).st_uid == os.geteuid()
            content = file.read() if mine else b""
    except OSError:
        return None
    if sha256(content[DIGEST:]).digest() != content[:DIGEST]:
        return None
    try:
        return pickle.loads(memoryview(content)[DIGEST:])  # noqa: S301  ours, see above
    except BROKEN:
        return None


def put(name: str, made: object) -> None:
    """Keep something for later, if it can be; the oldest has to go when there is too much."""
    place = folder()
    if place is None:
        return
    try:
        content = pickle.dumps(made, pickle.HIGHEST_PROTOCOL)
    except UNFIT:
        return
    try:
        disk.write(place / name, sha256(content).digest() + content)
        _thin(place)
    except (GeneratorError, OSError):
        folder.cache_clear()  # full, or not writable any more: looked at anew the next time


@cache
def folder() -> Path | None:
    """Return the folder, which nobody else may write to, or None."""
    if not hasattr(os, "geteuid"):
        return None
    around = disk.cache_dir(None)
    if around is None or around.stat().st_uid != os.geteuid():
        return None
    place = around / FOLDER
    place.mkdir(mode=0o700, exist_ok=True)
    return None if place.is_symlink() else place


def _thin(place: Path) -> None:
    kept = sorted(place.iterdir(), key=lambda path: path.stat().st_mtime)
    for path in kept[: max(0, len(kept) - MOST)]:
        disk.remove(path, place)
