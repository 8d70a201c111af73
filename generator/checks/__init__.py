"""What a platform would refuse or a reader miss, found in what was built. One file a check."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from generator.errors import Location, Problem, Severity
from generator.model import (
    Artifact,
    Block,
    Carousel,
    Document,
    KeyPath,
    Page,
    Slide,
    Source,
    Thread,
)
from generator.rooms import parts

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class Written:
    """A content file as it was read, and the carousels that it asks for; `project` sets for all."""

    source: Source
    thread: Thread
    carousels: tuple[Carousel, ...]
    project: Document = field(default_factory=lambda: Document({}, {}, ""))


@dataclass(frozen=True, slots=True)
class Built:
    """A carousel with what was made of it.

    `slides` are those that were laid out, one a page: a post that was split has several. What
    stands on the pages, and their pictures without words, of one pixel a CSS px, is found out when
    it is asked for, and once. `pictures` are the files that somebody named, by their URL.
    """

    carousel: Carousel
    artifacts: tuple[Artifact, ...]
    slides: tuple[Slide, ...]
    pages: "Callable[[], tuple[Page, ...]]" = tuple
    grounds: "Callable[[], tuple[Image, ...]]" = tuple
    pictures: Mapping[str, str] = field(default_factory=dict)

    def each(self) -> Iterator[tuple[int, Slide, Page]]:
        """Yield the number, from 1, of each page with its slide and what stands on it."""
        return zip(range(1, len(self.slides) + 1), self.slides, self.pages(), strict=True)


@dataclass(frozen=True, slots=True)
class Check:
    """`run` yields what is wrong with a carousel, `read` what is wrong with a content file.

    `code` is what its problems bear. `always`: it costs nothing, so every build asks it.
    """

    code: str
    run: Callable[[Built], Iterable[Problem]] | None = None
    read: Callable[[Written], Iterable[Problem]] | None = None
    always: bool = False


REFUSED = frozenset(
    {
        "caption-hashtags",
        "caption-long",
        "files-refused",
        "limit-bytes",
        "limit-count",
        "limit-pixels",
        "limit-ratio",
    }
)
"""Codes of what a platform would not take: `check` fails where a build only warns."""


def refused(problem: Problem) -> Problem:
    """Return a problem as `check` tells it: an error, if the platform would refuse the carousel."""
    limit = problem.code in REFUSED and problem.severity is Severity.WARNING
    return replace(problem, severity=Severity.ERROR) if limit and not problem.silenced else problem


def every() -> Mapping[str, Check]:
    """Return all checks by name."""
    return cast("Mapping[str, Check]", parts("generator.checks", "check"))


def found(built: Built, *, thorough: bool) -> Iterator[Problem]:
    """Yield what the checks find in a carousel; those that cost something only if `thorough`."""
    for check in every().values():
        if check.run and (thorough or check.always):
            yield from check.run(built)


def read(written: Written) -> Iterator[Problem]:
    """Yield what the checks find in a content file."""
    for check in every().values():
        if check.read:
            yield from check.read(written)


def own_blocks(written: Written) -> Iterator[tuple[Block, Location]]:
    """Yield each block of a file's own posts with its place; those of `thread:` are another's."""
    if written.source.front.values.get("thread") is None:
        for post in written.thread.posts:
            for block in (inner for top in post.blocks for inner in top.walk()):
                line = block.line or post.location.line
                yield block, Location(post.location.path, line)


def texts(front: Document, *keys: str) -> Iterator[tuple[str, Location]]:
    """Yield each text of a front matter, or of what lies below keys, with its place."""
    value: object = front.values
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    yield from _below(front, value, keys)


def _below(front: Document, value: object, keys: KeyPath) -> Iterator[tuple[str, Location]]:
    if isinstance(value, str):
        yield value, front.place(*keys)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _below(front, inner, (*keys, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _below(front, inner, (*keys, at))


def pinpoint(written: Written, place: Location, words: str) -> Location:
    """Return where words stand in the paragraph that begins at a place; the place, if nowhere."""
    source = written.source
    if place.path != source.path:
        return place
    for number, line in enumerate(source.body.split("\n"), source.body_line):
        if number < place.line:
            continue
        if number > place.line and not line.strip():
            break
        if (at := line.find(words)) >= 0:
            return Location(place.path, number, at + 1)
    return place


def quoted(words: str, most: int = 6) -> str:
    """Return the first of some words in quotation marks, as a message names them."""
    every_word = words.split()
    more = " …" if len(every_word) > most else ""
    return f"“{' '.join(every_word[:most])}{more}”"
