"""Pictures of posts: safe names for them, and the places of those that are only an address."""

import itertools
import re
from collections.abc import Collection, Sequence

LONGEST = 60
"""Letters of a name without its suffix."""

_UNSAFE = re.compile(r"[^\w.-]+")

WANTED = "wanted:"
"""Stands before the address of a picture that is not at hand: it can't be shown yet."""
_WANTED = re.compile(
    rf"!\[((?:[^\[\]\\]|\\.)*)\]\((?:<{WANTED}([^<>\n]*)>|{WANTED}([^()<>\s]*))"
    r"(?:\s+\"[^\"\n]*\")?\)?"
)


def unique(stem: str, suffix: str, taken: Collection[str]) -> str:
    """Return a name made of foreign words; none of `taken`, which are casefolded."""
    plain = _UNSAFE.sub("-", stem).strip("-_.")[:LONGEST] or "picture"
    name, number = f"{plain}{suffix}", 2
    while name.casefold() in taken:
        name, number = f"{plain}-{number}{suffix}", number + 1
    return name


def numbered(written: str) -> tuple[str, list[tuple[str, str]]]:
    """Return Markdown with the pictures not at hand as `wanted:0` and on; their alts, addresses."""
    found = [(alt, one or other) for alt, one, other in _WANTED.findall(written)]
    number = itertools.count()
    return _WANTED.sub(lambda sign: f"![{sign[1]}]({WANTED}{next(number)})", written), found


def placed(pictured: str, names: Sequence[str]) -> str:
    """Return Markdown with the pictures that were numbered by their names; "" is left out."""
    for number, name in enumerate(names):
        if name:
            pictured = pictured.replace(f"]({WANTED}{number})", f"]({name})", 1)
    return unpictured(pictured)


def unpictured(written: str) -> str:
    """Return Markdown without the pictures that are not at hand."""
    written = re.sub(r"[ \t]*" + _WANTED.pattern, "", written)
    return re.sub(r"\n{3,}", "\n\n", written).strip("\n")
