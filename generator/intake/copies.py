"""The hidden copy of what was imported: its text, and the hashes of the pictures that came along.

It tells, when the source is imported again, what the writer changed and what the source did.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

_PICTURES = re.compile(r"\n<!-- pictures\n(?P<lines>(?:[0-9a-f]{64}  .*\n)+)-->\n\Z")


@dataclass(frozen=True, slots=True)
class Copy:
    """What was imported: the content file's text, and the SHA-256 of each picture by its name."""

    text: str
    digests: Mapping[str, str] = field(default_factory=dict)


def place(path: Path) -> Path:
    """Return where the copy lies: hidden beside the content file, kept by `clean`."""
    return path.with_name(f".{path.stem}.imported.md")


def read(path: Path) -> Copy | None:
    """Return the copy beside a content file; None if there is none."""
    copy = place(path)
    if copy.is_symlink() or not copy.is_file():
        return None
    text = copy.read_text("utf-8", "replace")
    found = _PICTURES.search(text)
    if not found:
        return Copy(text)
    pairs = (line.split("  ", 1) for line in found["lines"].splitlines())
    return Copy(text[: found.start()], {name: known for known, name in pairs})


def written(text: str, pictures: Mapping[str, bytes]) -> bytes:
    """Return the bytes of a copy; without pictures they are those of the text."""
    lines = [f"{digest(content)}  {name}\n" for name, content in pictures.items()]
    told = f"\n<!-- pictures\n{''.join(lines)}-->\n" if lines else ""
    return f"{text}{told}".encode()


def digest(content: bytes) -> str:
    """Return the SHA-256 of a picture."""
    return sha256(content).hexdigest()
