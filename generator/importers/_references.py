"""Links and pictures whose addresses stand elsewhere in the text.

Links that lead nowhere from a slide become their words; pictures get their address where they stand
(`![][image1]` is how Google Docs writes one, its bytes at the end of the file).
"""

import re
from collections.abc import Iterator

from generator.importers import _inlines

_DEFINED = re.compile(r" {0,3}\[(?!\^)(?P<label>(?:[^\[\]\\]|\\.)+)\]:[ \t]*(?P<at><[^<>]*>|\S+)")
_NOTE = re.compile(r" {0,3}\[\^[^\]\s]+\]:")
_SHOWN = re.compile(
    r"!\[(?P<alt>(?:[^\[\]\\]|\\.)*)\](?:\[(?P<label>(?:[^\[\]\\]|\\.)*)\])(?![\[(:])"
)
_USED = re.compile(
    r"(?<![!\\\]])\[(?P<words>(?:[^\[\]\\]|\\.)+)\](?:\[(?P<label>(?:[^\[\]\\]|\\.)*)\])?(?![\[(:])"
)


def freed(lines: list[str], coded: list[bool]) -> list[str]:
    """Return lines without definitions of links that lead nowhere from a slide, nor such links.

    `coded` says of each line whether it stands in code, where nothing is a link.
    """
    defined = dict(_definitions(lines, coded))
    gone = {label for label, target in defined.items() if _is_lost(target)}
    shown = {_label(one["label"] or one["alt"]) for line in lines for one in _SHOWN.finditer(line)}
    if not gone and not shown & defined.keys():
        return lines

    def words(found: re.Match[str]) -> str:
        return found["words"] if _label(found["label"] or found["words"]) in gone else found[0]

    def placed(found: re.Match[str]) -> str:
        target = defined.get(_label(found["label"] or found["alt"]))
        return f"![{found['alt']}](<{target}>)" if target else found[0]

    return [
        line if code else _USED.sub(words, _SHOWN.sub(placed, _kept(line)))
        for line, code in zip(lines, coded, strict=True)
    ]


def parted(lines: list[str], coded: list[bool]) -> Iterator[str]:
    """Yield lines with an empty one between a footnote and what the next line defines.

    Markdown would take that line for more words of the footnote.
    """
    before = ""
    for line, code in zip(lines, coded, strict=True):
        if not code and _NOTE.match(before) and _DEFINED.match(line):
            yield ""
        yield line
        before = line


def _definitions(lines: list[str], coded: list[bool]) -> Iterator[tuple[str, str]]:
    """Yield the label and address of each definition."""
    for line, code in zip(lines, coded, strict=True):
        found = None if code else _DEFINED.match(line)
        if found:
            yield _label(found["label"]), found["at"].strip("<>")


def _kept(line: str) -> str:
    """Return a line, an empty one if it defines what leads nowhere."""
    found = _DEFINED.match(line)
    return "" if found and _is_lost(found["at"].strip("<>")) else line


def _is_lost(target: str) -> bool:
    """Say whether an address leads nowhere from a slide."""
    scheme = re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", target)
    return bool(scheme) and not _inlines.leads(target)


def _label(text: str) -> str:
    """Return a label as it is compared."""
    return " ".join(text.split()).casefold()
