"""Pictures looked at before anything opens them: the header tells what they would cost."""

from collections.abc import Callable, Mapping
from importlib import import_module
from io import BytesIO
from pathlib import Path

from generator.errors import GeneratorError, Location, error
from generator.fetch.regular import LIMIT
from generator.fetch.svg import objection

# reliability.md: a PNG of 13000 x 13000 in 20 kB took 13 s and 1.35 GB.
MAX_PIXELS = 50_000_000

# Formats by the first bytes, and Pillow's module and class that read their header. Each class is
# called by itself, as Image.open warns of large pictures or refuses them without saying the size.
_HEADERS: Mapping[bytes, tuple[str, str]] = {
    b"\xff\xd8\xff": ("JpegImagePlugin", "JpegImageFile"),
    b"\x89PNG\r\n\x1a\n": ("PngImagePlugin", "PngImageFile"),
    b"GIF8": ("GifImagePlugin", "GifImageFile"),
    b"RIFF": ("WebPImagePlugin", "WebPImageFile"),
    b"ftypavif": ("AvifImagePlugin", "AvifImageFile"),
}
# How each format ends: what is cut off would be drawn grey from there on, without a word.
_ENDINGS: Mapping[bytes, bytes] = {b"\xff\xd8\xff": b"\xff\xd9", b"\x89PNG\r\n\x1a\n": b"IEND"}
_BOX = 4
"""Bytes of the length before an AVIF's first box (ISO/IEC 14496-12, 4.2)."""
_KNOWN = "jpeg, png, webp, gif, avif and svg are known"


def is_picture(content: bytes) -> bool:
    """Return whether the bytes begin like a picture, whatever the file is called."""
    return _signature(content) is not None or content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


def check_picture(content: bytes, path: Path, location: Location | None = None) -> None:
    """Raise a GeneratorError if a picture is broken, of an unknown kind, too large or unsafe."""
    if len(content) > LIMIT:
        message = f"`{path.name}` has {len(content):,} bytes"
        hint = f"make it smaller than {LIMIT // 1_000_000} MB"
        raise GeneratorError(error("image-too-large", message, location, hint))
    signature = _signature(content)
    if signature is not None:
        _check_raster(content, signature, path, location)
    elif is_picture(content):
        _check_svg(content, path, location)
    else:
        said = "is empty" if not content else "is no picture"
        raise GeneratorError(error("image-invalid", f"`{path.name}` {said}", location, _KNOWN))


def _signature(content: bytes) -> bytes | None:
    head = content[_BOX:] if content[_BOX:].startswith(b"ftyp") else content
    found = next((start for start in _HEADERS if head.startswith(start)), None)
    return None if found == b"RIFF" and content[8:12] != b"WEBP" else found


def _check_svg(content: bytes, path: Path, location: Location | None) -> None:
    if reason := objection(content):
        hint = "save it as plain SVG, or as PNG"
        raise GeneratorError(error("image-invalid", f"`{path.name}` {reason}", location, hint))


def _check_raster(content: bytes, start: bytes, path: Path, location: Location | None) -> None:
    if start == b"RIFF" and (size := _webp_size(content)):
        # Before the reader, as this one makes room for the whole picture at once.
        _check_size(*size, path, location)
    module, name = _HEADERS[start]
    reader: Callable[[BytesIO], object] = getattr(import_module(f"PIL.{module}"), name)
    try:
        width, height = _size(reader, content)
    # Pillow's readers raise whatever their parser stumbles over; the file is broken in each case.
    except Exception as trouble:
        message = f"`{path.name}` is broken: {trouble}"
        hint = "open it in a picture editor and save it again"
        raise GeneratorError(error("image-invalid", message, location, hint)) from trouble
    _check_size(width, height, path, location)
    if (ending := _ENDINGS.get(start)) and ending not in content:
        message = f"`{path.name}` is cut off"
        hint = "copy it again: its end is missing"
        raise GeneratorError(error("image-invalid", message, location, hint))


def _size(reader: Callable[[BytesIO], object], content: bytes) -> tuple[int, int]:
    width, height = getattr(reader(BytesIO(content)), "size", (0, 0))
    return int(width), int(height)


def _check_size(width: int, height: int, path: Path, location: Location | None) -> None:
    if width * height > MAX_PIXELS:
        message = f"`{path.name}` has {width} x {height} pixels"
        hint = f"make it smaller than {MAX_PIXELS // 1_000_000} million pixels"
        raise GeneratorError(error("image-too-large", message, location, hint))


def _webp_size(content: bytes) -> tuple[int, int] | None:
    """Return the size in a WebP header (RFC 9649, sections 2.5 to 2.7), None if it is crooked."""
    kind, head = content[12:16], content[20:30]
    if len(head) < 10:  # noqa: PLR2004  (bytes of the longest of the three headers)
        return None
    if kind == b"VP8X":
        width, height = (int.from_bytes(head[at : at + 3], "little") + 1 for at in (4, 7))
    elif kind == b"VP8L":
        bits = int.from_bytes(head[1:5], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        width, height = (int.from_bytes(head[at : at + 2], "little") & 0x3FFF for at in (6, 8))
    return width, height
