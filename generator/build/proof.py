"""Proofs: a picture of each slide for whoever looks on, before the files of a deck are written."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from generator import raster
from generator.cache import Place
from generator.model import Canvas, Carousel, Slide

if TYPE_CHECKING:
    from PIL.Image import Image

SMALL = 0.5
"""Of the canvas: a raster and JPEG at half scale took 5.5 ms, a full one 40 (engine.md)."""
QUALITY = 88


@dataclass(frozen=True, slots=True)
class Frame:
    """One slide as it is seen: the hash of its picture, and the picture unless that was known.

    `line` is where the slide begins in `path`; `words` are what a reader of screens says.
    """

    digest: str
    picture: bytes = b""
    path: str = ""
    line: int = 0
    kind: str = ""
    layout: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """The slides of a carousel in order; none where it can't be laid out."""

    frames: tuple[Frame, ...] = ()


@dataclass(frozen=True, slots=True)
class Negative:
    """A file that slides can be drawn from: a PDF, or the picture of one slide.

    `width` is that of the canvas. `folder` names the carousel, as it does for a Carousel.
    """

    folder: str
    file: str
    width: int


def prove(carousel: Carousel, known: frozenset[str], place: Place) -> Proof:
    """Return a carousel's proof, drawn in a warm worker; pictures that are known are left out.

    `place` is where the cache lies, as for `job.work`.
    """
    from generator.build.press import room  # noqa: PLC0415  the engine: in a worker only

    return room(warm=True, place=place).proof(carousel, known)


def count(negative: Negative) -> int:
    """Return how many slides a file holds."""
    file = Path(negative.file)
    return raster.count(file.read_bytes()) if file.suffix == ".pdf" else 1


def develop(negative: Negative, number: int, share: float) -> bytes:
    """Return slide `number` (from 1) of a file as JPEG, at a share of its canvas' size."""
    file, width = Path(negative.file), round(negative.width * share)
    if file.suffix == ".pdf":
        pdf = file.read_bytes()
        return _encoded(next(raster.pages(pdf, width, which=[number - 1])))
    if share == 1 and file.suffix == ".jpg":
        return file.read_bytes()
    from PIL import Image  # noqa: PLC0415  only where pictures are drawn

    with Image.open(file) as picture:
        size = width, max(1, round(picture.height * width / picture.width))
        picture.draft("RGB", size)  # a JPEG is decoded at a half or a quarter for that
        return _encoded(picture.convert("RGB").resize(size, reducing_gap=2.0))


def printed(pdf: bytes, canvas: Canvas, which: Sequence[int]) -> Iterator[bytes]:
    """Yield pages (from 0) of a PDF as small JPEGs."""
    width = round(canvas.width * SMALL)
    yield from map(_encoded, raster.pages(pdf, width, which=which))


def framed(slide: Slide, picture: bytes, known: frozenset[str] = frozenset()) -> Frame:
    """Return what is seen of a slide."""
    digest = hashlib.blake2b(picture, digest_size=12).hexdigest()
    place = slide.location
    sent = b"" if digest in known else picture
    return Frame(digest, sent, place.path, place.line, slide.kind, slide.layout, words(slide))


def words(slide: Slide) -> str:
    """Return a slide's words in reading order, its pictures' descriptions among them."""
    slots = slide.slots
    spans = (slide.kicker or slots.kicker, slots.heading, slots.subtitle, slots.lead)
    said = ["".join(span.plain() for span in line) for line in spans]
    if slide.blocks:
        said = [*said[:1], *(block.plain() for block in slide.blocks)]
    said += ["".join(span.plain() for span in line.text) for line in slots.lines]
    picture = slide.image or slots.image
    said += [picture.alt] if picture else []
    return " ".join(" ".join(said).split())


def _encoded(page: "Image") -> bytes:
    stream = BytesIO()
    page.save(stream, "JPEG", quality=QUALITY, subsampling="4:4:4")
    return stream.getvalue()
