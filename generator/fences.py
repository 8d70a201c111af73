"""What stands behind a fence of code: the language, a title or a file's name, the lines to mark."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_TITLE = re.compile(r"""\btitle\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""")
_LINES = re.compile(r"\{\s*([\d,\s-]*)\}")
_RANGE = re.compile(r"(\d+)(?:\s*-\s*(\d+))?")


@dataclass(frozen=True, slots=True)
class Said:
    """What stands behind a fence: language, a title or a file's name, the lines to mark."""

    language: str
    title: str
    marked: tuple[tuple[int, int], ...]

    def marks(self, line: int) -> bool:
        """Return whether a line, counted from 1, is to be marked."""
        return any(first <= line <= last for first, last in self.marked)


def said(info: str, known: Callable[[str], bool] = lambda _: False) -> Said:
    """Return what the words behind a fence say.

    A first word with a dot is a file's name, unless it is `known` as a language (`vb.net`).
    """
    lines = _LINES.search(info)
    ranges = _RANGE.findall(lines[1]) if lines else []
    marked = tuple((int(first), int(last or first)) for first, last in ranges)
    rest = _LINES.sub(" ", info)
    named = _TITLE.search(rest)
    title = next(filter(None, named.groups()), "") if named else ""
    language, _, more = _TITLE.sub(" ", rest).strip().partition(" ")
    if not title and not more and "." in language and not known(language):
        return Said("", language, marked)
    return Said(language, title or more.strip(), marked)
