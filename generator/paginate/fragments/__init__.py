"""PDFs put together from painted pages, for watch: only a page that is new is painted.

The bytes are those of WeasyPrint's own writer (`Document.write_pdf`). What it does for all pages,
it does here too; what it does page by page is kept with the page, numbers left open.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import pydyf  # type: ignore[import-untyped]
import weasyprint

from generator.paginate import seams
from generator.paginate._plate import Plate
from generator.paginate.fragments.assembly import Assembly
from generator.paginate.fragments.blanks import UnlikeError
from generator.paginate.fragments.book import Packer
from generator.paginate.fragments.fonts import Foundry, Shared, Use
from generator.paginate.fragments.forms import Gallery
from generator.paginate.fragments.painting import Painted, Sheet, paint
from generator.paginate.fragments.plates import Faces, Read, arrive, plate

__all__ = ["Assembler", "Faces", "UnlikeError", "fitting"]

WEASYPRINT, PYDYF = "70.0", "0.13.0"
"""The versions whose writer this one equals."""


def fitting() -> bool:
    """Return whether fragments know the WeasyPrint that is installed, and may be used."""
    return seams.wanted() and (weasyprint.__version__, pydyf.VERSION) == (WEASYPRINT, PYDYF)


@dataclass(slots=True)
class _Kept:
    """A page painted alone, and the last time with other widths than its own."""

    sheet: Sheet
    alone: Painted
    widths: Any = None
    varied: Painted | None = None


@dataclass(slots=True)
class Assembler:
    """Writes documents of pages that it mostly knows already; `read` opens the fonts of plates."""

    read: Read = lambda _path: b""
    _pages: "WeakKeyDictionary[Any, _Kept]" = field(default_factory=WeakKeyDictionary)
    _foundry: Foundry = field(default_factory=Foundry)
    _gallery: Gallery = field(default_factory=Gallery)
    _packer: Packer = field(default_factory=Packer)

    def write(self, document: Any, zoom: float = 1, *, quick: bool = False) -> bytes | None:  # noqa: ANN401
        """Return the bytes of `document.write_pdf(zoom=zoom, pdf_variant="pdf/ua-1")`.

        `quick` packs the object stream worse: a few per cent more bytes, the same content, in less
        time. None means that something is unknown here, and `write_pdf` has to do it.
        """
        if not fitting() or not _plain(document):
            return None
        try:
            arrive((page for page in document.pages if isinstance(page, Plate)), self.read)
            assembly = Assembly(document, zoom * 0.75, self._gallery)
            for page, links in assembly.pages:
                sheet = _sheet(page, zoom * 0.75, links)
                painted = self._painted(page, sheet, links, assembly.fonts)
                assembly.add(page, painted)
            return assembly.finished().bound(self._packer, quick=quick)
        except UnlikeError:
            return None
        finally:
            self._packer.turn()

    def plate(self, page: Any, zoom: float, faces: Faces) -> Plate:  # noqa: ANN401
        """Return a page as a plate, or raise UnlikeError: this one can't leave its process."""
        if not fitting():
            raise UnlikeError(WEASYPRINT)
        sheet = _sheet(page, zoom * 0.75, page.links)
        painted = paint(page, sheet, page.links, self._foundry, {})
        return plate(page, sheet, painted, self._gallery, faces)

    def _painted(
        self,
        page: Any,  # noqa: ANN401
        sheet: Sheet,
        links: Sequence[Any],
        fonts: dict[int, Shared],
    ) -> Painted:
        """Return a page as it is to be drawn after those before it, whose fonts know its glyphs."""
        kept = self._pages.get(page)
        if kept is None and isinstance(page, Plate):
            self._pages[page] = kept = _Kept(page.sheet, page.painted)
        if kept is None or kept.sheet != sheet:
            _demand_boxes(page)
            kept = _Kept(sheet, paint(page, sheet, links, self._foundry, {}))
            self._pages[page] = kept
        if kept.alone.missing:
            known = {key: font.use() for key, font in fonts.items()}
            painted = paint(page, sheet, links, self._foundry, known)
            for use in painted.uses:
                _shared(fonts, use).become(use)
            return painted
        agreed = {use.key: _shared(fonts, use).agreed(use) for use in kept.alone.uses}
        painted = kept.alone
        if any(agreed[use.key] != use.widths for use in kept.alone.uses):
            painted = self._varied(page, kept, links, agreed)
        for use in kept.alone.uses:
            fonts[use.key].take(use)
        return painted

    def _varied(
        self,
        page: Any,  # noqa: ANN401
        kept: _Kept,
        links: Sequence[Any],
        widths: dict[int, Any],
    ) -> Painted:
        """Return a page painted with other widths: spaces between letters depend on them."""
        if kept.varied is None or kept.widths != widths:
            _demand_boxes(page)
            known = {
                use.key: Use(use.key, use.casting, {}, widths[use.key], {})
                for use in kept.alone.uses
            }
            kept.varied = paint(page, kept.sheet, links, self._foundry, known)
            kept.widths = widths
        return kept.varied


def _demand_boxes(page: Any) -> None:  # noqa: ANN401
    """Raise UnlikeError if a page would have to be painted that has no boxes any more."""
    if isinstance(page, Plate):
        message = "a plate that would have to look otherwise"
        raise UnlikeError(message)


def _shared(fonts: dict[int, Shared], use: Use) -> Shared:
    """Return the document's font for a page's; the first page that uses it brings it."""
    if use.key not in fonts:
        fonts[use.key] = Shared(use.casting)
    return fonts[use.key]


def _sheet(page: Any, scale: float, links: Sequence[Any]) -> Sheet:  # noqa: ANN401
    targets = tuple(target for _, target, *_ in links)
    return Sheet(scale, page.width, page.height, tuple(page.bleed.items()), targets)


def _plain(document: Any) -> bool:  # noqa: ANN401
    """Return whether a document has only what slides have: no forms, attachments, profiles."""
    metadata = document.metadata
    extras = metadata.attachments, metadata.xmp_metadata, document.color_profiles
    return (
        bool(metadata.lang)
        and not any(extras)
        and not document.output_intent
        and len(set(document.pages)) == len(document.pages)
        and not any(any(page.forms.values()) for page in document.pages)
        and all(kind != "attachment" for page in document.pages for kind, *_ in page.links)
    )
