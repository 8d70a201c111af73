"""What Notion puts around a page's words: properties above them, boxes with nothing in them."""

import re
from collections.abc import Iterator, Sequence

from generator.importers._pieces import Piece
from generator.importers._tree import Element

_EMPTY = re.compile(r"[ \t]*- \[[ xX]\][ \t]*")
_SPACED = re.compile(r"^([ \t]*- \[[ xX]\])[ \t]{2,}(?=\S)")
_PROPERTY = re.compile(r"(?P<name>[^\s:*_`\[][^:*_`\[\n]{0,59}):(?P<value>[ \t]+\S.*)?")


def tidied(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the blocks of a page, its properties as a list, without boxes that hold nothing."""
    for at, piece in enumerate(pieces):
        if piece.kind == "list":
            said = _boxes(piece.markdown)
            if said:
                yield Piece("list", said)
        elif at == 0 and piece.kind == "text" and (entries := _properties(piece.markdown)):
            yield Piece("list", "\n".join(entries))
        else:
            yield piece


def unfold(page: Element) -> None:
    """Turn the table of a page's properties into a list: its first row is no head."""
    for table in page.walk():
        if table.tag == "table" and "properties" in table.classes:
            rows = [row for row in table.walk() if row.tag == "tr"]
            entries = [_entry(row.first("th"), row.first("td")) for row in rows]
            table.tag, table.attributes = "ul", {}
            table.children = [Element("li", {}, entry) for entry in entries if entry]


def _boxes(markdown: str) -> str:
    """Return a list with one space behind each box, and without empty ones."""
    lines = markdown.split("\n")
    kept = [
        _SPACED.sub(r"\1 ", line) if line.strip() else ""
        for line, below in zip(lines, [*lines[1:], ""], strict=True)
        if not _EMPTY.fullmatch(line) or _indent(below) > _indent(line)
    ]
    return "\n".join(kept).strip("\n")


def _indent(line: str) -> int:
    """Return how far a line is indented; an empty one is not."""
    return len(line) - len(line.lstrip()) if line.strip() else 0


def _properties(markdown: str) -> list[str]:
    """Return the entries of a paragraph whose every line names a property; none if it is prose."""
    found = [_PROPERTY.fullmatch(line.rstrip()) for line in markdown.split("\n")]
    if len(found) < 2 or not all(found):  # noqa: PLR2004 (one line may be a sentence)
        return []
    return [
        f"- **{one['name'].strip()}**: {one['value'].strip()}"
        for one in found
        if one and one["value"]
    ]


def _entry(name: Element | None, value: Element | None) -> list[Element | str]:
    """Return what the list says of a property; nothing of one that is empty."""
    if name is None or value is None:
        return []
    said = " ".join(name.text().split())
    box = next((each for each in value.walk() if "checkbox" in each.classes), None)
    if box:
        return [box, f" {said}"]
    if not value.text().strip() and not value.first("img"):
        return []
    return [Element("strong", {}, [said]), ": ", *_parted(value.children)]


def _parted(children: Sequence[Element | str]) -> Iterator[Element | str]:
    """Yield what stands in a cell; chosen words that stand side by side are parted by commas."""
    chosen = False
    for child in children:
        also = isinstance(child, Element) and "selected-value" in child.classes
        if chosen and also:
            yield ", "
        yield child
        chosen = also
