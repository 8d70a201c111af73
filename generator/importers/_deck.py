"""What decks of slides in Markdown have in common: where slides part, backgrounds, the cover."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.importers import _inlines, _source
from generator.importers._phrases import Reading
from generator.importers._pieces import Part, Piece
from generator.importers.pictures import WANTED
from generator.model import Author, Value

SIZES = {
    "16:9": "landscape", "4:3": "landscape", "16/9": "landscape", "4/3": "landscape",
    "1:1": "linkedin-square", "1/1": "linkedin-square", "square": "linkedin-square",
    "4:5": "linkedin", "4/5": "linkedin", "portrait": "linkedin", "linkedin": "linkedin",
    "instagram": "instagram", "9:16": "story", "9/16": "story", "story": "story",
}  # fmt: skip
_PIXELS = re.compile(r"(\d{2,5})(?:px)?\s*[x, ]\s*(\d{2,5})(?:px)?")
_KEYWORD = re.compile(
    r"^(?:(?:w|h|width|height):[\w.%-]+|(?:left|right|vertical|horizontal)(?::[\d.]+%?)?|bg|fit"
    r"|contain|cover|auto|[\d.]+%"
    r"|(?:blur|brightness|contrast|drop-shadow|grayscale|hue-rotate|invert|opacity|saturate|sepia)"
    r"(?::\S+)?)$"
)
_PICTURE = re.compile(
    r"!\[(?P<said>(?:[^\[\]\\]|\\.)*)\]\((?P<at><[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)"
    r"(?:\s+\"[^\"\n]*\")?\)"
)
_HANDLE = re.compile(r"(?<![\w@])@\w[\w.-]*")
_LONGEST_SUBTITLE = 24


@dataclass(slots=True)
class Slide:
    """A slide as its deck has it: text, what is set for it, notes; `line` is where it begins."""

    text: str
    line: int = 1
    settings: dict[str, Value] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    pictures: list[tuple[str, str, bool]] = field(default_factory=list)


def part(slide: Slide, reading: Reading) -> tuple[Part, list[str]]:
    """Return a slide as a part, and the comments in it."""
    text = _PICTURE.sub(lambda found: _picture(found, slide), slide.text)
    found = _source.read(text, reading)
    pieces = [piece for piece in found.pieces if piece.kind != "rule"]
    made = Part(pieces, dict(slide.settings), list(slide.notes))
    for address, alt, whole in slide.pictures:
        name = reading.picture(address)
        if not name:
            continue
        if "image" in made.settings or name.startswith(WANTED):
            made.pieces.append(Piece("text", f"![{_inlines.escaped(alt)}](<{name}>)"))
            continue
        image: dict[str, Value] = {"src": name}
        image |= {"alt": alt} if alt else {}
        image |= {"fit": "contain"} if whole else {}
        made.settings["image"] = image
    return made, found.comments


def _picture(found: re.Match[str], slide: Slide) -> str:
    """Return a picture without the words that say how it stands; one behind all goes aside."""
    words = found["said"].split()
    keywords = [word for word in words if _KEYWORD.match(word)]
    alt = " ".join(word for word in words if word not in keywords)
    if "bg" in keywords:
        whole = bool({"fit", "contain"} & set(keywords))
        slide.pictures.append((found["at"].strip("<>"), alt, whole))
        return ""
    sized = any(":" in word for word in keywords)
    return found[0].replace(f"[{found['said']}]", f"[{alt}]", 1) if sized else found[0]


def cover(parts: list[Part], front: dict[str, Value]) -> tuple[str, list[Part]]:
    """Return the title and the other slides, if the first one is a title and little else."""
    if not parts:
        return "", parts
    first = parts[0]
    titles = [piece for piece in first.pieces if piece.kind == "heading"]
    plain = all(piece.kind in ("heading", "text") for piece in first.pieces)
    if not titles or first.pieces[0] is not titles[0] or not plain or len(parts) == 1:
        return "", parts
    rest = [piece.markdown for piece in first.pieces[1:]]
    words = sum(len(each.split()) for each in rest)
    if len(rest) > 3 or words > _LONGEST_SUBTITLE or any("![" in each for each in rest):  # noqa: PLR2004 (lines)
        return "", parts
    if first.notes or set(first.settings) - {"image", "align"}:
        return "", parts
    said: dict[str, Value] = {}
    if rest:
        said["subtitle"] = " · ".join(each.replace("\\\n", " ").replace("\n", " ") for each in rest)
    if "image" in first.settings:
        said["image"] = first.settings["image"]
    if said:
        front["cover"] = said
    return titles[0].markdown, parts[1:]


def author(values: Mapping[str, Value], *lines: str) -> Author | None:
    """Return who made a deck: by name in its front matter, by handle in a header or footer."""
    handle = next((found[0] for line in lines if (found := _HANDLE.search(line))), "")
    name = _source.words(values, "author", "authors")
    return Author(name, handle) if name or handle else None


def target(size: str) -> dict[str, Value]:
    """Return the canvas that a deck's size means, by its name or in pixels."""
    name = size.strip().lower()
    if pixels := _PIXELS.fullmatch(name):
        width, height = int(pixels[1]), int(pixels[2])
        common = math.gcd(width, height) or 1
        name = f"{width // common}:{height // common}"
    found = SIZES.get(name)
    return {"targets": [found]} if found else {}


def cut(text: str, separator: re.Pattern[str], line: int = 1) -> list[Slide]:
    """Return the slides of a text whose separators stand on lines of their own, outside code."""
    slides = [Slide("", line)]
    held: list[str] = []
    fence = ""
    for number, each in enumerate(text.split("\n"), line):
        fence = _source.fenced(each, fence)
        # Right below words `---` makes them a heading, unless it has to part slides anyhow.
        if not fence and separator.match(each) and not (held and held[-1].strip()):
            slides[-1].text = "\n".join(held)
            slides.append(Slide("", number + 1))
            held = []
        else:
            held.append(each)
    slides[-1].text = "\n".join(held)
    return slides


def divided(slides: Sequence[Slide], levels: frozenset[int]) -> list[Slide]:
    """Return the slides parted again before each heading of some levels."""
    if not levels:
        return list(slides)
    marks = "|".join("#" * level for level in sorted(levels))
    heading = re.compile(rf"^(?:{marks})\s+\S")
    found: list[Slide] = []
    for slide in slides:
        current = Slide("", slide.line)
        held: list[str] = []
        fence = ""
        for number, each in enumerate(slide.text.split("\n"), slide.line):
            fence = _source.fenced(each, fence)
            if not fence and heading.match(each) and any(line.strip() for line in held):
                current.text = "\n".join(held)
                found.append(current)
                current, held = Slide("", number), []
            held.append(each)
        current.text = "\n".join(held)
        found.append(current)
    return found
