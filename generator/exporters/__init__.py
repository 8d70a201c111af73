"""From the finished PDF to the files that a destination wants: one module a format."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from generator import raster
from generator.errors import GeneratorError, Location, UsageError, choices, error
from generator.model import Artifact, Page
from generator.rooms import parts

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class Options:
    """What a destination asks of its files: bytes a file at most, 0 for no limit.

    `known` are pictures that pages (from 0) already have from before. `pages()` finds out what
    stands on each; there are `count`, if that is known.
    """

    max_file_bytes: int = 0
    known: Mapping[int, bytes] = field(default_factory=dict)
    pages: Callable[[], tuple[Page, ...]] = tuple
    count: int = 0


NO_OPTIONS = Options()


class Export(Protocol):
    """Makes the files of one carousel from its PDF and its canvas in pixels."""

    def __call__(
        self, pdf: bytes, stem: str, width: int, height: int, options: Options = NO_OPTIONS
    ) -> tuple[Artifact, ...]:
        """Return the files, under bare names."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """A file format: the suffix it is known by, and the function that makes the files.

    `a_page`: it gives one file a page, in order. The artifacts' paths are bare file names: whoever
    asked knows the folder.
    """

    suffix: str
    export: Export
    a_page: bool = False


def named(name: str, place: Location | None = None) -> Exporter:
    """Return the exporter of that name, or tell which there are."""
    known = parts("generator.exporters", "exporter")
    found = known.get(name)
    if not isinstance(found, Exporter):
        message, hint = f"no exporter makes `{name}`", choices(name, known)
        raise GeneratorError(error("file-kind-unknown", message, place, hint))
    return found


def by_suffix(suffix: str) -> str:
    """Return the name of the exporter that makes files of a suffix: `jpeg` for `.jpg`."""
    known = {name: one for name, one in parts("generator.exporters", "exporter").items()
             if isinstance(one, Exporter)}  # fmt: skip
    wanted = suffix.lower()
    for name, one in known.items():
        if wanted in (one.suffix, f".{name}"):
            return name
    suffixes = [one.suffix for one in known.values()]
    message, hint = f"no exporter makes `{suffix}` files", choices(wanted, suffixes)
    raise UsageError(error("file-kind-unknown", message, None, hint))


def drawn(
    pdf: bytes,
    size: tuple[int, int],
    options: Options,
    encode: "Callable[[Image], bytes]",
) -> tuple[bytes, ...]:
    """Return the pictures of all pages; those that are known already are not drawn."""
    count = options.count or raster.count(pdf)
    wanted = [number for number in range(count) if number not in options.known]
    if not wanted:
        return tuple(options.known[number] for number in range(count))
    fresh = dict(zip(wanted, map(encode, raster.pages(pdf, *size, which=wanted)), strict=True))
    return tuple({**options.known, **fresh}[number] for number in range(count))


def numbered(pictures: Sequence[bytes], suffix: str) -> tuple[Artifact, ...]:
    """Return a deck's pictures under names that sort as they are swiped: `01.jpg` and on."""
    digits = max(2, len(str(len(pictures))))
    return tuple(
        Artifact(f"{number:0{digits}}{suffix}", content)
        for number, content in enumerate(pictures, start=1)
    )
