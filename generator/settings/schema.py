"""What may be set, where, and what type it has: the schemas of front matter and its relatives."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, WithJsonSchema

from generator.library.checking import Schema, named
from generator.library.tokens import PatternTokens

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


_POINT = r"(left|right|top|bottom|center|[0-9]+%)"
Focus = Annotated[
    str,
    AfterValidator(_position),
    WithJsonSchema({"type": "string", "pattern": rf"^\s*{_POINT}(\s+{_POINT})?\s*$"}),
]
Align = Literal["left", "center"]
BrandName = Annotated[str, named("brand")]
FamilyName = Annotated[str, named("font")]
LayoutName = Annotated[str, named("layout")]
TargetName = Annotated[str, named("target")]
PatternName = Annotated[str, named("pattern")]
Pattern = PatternName | PatternTokens
Shape = Annotated[str, named("kind")]


class Typography(Schema):
    """Sizes in px on a canvas whose shorter side is 400, as in the studio."""

    title: Size | None = None
    """Headings: 24 is the least that can be read."""
    body: Size | None = None
    """Text: 10.4 is the least."""
    meta: Size | None = None
    """Head and foot: 8.9 is the least."""


class FontFamilies(Schema):
    """Families of themes/_fonts in place of the theme's own."""

    display: FamilyName | None = None
    """Headings."""
    text: FamilyName | None = None
    """Text."""
    mono: FamilyName | None = None
    """Code."""
    quote: FamilyName | None = None
    """Quotations."""


class DeckTypography(Typography):
    """How a whole carousel is set: sizes, families, line height of text, capitals in headings."""

    fonts: FontFamilies = FontFamilies()
    """Families of themes/_fonts in place of the theme's own."""
    leading: Annotated[float, Field(strict=False, ge=1, le=2)] | None = None
    """The line height of text."""
    case: Literal["as-written", "upper"] | None = None
    """Capitals in headings."""


class AuthorFile(Schema):
    """Who wrote the thread."""

    name: str = ""
    """What the frame shows in place of the brand's name."""
    handle: str = ""
    """As in "@you", in quotes."""
    avatar: str = ""
    """A square picture beside the file."""


class ImageFile(Schema):
    """A picture: where it is, what it shows, how it fills its box."""

    src: str
    """A path from the file that names it."""
    alt: str = ""
    """What is to be seen; without words the picture is decoration."""
    fit: Literal["cover", "contain"] = "cover"
    """Fill the box, or be seen whole."""
    focus: Focus = "50% 50%"
    """The point that stays in sight: 30% 60%, or left top."""


Image = str | ImageFile


class Seamless(Schema):
    """One picture behind all slides; `veil` is how much of the ground lies over it."""

    image: Image
    """A wide picture."""
    veil: Annotated[float, Field(strict=False, ge=0, le=1)] | None = None
    """How much of the ground lies over it; else as much as text needs."""


class Cover(Schema):
    """The first slide."""

    title: str | None = None
    """Its words; else the thread's title."""
    kicker: str | None = None
    """A few words above the title."""
    subtitle: str | None = None
    """A line below the title."""
    image: Image | None = None
    """A picture, as a path or {src, alt, fit, focus}."""
    layout: LayoutName | None = None
    """How it is built: cover, cover-picture, cover-portrait, cover-number …"""
    pattern: Pattern | None = None
    """What lies behind it."""
    align: Align | None = None
    """Left or centred."""
    options: dict[str, object] = Field(default_factory=dict)
    """What its layout offers beyond that."""


class OutroLine(Schema):
    """A line of the outro with an icon by name."""

    text: str
    """Its words."""
    icon: Annotated[str, named("icon")] | Literal[""] = ""
    """A file of themes/_icons; else it is guessed from the words."""


class Outro(Schema):
    """The last slide."""

    title: str | None = None
    """Its words."""
    lines: list[str | OutroLine] = Field(default_factory=list)
    """What a reader may do now, each with an icon."""
    link: str | None = None
    """An address, which becomes a QR code too."""
    image: Image | None = None
    """A picture, as a path or {src, alt, fit, focus}."""
    layout: LayoutName | None = None
    """How it is built."""
    pattern: Pattern | None = None
    """What lies behind it."""
    align: Align | None = None
    """Left or centred."""
    options: dict[str, object] = Field(default_factory=dict)
    """What its layout offers beyond that."""


class SlideSettings(Schema):
    """What the comment that opens a post, or an entry of `slides`, may set for one slide."""

    id: str | int | None = None
    """A name for the post that stays when posts are moved."""
    layout: LayoutName | None = None
    """How the slide is built; else its shape says it."""
    pattern: Pattern | None = None
    """What lies behind it."""
    typography: Typography | None = None
    """Sizes for this slide."""
    align: Align | None = None
    """Left or centred."""
    kicker: str | None = None
    """A few words above the heading."""
    image: Image | None = None
    """A picture, as a path or {src, alt, fit, focus}."""
    wants: Literal["picture"] | None = None
    """A picture is still to come; the build lists it."""
    options: dict[str, object] = Field(default_factory=dict)
    """What the layout offers beyond that."""


class SlideEntry(SlideSettings):
    """An entry of `slides`: which posts, or a text of its own, and what is set for it."""

    post: int | str | None = None
    """A post by number or id."""
    posts: list[int | str] | None = None
    """Several posts on one slide."""
    text: str | None = None
    """Markdown of a slide that is no post."""


class Settings(Schema):
    """Everything that front matter, presets, brands, targets and the command line may set."""

    title: str | None = None
    """The cover's words; else a leading heading, else the first question or short sentence."""
    targets: (
        list[TargetName] | Annotated[dict[TargetName, object], named("targets")] | TargetName | None
    ) = None
    """Where to: canvases by name, or a mapping that sets things for one of them only."""
    recipe: Annotated[str, named("recipe")] = "thread"
    """Which slides, in what order."""
    reveal: Literal["each", "end", "none"] | None = None
    """When a quiz is answered; else the recipe says it."""
    theme: Annotated[str, named("theme")] = "night"
    """How it looks: a theme, or theme/variant."""
    brand: BrandName | list[BrandName] | None = None
    """Who speaks: a brand, or brand/profile; a list makes a carousel for each; `all`: every one."""
    preset: Annotated[str, named("preset")] | None = None
    """A saved set of settings; what the thread says wins over it."""
    pattern: Pattern | None = None
    """What lies behind all slides; else the theme says it."""
    typography: DeckTypography = DeckTypography()
    """Sizes in px on a page whose shorter side is 400; families, line height, capitals."""
    seamless: bool | Seamless = False
    """Patterns run on over the edges of slides; or one picture stands behind all of them."""
    align: Align | None = None
    """Left or centred."""
    layouts: dict[Shape, LayoutName] = Field(default_factory=dict)
    """Which layout shows which shape; `post` is every shape not named, also `cover` and `outro`."""
    author: AuthorFile | None = None
    """What the frame shows in place of the brand's name."""
    source: dict[str, object] = Field(default_factory=dict)
    """Where the thread came from; `import` writes it."""
    cover: Literal[False] | Cover = Cover()
    """The first slide, or false."""
    outro: Literal[False] | Outro | None = None
    """The last slide, or false; without lines, title or link there is none."""
    slides: list[str | int | SlideEntry] | None = None
    """Your own arrangement: cover, posts by number or id, entries with settings, outro."""
    caption: str | dict[str, str] | None = None
    """The post's text; by target if a mapping."""
    counter: bool = False
    """Each post of a plain-text thread (`files: [txt]`) ends with its number: 3/12."""
    lang: str | None = None
    """The language: hyphens, and the generator's few own words."""
    clean: bool = False
    """Counters such as 1/9, and 🧵👇, are left out of the posts."""
    draft: bool = False
    """Built with --drafts only."""
    thread: str | None = None
    """Another file whose posts make this carousel."""
    files: list[Annotated[str, named("file")]] | None = None
    """What to make instead of what the target wants first."""
    looks: list[str] | None = None
    """Folders inside the project with more layouts, themes and brands."""
    silence: dict[str, object] = Field(default_factory=dict)
    """Codes of problems that somebody decided to live with, each with the reason."""


ANYWHERE = frozenset(Settings.model_fields) - {
    "thread",
    "looks",
    "slides",
    "draft",
    "source",
    "title",
    "silence",
}
"""Keys that any layer may set."""
KEYS = {
    "front matter": frozenset(Settings.model_fields) - {"looks"},
    "threadpress.yaml": ANYWHERE | {"looks", "silence"},
    "preset": ANYWHERE - {"preset", "targets"},
    "target": (ANYWHERE - {"targets"}) | {"slides", "title"},
    "command line": frozenset(Settings.model_fields) - {"looks", "thread", "source", "silence"},
}
"""Which keys each kind of layer knows."""
SLIDE_KEYS = frozenset(SlideSettings.model_fields)
