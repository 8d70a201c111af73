"""What is built: Slide, Carousel, Artifact."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.errors import Location
from generator.model.content import NOTHING, Block, Picture, Question, Slots, Span, Value
from generator.model.looks import Brand, Canvas, Face, Kind, Layout, Pattern, Theme


@dataclass(frozen=True, slots=True)
class Slide:
    """Content, a layout's name and settings, ready to be composed.

    A post's slide holds `blocks`, from which its slots are read by `shape`; cover and outro hold
    `slots` only. `part` of `parts` counts continuation slides of the same post. `number` of
    `numbers` counts slides of one sort, which the generator's word `counted` names, if any does:
    question 3 of 15. `question` is what a quiz asks here, if its answer is to be known at all.
    """

    kind: Kind
    location: Location
    blocks: tuple[Block, ...] = ()
    slots: Slots = field(default_factory=Slots)
    shape: str = ""
    layout: str = ""
    posts: tuple[int, ...] = ()
    pattern: Pattern | None = None
    align: str = ""
    kicker: tuple[Span, ...] = ()
    image: Picture | None = None
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    options: Mapping[str, Value] = field(default_factory=lambda: NOTHING)
    sizes: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    part: int = 1
    parts: int = 1
    number: int = 0
    numbers: int = 0
    counted: str = ""
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class Panorama:
    """Slides as one long page: patterns run on over their edges, or one picture stands behind all.

    `veil` is how much of the ground lies over the picture, 0 to 1; None as much as text needs.
    """

    picture: Picture | None = None
    veil: float | None = None


@dataclass(frozen=True, slots=True)
class Carousel:
    """Slides + Theme + Brand + Canvas: everything that one target's build needs, and picklable.

    `folder` is where its files go below output/, `stem` the name of its PDF, `files` the exporters,
    `beside` those of what goes with the files into its pack. `caption` is what its post says;
    with a `counter` the posts of a plain thread are numbered.
    `speaker`, `handle`, `avatar` are what the frame shows: the author, else the brand.
    `roots` are the only folders that may be read while it is built.
    """

    title: str
    slides: tuple[Slide, ...]
    theme: Theme
    brand: Brand
    canvas: Canvas
    layouts: Mapping[str, Layout]
    faces: tuple[Face, ...]
    roots: tuple[tuple[str, str], ...]
    folder: str
    stem: str
    files: tuple[str, ...]
    lang: str = "en"
    speaker: str = ""
    handle: str = ""
    avatar: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    panorama: Panorama | None = None
    location: Location | None = None
    beside: tuple[str, ...] = ()
    caption: str = ""
    captioned: Location | None = None
    counter: bool = False


@dataclass(frozen=True, slots=True)
class Artifact:
    """A named output: `path` is relative to output/, with forward slashes."""

    path: str
    content: bytes
