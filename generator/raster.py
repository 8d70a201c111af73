"""Pages of a PDF as pictures: pdfium draws one of text and 1080 x 1350 in about 10 ms."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfObject, PdfPage

    from generator.model import Page

WHITE = (255, 255, 255, 255)


def pages(
    pdf: bytes,
    width: int,
    height: int | None = None,
    which: Iterable[int] | None = None,
    *,
    words: bool = True,
) -> "Iterator[Image]":
    """Yield the pages of a PDF as RGB pictures of exactly `width` x `height` pixels.

    Without a height each page keeps its proportions. `which` picks pages, counted from 0. Without
    `words` text is left out: what stays is what it stands on.
    """
    from pypdfium2 import PdfDocument  # noqa: PLC0415  (costs 60 ms, seldom needed)

    with PdfDocument(pdf) as document:
        for index in range(len(document)) if which is None else which:
            page = document[index]
            if not words:
                _hide_words(page.raw)
            across, down = page.get_size()
            yield _drawn(page, width, height or max(1, round(width * down / across)))


def grounds(pdf: bytes, width: int, height: int, laid: "Sequence[Page]") -> "Iterator[Image]":
    """Yield the pages of a PDF without their words, as RGB pictures of `width` x `height` pixels.

    `laid` says where words stand on each page. Letters that stand elsewhere, such as those of a
    drawing, stay, and so do words that are turned.
    """
    from pypdfium2 import PdfDocument, raw  # noqa: PLC0415  (see above)

    with PdfDocument(pdf) as document:
        for index, contents in enumerate(laid):
            page = document[index]
            for letters in list(page.get_objects([raw.FPDF_PAGEOBJ_TEXT])):
                if _among_words(letters, page, contents):
                    page.remove_obj(letters)
            yield _drawn(page, width, height)


def _among_words(letters: "PdfObject", page: "PdfPage", contents: "Page") -> bool:
    """Return whether the middle of letters lies where words stand."""
    left, bottom, right, top = letters.get_bounds()
    x, y, form = (left + right) / 2, (bottom + top) / 2, letters.container
    while form is not None:  # it has coordinates of its own
        x, y = form.get_matrix().on_point(x, y)
        form = form.container
    across, down = page.get_size()
    x, y = x / across * contents.width, (1 - y / down) * contents.height
    return any(
        run.rect.x <= x <= run.rect.right and run.rect.y <= y <= run.rect.bottom
        for text in contents.texts
        if not text.at.angle
        for run in text.runs
        if not run.drawn
    )


def count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    from pypdfium2 import PdfDocument  # noqa: PLC0415  (costs 60 ms, seldom needed)

    with PdfDocument(pdf) as document:
        return len(document)


def _hide_words(page: Any) -> None:  # noqa: ANN401  pdfium's own
    """Make all text of a page invisible, that in groups of its content too; the file stays."""
    from pypdfium2 import raw  # noqa: PLC0415  (see above)

    things = [raw.FPDFPage_GetObject(page, at) for at in range(raw.FPDFPage_CountObjects(page))]
    while things:
        thing = things.pop()
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            raw.FPDFTextObj_SetTextRenderMode(thing, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            inside = range(raw.FPDFFormObj_CountObjects(thing))
            things += [raw.FPDFFormObj_GetObject(thing, at) for at in inside]


def _drawn(page: "PdfPage", width: int, height: int) -> "Image":
    """Draw a page into a bitmap of our size: pdfium's own rounding may be a pixel off."""
    from pypdfium2 import PdfBitmap, raw  # noqa: PLC0415  (see above)

    bitmap = PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGRx, rev_byteorder=True)
    bitmap.fill_rect(WHITE, 0, 0, width, height)
    flags = raw.FPDF_REVERSE_BYTE_ORDER
    raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags)
    picture: Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    return picture
