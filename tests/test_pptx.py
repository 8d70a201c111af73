"""A carousel as PowerPoint: what can be edited, what is a picture, and that bytes stay the same."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from generator import raster
from generator.model import Ink, Page, Position, Rect, Run, Text
from tests.project import SVG, Project

BODY = """
## A heading of **some** words

<!-- Say it slowly. -->

A [link](https://example.org/a) and more.

---

![A grey field](field.svg)

Words below it.
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file that was built."""
    made = Project(tmp_path_factory.mktemp("pptx"))
    made.file("threadpress.yaml", "")
    made.file("content/field.svg", SVG)
    made.thread("title: A title\nlang: de\nauthor: {name: Your Name}", BODY)
    made.built(str(made.root / "content/talk.md"), "-o", str(made.root / "talk.pptx"))
    return made.root / "talk.pptx"


@pytest.fixture(scope="module")
def slides(path: Path) -> list[Any]:
    """Return its slides."""
    return list(Presentation(str(path)).slides)


def words(slide: Any) -> list[str]:  # noqa: ANN401  python-pptx's own
    """Return what its text boxes say."""
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def test_words_are_text_that_can_be_edited_and_a_heading_is_the_title(slides: list[Any]) -> None:
    assert len(slides) == 3
    titles = [" ".join(slide.shapes.title.text_frame.text.split()) for slide in slides[:2]]
    assert titles == ["A title", "A heading of some words"]
    assert any("link" in text for text in words(slides[1]))
    assert any("Words below it." in text for text in words(slides[2]))


def test_a_text_has_the_size_the_colour_and_the_place_that_it_has_on_the_page(
    path: Path, slides: list[Any]
) -> None:
    title = slides[1].shapes.title
    run = title.text_frame.paragraphs[0].runs[0]
    assert run.font.size.pt > 40
    assert run.font.bold
    assert run.font.name == "Bricolage Grotesque"
    assert run.font.color.rgb
    assert Presentation(str(path)).slide_width == 1080 * 9525
    assert 0 < title.left < title.left + title.width == 1080 * 9525  # room for a wider font


def test_the_ground_has_the_ornament_and_none_of_the_words(path: Path) -> None:
    made, pdf = Project(path.parent), path.with_suffix(".pdf")
    made.built(str(made.root / "content/talk.md"), "-o", str(pdf))
    laid = [Page(1080, 1350, (everywhere(),)), Page(1080, 1350)]
    without, with_words = raster.grounds(pdf.read_bytes(), 108, 135, laid)
    box = (8, 30, 100, 118)  # the frame's bar has lines
    assert spread(without.crop(box)) < spread(with_words.crop(box))


def everywhere() -> Text:
    """Return a text that is all over a page."""
    rect = Rect(0, 0, 1080, 1350)
    run = Run("x", rect, rect, 1000, Ink(0, 0, 0), "x", 10)
    return Text(Position(rect, rect), ((run,),))


def spread(picture: Image.Image) -> int:
    """Return how many grey levels there are between the darkest and the lightest pixel."""
    low, high = picture.convert("L").getextrema()
    assert isinstance(low, int)
    assert isinstance(high, int)
    return high - low


def test_links_alt_texts_and_notes_come_along(slides: list[Any]) -> None:
    runs = [
        run
        for shape in slides[1].shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    ]
    assert "https://example.org/a" in {run.hyperlink.address for run in runs}
    assert slides[1].notes_slide.notes_text_frame.text == "Say it slowly."
    assert "A grey field" in {
        shape._element.nvPicPr.cNvPr.get("descr")  # noqa: SLF001  there is no public way
        for shape in slides[2].shapes
        if shape.shape_type is MSO_SHAPE_TYPE.PICTURE
    }


def test_the_same_carousel_gives_the_same_bytes(path: Path) -> None:
    again = Project(path.parent)
    again.built(str(again.root / "content/talk.md"), "-o", str(again.root / "again.pptx"))
    assert (again.root / "again.pptx").read_bytes() == path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_words_and_numbers_from_right_to_left_stay_in_their_order(tmp_path: Path) -> None:
    made = Project(tmp_path)
    made.file("threadpress.yaml", "")
    made.thread("title: مرحبا\nlang: ar", "## هنا **كلمات** أخرى")
    made.built(str(made.root / "content/talk.md"), "-o", str(tmp_path / "talk.pptx"))
    said = words(list(Presentation(str(tmp_path / "talk.pptx")).slides)[1])
    said = [" ".join(one.split()) for one in said]
    assert {"02/02", "هنا كلمات أخرى"} <= set(said)
