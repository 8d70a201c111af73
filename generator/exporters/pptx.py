"""The carousel as a PowerPoint file whose words can be edited: text boxes over a painted ground."""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

from generator import raster
from generator.exporters import Deck, Exporter
from generator.exporters.jpeg import encoded
from generator.model import Artifact, Face, Page, Rect, Run, Slide, Text

if TYPE_CHECKING:
    from PIL.Image import Image

EMU = 9525
"""English metric units per CSS px: 914,400 an inch, 96 px an inch."""
POINTS = 75
"""Hundredths of a point per CSS px."""
TITLE_ONLY = 5
"""The layout of python-pptx's own template that has nothing but a title."""
ASCENT = 0.8
"""The share of a line's height above its baseline, where the height is set: PowerPoint's."""
BOLD_FROM = 600
SLACK = 0.12
"""The share that a box is wider than its words, for fonts that stand in for others."""
LEAST_SIZE, LEAST_ROOM = 4 / 3, 3.0
"""Px: a letter of one point, the least there may be; what is worth leaving room for."""
WEIGHTS = ("Thin", "Light", "Medium", "SemiBold", "ExtraBold")
"""What names of a single weight end with; Black is a family of its own."""
PREFIX = "tp-"
"""Stands before the name of a font's folder in the CSS."""
ALIGNED = {"left": "l", "center": "ctr", "right": "r", "justify": "l"}
WORD = 3
"""Times the size of the letters around it: a picture that is higher is no word among them."""
HEADINGS = frozenset({"h1", "h2"})
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of all files in a zip: the earliest there is, so that the same deck gives the same."""
STORED = (".jpg", ".jpeg", ".png")
OWN_COLOR = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr '
    'xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/>'
    "</a:ext></a:extLst>"
)
"""Lets a link keep the colour of its words ([MS-ODRAWXML] 2.25)."""
GROUND = (
    '<p:bg xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<p:bgPr><a:blipFill><a:blip r:embed="{}"/><a:stretch><a:fillRect/></a:stretch></a:blipFill>'
    "<a:effectLst/></p:bgPr></p:bg>"
)


def export(deck: Deck) -> tuple[Artifact, ...]:
    """Return one file. Fonts are named, not embedded: who edits it needs them installed."""
    from pptx import Presentation  # noqa: PLC0415  200 ms, only where one is made
    from pptx.util import Emu  # noqa: PLC0415

    carousel, canvas = deck.carousel, deck.carousel.canvas
    made = Presentation()
    made.slide_width = Emu(canvas.page_width * EMU)
    made.slide_height = Emu(canvas.page_height * EMU)
    about = made.core_properties
    about.title, about.author, about.language = carousel.title, carousel.speaker, carousel.lang
    about.last_modified_by = ""
    pages = deck.pages()
    grounds = raster.grounds(deck.pdf, *deck.size, pages)
    setter = _Setter(_names(carousel.faces), carousel.lang, canvas.page_width)
    for slide, page, ground in zip(deck.slides, pages, grounds, strict=True):
        _add(made, slide, page, ground, setter)
    stream = BytesIO()
    made.save(stream)
    return (Artifact(f"{carousel.stem}.pptx", _timeless(stream)),)


def _add(made: Any, slide: Slide, page: Page, ground: "Image", setter: "_Setter") -> None:  # noqa: ANN401
    """Add a slide: its ground, the pictures that say something, its words, its notes."""
    from pptx.oxml import parse_xml  # noqa: PLC0415  (see above)

    one = made.slides.add_slide(made.slide_layouts[TITLE_ONLY])
    _, relation = one.part.get_or_add_image_part(BytesIO(encoded(ground)))
    one._element.cSld.insert(0, parse_xml(GROUND.format(relation)))  # noqa: SLF001  no public way
    for figure in page.figures:
        if figure.alt and not _among_words(figure.alt, page):
            _add_picture(one, ground, figure.at.seen, page, figure.alt)
    title = next((text for text in page.texts if text.at.tag in HEADINGS), None)
    title = title or next((text for text in page.texts if _below(text, HEADINGS)), None)
    heading = one.shapes.title
    for text in page.texts:
        if text.at.angle or not any(run.text.strip() and not run.drawn for run in text.runs):
            continue  # it stays in the picture
        box = heading if text is title else one.shapes.add_textbox(0, 0, 0, 0)
        setter.fill(box, text)
    if title is None:
        heading._element.getparent().remove(heading._element)  # noqa: SLF001  no public way
    if slide.notes:
        one.notes_slide.notes_text_frame.text = "\n\n".join(slide.notes)


def _below(text: Text, tags: frozenset[str]) -> bool:
    return any(element.partition(".")[0] in tags for element in text.at.path)


def _among_words(alt: str, page: Page) -> bool:
    """Return whether a picture is a word of a text: an emoji, a formula."""
    words = (run for run in page.runs if run.drawn and run.rect.height < WORD * run.size)
    return any(run.text == alt for run in words)


def _add_picture(one: Any, ground: "Image", rect: Rect, page: Page, alt: str) -> None:  # noqa: ANN401
    """Add a piece of the ground as a picture of its own, with its alt text."""
    across, down = ground.width / page.width, ground.height / page.height
    rect = rect.common(Rect(0, 0, page.width, page.height))
    left, top = round(rect.x * across), round(rect.y * down)
    right, bottom = round(rect.right * across), round(rect.bottom * down)
    if right <= left or bottom <= top:
        return
    piece = BytesIO(encoded(ground.crop((left, top, right, bottom))))
    place = (left / across, top / down, (right - left) / across, (bottom - top) / down)
    shape = one.shapes.add_picture(piece, *(round(side * EMU) for side in place))
    shape._element.nvPicPr.cNvPr.set("descr", alt)  # noqa: SLF001  no public way


class _Setter:
    """Sets texts into shapes as they stand on the page: line by line, run by run."""

    def __init__(self, names: Mapping[str, str], lang: str, width: float) -> None:
        self._names = names
        self._lang = lang
        self._width = width

    def fill(self, shape: Any, text: Text) -> None:  # noqa: ANN401
        """Place a shape and fill it; lines end where they end on the page."""
        from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE  # noqa: PLC0415  (see above)

        first, last = text.lines[0][0].baseline, text.lines[-1][0].baseline
        count = len(text.lines)
        leading = (last - first) / (count - 1) if count > 1 else text.leading
        left, right = _widened(text, self._width, whole=shape.is_placeholder)
        shape.left, shape.width = round(left * EMU), round((right - left) * EMU)
        shape.top = round((first - ASCENT * leading) * EMU)
        shape.height = round(leading * count * EMU)
        frame = shape.text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.word_wrap, frame.auto_size = False, MSO_AUTO_SIZE.NONE
        frame.vertical_anchor = MSO_ANCHOR.TOP
        paragraph = frame.paragraphs[0]
        self._align(paragraph, text, leading)
        for number, line in enumerate(text.lines):
            if number:
                paragraph.add_line_break()
            for room, run in _ordered(line, text):
                if room > LEAST_ROOM:
                    self._leave(paragraph, run, room)
                self._add(paragraph, run)

    @staticmethod
    def _align(paragraph: Any, text: Text, leading: float) -> None:  # noqa: ANN401
        from pptx.util import Pt  # noqa: PLC0415  (see above)

        paragraph.line_spacing = Pt(leading * POINTS / 100)
        paragraph.space_before = paragraph.space_after = Pt(0)
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001  no public way
        properties.set("algn", ALIGNED[text.align])
        properties.set("marL", "0")
        properties.set("indent", "0")
        if text.leftwards:
            properties.set("rtl", "1")

    def _add(self, paragraph: Any, run: Run) -> None:  # noqa: ANN401
        from pptx.dml.color import RGBColor  # noqa: PLC0415  (see above)
        from pptx.oxml import parse_xml  # noqa: PLC0415

        added = paragraph.add_run()
        added.text = run.text.replace("\u00ad", "")
        font, name = added.font, self._name(run)
        font.name, font.bold, font.italic = name, run.weight >= BOLD_FROM, run.italic
        channels = run.ink.red, run.ink.green, run.ink.blue
        font.color.rgb = cast("Any", RGBColor)(*channels)
        properties = added._r.get_or_add_rPr()  # noqa: SLF001  no public way, and below
        properties.set("lang", self._lang)
        properties.set("sz", str(round(run.size * POINTS)))
        if run.spacing:
            properties.set("spc", str(round(run.spacing * POINTS)))
        if run.ink.alpha < 1:
            color = properties.find(".//{*}srgbClr")
            alpha = color.makeelement(color.tag.replace("srgbClr", "alpha"), {})
            alpha.set("val", str(round(run.ink.alpha * 100_000)))
            color.append(alpha)
        latin = properties.find("{*}latin")
        for script in ("cs", "ea"):
            other = latin.makeelement(latin.tag.replace("latin", script), {"typeface": name})
            latin.addnext(other)
        if run.link and not run.link.startswith("#"):
            added.hyperlink.address = run.link
            properties.find("{*}hlinkClick").append(parse_xml(OWN_COLOR))

    def _leave(self, paragraph: Any, run: Run, room: float) -> None:  # noqa: ANN401
        """Leave room for what is drawn: the least space, and much between it and what follows."""
        self._add(paragraph, replace(run, text="\u00a0", size=LEAST_SIZE, spacing=room, link=""))

    def _name(self, run: Run) -> str:
        known = self._names.get(run.family.removeprefix(PREFIX))
        return known or next(iter(self._names.values()), run.family)


def _reach(text: Text) -> tuple[float, float]:
    """Return where the words of a text begin and end, left and right, in px."""
    words = [run.rect for run in text.runs if run.text and run.rect.width and not run.drawn]
    return min(one.x for one in words), max(one.right for one in words)


def _widened(text: Text, page: float, *, whole: bool) -> tuple[float, float]:
    """Return left and right of a text's box, wider on the sides that it is not set to.

    A `whole` one, a title, takes all the room of the page: LibreOffice breaks its lines in spite
    of `wrap="none"`, where another font is wider.
    """
    left, right = _reach(text)
    slack = SLACK * (right - left)
    before, behind = (max(left, slack), max(page - right, slack)) if whole else (slack, slack)
    if text.align == "center":
        least = min(before, behind) / (1 if whole else 2)
        return left - least, right + least
    return (left - before, right) if text.align == "right" else (left, right + behind)


def _ordered(line: Sequence[Run], text: Text) -> Iterator[tuple[float, Run]]:
    """Yield the runs of a line as they are read, each with the room before it in px.

    What is drawn is such room, and so is what keeps a line from the edge that it is set to.
    """
    left, right = _reach(text)
    flush = text.align in {"right" if text.leftwards else "left", "justify"}
    end = (right if text.leftwards else left) if flush else None
    for run in _read(line, text):
        near, far = (run.rect.right, run.rect.x) if text.leftwards else (run.rect.x, run.rect.right)
        gap = 0.0 if end is None else end - near if text.leftwards else near - end
        yield max(0.0, gap), run
        end = far


def _read(line: Sequence[Run], text: Text) -> Sequence[Run]:
    """Return the runs that are words, from the side on which reading them begins."""
    words = [run for run in line if not run.drawn and run.text and run.rect.width]
    return sorted(words, key=lambda run: -run.rect.right if text.leftwards else run.rect.x)


def _names(faces: Sequence[Face]) -> dict[str, str]:
    """Return what fonts are called where they are installed, by the name of their folder."""
    plain = sorted(faces, key=lambda face: (face.italic, abs(face.weight - 400)), reverse=True)
    return {face.family: _called(face.file) for face in plain}


@cache
def _called(file: str) -> str:
    from PIL import ImageFont  # noqa: PLC0415  only where one is named

    name = str(ImageFont.truetype(file, 10).getname()[0])
    family, _, weight = name.rpartition(" ")
    return family if weight in WEIGHTS else name


def _timeless(made: BytesIO) -> bytes:
    """Return a zip's files in a zip without times."""
    stream = BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, LONG_AGO)
            stored = name.endswith(STORED)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, on any machine
            new.writestr(entry, old.read(name))
    return stream.getvalue()


exporter = Exporter(".pptx", export, measures=True)
