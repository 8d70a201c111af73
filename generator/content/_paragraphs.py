"""Paragraphs that come apart: pictures on lines of their own, attributions, the boxes of tasks."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.content import _callouts
from generator.model import Block, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

_TASK = re.compile(r"\[([ xX])\] +(?=\S|$)")
_ATTRIBUTION = re.compile(r"([\u2013\u2014\u2015]|--)\s*\S")


def only_pictures(found: tuple[Span, ...]) -> bool:
    """Return whether spans are pictures and the spaces between them."""
    return bool(found) and all(
        span.kind == "image" or (span.kind in ("text", "break") and not span.text.strip())
        for span in found
    )


def lines(children: "list[Token]") -> "list[list[Token]]":
    """Return the lines of a paragraph; each but the last ends with its break."""
    found: list[list[Token]] = [[]]
    depth = 0
    for token in children:
        depth += token.nesting
        found[-1].append(token)
        if depth == 0 and _ends_line(token):
            found.append([])
    return found


def parts(children: "list[Token]", *, quoted: bool) -> "Iterator[tuple[int, list[Token]]]":
    """Yield (line, tokens): a paragraph whole, or in parts where a line must stand by itself.

    Such are lines that hold pictures only, and the last line of a quote that says whose it is.
    """
    every = lines(children)
    alone = [_pictures_only(line) for line in every]
    if quoted and len(every) > 1 and _ATTRIBUTION.match(_beginning(every[-1])):
        alone[-1] = True
    start = above = 0
    for number in range(1, len(every) + 1):
        if number == len(every) or alone[number] or alone[number - 1]:
            part = [token for line in every[start:number] for token in line]
            yield above, part
            start, above = number, above + sum(_ends_line(token) for token in part)


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
    if not found or (found.end() == len(first.spans[0].text) and len(first.spans) == 1):
        return item
    words = replace(first.spans[0], text=first.spans[0].text[found.end() :])
    rest = (words, *first.spans[1:]) if words.text else first.spans[1:]
    blocks = (replace(first, spans=rest), *item.blocks[1:])
    return replace(item, blocks=blocks, checked=found[1] != " ")


def signed(aside: Block) -> Block:
    """Return an aside as the callout that its first emoji means, which is then its sign."""
    first = aside.blocks[0] if aside.blocks else None
    text = first.spans[0] if first and first.kind == "paragraph" else None
    found = _callouts.sign(text.text) if text and text.kind == "text" else None
    if not first or not found:
        return replace(aside, info="note")
    emoji, kind, words = found
    spans = (*((Span("text", words),) if words else ()), *first.spans[1:])
    while spans and spans[0].kind == "break":
        spans = spans[1:]
    rest = (replace(first, spans=spans),) if spans else ()
    return replace(aside, info=kind, text=emoji, blocks=(*rest, *aside.blocks[1:]))
