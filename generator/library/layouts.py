"""A layout's folder becomes its contract; recipes and the generator's few words too."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from generator import frontmatter
from generator.errors import GeneratorError, Location, Problem
from generator.library import Library
from generator.library.checking import Schema, named, validated
from generator.model import Layout, Part, Recipe, Value

FOLDER, FILE = "layouts", "/layout.yaml"
WORDS = "layouts/_base/words.yaml"


Shape = Annotated[str, named("shape", known=False)]
LayoutName = Annotated[str, named("layout")]


class LayoutFile(Schema):
    """layouts/NAME/layout.yaml."""

    title: str = ""
    """What people call it."""
    description: str = ""
    """In a few words, what it is for."""
    shapes: list[Shape] = Field(default_factory=list)
    """What the layout is chosen for; `whole` gets every post just as it was written."""
    slots: list[Annotated[str, named("slot", known=False)]] = Field(default_factory=list)
    """The parts of a post that the template prints."""
    options: dict[str, Annotated[dict[str, object], named("option")]] = Field(default_factory=dict)
    """What a writer may ask for beyond that, as `options:` of a slide."""
    column: Annotated[float, Field(strict=False, gt=0, le=1)] = 1.0
    """How much of the page's width its text takes."""
    rank: int = 0
    """Of several layouts for one shape the one with the lowest rank is taken."""
    pattern: str = ""
    """What it stands on, unless the theme says."""


class PartFile(Schema):
    """A part of a recipe: posts by heading, shape, place, or by being questions."""

    heading: list[str] = Field(default_factory=list)
    """Beginnings of headings."""
    shape: list[Shape] = Field(default_factory=list)
    """Shapes of posts."""
    asks: bool = False
    """Posts that are questions."""
    place: Literal["first", "last"] | None = None
    """The first post, or the last."""
    layout: LayoutName | Literal[""] = ""
    """The layout of the part's slides."""
    kicker: str = ""
    """Words above their headings."""
    label: bool = False
    """The heading's label becomes the kicker."""
    counted: str = ""
    """A word that is numbered above each slide: tip."""


class RecipeFile(Schema):
    """layouts/_recipes/NAME.yaml."""

    title: str = ""
    """What people call it."""
    description: str = ""
    """Which slides it gives."""
    slides: tuple[object, ...] = Field(("cover", "posts", "outro"), strict=False)
    """Entries as of a thread's `slides`; also `posts`, `answers`, and the parts below."""
    parts: dict[str, PartFile] = Field(default_factory=dict)
    """Posts sorted by what they are; each belongs to the first part that fits."""
    layouts: dict[str, LayoutName] = Field(default_factory=dict)
    """Which layout shows which kind of slide or shape."""
    reveal: Literal["each", "end", "none"] | None = None
    """When a quiz is answered."""


def load(library: Library, wanted: str, asked: Location | None = None) -> Layout:
    """Return the contract of the layout named `wanted`."""
    document, _ = library.document(FOLDER, wanted, FILE, "layout", asked)
    read = validated(LayoutFile, document)
    return Layout(
        name=wanted,
        title=read.title or wanted,
        description=read.description,
        shapes=tuple(read.shapes),
        slots=tuple(read.slots),
        options=read.options,  # type: ignore[arg-type]  # YAML's values, nothing else comes out of it
        css=library.text(f"{FOLDER}/{wanted}/slide.css"),
        column=read.column,
        rank=read.rank,
        pattern=read.pattern,
    )


def every(library: Library) -> tuple[Mapping[str, Layout], Mapping[str, tuple[Problem, ...]]]:
    """Return all layouts by name, and by name what is wrong with those that are broken."""
    found: dict[str, Layout] = {}
    broken: dict[str, tuple[Problem, ...]] = {}
    for name in library.names(FOLDER, FILE):
        try:
            found[name] = load(library, name)
        except GeneratorError as wrong:
            broken[name] = wrong.problems
    return found, broken


def for_shape(layouts: Mapping[str, Layout], shape: str) -> str:
    """Return the layout that shows a shape: the one of its name, else the first that takes it."""
    if shape in layouts:
        return shape
    takers = [layout for layout in layouts.values() if shape in layout.shapes]
    return min(takers, key=lambda layout: (layout.rank, layout.name)).name if takers else "post"


def recipe(library: Library, wanted: str, asked: Location | None = None) -> Recipe:
    """Return the recipe named `wanted`."""
    document, _ = library.document("layouts/_recipes", wanted, ".yaml", "recipe", asked)
    read = validated(RecipeFile, document)
    slides: tuple[Value, ...] = tuple(read.slides)  # type: ignore[arg-type]  # YAML's values
    return Recipe(
        wanted,
        read.title or wanted,
        slides,
        parts=tuple(_part(name, part) for name, part in read.parts.items()),
        layouts=read.layouts,
        reveal=read.reveal or "",
        location=Location(document.path),
    )


def _part(name: str, read: PartFile) -> Part:
    return Part(
        name,
        heading=tuple(beginning.casefold() for beginning in read.heading),
        shape=tuple(read.shape),
        asks=read.asks,
        place=read.place or "",
        layout=read.layout,
        kicker=read.kicker,
        label=read.label,
        counted=read.counted,
    )


def words(library: Library, lang: str) -> Mapping[str, str]:
    """Return the generator's own few words in a language, or none at all.

    A language without words gets symbols from the templates, never English in between.
    """
    found = library.find(WORDS)
    if not found:
        return {}
    shown = library.shown(found)
    every = frontmatter.parse(library.text(WORDS), shown).values
    chosen = every.get(lang) or every.get(lang.partition("-")[0])
    return {key: str(word) for key, word in chosen.items()} if isinstance(chosen, dict) else {}


def outro_icons(library: Library) -> Mapping[str, tuple[str, ...]]:
    """Return the beginnings of words that mean an icon: `repost` for `Repost this`."""
    path = "layouts/_base/outro-icons.yaml"
    found = library.find(path)
    if not found:
        return {}
    read = frontmatter.parse(library.text(path), path).values
    return {
        icon: tuple(str(stem).casefold() for stem in stems)
        for icon, stems in read.items()
        if isinstance(stems, list)
    }
