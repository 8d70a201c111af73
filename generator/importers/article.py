"""A Markdown article or README: headings make posts, the first one is the title.

Source: https://spec.commonmark.org and https://github.github.com/gfm/ for tables. HTML in it is
converted, comments are left out, front matter gives title, author, language and address.
"""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.importers import (
    Imported,
    Importer,
    _articles,
    _deck,
    _phrases,
    _reports,
    _source,
    _text,
)
from generator.importers._beside import Shelf

if TYPE_CHECKING:
    from generator.model import Value

KIND = "article"
_HEADING = re.compile(r"^#{1,4} \S", re.MULTILINE)
_KNOWN = frozenset(
    ["title", "author", "authors", "lang", "language", "url", "canonical_url", "date"]
)


def detects(content: bytes, name: str) -> float:
    """Return how sure it is that this is Markdown with headings."""
    if b"\x00" in content[:2000]:
        return 0.0
    text = "\n".join(_text.glimpse(content))
    if re.match(r"\s*(?:<!doctype|<html|[\[{])", text, re.IGNORECASE):
        return 0.0
    headings = len(_HEADING.findall(text))
    if name.lower().endswith((".md", ".markdown", ".mdx")):
        return 0.5 if headings else 0.35
    return 0.4 if headings > 1 else 0.0


def reads(content: bytes, name: str) -> tuple[Imported, ...]:
    """Return the one article of the file."""
    text, mended = _text.read(content, name)
    shelf = Shelf()
    reading = _phrases.Reading(shelf.picture, name)
    values, body = _source.front(text)
    found = _source.read(body, reading)
    known: dict[str, Value] = {}
    if address := _source.words(values, "canonical_url", "url"):
        known["url"] = address
    if date := _source.words(values, "date"):
        known["date"] = date
    made = _articles.thread(found.pieces, name, KIND, _source.title(values), known)
    front = dict(made.front)
    lang = _source.words(values, "lang", "language")
    if re.fullmatch(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", lang):
        front["lang"] = lang
    problems = (
        *mended,
        *_reports.dropped(values.keys() - _KNOWN, name),
        *_reports.left_out(reading, name),
    )
    return (
        replace(
            made,
            author=_deck.author(values),
            front=front,
            problems=problems,
            media=tuple(shelf.media),
        ),
    )


importer = Importer("an article in Markdown", detects, reads)
