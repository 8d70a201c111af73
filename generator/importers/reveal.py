"""Reveal.js decks: Markdown with `---` and `--` between slides, or a page of `<section>`s.

Source: https://revealjs.com/markdown/, https://revealjs.com/speaker-view/. Slides below each other
follow each other; notes stay notes; backgrounds become pictures.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.errors import GeneratorError, Location, error
from generator.importers import (
    Imported,
    Importer,
    _deck,
    _html,
    _phrases,
    _pieces,
    _reports,
    _source,
    _text,
)
from generator.importers._beside import Shelf
from generator.importers._deck import Slide
from generator.importers._pieces import Part
from generator.importers._tree import Element, parse

if TYPE_CHECKING:
    from generator.model import Value

KIND = "reveal"
_RULE = re.compile(r"^-{2,3}[ \t]*$")
_NOTES = re.compile(r"^notes?:[ \t]*", re.IGNORECASE | re.MULTILINE)
_SETTINGS = re.compile(r"<!--\s*\.(?:slide|element):(.*?)-->", re.DOTALL)
_BACKGROUND = re.compile(r"data-background(?:-image)?\s*=\s*[\"']([^\"']+)[\"']")
_PAGE = re.compile(r"class\s*=\s*[\"'][^\"']*\breveal\b|reveal(?:\.min|\.esm)?\.js", re.IGNORECASE)


def detects(content: bytes, name: str) -> float:  # noqa: ARG001 (it is seen in the text)
    """Return how sure it is that this is a deck for reveal.js."""
    text = "\n".join(_text.glimpse(content))
    if "<section" in text and _PAGE.search(text):
        return 0.95
    down = re.search(r"^\n--\n$", text, re.MULTILINE) and re.search(r"^---$", text, re.MULTILINE)
    hints = bool(down) + bool(_SETTINGS.search(text))
    hints += bool(re.search(r"^notes?:", text, re.IGNORECASE | re.MULTILINE)) and "\n---\n" in text
    return 0.85 if hints > 1 else 0.7 if down or _SETTINGS.search(text) else 0.0


def reads(content: bytes, name: str) -> tuple[Imported, ...]:
    """Return the one deck of the file."""
    text, mended = _text.read(content, name)
    shelf = Shelf()
    reading = _phrases.Reading(shelf.picture, name)
    values: dict[str, Value] = {}
    title = ""
    if "<section" in text:
        page = parse(text)
        found = page.first("title")
        title = " ".join(found.text().split()) if found else ""
        parts = [part for part in _sections(page, reading) if part]
    else:
        values, body = _source.front(text)
        above = text[: len(text) - len(body)].count("\n") + 1
        parts = [_slide(slide, reading) for slide in _deck.cut(body, _RULE, above)]
    front: dict[str, Value] = {}
    said, rest = _deck.cover([part for part in parts if part], front)
    posts = _pieces.posts(rest, "slide")
    if not posts:
        raise GeneratorError(error("import-empty", "no slide has anything on it", Location(name)))
    return (
        Imported(
            posts,
            title=said or _source.title(values) or _source.title({"title": title}),
            author=_deck.author(values),
            source={"kind": KIND},
            problems=(*mended, *_reports.left_out(reading, name)),
            front=front,
            media=tuple(shelf.media),
        ),
    )


def _slide(slide: Slide, reading: _phrases.Reading) -> Part:
    """Return a slide in Markdown as a part."""
    text, *notes = _NOTES.split(slide.text, maxsplit=1)
    slide.notes += [note.strip() for note in notes if note.strip()]
    for said in _SETTINGS.findall(text):
        if found := _BACKGROUND.search(said):
            slide.pictures.append((found[1], "", False))
    slide.text = _SETTINGS.sub("", text)
    part, comments = _deck.part(slide, reading)
    part.notes += [comment.strip() for comment in comments if comment.strip()]
    return part


def _sections(element: Element, reading: _phrases.Reading) -> Iterator[Part]:
    """Yield a part for each section that holds no sections."""
    for child in element.children:
        if not isinstance(child, Element):
            continue
        inner = [each for each in child.walk() if each.tag == "section" and each is not child]
        if child.tag != "section" or inner:
            yield from _sections(child, reading)
            continue
        raw = next((each for each in child.walk() if each.tag in ("textarea", "script")), None)
        background = next(
            (child.attributes[key] for key in ("data-background-image", "data-background")
             if re.search(r"\.\w+$", child.attributes.get(key, ""))), ""
        )  # fmt: skip
        if "data-markdown" in child.attributes and raw is not None:
            lines = "".join(each for each in raw.children if isinstance(each, str)).split("\n")
            indent = min(
                (len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0
            )
            for slide in _deck.cut("\n".join(line[indent:] for line in lines), _RULE):
                yield _slide(slide, reading)
            continue
        notes = [each for each in child.walk() if each.tag == "aside" and "notes" in each.classes]
        said = [note.text().strip() for note in notes]
        for each in child.walk():
            each.children = [one for one in each.children if one not in notes]
        slide = Slide("", notes=said, pictures=[(background, "", False)] if background else [])
        part, _ = _deck.part(slide, reading)
        part.pieces += _html.blocks(child, reading)
        yield part


importer = Importer("a reveal.js deck", detects, reads)
