"""A page painted once: its content and all that this uses, to be put into any file."""

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pydyf  # type: ignore[import-untyped]
from weasyprint.logger import LOGGER
from weasyprint.matrix import Matrix
from weasyprint.pdf.stream import Stream

from generator.paginate.fragments.blanks import UnlikeError, plain
from generator.paginate.fragments.book import deflated
from generator.paginate.fragments.fonts import Foundry, Preset, Use
from generator.paginate.fragments.forms import Resources, resources
from generator.paginate.fragments.structure import Structure, annotated, structure

COLOR_SPACES = b"3 0 R"
"""WeasyPrint's first object after pages and catalog."""
NAME = re.compile(rb"/([xps]\d+) (Do|gs|sh|scn|SCN)")
OPERATORS = {b"Do": "XObject", b"gs": "ExtGState", b"sh": "Shading", b"scn": "Pattern"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a page's content depends on besides its boxes."""

    scale: float
    width: float
    height: float
    bleed: tuple[tuple[str, float], ...]
    links: tuple[str, ...]


@dataclass(slots=True)
class Painted:
    """A page's content between the names that it draws by, and what they stand for."""

    pieces: tuple[bytes, ...]
    names: tuple[tuple[str, str], ...]
    """Kind and name, one between each two pieces."""
    resources: Resources
    images: Mapping[str, Any]
    uses: tuple[Use, ...]
    structure: Structure
    boxes: tuple[bytes, bytes, bytes]
    """Media, trim and bleed box."""
    heard: tuple[logging.LogRecord, ...]
    _renamed: tuple[str, ...] | None = None
    _content: bytes = b""

    @property
    def missing(self) -> bool:
        """Return whether glyphs are missing: their numbers depend on the pages before."""
        return any(use.missing for use in self.uses)

    def content(self, renamed: Mapping[tuple[str, str], str]) -> bytes:
        """Return the compressed content, with the names that the file's resources have."""
        names = tuple(renamed[name] for name in self.names)
        if self._renamed != names:
            parts = [self.pieces[0]]
            for name, piece in zip(names, self.pieces[1:], strict=True):
                parts += [b"/", name.encode(), piece]
            self._renamed, self._content = names, deflated(b"".join(parts))
        return self._content


class _Hearing(logging.Handler):
    """Keeps what is logged while a page is painted: each file says it again."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record)


def paint(
    page: Any,  # noqa: ANN401  WeasyPrint's pages are untyped
    sheet: Sheet,
    links: Sequence[Any],
    foundry: Foundry,
    fonts: Mapping[int, Use],
) -> Painted:
    """Return a page painted with what `fonts` know already; alone, if that is nothing."""
    scale = sheet.scale
    media, *others = _boxes(page, scale)
    found = pydyf.Dictionary(
        {
            "ExtGState": pydyf.Dictionary(),
            "XObject": pydyf.Dictionary(),
            "Pattern": pydyf.Dictionary(),
            "Shading": pydyf.Dictionary(),
            "ColorSpace": COLOR_SPACES,
        }
    )
    images: dict[str, Any] = {}
    used = Preset(fonts)
    tags: dict[Any, Any] = {}
    left, top, right, bottom = media
    rectangle = left / scale, top / scale, (right - left) / scale, (bottom - top) / scale
    stream = Stream(used, rectangle, found, images, tags, {}, None, compress=True)
    stream.transform(d=-1, f=page.height * scale)
    for *_, box in page.links:
        box.link_annotation = None  # the one of an earlier file
    annotations, _ = annotated(links, Matrix(scale, 0, 0, -scale, 0, page.height * scale))
    with _hearing() as heard:
        page.paint(stream, scale)
        tagged = structure(page._page_box, annotations, tags)  # noqa: SLF001  there is no public one
    if any(image["dpi_ratios"] != {1} for image in images.values()):
        message = "an image of another resolution"
        raise UnlikeError(message)
    pieces, names = _parted(stream.stream)
    return Painted(
        pieces,
        names,
        resources(found),
        images,
        tuple(foundry.use(key, font) for key, font in used.items()),
        tagged,
        (_array(media), _array(others[0]), _array(others[1])),
        tuple(heard),
    )


@contextmanager
def _hearing() -> Iterator[list[logging.LogRecord]]:
    """Yield a list that fills with what WeasyPrint logs meanwhile, instead of its handlers."""
    hearing = _Hearing()
    before, propagate = list(LOGGER.handlers), LOGGER.propagate
    LOGGER.handlers, LOGGER.propagate = [hearing], False
    try:
        yield hearing.heard
    finally:
        LOGGER.handlers, LOGGER.propagate = before, propagate


def _parted(lines: Sequence[Any]) -> tuple[tuple[bytes, ...], tuple[tuple[str, str], ...]]:
    """Return content in pieces, and the names of resources between them."""
    pieces, names = [bytearray()], []
    for index, line in enumerate(lines):
        written = line if isinstance(line, bytes) else plain(line)
        if index:
            pieces[-1] += b"\n"
        if found := NAME.fullmatch(written):
            kind = OPERATORS[b"scn" if found[2] == b"SCN" else found[2]]
            names.append((kind, found[1].decode()))
            pieces.append(bytearray(b" " + found[2]))
        else:
            pieces[-1] += written
    return tuple(map(bytes, pieces)), tuple(names)


def _boxes(page: Any, scale: float) -> tuple[tuple[float, ...], ...]:  # noqa: ANN401
    """Return media, trim and bleed box, as WeasyPrint computes them."""
    bleed = page.bleed
    left, top = -scale * bleed["left"], -scale * bleed["top"]
    right = left + scale * (page.width + bleed["left"] + bleed["right"])
    bottom = top + scale * (page.height + bleed["top"] + bleed["bottom"])
    points = {side: value * 0.75 for side, value in bleed.items()}
    trim = (
        left + points["left"],
        top + points["top"],
        right - points["right"],
        bottom - points["bottom"],
    )
    near = {side: min(10, value) for side, value in points.items()}
    outer = (
        trim[0] - near["left"],
        trim[1] - near["top"],
        trim[2] + near["right"],
        trim[3] + near["bottom"],
    )
    return (left, top, right, bottom), trim, outer


def _array(values: Sequence[float]) -> bytes:
    written: bytes = pydyf.Array(values).data
    return written
