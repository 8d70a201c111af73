"""A theme's tokens: what theme.yaml may say, typed and ranged; no CSS comes in through them."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, WithJsonSchema

from generator.library.checking import Schema, listed, mark, named
from generator.library.derive import ROLES

FONT_ROLES = ("display", "text", "mono", "quote")
SIZES = {
    "cover": 124, "title": 80, "subtitle": 44, "lead": 47, "body": 41, "meta": 25, "number": 340,
    "quote": 100,
}  # fmt: skip
"""visual.md's scale, in px at 1080."""
_HEX = r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?"
_NAME = r"[a-z0-9][a-z0-9-]{0,63}"


def color(value: str) -> str:
    """Return a colour as #rrggbb; nothing but #rgb and #rrggbb is one."""
    if not re.fullmatch(_HEX, value):
        message = f"`{value[:40]}` is no colour | write it as '#rrggbb', in quotes"
        raise ValueError(message)
    digits = value[1:].lower()
    return f"#{digits}" if len(digits) == 6 else "#" + "".join(digit * 2 for digit in digits)  # noqa: PLR2004 (rrggbb)


def name(value: str) -> str:
    """Return a look's name: letters, digits, `-`."""
    if not re.fullmatch(_NAME, value):
        message = f"`{value[:40]}` is no name | lower-case letters, digits and -"
        raise ValueError(message)
    return value


def color_or_role(value: str) -> str:
    """Return a colour as #rrggbb, or a role's name as it is."""
    return value if value in ROLES else color(value)


_COLOR_SCHEMA = {"type": "string", "pattern": f"^{_HEX}$"}
Color = Annotated[str, AfterValidator(color), WithJsonSchema(_COLOR_SCHEMA)]
ColorOrRole = Annotated[
    str,
    AfterValidator(color_or_role),
    WithJsonSchema({"anyOf": [mark("role"), _COLOR_SCHEMA]}),
]
Family = Annotated[str, AfterValidator(name), named("font")]
PatternName = Annotated[str, AfterValidator(name), named("pattern")]
Role = Annotated[str, listed(*ROLES)]
FontRole = Annotated[str, listed(*FONT_ROLES)]
SizeRole = Annotated[str, listed(*SIZES, "steps")]
Number = Annotated[float, Field(strict=False)]
Size = Annotated[float, Field(strict=False, ge=20, le=900)]


class FontTokens(Schema):
    """How a font role is set."""

    family: Family
    """A folder of themes/_fonts, or of the theme's own fonts/."""
    weight: int = Field(400, ge=100, le=900, multiple_of=100)
    """The nearest weight that there is a file for is taken."""
    strong: int = Field(700, ge=100, le=900, multiple_of=100)
    """The weight of **bold** words."""
    tracking: Number = Field(0.0, ge=-0.1, le=0.5)
    """Space between letters, in em."""
    leading: Number = Field(1.4, ge=0.7, le=2.5)
    """Line height, as a multiple of the size."""
    italic: bool = False
    """Set in the slanted face."""
    upper: bool = False
    """Set in capitals."""


class PatternTokens(Schema):
    """A pattern and how it is drawn."""

    name: PatternName = "none"
    """A file of themes/_patterns."""
    scale: Number = Field(1.0, ge=0.2, le=5)
    """How large it is drawn: 1 is as it was designed."""
    opacity: Number = Field(1.0, ge=0, le=1)
    """How strong it is."""
    color: ColorOrRole | Literal[""] = ""
    """Its ink: a role of the theme, or "#rrggbb"."""


Patterns = PatternName | PatternTokens
Steps = Annotated[list[Size], Field(min_length=2)]


class ThemeTokens(Schema):
    """themes/NAME/theme.yaml."""

    title: str = ""
    """What people call it."""
    description: str = ""
    """In a few words, what it feels like."""
    colors: dict[Role, Color]
    """Roles as "#rrggbb": bg, fg and accent are needed, the others are mixed from them."""
    fonts: dict[FontRole, FontTokens]
    """Roles: `text` is needed, `display`, `mono` and `quote` follow it."""
    type: dict[SizeRole, Size | Steps] = Field(default_factory=dict)
    """Sizes in px on a page whose shorter side is 1080; `steps`: those that the body may take."""
    space: dict[str, Annotated[float, Field(strict=False, ge=0, le=400)]] = Field(
        default_factory=dict
    )
    """Distances in px at 1080: `gutter` is that to the sides."""
    radius: Number = Field(28, ge=0, le=200)
    """Of corners, in px at 1080."""
    pattern: Patterns | dict[str, Patterns] = "none"
    """A name, or a mapping from a slide's kind (cover, post, outro) or layout to one."""
    settings: Annotated[dict[str, object], named("settings")] = Field(default_factory=dict)
    """Settings that come with the theme."""
    tones: dict[str, dict[Role, ColorOrRole]] = Field(default_factory=dict)
    """Colours of their own for a kind of slide (cover, post, outro) or a layout."""
