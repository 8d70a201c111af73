"""Pages become plates, and plates are ready to be bound where they arrive.

Fonts go along by the file that they were read from, and are opened again.
"""

import ctypes
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import Any

from weasyprint.text.ffi import ffi

from generator.paginate._plate import Plate
from generator.paginate.fragments.blanks import UnlikeError
from generator.paginate.fragments.fonts import Casting, Use
from generator.paginate.fragments.forms import Gallery
from generator.paginate.fragments.painting import Painted, Sheet

HARFBUZZ = "libharfbuzz.0.dylib" if sys.platform == "darwin" else "libharfbuzz.so.0"
READ_ONLY = 1
"""HB_MEMORY_MODE_READONLY of hb-blob.h."""
OPENED = ("hb_font", "hb_face", "file_content")
"""What a font has that lives in one process, or is the same as its file."""

Read = Callable[[str], bytes]
"""Returns the bytes of a font file by its path."""


def plate(page: Any, sheet: Sheet, painted: Painted, gallery: Gallery, faces: "Faces") -> Plate:  # noqa: ANN401
    """Return a page that was painted alone as a plate.

    Raises UnlikeError where what it looks like depends on the pages before it, or it wants a font
    that is none of `faces`.
    """
    if painted.missing or any(kind == "internal" for kind, *_ in page.links):
        message = "a page that depends on others"
        raise UnlikeError(message)
    images = {name: gallery.shown(image) for name, image in painted.images.items()}
    uses = tuple(replace(use, casting=faces.sent(use.casting)) for use in painted.uses)
    links = [(kind, target, rectangle, None) for kind, target, rectangle, _ in page.links]
    return Plate(
        sheet,
        replace(painted, images=images, uses=uses),
        page.width,
        page.height,
        dict(page.bleed),
        page.bookmarks,
        links,
        page.anchors,
    )


class Faces:
    """Font files by their bytes: what is sent names the file, not the font."""

    def __init__(self, files: Iterable[str], read: Read) -> None:
        """Take the paths of all font files that a page may send."""
        self._files = {content: path for path in files if (content := read(path))}
        self._sent: dict[int, tuple[Casting, Casting]] = {}

    def sent(self, casting: Casting) -> Casting:
        """Return a font without what lives in this process; raise UnlikeError if it has no file."""
        if (known := self._sent.get(id(casting))) is not None:
            return known[1]
        font = casting.font
        path = self._files.get(font.file_content)
        if path is None or font.index or font.bitmap or font.png or font.svg or font.colr:
            raise UnlikeError(font.family)
        plain = Sent()
        plain.__dict__.update((k, v) for k, v in font.__dict__.items() if k not in OPENED)
        plain.path = path
        made = Casting(plain)
        self._sent[id(casting)] = casting, made
        return made


class Sent:
    """A font on its way: the attributes of WeasyPrint's, and the path of its file."""

    path: str


def arrive(plates: Iterable[Plate], read: Read) -> None:
    """Open the fonts of plates that another process sent."""
    for one in plates:
        for use in one.painted.uses:
            _open(use, read)


def _open(use: Use, read: Read) -> None:
    font = use.casting.font
    if isinstance(font, Sent) and "hb_face" not in font.__dict__:
        content = read(font.path)
        font.__dict__.update(file_content=content, hb_face=_face(content), hb_font=None)


@cache
def _face(content: bytes) -> Any:  # noqa: ANN401  cffi is untyped
    """Return HarfBuzz's face of a font file; kept, as its bytes have to be, for good."""
    try:
        harfbuzz = ctypes.CDLL(HARFBUZZ)
    except OSError as trouble:
        raise UnlikeError(HARFBUZZ) from trouble
    harfbuzz.hb_blob_create.restype = harfbuzz.hb_face_create.restype = ctypes.c_void_p
    harfbuzz.hb_blob_create.argtypes = (
        ctypes.c_char_p, ctypes.c_uint, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p,
    )  # fmt: skip
    harfbuzz.hb_face_create.argtypes = (ctypes.c_void_p, ctypes.c_uint)
    blob = harfbuzz.hb_blob_create(content, len(content), READ_ONLY, None, None)
    return ffi.cast("hb_face_t *", harfbuzz.hb_face_create(blob, 0))
