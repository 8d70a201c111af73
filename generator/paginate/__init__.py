"""HTML and CSS become Pages, measured on the way: the only room that knows WeasyPrint."""

from collections import OrderedDict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.errors import Problem
from generator.fetch import Door
from generator.paginate._contents import contents
from generator.paginate._engine import start
from generator.paginate._glyphs import GLYPH_MISSING, Glyphs
from generator.paginate._log import in_sheet, listening
from generator.paginate._measure import Region, regions
from generator.paginate._plate import Plate, PlateError
from generator.paginate.seams._memory import forget
from generator.paginate.seams.balance import balancing
from generator.paginate.seams.untold import untold

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.document import DocumentMetadata, Page
    from weasyprint.text.fonts import FontConfiguration

TALL = 20000
"""Height in px of the page that slides are laid out on: WeasyPrint drops what passes a page's end
(`../shared/engine.md`, trap 3), so a slide is measured on a page that nothing passes."""
MOST_SHEETS = 200
"""Parsed stylesheets that are kept, of up to 2 MB each: the gallery wants some hundred."""
MOST_DROPPED = 20
"""Sheets that are dropped before what the seams remember of styles goes too, 1.5 MB each: it holds
on to all sheets, and it costs 100 ms to find it out again for a deck."""
Key = tuple[str, tuple[str, ...], int, int]
"""What a page was laid out from: HTML, sheets, width and height in CSS px."""
TALL_PAGE = "@page{{size:{width}px {tall}px;margin:0}}"
PDF_POINTS = 0.75
"""PDF points per CSS px (CSS Values 4: 1in = 96px = 72pt)."""

__all__ = [
    "GLYPH_MISSING",
    "About",
    "LaidOut",
    "PlateError",
    "Press",
    "contents",
    "smoke",
    "warm_up",
]


@dataclass(frozen=True, slots=True)
class LaidOut:
    """One slide as a Page, cut to its canvas, and the measures of its regions.

    `key` is a hash of all that it was laid out from.
    """

    page: "Page"
    regions: tuple[Region, ...]
    problems: tuple[Problem, ...] = ()
    spilled: int = 0
    key: str = ""

    @property
    def fill(self) -> float:
        """Return how full the fullest region is: above 1 something does not fit."""
        fullest = max((region.fill for region in self.regions), default=0.0)
        return fullest + self.spilled * TALL / float(self.page.height)

    @property
    def torn(self) -> float:
        """Return how many times too wide the widest word of display text is, at least 1."""
        return max((region.torn for region in self.regions), default=1.0)

    @property
    def beyond(self) -> str:
        """Return the words that do not fit."""
        return " ".join(region.beyond for region in self.regions if region.beyond)


@dataclass(frozen=True, slots=True)
class About:
    """What a PDF says about itself."""

    title: str
    lang: str
    author: str = ""
    description: str = ""


@dataclass(slots=True)
class Press:
    """Lays out slides and writes PDFs; keeps fonts, parsed CSS and pictures between them.

    `keep` pages stay laid out, the least recently used go first: a slide whose HTML and CSS are
    the same (pictures are named by their content) is not laid out again. Who knows which pages
    will be asked for again says so: `turn`, `retain`.
    """

    door: Door
    keep: int = 0
    _pages: "OrderedDict[Key, LaidOut]" = field(default_factory=OrderedDict)
    _asked: set[Key] = field(default_factory=set)
    _dropped: int = 0
    _fonts: "FontConfiguration | None" = None
    _sheets: "dict[str, CSS]" = field(default_factory=dict)
    _told: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    _glyphs: Glyphs = field(default_factory=Glyphs)
    _images: dict[str, Any] = field(default_factory=dict)
    _opener: Any = None
    _assembler: Any = None

    def lay_out(self, html: str, sheets: Sequence[str], width: int, height: int) -> LaidOut:
        """Return one slide, an HTML document, as a Page of `width` x `height` CSS px."""
        if not self.keep:
            return self._lay_out(html, sheets, width, height)
        key = (html, tuple(sheets), width, height)
        if key not in self._pages:
            self._pages[key] = self._lay_out(html, sheets, width, height)
        self._asked.add(key)
        self._pages.move_to_end(key)
        while len(self._pages) > self.keep:
            self._pages.popitem(last=False)
        return self._pages[key]

    def knows(self, key: Key) -> bool:
        """Return whether that page is laid out already."""
        return key in self._pages

    def turn(self) -> frozenset[Key]:
        """Return what names the pages that were asked for since the last turn."""
        asked, self._asked = frozenset(self._asked), set()
        return asked

    def retain(self, keys: Container[Key]) -> None:
        """Drop all pages but these, and the parsed CSS that no page left has."""
        for key in [key for key in self._pages if key not in keys]:
            del self._pages[key]
        wanted = {_tall(key[2]) for key in self._pages}.union(*(key[1] for key in self._pages))
        for sheet in self._sheets.keys() - wanted:
            del self._sheets[sheet], self._told[sheet]
            self._dropped += 1
        if self._dropped > MOST_DROPPED and self._fonts:
            self._dropped = 0
            forget(self._fonts)

    def _lay_out(self, html: str, sheets: Sequence[str], width: int, height: int) -> LaidOut:
        start()
        if len(self._sheets) >= MOST_SHEETS:  # a theme that is being edited leaves many behind
            self._sheets.clear()
            self._told.clear()
        from weasyprint import HTML  # noqa: PLC0415  400 ms, only when something is laid out

        with listening() as heard, balancing(), untold():
            wanted = [_tall(width), *filter(None, sheets)]
            styles = [self._sheet(sheet) for sheet in wanted]
            document = HTML(string=html, base_url="carousel:///", url_fetcher=self._url_fetcher())
            rendered = document.render(
                font_config=self._font_config(),
                stylesheets=styles,
                presentational_hints=True,
                cache=self._images,
                pdf_tags=True,
            )
        page = rendered.pages[0]
        page.height = height
        box = page._page_box  # noqa: SLF001  there is no public box tree
        measured = regions(box, height)
        lacking = self._glyphs.problems(html, box)
        of_sheets = (problem for sheet in wanted for problem in self._told[sheet])
        told = dict.fromkeys((*of_sheets, *heard, *lacking))
        key = self.door.digest((f"{width} x {height}", html, *sheets))
        return LaidOut(page, measured, tuple(told), len(rendered.pages) - 1, key)

    def write(
        self, pages: "Sequence[Page]", about: About, scale: float = 1.0, *, quick: bool = False
    ) -> bytes:
        """Return a tagged PDF (PDF/UA-1) of the pages; `scale` is delivered px per CSS px.

        Where pages are kept, only new ones are painted; the bytes are the same, or with `quick`
        a few per cent more of the same content.
        """
        from weasyprint.document import Document  # noqa: PLC0415

        document = Document(
            list(pages), _metadata(about), self._url_fetcher(), self._font_config(), {}, None
        )
        plates = any(isinstance(page, Plate) for page in pages)
        if plates or self.keep:
            content = self._assembled(document, scale, quick=quick)
            if content is not None:
                return content
        if plates:
            raise PlateError
        content = document.write_pdf(
            zoom=scale, pdf_variant="pdf/ua-1", pdf_tags=True, cache=self._images
        )
        assert isinstance(content, bytes)  # noqa: S101  without a target it returns them
        return content

    def plates(self, laid: Sequence[LaidOut], scale: float, files: Iterable[str]) -> list[LaidOut]:
        """Return slides with painted pages that can be sent to another process, for its `write`.

        `scale` is what they will be written with, `files` are the paths of the fonts that they may
        use. Raises PlateError where a page can't be sent.
        """
        from generator.paginate.fragments import Faces, UnlikeError  # noqa: PLC0415  (see below)

        assembler, faces = self._assemble(), Faces(files, self._font)
        try:
            return [replace(one, page=assembler.plate(one.page, scale, faces)) for one in laid]
        except UnlikeError as unlike:
            raise PlateError from unlike

    def _font(self, path: str) -> bytes:
        return self.door.read_file(Path(path))

    def _assemble(self) -> Any:  # noqa: ANN401
        from generator.paginate.fragments import Assembler  # noqa: PLC0415  imports the engine

        if self._assembler is None:
            self._assembler = Assembler(self._font)
        return self._assembler

    def _assembled(self, document: Any, scale: float, *, quick: bool) -> bytes | None:  # noqa: ANN401
        """Return the PDF put together from painted pages, or nothing where that can't be done."""
        made: bytes | None = self._assemble().write(document, scale, quick=quick)
        if made is None:  # stock writing would keep links of pages that are no more
            for page in document.pages:
                for *_, box in page.links:
                    if box is not None:  # a plate has none
                        box.link_annotation = None
        return made

    def _sheet(self, text: str) -> "CSS":
        from weasyprint import CSS  # noqa: PLC0415

        if text not in self._sheets:
            with listening() as heard:
                self._sheets[text] = CSS(
                    string=text,
                    base_url="carousel:///",
                    url_fetcher=self._url_fetcher(),
                    font_config=self._font_config(),
                )
            # it is parsed once, and what is wrong with it is told with each slide that wants it
            self._told[text] = tuple(in_sheet(problem, text) for problem in heard)
        return self._sheets[text]

    def _font_config(self) -> "FontConfiguration":
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

        if self._fonts is None:
            self._fonts = FontConfiguration()
        return self._fonts

    def _url_fetcher(self) -> Any:  # noqa: ANN401  WeasyPrint's type, made lazily
        """Return the one fetcher: else WeasyPrint makes one, with TLS, for each document."""
        if self._opener is None:
            from generator.paginate._fetching import url_fetcher  # noqa: PLC0415

            self._opener = url_fetcher(self.door)
        return self._opener


def _tall(width: int) -> str:
    return TALL_PAGE.format(width=width, tall=TALL)


def warm_up() -> None:
    """Import WeasyPrint, before there is anything to lay out."""
    start()


def _metadata(about: About) -> "DocumentMetadata":
    from weasyprint.document import DocumentMetadata  # noqa: PLC0415

    return DocumentMetadata(
        title=about.title,
        authors=[about.author] if about.author else [],
        description=about.description or None,
        lang=about.lang,
        generator="Threadpress",
    )


def smoke() -> int:
    """Return the size in bytes of a PDF of one line, which shows that WeasyPrint works here."""
    roots: Mapping[str, Any] = {}
    press = Press(Door(tuple(roots.items())))
    laid = press.lay_out(
        "<!doctype html><html lang=en><title>x</title><p>Threadpress", (), 100, 100
    )
    return len(press.write([laid.page], About("Threadpress", "en")))
