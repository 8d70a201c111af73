"""Slidev decks: Markdown slides, each with front matter of its own, slots and Vue components.

Source: https://sli.dev/guide/syntax. Slots and components have no place on a slide of ours: what
stands in them stays, in order; components by themselves are left out and named.
"""

import re
from collections.abc import Mapping

from generator import frontmatter
from generator.errors import GeneratorError, Location, Problem, error, warning
from generator.importers import (
    Imported,
    Importer,
    _deck,
    _phrases,
    _pieces,
    _reports,
    _source,
    _text,
)
from generator.importers._beside import Shelf
from generator.importers._deck import Slide
from generator.model import Value

KIND = "slidev"
LAYOUTS = {"quote": "quote", "statement": "statement", "section": "section"}
"""Layouts that mean the same here; the others are how Slidev arranges things."""

_RULE = re.compile(r"^-{3,}[ \t]*$")
_SLOT = re.compile(r"^::[a-z][\w-]*::[ \t]*$", re.MULTILINE)
_STEPS = re.compile(r"^([ \t]*(?:`{3,}|~{3,})[\w+#-]*)[ \t]*\{[^}\n]*\}.*$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"(?<=\S)[ \t]*\{(?:[.#][\w-]+[ \t]*)+\}[ \t]*$", re.MULTILINE)
_COMPONENT = re.compile(r"</?v-(?:click|clicks|after|mark|switch)\b|<(?:Tweet|Youtube|Toc|Arrow)\b")
_HEADS = frozenset(
    """
    theme title titleTemplate info author authors keywords download exportFilename class layout
    transition mdc drawings highlighter lineNumbers monaco fonts aspectRatio canvasWidth themeConfig
    defaults background image color src clicks level routeAlias hide disabled zoom dragPos
    colorSchema routerMode favicon selectable record remote addons css twoslash name url scale
    duration timer preload backgroundSize hideInToc remoteAssets plantUmlServer presenter
    browserExporter htmlAttrs
    """.split()  # noqa: SIM905 (reads better)
)


def detects(content: bytes, name: str) -> float:
    """Return how sure it is that this is a deck for Slidev."""
    text = "\n".join(_text.glimpse(content))
    if re.search(r"^marp\s*:", text[:2000], re.MULTILINE) or not text.startswith("---"):
        return 0.0
    layouts = len(re.findall(r"^---\n(?:[\w-]+:.*\n)*layout:", text, re.MULTILINE))
    hints = (
        bool(layouts)
        + (layouts > 1)
        + bool(_SLOT.search(text))
        + bool(_COMPONENT.search(text))
        + bool(
            re.search(r"^(?:theme|highlighter|drawings|transition|mdc):", text[:3000], re.MULTILINE)
        )
        + name.lower().endswith("slides.md")
    )
    return 0.9 if hints > 1 else 0.0


def reads(content: bytes, name: str) -> tuple[Imported, ...]:
    """Return the one deck of the file."""
    text, mended = _text.read(content, name)
    shelf = Shelf()
    reading = _phrases.Reading(shelf.picture, name)
    slides = _slides(text)
    head = dict(slides[0][0])
    problems: list[Problem] = []
    parts = []
    for values, slide in slides:
        slide.text = _SLOT.sub("", _STEPS.sub(r"\1", _ATTRIBUTES.sub("", slide.text)))
        _dress(slide, values)
        if values.get("src"):
            said = f"the slides of `{_source.words(values, 'src')[:80]}` are in a file of their own"
            place = Location(name, slide.line)
            problems.append(warning("slides-elsewhere", said, place, "import that file too"))
        part, comments = _deck.part(slide, reading)
        part.notes += [comment.strip() for comment in comments if comment.strip()]
        parts.append(part)
    front: dict[str, Value] = _deck.target(_source.words(head, "aspectRatio"))
    title, rest = _deck.cover([part for part in parts if part], front)
    posts = _pieces.posts(rest, "slide")
    if not posts:
        raise GeneratorError(error("import-empty", "no slide has anything on it", Location(name)))
    return (
        Imported(
            posts,
            title=title or _source.title(head),
            author=_deck.author(head),
            source={"kind": KIND},
            problems=(*mended, *problems, *_reports.left_out(reading, name)),
            front=front,
            media=tuple(shelf.media),
        ),
    )


def _slides(text: str) -> list[tuple[Mapping[str, Value], Slide]]:
    """Return the slides, each with the front matter that stands between its separators."""
    lines = text.split("\n")
    found: list[tuple[Mapping[str, Value], Slide]] = []
    values: Mapping[str, Value] = {}
    held: list[str] = []
    begins, at, fence = 1, 0, ""
    while at < len(lines):
        fence = _source.fenced(lines[at], fence)
        if fence or not _RULE.match(lines[at]):
            held.append(lines[at])
            at += 1
            continue
        if at:
            found.append((values, Slide("\n".join(held), begins)))
        held = []
        end = next((n for n in range(at + 1, len(lines)) if _RULE.match(lines[n])), -1)
        values = _values(lines[at + 1 : end]) if end > at + 1 else {}
        at = end + 1 if values else at + 1
        begins = at + 1
    found.append((values, Slide("\n".join(held), begins)))
    return found


def _values(lines: list[str]) -> Mapping[str, Value]:
    """Return lines as front matter, nothing if they are words."""
    if not lines[0].strip() or not re.match(r"[A-Za-z][\w-]*\s*:", lines[0]):
        return {}
    try:
        found = frontmatter.parse("\n".join(lines) + "\n", "front matter", 1).values
    except GeneratorError:
        pairs = [re.match(r"([A-Za-z][\w-]*)\s*:\s*(.*)$", line) for line in lines]
        if not all(pairs):
            return {}
        found = {pair[1]: pair[2] for pair in pairs if pair}
    return found if _HEADS & found.keys() else {}


def _dress(slide: Slide, values: Mapping[str, Value]) -> None:
    """Set for a slide what its front matter means here."""
    layout = LAYOUTS.get(_source.words(values, "layout"))
    if layout:
        slide.settings["layout"] = layout
    for key in ("image", "background"):
        address = _source.words(values, key)
        if address and "gradient" not in address and not address.startswith("#"):
            # `/x.png` lies in the deck's folder `public`.
            here = f"public{address}" if address.startswith("/") else address
            slide.pictures.append((here, "", False))


importer = Importer("a Slidev deck", detects, reads)
