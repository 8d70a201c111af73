"""What people type into a post, as Markdown: paragraphs with their line ends, and real lists.

Lines that begin with the same bullet, or count on from each other, become a list: two or more of
them, as one thing is no list. Words, and signs that say something (❌ ✅), stay as they are.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from generator.importers import _markdown

_BULLET = re.compile(r"(?P<sign>[-•*▪◦‣\u2013])\s+(?=\S)")
_TOLD = re.compile(r"[❌✅✗✘✓✔🚫☑👎👍]\ufe0f?\s*(?=\w)")
_NUMBER = re.compile(r"(?P<number>\d{1,3})(?P<sign>[.)])\s+(?=\S)")


def markdown(text: str, links: Sequence[tuple[str, str]] = ()) -> str:
    """Return the Markdown of a post's text, whose LINK signs stand for `links`, in order."""
    lines = [line.strip() for line in text.split("\n")]
    paragraphs = re.split(r"\n{2,}", "\n".join(lines).strip("\n"))
    blocks: list[str] = []
    for paragraph in filter(None, paragraphs):
        for entries, came in _runs(paragraph.split("\n")):
            apart = entries and not _begins_anew(blocks, entries)
            blocks.append("\n".join(entries if apart else [_markdown.paragraph(came)]))
    whole = "\n\n".join(blocks)
    parts = whole.split(_markdown.LINK)
    said = [_markdown.link(*link) for link in links[: len(parts) - 1]]
    said += [""] * (len(parts) - 1 - len(said))
    return "".join(part + link for part, link in zip(parts, [*said, ""], strict=True))


def _runs(lines: Sequence[str]) -> Iterator[tuple[list[str], str]]:
    """Yield the lists and the paragraphs of lines that stand together, each with how it came."""
    at, plain = 0, 0
    while at < len(lines):
        entries = _entries(lines[at:])
        if len(entries) < 2:  # noqa: PLR2004 (one thing is no list)
            at += 1
            continue
        if plain < at:
            yield [], "\n".join(lines[plain:at])
        yield entries, "\n".join(lines[at : at + len(entries)])
        at = plain = at + len(entries)
    if plain < at:
        yield [], "\n".join(lines[plain:at])


def _begins_anew(blocks: Sequence[str], entries: Sequence[str]) -> bool:
    """Say whether Markdown would count a list on from the one above it although it does not."""
    last = _NUMBER.match(blocks[-1].rpartition("\n")[2]) if blocks else None
    first = _NUMBER.match(entries[0])
    if not last or not first or last["sign"] != first["sign"]:
        return False
    return int(first["number"]) != int(last["number"]) + 1


def _entries(lines: Sequence[str]) -> list[str]:
    """Return the list that the lines begin with, an entry a line; empty if they begin with none."""
    first = _BULLET.match(lines[0])
    if first:
        kept = _while(lines, lambda line: line.startswith(first[0][0]) and _BULLET.match(line))
        return [f"- {_item(_BULLET.sub('', line, count=1))}" for line in kept]
    if _TOLD.match(lines[0]):
        return [f"- {_item(line)}" for line in _while(lines, _TOLD.match)]
    return _counted(lines)


def _counted(lines: Sequence[str]) -> list[str]:
    """Return the entries of lines that count on from each other."""
    entries: list[str] = []
    expected, sign = 0, ""
    for line in lines:
        found = _NUMBER.match(line)
        if not found or (entries and (int(found["number"]), found["sign"]) != (expected, sign)):
            break
        expected, sign = int(found["number"]) + 1, found["sign"]
        entries.append(f"{int(found['number'])}{sign} {_item(line[found.end() :])}")
    return entries


def _while(lines: Sequence[str], fits: Callable[[str], object]) -> list[str]:
    """Return the first lines that fit."""
    kept = []
    for line in lines:
        if not fits(line):
            break
        kept.append(line)
    return kept


def _item(line: str) -> str:
    """Return the Markdown of an entry's words."""
    return _markdown.item(_markdown.paragraph(line))
