"""A canvas file becomes a Canvas: pixels, safe areas, limits, the files that are wanted."""

from typing import Annotated, Literal

from pydantic import Field

from generator.errors import GeneratorError, Location, error
from generator.library import Library
from generator.library.checking import Schema, named, validated
from generator.library.lineage import laid
from generator.model import Canvas, Document

FOLDER, FILE = "layouts/_canvases", ".yaml"
EDGES = ("top", "right", "bottom", "left")
SAFE, FRAME = 80, {"top": 68, "bottom": 72}
"""Distances from the edges, in px of a page whose shorter side is 1080, where none is said."""

Pixels = Annotated[int, Field(ge=200, le=8192)]
Ratio = Annotated[str, Field(pattern=r"^\d+(\.\d+)?:[1-9]\d*(\.\d+)?$")]
"""Across to down, as in `4:5`."""
Distance = Annotated[int, Field(ge=0, le=1000)]
FileKind = Annotated[str, named("file")]


class CanvasFile(Schema):
    """layouts/_canvases/NAME.yaml."""

    title: str = ""
    """What people call it."""
    description: str = ""
    """What it is for."""
    like: str = ""
    """Another canvas whose values it takes over."""
    width: Pixels
    """Of a page, in pixels."""
    height: Pixels
    """Of a page, in pixels."""
    files: list[FileKind] = Field(default_factory=lambda: ["pdf"], min_length=1)
    """What the destination wants; the first is built."""
    safe: dict[str, Distance] = Field(default_factory=dict)
    """What stays clear at the edges (top, right, bottom, left, all), in px at 1080."""
    frame: dict[str, Distance] = Field(default_factory=dict)
    """Where head and foot stand (top, bottom), in px at 1080."""
    crop: dict[str, Distance] = Field(default_factory=dict)
    """What a profile's grid cuts away at the edges, in px at 1080."""
    limits: dict[str, int] = Field(default_factory=dict)
    """What the platform refuses: max_count, min_count, max_count_api, max_pages, max_bytes,
    max_file_bytes, min_width, max_width, max_side, max_caption, max_hashtags."""
    accepts: list[Annotated[str, named("file", known=False)]] = Field(default_factory=list)
    """The kinds of files that it takes; else those of `files`."""
    ratios: list[Ratio] = Field(default_factory=list, max_length=2)
    """The widest and the tallest page that it takes, as `4:5`."""
    ratios_api: list[Ratio] = Field(default_factory=list, max_length=2)
    """The same for its programming interface, which tools post with."""
    counts: Literal["letters", "weight"] = "letters"
    """How it measures a caption: by letters, or by the weight that X gives them."""
    settings: Annotated[dict[str, object], named("settings")] = Field(default_factory=dict)
    """Settings that come with the canvas."""
    src: str = ""
    """Where its figures were read."""
    date: str = ""
    """When they were read."""


def load(library: Library, wanted: str, asked: Location | None = None) -> Canvas:
    """Return the canvas named `wanted`."""
    document, _ = library.document(FOLDER, wanted, FILE, "target", asked)
    base = document.values.get("like")
    if isinstance(base, str):
        above, _ = library.document(FOLDER, base, FILE, "target", document.place("like"))
        if "like" in above.values:
            place = document.place("like")
            raise GeneratorError(error("canvas-chain", f"`{base}` is itself like another", place))
        document = Document(laid(above.values, document.values), document.places, document.path)
    read = validated(CanvasFile, document)
    everywhere = read.safe.get("all", SAFE)
    return Canvas(
        name=wanted,
        title=read.title or wanted,
        width=read.width,
        height=read.height,
        files=tuple(read.files),
        safe={edge: read.safe.get(edge, everywhere) for edge in EDGES},
        frame={**FRAME, **read.frame},
        limits=read.limits,
        crop={edge: read.crop.get(edge, 0) for edge in EDGES},
        accepts=tuple(read.accepts or read.files),
        settings=document.below("settings"),
        counts=read.counts,
        ratios=tuple(read.ratios),
        ratios_api=tuple(read.ratios_api),
    )
