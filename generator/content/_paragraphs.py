"""Paragraphs that come apart: pictures on lines of their own, attributions, the boxes of tasks."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.model import Block, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

_TASK = re.compile(r"\[([ xX])\] +(?=\S)")
_ATTRIBUTION = re.compile(r"([\u2013\u2014\u2015]|--)\s*\S")


def only_pictures(found: tuple[Span, ...]) -> bool:
    """Return whether spans are pictures and the spaces between them."""
    return bool(found) and all(
        span.kind == "image" or (span.kind in ("text", "break") and not span.text.strip())
        for span in found
    )


def parts(children: "list[Token]", *, quoted: bool) -> "Iterator[tuple[int, list[Token]]]":
    """Yield (line, tokens): a paragraph whole, or in parts where a line must stand by itself.

    Such are lines that hold pictures only, and the last line of a quote that says whose it is.
    """
    lines = _lines(children)
    alone = [_pictures_only(line) for line in lines]
    if quoted and len(lines) > 1 and _ATTRIBUTION.match(_beginning(lines[-1])):
        alone[-1] = True
    start = above = 0
    for number in range(1, len(lines) + 1):
        if number == len(lines) or alone[number] or alone[number - 1]:
            part = [token for line in lines[start:number] for token in line]
            yield above, part
            start, above = number, above + sum(_ends_line(token) for token in part)


def _lines(children: "list[Token]") -> "list[list[Token]]":
    """Return the lines of a paragraph; each but the last ends with its break."""
    lines: list[list[Token]] = [[]]
    depth = 0
    for token in children:
        depth += token.nesting
        lines[-1].append(token)
        if depth == 0 and _ends_line(token):
            lines.append([])
    return lines


def _ends_line(token: "Token") -> bool:
    """Return whether a line of the file ends here: a `<br>`, which has content, ends none."""
    return token.type in ("softbreak", "hardbreak") and not token.content


def _pictures_only(line: "list[Token]") -> bool:
    kinds = [token.type for token in line if token.content.strip() or token.nesting]
    return bool(kinds) and all(kind == "image" for kind in kinds)


def _beginning(line: "list[Token]") -> str:
    return next((token.content for token in line if token.content), "").lstrip()


def as_task(item: Block) -> Block:
    """Return an item as a task if it begins with `[ ]` or `[x]`, which is then no longer text."""
    first = item.blocks[0] if item.blocks else None
    if not first or first.kind != "paragraph" or first.spans[0].kind != "text":
        return item
    found = _TASK.match(first.spans[0].text)
    if not found:
        return item
    words = replace(first.spans[0], text=first.spans[0].text[found.end() :])
    rest = (words, *first.spans[1:]) if words.text else first.spans[1:]
    blocks = (replace(first, spans=rest), *item.blocks[1:])
    return replace(item, blocks=blocks, checked=found[1] != " ")
