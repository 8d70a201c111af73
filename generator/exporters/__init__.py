"""From a carousel that is laid out to the files that a destination wants: one module a format."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Protocol

from generator import raster
from generator.errors import GeneratorError, Location, UsageError, choices, error
from generator.model import Artifact, Carousel, Page, Slide
from generator.rooms import parts

if TYPE_CHECKING:
    from PIL.Image import Image


Render = Callable[[str, Mapping[str, Any]], str]


def _bare(name: str, _known: Mapping[str, Any]) -> str:
    """Refuse: a deck that was laid out elsewhere has no templates."""
    raise GeneratorError(error("template-error", f"nobody here fills `layouts/{name}`"))


@dataclass(frozen=True, slots=True)
class Deck:
    """A carousel as it was laid out: everything that an exporter may make its files from.

    `slides` are what the pages of the `pdf` show, one each: continuation slides have become slides
    of their own. `pages()` finds out what stands on each. `known` are pictures that pages (from 0)
    already have from before. `made` are the files that were made before this one. `render` fills a
    template of layouts/ with what it is to know besides the carousel's title, words and colours.
    """

    carousel: Carousel
    slides: tuple[Slide, ...]
    pdf: bytes
    pages: Callable[[], tuple[Page, ...]] = tuple
    known: Mapping[int, bytes] = field(default_factory=dict)
    made: tuple[Artifact, ...] = ()
    render: Render = _bare

    @property
    def size(self) -> tuple[int, int]:
        """Return the pixels that are delivered."""
        return self.carousel.canvas.width, self.carousel.canvas.height

    def pictured(self, number: int) -> str:
        """Return the name of the picture that was made of a slide (from 1), or nothing."""
        names = (PurePosixPath(made.path) for made in self.made)
        return next((one.name for one in names if one.stem.isdigit() and int(one.stem) == number),
                    "")  # fmt: skip


class Export(Protocol):
    """Makes the files of one carousel."""

    def __call__(self, deck: Deck) -> tuple[Artifact, ...]:
        """Return the files, under bare names."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """A file format: the suffix it is known by, and the function that makes the files.

    `a_page`: it gives one file a page, in order. `beside`: nobody asks for it; it is made beside
    whatever is asked for, as part of what a post needs. `measures`: it asks what stands on the
    pages, so they must be laid out where it works. The artifacts' paths are bare file names:
    whoever asked knows the folder.
    """

    suffix: str
    export: Export
    a_page: bool = False
    beside: bool = False
    measures: bool = False


def named(name: str, place: Location | None = None) -> Exporter:
    """Return the exporter of that name that a user may ask for, or tell which there are."""
    known = kinds()
    if name not in known:
        message, hint = f"no exporter makes `{name}`", choices(name, known)
        raise GeneratorError(error("file-kind-unknown", message, place, hint))
    return known[name]


def kinds() -> Mapping[str, Exporter]:
    """Return the exporters that a user may ask for, by name."""
    return {name: one for name, one in _every().items() if not one.beside}


@cache
def beside() -> tuple[tuple[str, Exporter], ...]:
    """Return what is made beside whatever is asked for, by name."""
    return tuple((name, one) for name, one in _every().items() if one.beside)


def measuring(names: Sequence[str]) -> bool:
    """Return whether any of the exporters of these names asks what stands on the pages."""
    return any(one.measures for name, one in _every().items() if name in names)


def by_suffix(suffix: str) -> str:
    """Return the name of the exporter that makes files of a suffix: `jpeg` for `.jpg`."""
    known = kinds()
    wanted = suffix.lower()
    for name, one in known.items():
        if wanted in (one.suffix, f".{name}"):
            return name
    suffixes = [one.suffix for one in known.values()]
    message, hint = f"no exporter makes `{suffix}` files", choices(wanted, suffixes)
    raise UsageError(error("file-kind-unknown", message, None, hint))


def drawn(deck: Deck, encode: "Callable[[Image], bytes]") -> tuple[bytes, ...]:
    """Return the pictures of all pages; those that are known already are not drawn."""
    count = len(deck.slides)
    wanted = [number for number in range(count) if number not in deck.known]
    if not wanted:
        return tuple(deck.known[number] for number in range(count))
    pages = raster.pages(deck.pdf, *deck.size, which=wanted)
    fresh = dict(zip(wanted, map(encode, pages), strict=True))
    return tuple({**deck.known, **fresh}[number] for number in range(count))


def numbered(pictures: Sequence[bytes], suffix: str) -> tuple[Artifact, ...]:
    """Return a deck's pictures under names that sort as they are swiped: `01.jpg` and on."""
    digits = max(2, len(str(len(pictures))))
    return tuple(
        Artifact(f"{number:0{digits}}{suffix}", content)
        for number, content in enumerate(pictures, start=1)
    )


def _every() -> dict[str, Exporter]:
    found = parts("generator.exporters", "exporter")
    return {name: one for name, one in found.items() if isinstance(one, Exporter)}
