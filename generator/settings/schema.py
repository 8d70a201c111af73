"""What may be set, where, and what type it has: the schemas of front matter and its relatives."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from generator.library.checking import Schema
from generator.library.themes import PatternTokens

Size = Annotated[float, Field(strict=False, ge=4, le=200)]


def _position(value: str) -> str:
    words = {"left", "right", "top", "bottom", "center"}
    parts = value.split()
    good = len(parts) in (1, 2) and all(
        part in words or (part.endswith("%") and part[:-1].isdigit()) for part in parts
    )
    if not good:
        message = f"`{value[:40]}` is no point | two of left, center, right, top, bottom, 30%"
        raise ValueError(message)
    return value


Focus = Annotated[str, AfterValidator(_position)]


class Typography(Schema):
    """Sizes in px on a canvas whose shorter side is 400, as in the studio."""

    title: Size | None = None
    body: Size | None = None
    meta: Size | None = None


class FontFamilies(Schema):
    """Families of themes/_fonts in place of the theme's own."""

    display: str | None = None
    text: str | None = None
    mono: str | None = None
    quote: str | None = None


class DeckTypography(Typography):
    """How a whole carousel is set: sizes, families, line height of text, capitals in headings."""

    fonts: FontFamilies = FontFamilies()
    leading: Annotated[float, Field(strict=False, ge=1, le=2)] | None = None
    case: Literal["as-written", "upper"] | None = None


class AuthorFile(Schema):
    """Who wrote the thread."""

    name: str = ""
    handle: str = ""
    avatar: str = ""


class ImageFile(Schema):
    """A picture: where it is, what it shows, how it fills its box."""

    src: str
    alt: str = ""
    fit: Literal["cover", "contain"] = "cover"
    focus: Focus = "50% 50%"


class Seamless(Schema):
    """One picture behind all slides; `veil` is how much of the ground lies over it."""

    image: str | ImageFile
    veil: Annotated[float, Field(strict=False, ge=0, le=1)] | None = None


class Cover(Schema):
    """The first slide."""

    title: str | None = None
    kicker: str | None = None
    subtitle: str | None = None
    image: str | ImageFile | None = None
    layout: str | None = None
    pattern: str | PatternTokens | None = None
    align: Literal["left", "center"] | None = None
    options: dict[str, object] = Field(default_factory=dict)


class OutroLine(Schema):
    """A line of the outro with an icon by name."""

    text: str
    icon: str = ""


class Outro(Schema):
    """The last slide."""

    title: str | None = None
    lines: list[str | OutroLine] = Field(default_factory=list)
    link: str | None = None
    image: str | ImageFile | None = None
    layout: str | None = None
    pattern: str | PatternTokens | None = None
    align: Literal["left", "center"] | None = None
    options: dict[str, object] = Field(default_factory=dict)


class SlideSettings(Schema):
    """What the comment that opens a post, or an entry of `slides`, may set for one slide."""

    id: str | int | None = None
    layout: str | None = None
    pattern: str | PatternTokens | None = None
    typography: Typography | None = None
    align: Literal["left", "center"] | None = None
    kicker: str | None = None
    image: str | ImageFile | None = None
    wants: Literal["picture"] | None = None
    options: dict[str, object] = Field(default_factory=dict)


class SlideEntry(SlideSettings):
    """An entry of `slides`: which posts, or a text of its own, and what is set for it."""

    post: int | str | None = None
    posts: list[int | str] | None = None
    text: str | None = None


class Settings(Schema):
    """Everything that front matter, presets, brands, targets and the command line may set."""

    title: str | None = None
    targets: list[str] | dict[str, object] | str | None = None
    recipe: str = "thread"
    reveal: Literal["each", "end", "none"] | None = None
    theme: str = "night"
    brand: str | list[str] | None = None
    preset: str | None = None
    pattern: str | PatternTokens | None = None
    typography: DeckTypography = DeckTypography()
    seamless: bool | Seamless = False
    align: Literal["left", "center"] | None = None
    layouts: dict[str, str] = Field(default_factory=dict)
    author: AuthorFile | None = None
    source: dict[str, object] = Field(default_factory=dict)
    cover: Literal[False] | Cover = Cover()
    outro: Literal[False] | Outro | None = None
    slides: list[str | int | SlideEntry] | None = None
    caption: str | dict[str, str] | None = None
    lang: str | None = None
    draft: bool = False
    thread: str | None = None
    files: list[str] | None = None
    looks: list[str] | None = None


ANYWHERE = frozenset(Settings.model_fields) - {
    "thread",
    "looks",
    "slides",
    "draft",
    "source",
    "title",
}
"""Keys that any layer may set."""
KEYS = {
    "front matter": frozenset(Settings.model_fields) - {"looks"},
    "threadpress.yaml": ANYWHERE | {"looks"},
    "preset": ANYWHERE - {"preset", "targets"},
    "target": (ANYWHERE - {"targets"}) | {"slides", "title"},
    "command line": frozenset(Settings.model_fields) - {"looks", "thread", "source"},
}
"""Which keys each kind of layer knows."""
SLIDE_KEYS = frozenset(SlideSettings.model_fields)
