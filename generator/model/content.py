"""What a writer wrote: Span, Block, Post, Thread, Source, and the Slots that fill a layout."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypeAlias

from generator.errors import Location, Problem

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"
KeyPath: TypeAlias = tuple[str | int, ...]

SpanKind = Literal[
    "text", "strong", "em", "strike", "mark", "sub", "sup", "kbd", "underline", "code", "link",
    "image", "break", "unit", "quiet", "footnote", "math", "tied",
]  # fmt: skip
BlockKind = Literal[
    "paragraph", "heading", "list", "item", "quote", "code", "image", "table", "row", "cell",
    "callout", "definitions", "term", "meaning", "footnotes", "footnote", "math",
]  # fmt: skip
Mark = Literal["", "bad", "good"]

NOTHING: Mapping[str, Value] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Span:
    """A run of inline content.

    `text`, `code`: the words are in `text`. `link`: `target` is the address, `spans` the words.
    `image`: `target` is the path as written, `text` the alt text. `break`: a hard line break.
    `unit`: what stands behind a figure, set smaller than it. `quiet`: a sign that a layout says in
    its own way, such as the colon behind a date: it stays in the text, and is not seen.
    `footnote`: the sign of one, its number in `text`, its label in `target`.
    `math` is a formula, its TeX in `text`, and `line` where it stands; `tied` wraps what may not be
    parted by a line break.
    The other kinds only wrap `spans`. A soft line break of the source is a space in a `text`.
    """

    kind: SpanKind
    text: str = ""
    spans: tuple["Span", ...] = ()
    target: str = ""
    title: str = ""
    line: int = 0

    def plain(self) -> str:
        """Return the words without markup; a hard break is a newline, a picture is nothing."""
        if self.kind == "break":
            return "\n"
        if self.kind in ("image", "footnote"):
            return ""
        return self.text + "".join(span.plain() for span in self.spans)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of content, as CommonMark has it.

    `paragraph`, `heading` (with `level` 1-6) and `cell` hold `spans`; `list` (`ordered`, `start`)
    holds `item`s, `quote` and `item` hold blocks, `table` holds `row`s of `cell`s (`level` 1 in the
    head row, `text` left, center, right or nothing), `code` holds `text` and `info` (what
    stands after the fence; of a table: `chart=bar highlight=2` and such, see `attribute`). Of a
    cell that is a number in a column of numbers, `value` is the number, and `point` how many of its
    letters stand before the decimal point. `image` is a paragraph that holds nothing but one
    picture, as one span.
    `callout` holds a title in `spans` (or none), blocks, its kind in `info`, the writer's emoji in
    `text`. `definitions` hold `term` (spans) and `meaning` (spans) by turns; `footnotes`, the last
    block of a post, hold each `footnote` that it uses: blocks, its sign in `text`.
    `checked` is None unless the item is a task. `line` counts from 1 in the file.
    """

    kind: BlockKind
    line: int = 0
    spans: tuple[Span, ...] = ()
    blocks: tuple["Block", ...] = ()
    level: int = 0
    ordered: bool = False
    start: int = 1
    tight: bool = True
    checked: bool | None = None
    text: str = ""
    info: str = ""
    value: float | None = None
    point: int = 0

    def attribute(self, name: str) -> str:
        """Return what `info` says of a name, as `NAME=VALUE`, or nothing."""
        parts = (part.partition("=") for part in self.info.split())
        return next((value for key, _, value in parts if key == name), "")

    def plain(self) -> str:
        """Return the words without markup, blocks parted by newlines; code as it stands."""
        if self.kind == "code":
            return self.text
        if self.kind == "math":
            return f"{self.info}\n{self.text}".lstrip()
        words = "".join(span.plain() for span in self.spans)
        if self.kind == "cell" or not self.blocks:
            return words
        return "\n".join((*((words,) if words else ()), *(each.plain() for each in self.blocks)))

    def walk(self) -> Iterator["Block"]:
        """Yield this block and all blocks in it, in reading order."""
        yield self
        for block in self.blocks:
            yield from block.walk()


@dataclass(frozen=True, slots=True)
class Question:
    """A quiz question: what is asked, what there is to choose from, what is said of the answer.

    In `asks` no option is ticked; `answers` are the blocks behind the question or its options.
    """

    asks: tuple[Block, ...]
    answers: tuple[Block, ...] = ()
    options: tuple[Block, ...] = ()

    @property
    def right(self) -> tuple[int, ...]:
        """Return the numbers, from 0, of the options that are right."""
        return tuple(at for at, option in enumerate(self.options) if option.checked)


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a thread."""

    name: str = ""
    handle: str = ""
    avatar: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """One section of a content file's body: what one slide, or several, will show.

    `number` counts from 1; a post without content that only carries settings has one too.
    `settings` is what the opening comment set, `places` where each of its keys stands.
    """

    number: int
    blocks: tuple[Block, ...]
    location: Location
    id: str = ""
    shape: str = "text"
    settings: Mapping[str, Value] = field(default_factory=lambda: NOTHING)
    places: Mapping[KeyPath, Location] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def plain(self) -> str:
        """Return the post's words without markup."""
        return "\n".join(block.plain() for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Document:
    """YAML as read: plain values, and the place of every key and list entry by its path of keys."""

    values: Mapping[str, Value]
    places: Mapping[KeyPath, Location]
    path: str

    def place(self, *keys: str | int) -> Location:
        """Return where `keys` stands, or the nearest thing above it that has a place."""
        for end in range(len(keys), -1, -1):
            if found := self.places.get(keys[:end]):
                return found
        return Location(self.path, 1)

    def below(self, *keys: str) -> "Document":
        """Return the mapping at `keys` as a document of its own, empty if there is none."""
        values: object = self.values
        for key in keys:
            values = values.get(key) if isinstance(values, Mapping) else None
        places = {
            path[len(keys) :]: place
            for path, place in self.places.items()
            if path[: len(keys)] == keys
        }
        return Document(values if isinstance(values, Mapping) else {}, places, self.path)


@dataclass(frozen=True, slots=True)
class Source:
    """One content file. `path` is shown to the user, `file` opened; `slug` names its output.

    `folder` is where its relative paths begin: the folder that the file lies in. `blob` is the id
    that git gives its bytes.
    """

    path: str
    file: str
    slug: str
    front: Document
    body: str
    body_line: int
    blob: str = ""

    @property
    def folder(self) -> str:
        """Return the folder of the file."""
        return self.file.rpartition("/")[0] or "."


@dataclass(frozen=True, slots=True)
class Thread:
    """The posts of a Source in order, with what is known of their origin.

    `folder` is where the posts' pictures are looked for. `title` is the front matter's, a leading
    H1, the hook or the file's name, in this order; `title_from` says which: `title`, `heading`,
    `hook`, `name`. `problems` are warnings and infos met on the way.
    """

    title: str
    posts: tuple[Post, ...]
    folder: str
    title_from: str = "title"
    title_spans: tuple[Span, ...] = ()
    author: Author | None = None
    source: Mapping[str, Value] = field(default_factory=lambda: NOTHING)
    lang: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a writer or brand named: `file` absolute, `alt` empty when decorative.

    `fit` is cover or contain; `focus` the point to keep in view, as CSS `object-position`.
    `caption` is what stands under it: the title of Markdown's `![alt](file "title")`.
    """

    file: str
    alt: str = ""
    fit: Literal["cover", "contain"] = "cover"
    focus: str = "50% 50%"
    location: Location | None = None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a list or a step: `title` is its bold or colon-ended beginning, if it has one."""

    number: int
    title: tuple[Span, ...] = ()
    blocks: tuple[Block, ...] = ()
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture among others: `image` is its span, `caption` what stands under it."""

    image: Span
    caption: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison."""

    mark: Mark = ""
    title: tuple[Span, ...] = ()
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the outro: an icon's name and the words."""

    text: tuple[Span, ...]
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Slots:
    """What a layout is filled with. Which of them are filled is decided by the post's shape.

    Everything a post holds is in exactly one slot, in reading order: heading, lead, body, shots,
    items, sides, quote, attribution, tail.
    """

    kicker: tuple[Span, ...] = ()
    heading: tuple[Span, ...] = ()
    subtitle: tuple[Span, ...] = ()
    lead: tuple[Span, ...] = ()
    body: tuple[Block, ...] = ()
    items: tuple[Item, ...] = ()
    sides: tuple[Side, ...] = ()
    quote: tuple[Block, ...] = ()
    attribution: tuple[Span, ...] = ()
    tail: tuple[Block, ...] = ()
    lines: tuple[Line, ...] = ()
    link: str = ""
    image: Picture | None = None
    shots: tuple[Shot, ...] = ()
