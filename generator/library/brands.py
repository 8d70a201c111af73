"""A brand's folder becomes a Brand: who speaks, in which colours, and what nobody may override."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field

from generator.errors import GeneratorError, Location, choices, error
from generator.library import Library
from generator.library.checking import Schema, validated
from generator.library.themes import unknown_roles
from generator.library.tokens import Color, Role
from generator.model import Brand, Document

FOLDER, FILE = "themes/_brands", "/brand.yaml"
Slot = Literal[
    "", "nothing", "avatar", "avatar-name", "name", "handle", "logo", "website", "page", "number",
    "fraction", "count", "progress", "arrow",
]  # fmt: skip
Place = Literal["left", "middle", "right"]
SETTINGS = (
    "theme",
    "preset",
    "pattern",
    "typography",
    "outro",
    "cover",
    "lang",
    "caption",
    "align",
    "layouts",
)
"""Keys of a brand file that are settings of its threads."""


class Speaker(Schema):
    """What a brand says of itself; a profile may say each of these differently."""

    title: str = ""
    """What people call the brand."""
    name: str = ""
    """Who speaks; a thread's own author stands before it."""
    handle: str = ""
    """As in "@you", in quotes."""
    avatar: str = ""
    """A square picture beside the file."""
    logo: str = ""
    """A picture beside the file, for light themes."""
    logo_dark: str = ""
    """The logo on dark themes."""
    website: str = ""
    """An address as it is shown: example.com."""
    verified: bool = False
    """A badge beside the name, as long as the thread's author has the brand's handle."""
    links: dict[str, str] = Field(default_factory=dict)
    """Addresses by name; the layout `profile` lists them."""
    colors: dict[Role, Color] = Field(default_factory=dict)
    """Roles that replace the theme's, as "#rrggbb"."""
    tint: Literal["accent", "full", "none"] = "accent"
    """What the colours replace: accents only, ground and text too, or nothing."""
    header: dict[Place, Slot] = Field(default_factory=dict)
    """What stands at the top of each slide."""
    footer: dict[Place, Slot] = Field(default_factory=dict)
    """What stands at the foot of each slide."""
    theme: object = None
    preset: object = None
    pattern: object = None
    typography: object = None
    outro: object = None
    cover: object = None
    lang: object = None
    caption: object = None
    align: object = None
    layouts: object = None


class BrandFile(Speaker):
    """themes/_brands/NAME/brand.yaml."""

    locked: list[str] = Field(default_factory=list)
    """Keys that nobody may override, with dots: outro.link."""
    profiles: dict[str, Speaker] = Field(default_factory=dict)
    """The same keys, by name, for what a profile says differently: brand: acme/second."""


def load(library: Library, wanted: str, asked: Location | None = None) -> Brand:
    """Return the brand named `NAME`, or its profile `NAME/PROFILE`."""
    name, _, profile = wanted.partition("/")
    document, path = library.document(FOLDER, name, FILE, "brand", asked)
    read = validated(BrandFile, document)
    own = document.below("profiles", profile)
    for colors in (document, own):
        if unknown := unknown_roles(colors, colors.below("colors").values):
            raise GeneratorError(*unknown)
    if profile and profile not in read.profiles:
        hint = choices(profile, read.profiles)
        raise GeneratorError(
            error("profile-unknown", f"the brand `{name}` has no profile `{profile}`", asked, hint)
        )
    merged = _speaker(read, read.profiles.get(profile))
    pictures = {
        key: _file(
            library, path, getattr(merged, key), (own if key in own.values else document).place(key)
        )
        for key in ("avatar", "logo", "logo_dark")
    }
    return Brand(
        name=name,
        profile=profile,
        speaker=merged.name,
        handle=merged.handle,
        **pictures,
        website=merged.website,
        verified=merged.verified,
        links=merged.links,
        colors=merged.colors,
        tint=merged.tint,
        header=merged.header,
        footer=merged.footer,
        settings=(_settings(document), _settings(own)),
        locked=tuple(read.locked),
        location=document.place(),
    )


def _speaker(brand: BrandFile, profile: Speaker | None) -> Speaker:
    """Return the brand with what its profile says differently; mappings merge by key."""
    if not profile:
        return brand
    said: dict[str, object] = {}
    for key in profile.model_fields_set:
        one, other = getattr(brand, key), getattr(profile, key)
        said[key] = {**one, **other} if isinstance(other, Mapping) and one else other
    return brand.model_copy(update=said)


def _settings(document: Document) -> Document:
    """Return the settings that stand in a brand file, or in one of its profiles."""
    values = {key: value for key, value in document.values.items() if key in SETTINGS}
    return Document(values, document.places, document.path)


def _file(library: Library, brand: Path, named: str, place: Location) -> str:
    """Return the absolute path of a brand's picture, or tell that it is missing."""
    if not named:
        return ""
    file = brand.parent / named
    library.read.add(file)
    if not file.is_file():
        near = choices(named, [entry.name for entry in brand.parent.iterdir() if entry.is_file()])
        message = f"there is no `{named}` beside {brand.name}"
        raise GeneratorError(error("image-missing", message, place, near))
    return str(file)
