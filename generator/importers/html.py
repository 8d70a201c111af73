"""An HTML page: its article, with headings as posts; menus, scripts and forms are left out.

Source: https://html.spec.whatwg.org/multipage/. The main part is `<article>`, `<main>` or the body.
"""

import re
from dataclasses import replace

from generator.importers import (
    Imported,
    Importer,
    _articles,
    _html,
    _inlines,
    _phrases,
    _reports,
    _text,
)
from generator.importers._beside import Shelf
from generator.importers._pieces import Piece
from generator.importers._tree import Element, parse
from generator.model import Author, Value

KIND = "html"
_PAGE = re.compile(r"\s*<(?:!doctype\s+html|html|head|body|article)\b", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_BLOCK = re.compile(r"</(?:p|h[1-6]|li|div|section|article)\s*>", re.IGNORECASE)
LARGEST_MAIN = 0.3
"""Of the page's words an article has to hold at least this share to be what the page is about."""


def detects(content: bytes, name: str) -> float:
    """Return how sure it is that this is a page."""
    text = "\n".join(_text.glimpse(content[:100_000]))
    if _PAGE.match(_COMMENT.sub("", text)):
        return 0.7
    named = name.lower().endswith((".html", ".htm", ".xhtml"))
    return 0.6 if named and "<" in text else 0.4 if len(_BLOCK.findall(text)) > 2 and (  # noqa: PLR2004 (tags)
        text.startswith("<")) else 0.0  # fmt: skip


def reads(content: bytes, name: str) -> tuple[Imported, ...]:
    """Return the one article of the page."""
    text, mended = _text.read(content, name)
    page = parse(text)
    shelf = Shelf()
    reading = _phrases.Reading(shelf.picture, name)
    pieces = list(_html.blocks(main(page), reading))
    named = page.first("title")
    title = _inlines.escaped(named.text()) if named else ""
    if any(piece.kind == "heading" and piece.level == 1 for piece in pieces[:4]):
        pieces, title = _led(pieces)
    known: dict[str, Value] = {}
    if address := _canonical(page):
        known["url"] = address
    made = _articles.thread(pieces, name, KIND, title, known)
    front = dict(made.front)
    root = page.first("html")
    lang = root.attributes.get("lang", "") if root else ""
    if re.fullmatch(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", lang):
        front["lang"] = lang
    return (
        replace(
            made,
            author=_author(page),
            front=front,
            problems=(*mended, *_reports.left_out(reading, name)),
            media=tuple(shelf.media),
        ),
    )


def _led(pieces: list[Piece]) -> tuple[list[Piece], str]:
    """Return a page's blocks without its heading of level 1, and that."""
    at = next(at for at, piece in enumerate(pieces) if piece.kind == "heading" and piece.level == 1)
    return [*pieces[:at], *pieces[at + 1 :]], pieces[at].markdown


def main(page: Element) -> Element:
    """Return the part of a page that it is about."""
    body = page.first("body") or page
    whole = max(1, len(body.text()))
    for tag in ("article", "main"):
        found = [each for each in body.walk() if each.tag == tag]
        if len(found) == 1 and len(found[0].text()) > LARGEST_MAIN * whole:
            return found[0]
    return body


def _canonical(page: Element) -> str:
    """Return the page's own address."""
    links = (each.attributes for each in page.walk() if each.tag == "link")
    found = (said.get("href", "") for said in links if said.get("rel", "").lower() == "canonical")
    return next((each for each in found if _inlines.leads(each)), "")


def _author(page: Element) -> Author | None:
    """Return who wrote the page, if it says so."""
    metas = (each.attributes for each in page.walk() if each.tag == "meta")
    found = (said.get("content", "") for said in metas if said.get("name", "").lower() == "author")
    name = " ".join(_text.lines(next(found, "")).split())
    return Author(name) if name else None


importer = Importer("an HTML page", detects, reads)
