"""Templates as code: compiled once, kept for this process and, in the user's own cache, for later.

Code does whatever it says when it is run: so it lies where only this user can write, never in a
project that came from elsewhere, and each file begins with its own hash.
"""

import hashlib
import os
from functools import cache
from pathlib import Path
from types import CodeType

from jinja2 import compiler
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator import disk
from generator.errors import GeneratorError

FOLDER = "templates"
MOST = 300
"""Files that are kept, of some 10 KB each: a deck has about six templates."""
DIGEST = hashlib.sha256().digest_size


class Compiled(BytecodeCache):
    """Compiled templates. To compile one takes some 5 ms, to read one that is kept 0.2.

    One is kept by name and file, and is good for as long as its text is the same.
    """

    def __init__(self, folder: Path | None) -> None:
        """Keep them in `folder` too, if there is one."""
        self._folder = folder
        self._codes: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put the code into the bucket, if the text that it was made of is the bucket's."""
        checksum, code = self._codes.get(bucket.key, ("", None))
        if code and checksum == bucket.checksum:
            bucket.code = code
            return
        if content := self._read(bucket):
            bucket.bytecode_from_string(content)
            self._hold(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the bucket's code."""
        self._hold(bucket)
        if self._folder is None:
            return
        content = bucket.bytecode_to_string()
        try:
            path = self._folder / _name(bucket)
            disk.write(path, hashlib.sha256(content).digest() + content, lasting=False)
            _thin(self._folder)
        except (GeneratorError, OSError):
            self._folder = None  # full, or not writable any more

    def _hold(self, bucket: Bucket) -> None:
        if bucket.code:
            self._codes[bucket.key] = (bucket.checksum, bucket.code)

    def _read(self, bucket: Bucket) -> bytes:
        """Return what is kept of the bucket's text, if it is whole and this user's own."""
        if self._folder is None:
            return b""
        try:
            with (self._folder / _name(bucket)).open("rb") as file:
                mine = os.fstat(file.fileno()).st_uid == os.geteuid()
                content = file.read() if mine else b""
        except OSError:
            return b""
        digest, content = content[:DIGEST], content[DIGEST:]
        return content if hashlib.sha256(content).digest() == digest else b""


@cache
def compiled() -> Compiled:
    """Return the templates that this process has compiled, for whichever carousel."""
    return Compiled(_folder())


def code(room: ImmutableSandboxedEnvironment, source: str, name: str) -> CodeType:
    """Return as code a template whose text no loader has."""
    bucket = compiled().get_bucket(room, name, name, source)
    if bucket.code is None:
        bucket.code = room.compile(source, name, name)
        compiled().set_bucket(bucket)
    return bucket.code


def _name(bucket: Bucket) -> str:
    """Return the file for a template's code; another text, or another Jinja, has another one."""
    parts = (bucket.key, bucket.checksum, _jinja())
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:40]


@cache
def _jinja() -> tuple[int, int]:
    """Return what tells one installed Jinja from another."""
    found = Path(compiler.__file__).stat()
    return found.st_mtime_ns, found.st_size


def _folder() -> Path | None:
    """Return the folder, which nobody else may write to, or None."""
    around = disk.cache_dir(None) if hasattr(os, "geteuid") else None
    if around is None or around.stat().st_uid != os.geteuid():
        return None
    folder = around / FOLDER
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError:
        return None
    return None if folder.is_symlink() else folder


def _thin(folder: Path) -> None:
    """Remove the oldest when there are too many."""
    kept = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)
    for path in kept[: max(0, len(kept) - MOST)]:
        disk.remove(path, folder)
