"""What stands on a laid-out slide: Page, Text, Run, Figure, Fill, in CSS px from its top left."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal
from unicodedata import bidirectional

Align = Literal["left", "center", "right", "justify"]


@dataclass(frozen=True, slots=True)
class Rect:
    """An upright rectangle: its left top corner, width and height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return where it ends on the right."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Return where it ends below."""
        return self.y + self.height

    @property
    def area(self) -> float:
        """Return its area in square px."""
        return self.width * self.height

    def common(self, other: "Rect") -> "Rect":
        """Return what both cover; its width or height is 0 where they don't meet."""
        left, top = max(self.x, other.x), max(self.y, other.y)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        if (left, top, right, bottom) == (self.x, self.y, self.right, self.bottom):
            return self  # the same numbers to the last bit
        return Rect(left, top, max(0.0, right - left), max(0.0, bottom - top))

    def around(self, other: "Rect") -> "Rect":
        """Return the least rectangle that holds both."""
        left, top = min(self.x, other.x), min(self.y, other.y)
        right, bottom = max(self.right, other.right), max(self.bottom, other.bottom)
        return Rect(left, top, right - left, bottom - top)


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour in sRGB: channels from 0 to 255, `alpha` from 0 (clear) to 1."""

    red: int
    green: int
    blue: int
    alpha: float = 1.0

    @property
    def hex(self) -> str:
        """Return it as #rrggbb, as if nothing shone through."""
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"


@dataclass(frozen=True, slots=True)
class Position:
    """Where a thing stands: `path` are the elements around it, the outermost first.

    Each is a tag with its classes, as CSS writes them: `h2.heading.short`. `part` is the part of
    the slide. `seen` is what boxes that cut off their overflow leave of it. `angle` is how far it
    is turned, in degrees clockwise; `rect` is then the upright rectangle around it.
    """

    rect: Rect
    seen: Rect
    path: tuple[str, ...] = ()
    angle: float = 0.0

    @property
    def part(self) -> Literal["head", "region", "foot", "deco", ""]:
        """Return which part of the slide it is in: frame above or below, the content, ornament."""
        for name in ("head", "region", "foot", "deco"):
            if self.inside(name):
                return name
        return ""

    @property
    def tag(self) -> str:
        """Return the element's tag: `h2`, `li::marker`."""
        return self.path[-1].partition(".")[0] if self.path else ""

    def inside(self, name: str) -> bool:
        """Return whether it, or an element around it, is of that class."""
        return any(name in element.split(".")[1:] for element in self.path)


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring letters of one line in one style.

    `rect` is as high as the font's ascent and descent, `baseline` the y that the letters stand on.
    `family` is a name that the CSS has for a font, `size` and `spacing` (between letters) are px.
    `tag` is that of the innermost element: `sup`, `code`. `drawn`: it is a picture that stands for
    words, an emoji or a formula, and `text` is its alt.
    """

    text: str
    rect: Rect
    seen: Rect
    baseline: float
    ink: Ink
    family: str
    size: float
    weight: int = 400
    italic: bool = False
    underlined: bool = False
    struck: bool = False
    spacing: float = 0.0
    link: str = ""
    tag: str = ""
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Lines that are broken together: a paragraph, a heading, a table's cell, a list's marker.

    `lines` hold runs, left to right as they stand. `leading` is a line's height in px.
    """

    at: Position
    lines: tuple[tuple[Run, ...], ...]
    align: Align = "left"
    rtl: bool = False
    leading: float = 0.0

    @property
    def runs(self) -> Iterator[Run]:
        """Yield the runs of all lines."""
        return (run for line in self.lines for run in line)

    @property
    def leftwards(self) -> bool:
        """Return whether it is read from right to left; numbers alone never are."""
        letters = (letter for run in self.runs for letter in run.text)
        return self.rtl and any(bidirectional(letter) in {"R", "AL"} for letter in letters)

    def plain(self) -> str:
        """Return the words, lines parted by a space."""
        lines = ("".join(run.text for run in line) for line in self.lines)
        return " ".join(" ".join(lines).split())


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: where its box stands, where all of it would be drawn, its own pixels.

    `at.rect` is what shows of `drawn` where the picture fills its box (`object-fit: cover`).
    `vector`: a drawing, sharp at any size. `alt` is empty for an ornament. `url` is known to the
    door that it was read through.
    """

    at: Position
    drawn: Rect
    pixels: tuple[float, float]
    url: str
    alt: str = ""
    vector: bool = False


@dataclass(frozen=True, slots=True)
class Fill:
    """A box with a ground of its own: a plate, a bar, a button.

    `pictured`: a gradient, pattern or picture lies on it. `radius` is that of its corners.
    """

    at: Position
    ink: Ink
    radius: float = 0.0
    pictured: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One laid-out slide, everything on it in the order of its HTML."""

    width: float
    height: float
    texts: tuple[Text, ...] = ()
    figures: tuple[Figure, ...] = ()
    fills: tuple[Fill, ...] = field(default=())

    @property
    def runs(self) -> Iterator[Run]:
        """Yield all runs of all texts."""
        return (run for text in self.texts for run in text.runs)
