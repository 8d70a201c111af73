"""What a designer made: Canvas, Font, Theme, Pattern, Brand, Layout, Recipe."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from generator.errors import Location
from generator.model.content import Document, Value

Edge = Literal["left", "middle", "right"]
Kind = Literal["cover", "post", "outro"]
Shape = Literal["portrait", "square", "story", "landscape"]


@dataclass(frozen=True, slots=True)
class Canvas:
    """A destination's page.

    `width` x `height` are the pixels that are delivered. A slide is laid out at `page_width` x
    `page_height` CSS px, whose shorter side is always 1080, so that sizes in layouts and themes
    mean the same on every canvas. `safe`, `frame` and `crop` (what an overview of the platform cuts
    away) are distances from the edges in those px. `accepts` are the files that it takes, `ratios`
    the widest and the tallest page as `4:5`, `ratios_api` those of its programming interface.
    `counts` is how it measures a caption: by letters, or by the weight that X gives them.
    """

    name: str
    title: str
    width: int
    height: int
    files: tuple[str, ...]
    safe: Mapping[str, int]
    frame: Mapping[str, int]
    limits: Mapping[str, int]
    crop: Mapping[str, int]
    accepts: tuple[str, ...]
    settings: Document
    ratios: tuple[str, ...] = ()
    ratios_api: tuple[str, ...] = ()
    counts: Literal["letters", "weight"] = "letters"

    @property
    def scale(self) -> float:
        """Return delivered pixels per CSS px."""
        return min(self.width, self.height) / SHORTER_SIDE

    @property
    def page_width(self) -> int:
        """Return the width that slides are laid out at, in CSS px."""
        return round(self.width / self.scale)

    @property
    def page_height(self) -> int:
        """Return the height that slides are laid out at, in CSS px."""
        return round(self.height / self.scale)

    @property
    def shape(self) -> Shape:
        """Return the rough form of the page, for layouts that arrange by it."""
        ratio = self.width / self.height
        if ratio > LANDSCAPE_FROM:
            return "landscape"
        if ratio < STORY_TO:
            return "story"
        return "square" if ratio > SQUARE_FROM else "portrait"


SHORTER_SIDE = 1080
"""CSS px of the shorter side of every page: the unit of visual.md's figures."""
TYPOGRAPHY_SIDE = 400
"""The studio's preview is about 400 px wide: the unit of `typography:` (design.md, section 6)."""
FLOORS: Mapping[str, float] = MappingProxyType({"title": 64.0, "body": 28.0, "meta": 24.0})
"""Least px at 1080 (visual.md): nothing that must be read is under 28, the frame not under 24. A
layout sets long titles in as little as 0.54 of their size, and the last step of the ladder takes
0.7 of that: a title of 64 is at the floor again."""
LANDSCAPE_FROM, SQUARE_FROM, STORY_TO = 1.2, 0.9, 0.65


@dataclass(frozen=True, slots=True)
class Font:
    """A font role of a theme: the folder's name, and how its text is set."""

    family: str
    weight: int = 400
    tracking: float = 0.0
    leading: float = 1.4
    italic: bool = False
    strong: int = 700
    upper: bool = False


@dataclass(frozen=True, slots=True)
class Face:
    """One font file and the private family name, weight and slant it is known by in the CSS."""

    family: str
    weight: int
    italic: bool
    file: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Design tokens, ready for use: colours by role as #rrggbb, sizes in CSS px.

    `steps` are the body sizes of the fit ladder: one of growth, the normal one, then smaller ones.
    `tones` are other roles for a kind of slide or a layout, each a colour or another role's name.
    `folders` are the theme's own folder and those of the themes that it extends, its own first.
    """

    name: str
    title: str
    colors: Mapping[str, str]
    fonts: Mapping[str, Font]
    sizes: Mapping[str, float]
    steps: tuple[float, ...]
    space: Mapping[str, float]
    patterns: Mapping[str, "Pattern"]
    settings: Document
    folders: tuple[str, ...]
    tones: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dark: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A background pattern as chosen: a name in themes/_patterns and how it is drawn.

    `color` is a role or a colour; without one the pattern takes its own.
    """

    name: str = "none"
    scale: float = 1.0
    opacity: float = 1.0
    color: str = ""


@dataclass(frozen=True, slots=True)
class Brand:
    """Who speaks. `avatar` and `logo` are absolute paths, or empty.

    `verified`: a badge stands beside the name. `header` and `footer` say what stands left, middle
    and right. `settings` are what the brand and its profile set for their threads, weakest first;
    `locked` are the keys nobody overrides.
    """

    name: str = ""
    profile: str = ""
    speaker: str = ""
    handle: str = ""
    avatar: str = ""
    logo: str = ""
    logo_dark: str = ""
    website: str = ""
    verified: bool = False
    links: Mapping[str, str] = field(default_factory=dict)
    colors: Mapping[str, str] = field(default_factory=dict)
    tint: str = "accent"
    header: Mapping[Edge, str] = field(default_factory=dict)
    footer: Mapping[Edge, str] = field(default_factory=dict)
    settings: tuple[Document, ...] = ()
    locked: tuple[str, ...] = ()
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout's contract: the shapes it takes, the slots it prints, the options it knows.

    `pattern` is what it stands on where the theme has none for it by name.
    """

    name: str
    title: str
    description: str
    shapes: tuple[str, ...]
    slots: tuple[str, ...]
    options: Mapping[str, Mapping[str, Value]]
    css: str
    column: float = 1.0
    rank: int = 0
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Posts that a recipe treats alike: what they are told by, and what their slides get.

    `heading` are beginnings of headings in lower case, `asks` means posts that ask a question.
    `label`: the heading, or its words up to a colon, become the kicker. `counted` is the
    generator's word that their slides are counted with: Tip 3 of 7.
    """

    name: str
    heading: tuple[str, ...] = ()
    shape: tuple[str, ...] = ()
    asks: bool = False
    place: Literal["", "first", "last"] = ""
    layout: str = ""
    kicker: str = ""
    label: bool = False
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Which slides a thread gives, in what order: entries as in a content file's `slides`.

    Besides these an entry may name one of `parts`, or be `answers`. `layouts` are those of kinds
    and shapes, unless somebody chose others; `reveal` is when a quiz is answered, likewise.
    """

    name: str
    title: str
    slides: tuple[Value, ...]
    parts: tuple[Part, ...] = ()
    layouts: Mapping[str, str] = field(default_factory=dict)
    reveal: str = ""
    location: Location | None = None
