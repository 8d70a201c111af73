"""Pictures as slides need them: upright, in RGB, no larger than the canvas can show."""

import json
import re
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cache import Cache
from generator.errors import Problem, info, warning
from generator.fetch import Door, Washed, check_picture, washed
from generator.library.colors import luminance
from generator.model import Picture

if TYPE_CHECKING:
    from PIL import Image

QUALITY = 92
"""JPEG quality of a picture that had to be encoded anew: no loss that shows at 1080 px."""
ORIENTATION = 0x0112
"""The EXIF tag that says how a photo is to be turned (Exif 2.32, 4.6.5)."""
SMALL = 256 * 256
"""Pixels up to which an opaque PNG stays one; the engine packs larger ones anew on every write,
140 ms for 700 x 450 (engine.md), and takes a JPEG as it is."""
CELLS = 48
"""Cells a side that a picture's brightness is sampled in: about a letter's size."""
KEPT = 16
"""Pictures that a process keeps developed, for the next target or the next save in `watch`."""
ROOT = re.compile(rb"<svg\b[^>]*>", re.DOTALL)
MEASURE = rb"""\s%s\s*=\s*["']\s*([\d.]+)(?:px)?\s*["']"""
VIEW = re.compile(
    rb"""\sviewBox\s*=\s*["']\s*[-\d.eE]+[\s,]+[-\d.eE]+[\s,]+([\d.]+)[\s,]+([\d.]+)"""
)
SQUARE = (1, 1)
INK = re.compile(rb"""["':\s]#([0-9a-fA-F]+)\s*["';]""")
SHAPE = re.compile(rb"<(?:path|rect|circle|ellipse|polygon|text)\b[^>]*>")
UNSURE = re.compile(rb"rgb|hsl|<style|white|<g\b|<use|opacity", re.IGNORECASE)
"""What makes the colours that an SVG names not the ones that it shows, or not all of them."""
PICTURED = re.compile(rb"<image\b")
BLACK_AND_WHITE = ("#" + "0" * 6, "#" + "f" * 6)


@dataclass(frozen=True, slots=True)
class Developed:
    """A picture ready to be placed: its bytes, their suffix, width and height as it stands."""

    content: bytes
    suffix: str
    size: tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Made:
    """A picture as it is served, and what there is to tell of it."""

    url: str
    developed: Developed
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Darkroom:
    """Prepares pictures once for a carousel; `longest` is the most pixels a side is shown at.

    `problems` takes what there is to tell of a picture, each time that it is placed.
    """

    door: Door
    longest: int
    cache: Cache = field(default_factory=Cache)
    problems: list[Problem] = field(default_factory=list)
    made: dict[str, _Made] = field(default_factory=dict)

    def url(self, picture: Picture) -> str:
        """Return the virtual URL of a picture, ready to be placed."""
        made = self._made(picture)
        self.problems += made.problems
        return made.url

    def size(self, picture: Picture) -> tuple[float, float]:
        """Return the width and height of a picture as it stands: only their ratio matters."""
        return self._made(picture).developed.size

    def extremes(self, picture: Picture) -> tuple[str, str]:
        """Return the darkest and the lightest colour that a letter could stand on in a picture.

        Of a drawing, which would have to be drawn first, those that it names.
        """
        developed = self._made(picture).developed
        return (_inks if developed.suffix == ".svg" else _extremes)(developed.content)

    def _made(self, picture: Picture) -> _Made:
        if picture.file not in self.made:
            content = self.door.read_file(Path(picture.file), location=picture.location)
            told: tuple[Problem, ...] = ()
            drawn = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"
            if drawn:
                clean = washed(content)
                content, told = clean.content, _told(clean, picture)
            check_picture(content, Path(picture.file), picture.location)
            developed = _drawing(content) if drawn else self._photo(content)
            # named by its content: a picture that changes is another one to every cache
            url = self.door.keep(developed.content, developed.suffix)
            self.made[picture.file] = _Made(url, developed, told)
        return self.made[picture.file]

    def _photo(self, content: bytes) -> Developed:
        """Return a photo developed, perhaps by an earlier process; as it came if it is right so."""
        key = ("picture", sha256(content).digest(), self.longest)
        if known := self.cache.get(*key):
            head, _, rest = known.partition(b"\n")
            suffix, width, height = json.loads(head)
            return Developed(rest, suffix, (width, height))
        developed = _developed(content, self.longest)
        if developed.content is not content:
            head = json.dumps([developed.suffix, *developed.size]).encode()
            self.cache.put(head + b"\n" + developed.content, *key)
        return developed


def _told(clean: Washed, picture: Picture) -> tuple[Problem, ...]:
    """Return what is told of an SVG from which something was removed."""
    if not clean.removed:
        return ()
    named, shown = (", ".join(f"`{one}`" for one in ones) for ones in (clean.removed, clean.shown))
    message = f"`{Path(picture.file).name}` is drawn without its {named}"
    if not shown:
        return (info("image-cleaned", message, picture.location),)
    hint = f"what {shown} would show is gone: save it as plain SVG, its text as paths"
    return (warning("image-cleaned", message, picture.location, hint),)


def _drawing(content: bytes) -> Developed:
    """Return an SVG as it is, with the size that it says it has."""
    found = ROOT.search(content)
    tag = found[0] if found else b""
    sides = [re.search(MEASURE % name, tag) for name in (b"width", b"height")]
    view = VIEW.search(tag)
    size: tuple[float, float] = SQUARE
    if sides[0] and sides[1]:
        size = float(sides[0][1]), float(sides[1][1])
    elif view:
        size = float(view[1]), float(view[2])
    return Developed(content, ".svg", size if min(size) > 0 else SQUARE)


@lru_cache(maxsize=KEPT)
def _developed(content: bytes, longest: int) -> Developed:
    """Return a photo turned, scaled and in RGB; as it came, where it is right as it is."""
    from PIL import Image, ImageOps  # noqa: PLC0415  15 ms, only with pictures

    with Image.open(BytesIO(content)) as image:
        turned = image.getexif().get(ORIENTATION, 1) != 1
        fits = max(image.size) <= longest and not turned
        if fits and image.format == "JPEG" and image.mode in ("RGB", "L"):
            return Developed(content, ".jpg", image.size)
        if image.format == "JPEG":
            image.draft(image.mode, (longest, longest))  # type: ignore[no-untyped-call,unused-ignore]
        whole = ImageOps.exif_transpose(image)
        upright = _in_rgb(whole)
        upright.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        as_is = fits and image.format == "PNG" and image.mode == upright.mode
        return _encoded(upright, content if as_is else b"", lossless=image.format != "JPEG")


def _in_rgb(image: "Image.Image") -> "Image.Image":
    """Return a picture in RGB, with alpha only where something shines through."""
    if image.mode in ("I;16", "I;16B", "I;16L", "I"):  # 16 bit a pixel: others would cut it off
        return image.convert("F").point(lambda value: value / 257 + 0).convert("L").convert("RGB")
    if image.mode == "CMYK" and image.info.get("icc_profile"):
        return _profiled(image)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        opaque = clear.getchannel("A").getextrema() == (255, 255)
        return clear.convert("RGB") if opaque else clear
    return image if image.mode in ("RGB", "L") else image.convert("RGB")


def _profiled(image: "Image.Image") -> "Image.Image":
    """Return a picture for print in the colours of a screen, as its profile has them."""
    from PIL import ImageCms  # noqa: PLC0415  only for such pictures

    try:
        own = ImageCms.ImageCmsProfile(BytesIO(image.info["icc_profile"]))
        screen = ImageCms.createProfile("sRGB")
        made = ImageCms.profileToProfile(image, own, screen, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        made = None
    return made or image.convert("RGB")


def _encoded(image: "Image.Image", came: bytes, *, lossless: bool) -> Developed:
    """Return a picture as PNG where it has alpha, is small, or is smaller so; else as JPEG."""
    png = came
    if image.mode == "RGBA" or lossless:
        png = came or _saved(image, "PNG", compress_level=6)
        if image.mode == "RGBA" or image.width * image.height <= SMALL:
            return Developed(png, ".png", image.size)
    jpeg = _saved(image, "JPEG", quality=QUALITY, subsampling=0)
    if png and len(png) <= len(jpeg):
        return Developed(png, ".png", image.size)
    return Developed(jpeg, ".jpg", image.size)


def _saved(image: "Image.Image", kind: str, **how: int) -> bytes:
    stream = BytesIO()
    image.save(stream, kind, **how)
    return stream.getvalue()


def _inks(content: bytes) -> tuple[str, str]:
    """Return the darkest and the lightest colour in an SVG; black and white where in doubt."""
    if UNSURE.search(content) or PICTURED.search(content):
        return BLACK_AND_WHITE
    found = (ink.decode().lower() for ink in INK.findall(content))
    inks = sorted({f"#{_doubled(ink)}" for ink in found if len(ink) in (3, 6)}, key=luminance)
    bare = any(b"fill=" not in tag for tag in SHAPE.findall(content))
    return (BLACK_AND_WHITE[0] if bare else inks[0], inks[-1]) if inks else BLACK_AND_WHITE


def _doubled(ink: str) -> str:
    return "".join(digit * 2 for digit in ink) if len(ink) == len("rgb") else ink


@lru_cache(maxsize=KEPT)
def _extremes(content: bytes) -> tuple[str, str]:
    """Return the darkest and the lightest of a picture's cells; what is clear shows white."""
    from PIL import Image  # noqa: PLC0415

    with Image.open(BytesIO(content)) as image:
        image.draft("RGB", (CELLS * 4, CELLS * 4))  # type: ignore[no-untyped-call,unused-ignore]
        clear = image.convert("RGBA").resize((CELLS, CELLS), Image.Resampling.BOX)
        ground = Image.new("RGBA", clear.size, (255, 255, 255, 255))
        flat = Image.alpha_composite(ground, clear).convert("RGB").tobytes()
    cells = sorted({f"#{flat[at : at + 3].hex()}" for at in range(0, len(flat), 3)}, key=luminance)
    return cells[0], cells[-1]
