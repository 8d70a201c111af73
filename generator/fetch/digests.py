"""What a text comes to: its own hash, and those of the files that it names."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import sha256

FILE = re.compile(r"carousel:///(?!made/)[^\s\"')]+")
"""A file that is named by its place; what we made is named by its content."""
TEXTS = 500
"""Stylesheets and slides whose hashes a process remembers."""


def digest(texts: Iterable[str], known: Callable[[str], str]) -> str:
    """Return a hash of texts and of the files that they name; `known` returns that of a file."""
    told = sha256()
    for text in texts:
        own, files = _read(text)
        told.update(repr((own, [known(file) for file in files])).encode())
    return told.hexdigest()


@lru_cache(maxsize=TEXTS)
def _read(text: str) -> tuple[str, tuple[str, ...]]:
    return sha256(text.encode()).hexdigest(), tuple(sorted(set(FILE.findall(text))))
