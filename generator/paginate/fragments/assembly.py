"""One PDF made of painted pages: the same objects in the same order as WeasyPrint writes them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import pydyf  # type: ignore[import-untyped]
import weasyprint
from tinycss2.color5 import D50, D65  # type: ignore[import-untyped]
from weasyprint import DEFAULT_OPTIONS
from weasyprint.logger import LOGGER
from weasyprint.matrix import Matrix
from weasyprint.pdf import VARIANTS
from weasyprint.pdf.anchors import add_outlines, resolve_links
from weasyprint.pdf.fonts import build_fonts_dictionary

from generator.paginate.fragments.book import Book, stream
from generator.paginate.fragments.forms import KINDS, Gallery, Named, Numbering
from generator.paginate.fragments.painting import COLOR_SPACES, Painted
from generator.paginate.fragments.structure import Standing

if TYPE_CHECKING:
    from generator.paginate.fragments.fonts import Shared

VARIANT = "pdf/ua-1"
OPTIONS = {**DEFAULT_OPTIONS, "pdf_variant": VARIANT, **VARIANTS[VARIANT][1]}


@dataclass(slots=True)
class _Leaf:
    """A page in the book, and its number."""

    painted: Painted
    page: int


class Assembly:
    """A document in the making."""

    def __init__(self, document: Any, scale: float, gallery: Gallery) -> None:  # noqa: ANN401
        """Begin a document of pages that are drawn at `scale` PDF points per CSS px."""
        self.document = document
        self.scale = scale
        self.gallery = gallery
        self.fonts: dict[int, Shared] = {}
        self.images: dict[str, Any] = {}
        self.names: list[tuple[str, Any]] = []
        self.leaves: list[_Leaf] = []
        self.shared: dict[str, dict[str, Named]] = {kind: {} for kind in KINDS}
        self.book = Book()
        self.book.add(_color_spaces())
        self.resources = self.book.add()
        self._resolved = list(resolve_links(document.pages))

    @property
    def pages(self) -> Iterable[tuple[Any, Any]]:
        """Return each page with its links, those left out that lead nowhere."""
        links = (links for links, _ in self._resolved)
        return zip(self.document.pages, links, strict=True)

    def add(self, page: Any, painted: Painted) -> None:  # noqa: ANN401
        """Put the next page in."""
        place = len(self.leaves)
        structure = painted.structure
        content = self.book.add()
        number = self.book.add_leaf(_page(painted, place, content))
        for _ in range(structure.count):
            self.book.add()
        renamed = self._renamed(painted)
        self.book.objects[content] = stream(b"", painted.content(renamed))
        self.images.update((n, i) for n, i in painted.images.items() if n not in self.images)
        self.leaves.append(_Leaf(painted, number))
        matrix = Matrix(self.scale, 0, 0, -self.scale, 0, page.height * self.scale)
        for name, *point in self._resolved[place][1]:
            x, y = matrix.transform_point(*point)
            target = pydyf.Array([self.book.page_references[place], "/XYZ", x, y, 0])
            self.names.append((name, target))
        for record in painted.heard:
            LOGGER.handle(record)

    def _renamed(self, painted: Painted) -> dict[tuple[str, str], str]:
        """Return the names that a page's resources have in the file: they count on."""
        renamed = {}
        for kind, letter in KINDS.items():
            shared = self.shared[kind]
            for named in painted.resources.named[kind]:
                name = f"{letter}{len(shared)}" if named.counted else named.name
                renamed[kind, named.name] = name
                shared.setdefault(name, named)
        return renamed

    def finished(self) -> Book:
        """Return the book with all that belongs to no single page."""
        document, book = self.document, self.book
        add_outlines(book, document.make_bookmark_tree(self.scale, transform_pages=True))
        self._describe()
        fonts = build_fonts_dictionary(book, self.fonts, True, True, OPTIONS)  # noqa: FBT003
        book.add_object(fonts)
        self._draw_by_name(fonts.number)
        self._name_targets()
        self._tag()
        function, _ = VARIANTS[VARIANT]
        function(book, document, [], [], True)  # noqa: FBT003  its interface
        return book

    def _describe(self) -> None:
        """Say what the document is about."""
        about, info = self.document.metadata, self.book.info
        info["Producer"] = pydyf.String(f"WeasyPrint {weasyprint.__version__}")
        told = {
            "Title": about.title,
            "Author": ", ".join(about.authors),
            "Subject": about.description,
            "Keywords": ", ".join(about.keywords),
            "Creator": about.generator,
        }
        info.update((key, pydyf.String(text)) for key, text in told.items() if text)
        self.book.catalog["Lang"] = pydyf.String(about.lang)

    def _draw_by_name(self, fonts: int) -> None:
        """Give numbers to all that pages draw by name."""
        numbering = Numbering(self.book, self.gallery, self.images, fonts)
        shown: dict[str, bytes] = {}
        for kind in ("XObject", "Pattern", "Shading"):
            numbers = {name: numbering.number(one) for name, one in self.shared[kind].items()}
            shown[kind] = b"".join(b"/%b %d 0 R" % (n.encode(), i) for n, i in numbers.items())
        states = self.shared["ExtGState"].items()
        shown["ExtGState"] = b"".join(
            b"/%b %b" % (name.encode(), numbering.state(state)) for name, state in states
        )
        kinds = b"".join(b"/%b <<%b>>" % (kind.encode(), shown[kind]) for kind in KINDS)
        self.book.objects[self.resources] = b"<<%b/ColorSpace %b/Font %d 0 R>>" % (
            kinds,
            COLOR_SPACES,
            fonts,
        )

    def _name_targets(self) -> None:
        """Name what links inside the document lead to."""
        if self.names:
            ordered = sorted(self.names, key=itemgetter(0))
            named = pydyf.Array(
                chain.from_iterable((pydyf.String(name), target) for name, target in ordered)
            )
            targets = pydyf.Dictionary({"Dests": pydyf.Dictionary({"Names": named})})
            self.book.catalog["Names"] = targets

    def _tag(self) -> None:
        """Join the pages' structures to one tree."""
        book = self.book
        mapping, root, document = book.add(), book.add(), book.add()
        content: list[bytes] = []
        targets: list[bytes] = []
        kids: list[bytes] = []
        for place, leaf in enumerate(self.leaves):
            structure = leaf.painted.structure
            parents = len(self.leaves) + len(targets)
            at = Standing(leaf.page, document, parents, len(book.objects))
            annotations, elements = structure.rendered(at)
            start = leaf.page + 1
            book.objects[start : start + structure.count] = annotations
            book.objects += elements[: structure.size]
            marked, *found, roots = elements[structure.size :]
            content.append(b"%d %b" % (place, marked))
            targets += found
            kids.append(roots[1:-1])
        content += [b"%d %b" % each for each in enumerate(targets, len(self.leaves))]
        kids = [kid for kid in kids if kid]
        book.objects[mapping] = b"<</Nums [%b]>>" % b" ".join(content)
        book.objects[root] = b"<</Type /StructTreeRoot/ParentTree %d 0 R/K [%d 0 R]>>" % (
            mapping,
            document,
        )
        book.objects[document] = b"<</Type /StructElem/S /Document/K [%b]/P %d 0 R>>" % (
            b" ".join(kids),
            root,
        )
        book.catalog["StructTreeRoot"] = b"%d 0 R" % root
        book.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
        book.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


def _color_spaces() -> bytes:
    """Return WeasyPrint's color spaces, which all files have."""
    whites = {"lab-d50": D50, "lab-d65": D65}
    spaces = {
        name: pydyf.Array(
            (
                "/Lab",
                pydyf.Dictionary(
                    {
                        "WhitePoint": pydyf.Array(white),
                        "Range": pydyf.Array((-125, 125, -125, 125)),
                    }
                ),
            )
        )
        for name, white in whites.items()
    }
    written: bytes = pydyf.Dictionary(spaces).data
    return written


def _page(painted: Painted, place: int, content: int) -> bytes:
    """Return a page's dictionary; its annotations come right after it."""
    first = content + 2
    numbers = range(first, first + painted.structure.count)
    annotations = b" ".join(b"%d 0 R" % number for number in numbers)
    media, trim, bleed = painted.boxes
    return (
        b"<</Type /Page/Parent 1 0 R/MediaBox %b/Contents %d 0 R/Resources 4 0 R"
        b"/Tabs /S/StructParents %d%b/TrimBox %b/BleedBox %b>>"
    ) % (
        media,
        content,
        place,
        b"/Annots [%b]" % annotations if annotations else b"",
        trim,
        bleed,
    )
