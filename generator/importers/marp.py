"""Marp decks: Markdown slides with directives in front matter and comments.

Sources: https://marpit.marp.app/directives, https://marpit.marp.app/image-syntax,
https://marpit.marp.app/markdown. Directives become settings where ours have the same meaning,
backgrounds become pictures, other comments are notes for the presenter and stay that.
"""

import re
from collections.abc import Mapping
from functools import partial
from pathlib import PurePosixPath

from generator import frontmatter
from generator.errors import GeneratorError, Location, Problem, error, info
from generator.fetch.archives import Archive
from generator.importers import (
    Imported,
    Importer,
    Offer,
    _deck,
    _phrases,
    _pieces,
    _reports,
    _source,
    _text,
)
from generator.importers._beside import Shelf
from generator.importers._pieces import Part
from generator.importers.pictures import WANTED
from generator.model import Value

KIND = "marp"
DIRECTIVES = frozenset(
    """
    marp theme size paginate header footer headingDivider class style lang math color
    backgroundColor backgroundImage backgroundPosition backgroundRepeat backgroundSize transition
    auto-scaling title description author keywords url image
    """.split()  # noqa: SIM905 (reads better)
)
THEMES = {"default": "paper", "gaia": "paper", "uncover": "paper"}
"""Marp's own themes and the plainest of ours; a theme of one's own is told."""

_UNDERSTOOD = frozenset(
    ["marp", "theme", "size", "paginate", "header", "footer", "headingDivider", "class", "lang",
     "math", "title", "author", "description", "backgroundImage"]
)  # fmt: skip
_RULE = re.compile(r"^ {0,3}(?:-[ \t]*){3,}$|^ {0,3}(?:_[ \t]*){3,}$|^ {0,3}(?:\*[ \t]*){3,}$")
_MARK = re.compile(r"^marp\s*:\s*true\s*$|<!--\s*\$?(?:theme|marp|size)\s*:", re.MULTILINE)
_LOCAL = re.compile(
    r"<!--\s*_?(?:class|backgroundColor|backgroundImage|paginate|footer|header)\s*:"
)
_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)['\"]?\s*\)")
MOST_DECKS = 2_000
LARGEST = 1_000_000
SURE = 0.75
"""From here on a file among others is a deck."""


def detects(content: bytes, name: str) -> float:  # noqa: ARG001 (it is seen in the text)
    """Return how sure it is that this is a deck for Marp."""
    text = "\n".join(_text.glimpse(content))
    if re.search(r"^marp\s*:\s*true\s*$", text[:3000], re.MULTILINE):
        return 0.98
    hints = bool(_MARK.search(text[:3000])) + bool(_LOCAL.search(text)) + ("![bg" in text)
    return 0.8 if hints > 1 else 0.7 if "![bg" in text or _LOCAL.search(text) else 0.0


def reads(content: bytes, name: str) -> tuple[Imported, ...]:
    """Return the one deck of the file."""
    return (deck(content, name, Shelf()),)


def holds(archive: Archive) -> float:
    """Return how sure it is that an archive holds decks: Markdown files that say so."""
    return 0.9 if next(iter(_decks(archive)), None) else 0.0


def unpacks(archive: Archive) -> tuple[Offer, ...]:
    """Return the decks of a folder or zip by their paths."""
    files = frozenset(archive.sizes)
    offers = []
    for path in _decks(archive):
        shelf = Shelf(str(PurePosixPath(path).parent).strip("."), files, archive.read)
        shown = f"{archive.shown}/{path}"

        found = deck(archive.read(path, LARGEST), shown, shelf, _id(path))
        begins = found.title or found.posts[0].markdown[:80]
        offers.append(Offer(_id(path), begins, len(found.posts), partial(_same, found)))
    return tuple(offers)


def _same(found: Imported) -> Imported:
    return found


def _decks(archive: Archive) -> list[str]:
    """Return the paths of the decks in an archive."""
    named = [path for path, size in archive.sizes.items()
             if path.lower().endswith((".md", ".markdown")) and size < LARGEST]  # fmt: skip
    return [
        path for path in named[:MOST_DECKS] if detects(archive.read(path, LARGEST), path) > SURE
    ]


def _id(path: str) -> str:
    """Return the name of a deck by its path."""
    stem = path.rpartition(".")[0]
    return re.sub(r"[^\w/.-]+", "-", stem.removesuffix("/index").removesuffix("/slides"))


def deck(content: bytes, name: str, shelf: Shelf, known: str = "") -> Imported:
    """Return a deck; its pictures are taken from the shelf."""
    text, mended = _text.read(content, name)
    values, body = _source.front(text)
    above = text[: len(text) - len(body)].count("\n") + 1
    reading = _phrases.Reading(shelf.picture, name)
    slides = _deck.cut(body, _RULE, above)
    slides = _deck.divided(slides, _levels(values, body))
    parts: list[Part] = []
    spots: set[str] = set()
    running: dict[str, Value] = {"class": values.get("class")}
    for slide in slides:
        part, comments = _deck.part(slide, reading)
        once = _directives(comments, part, values, running, first=not parts)
        spots |= {key for key in once if key not in _UNDERSTOOD}
        _dress(part, running | once, reading)
        parts.append(part)
    parts = [part for part in parts if part or part.notes]
    front = _front(values)
    title, rest = _deck.cover(parts, front)
    posts = _pieces.posts(rest, "slide")
    if not posts:
        raise GeneratorError(error("import-empty", "no slide has anything on it", Location(name)))
    lines = [_said(values, "header"), _said(values, "footer")]
    problems = (
        *mended,
        *_lost_lines(lines, name),
        *_reports.dropped([*_foreign(values), *spots], name, "deck"),
        *_reports.left_out(reading, name),
    )
    source: dict[str, Value] = {"kind": KIND}
    return Imported(
        posts,
        title=_source.title(values) or title,
        author=_deck.author(values, *lines),
        source=source | ({"id": known} if known else {}),
        id=known,
        problems=problems,
        front=front,
        media=tuple(shelf.media),
    )


def _directives(
    comments: list[str],
    part: Part,
    values: dict[str, Value],
    running: dict[str, Value],
    *,
    first: bool,
) -> dict[str, Value]:
    """Take the directives of a slide's comments; return those for it alone. Others are notes."""
    once: dict[str, Value] = {}
    for comment in comments:
        said = _yaml(comment)
        keys = {key.lstrip("_$") for key in said}
        if not said or not keys <= DIRECTIVES:
            if comment.strip() and comment.strip() != "fit":
                part.notes.append(comment.strip())
            continue
        for key, value in said.items():
            if key.startswith("_"):
                once[key[1:]] = value
            elif key.lstrip("$") in ("class", "backgroundImage"):
                running[key.lstrip("$")] = value
                values |= {"class": value} if first and key.lstrip("$") == "class" else {}
            elif first or key.lstrip("$") not in values:
                values[key.lstrip("$")] = value
    return once


def _yaml(comment: str) -> Mapping[str, Value]:
    """Return what a comment says if it is YAML."""
    if not re.match(r"\s*[_$]?[A-Za-z][\w-]*\s*:", comment):
        return {}
    try:
        return frontmatter.parse(comment.strip("\n") + "\n", "comment", 1).values
    except GeneratorError:
        found = (re.match(r"\s*([_$]?[A-Za-z][\w-]*)\s*:\s*(.*)$", line)
                 for line in comment.split("\n") if line.strip())  # fmt: skip
        pairs = [(each[1], each[2].strip()) if each else ("", "") for each in found]
        return dict(pairs) if all(key for key, _ in pairs) else {}


def _dress(part: Part, said: Mapping[str, Value], reading: _phrases.Reading) -> None:
    """Set for a slide what its directives mean here: `lead` is centred."""
    classes = said.get("class")
    names = classes if isinstance(classes, list) else str(classes or "").split()
    if "lead" in names and part:
        part.settings["align"] = "center"
    found = _URL.search(str(said.get("backgroundImage") or ""))
    name = reading.picture(found[1]) if found and "image" not in part.settings else ""
    if name and not name.startswith(WANTED):
        part.settings["image"] = {"src": name}


def _front(values: Mapping[str, Value]) -> dict[str, Value]:
    """Return the front matter that a deck's own means."""
    front: dict[str, Value] = {}
    theme = THEMES.get(_said(values, "theme"))
    if "invert" in str(values.get("class") or "").split():
        theme = "night"
    if theme:
        front["theme"] = theme
    front |= _deck.target(_said(values, "size"))
    lang = _said(values, "lang")
    if re.fullmatch(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", lang):
        front["lang"] = lang
    return front


def _levels(values: Mapping[str, Value], body: str) -> frozenset[int]:
    """Return the levels of headings that begin a slide."""
    said = values.get("headingDivider")
    if said is None and (
        found := re.search(r"<!--\s*\$?headingDivider\s*:\s*([^\n>]*?)\s*-->", body)
    ):
        said = found[1]
    numbers = [int(each) for each in re.findall(r"[1-6]", str(said or ""))]
    if isinstance(said, list) or str(said).lstrip().startswith("["):
        return frozenset(numbers)
    return frozenset(range(1, numbers[0] + 1)) if numbers else frozenset()


def _said(values: Mapping[str, Value], key: str) -> str:
    """Return a directive's words."""
    return _source.words(values, key)


def _foreign(values: Mapping[str, Value]) -> list[str]:
    """Return the directives that mean nothing here; a theme of one's own is named."""
    theme = _said(values, "theme")
    own = [f"theme {theme}"] if theme and theme not in THEMES else []
    size = _said(values, "size")
    own += [f"size {size}"] if size and not _deck.target(size) else []
    return own + [key for key in values if key not in _UNDERSTOOD]


def _lost_lines(lines: list[str], name: str) -> tuple[Problem, ...]:
    """Tell of a header and footer that are more than a handle: slides show who speaks there."""
    said = [line for line in lines if line and not re.fullmatch(r"@\w[\w.-]*", line)]
    if not said:
        return ()
    told = " and ".join(f"`{line[:80]}`" for line in said)
    hint = "`author`, or a brand, says what stands at the edges of the slides"
    return (
        info("header-left-out", f"the header or footer {told} was left out", Location(name), hint),
    )


importer = Importer("a Marp deck, or a folder of them", detects, reads, holds, unpacks)
