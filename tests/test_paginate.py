"""What a page measures beyond its own end, and what a PDF says of itself."""

import shutil
import subprocess
from pathlib import Path

import pytest

from generator.fetch import Door
from generator.paginate import TALL, About, Press, smoke
from tests.project import bookmarks, sizes, unpacked

CSS = """
.region { position: absolute; top: 100px; left: 50px; width: 300px; height: 200px; display: grid;
  align-content: center; grid-template-columns: 100% }
p { margin: 0; height: 50px; line-height: 50px; font-size: 20px }
"""


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    """Return a press with an empty folder."""
    return Press(Door((("project", tmp_path_factory.mktemp("press")),)))


def region(rows: int) -> str:
    """Return a page with a region that holds as many rows of 50 px."""
    words = "".join(f"<p>row {number}</p>" for number in range(rows))
    return page(f'<main class="region"><div class="flow">{words}</div></main>')


def page(body: str) -> str:
    """Return a document."""
    return f'<!doctype html><html lang="en"><title>A page</title><body>{body}</body></html>'


@pytest.mark.parametrize(("rows", "fill"), [(1, 0.25), (4, 1.0), (8, 2.0), (100, 25.0)])
def test_a_region_says_how_full_it_is_far_beyond_its_end(
    press: Press, rows: int, fill: float
) -> None:
    laid = press.lay_out(region(rows), (CSS,), 400, 400)
    assert laid.fill == pytest.approx(fill, abs=0.01)
    assert (laid.fill <= 1) == (rows <= 4)


def test_what_passes_even_the_tall_page_does_not_fit(press: Press) -> None:
    laid = press.lay_out(region(2 * TALL // 50), (CSS,), 400, 400)
    assert laid.fill > 10
    assert laid.beyond


def test_the_words_beyond_the_end_are_named(press: Press) -> None:
    laid = press.lay_out(region(7), (CSS,), 400, 400)
    assert "row 6" in laid.beyond
    assert "row 2" not in laid.beyond
    assert press.lay_out(region(4), (CSS,), 400, 400).beyond == ""


def test_a_line_that_is_too_wide_does_not_fit(press: Press) -> None:
    body = f'<main class="region"><div class="flow"><p>{"x" * 90}</p></div></main>'
    assert press.lay_out(page(body), (CSS,), 400, 400).fill > 1


def test_a_picture_taller_than_its_region_does_not_fit(press: Press) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="700"/>'
    url = press.door.keep(svg, ".svg")
    body = f'<main class="region"><div class="flow"><img src="{url}" alt=""></div></main>'
    assert press.lay_out(page(body), (CSS,), 400, 400).fill > 3


def test_a_page_without_a_region_is_full_of_nothing(press: Press) -> None:
    assert press.lay_out(page("Words"), (), 400, 400).fill == 0


def test_css_that_is_ignored_is_told_with_every_page_that_wants_it(press: Press) -> None:
    css = "/*@ layouts/mine/slide.css */\n\np { colour: red }"
    for number in range(2):
        told = press.lay_out(region(number), (css,), 400, 400).problems
        assert [(str(p.location), p.code) for p in told] == [
            ("layouts/mine/slide.css:3", "css-ignored")
        ]
        assert "`colour: red" in told[0].message


def test_a_missing_picture_is_remembered_by_the_door(tmp_path: Path) -> None:
    press = Press(Door((("project", tmp_path),)))
    press.lay_out(page('<img src="carousel:///project/nothing.png" alt="">'), (), 400, 400)
    assert [problem.code for problem in press.door.refused] == ["file-missing"]


@pytest.fixture(scope="module")
def pdf(press: Press) -> bytes:
    """Return a PDF of three pages, drawn at two thirds."""
    css = "section { bookmark-level: 1; bookmark-label: attr(aria-label) }"
    css += "h2 { bookmark-level: none }"
    pages = [
        press.lay_out(
            page(f'<section aria-label="Slide {n}"><h2>Head {n}</h2><p>Text</p></section>'),
            (css,), 600, 900,
        ).page
        for n in (1, 2, 3)
    ]  # fmt: skip
    return press.write(pages, About("Ein Titel (1)", "de-AT", "Your Name"), 2 / 3)


def test_a_page_has_the_pixels_of_its_canvas(pdf: bytes) -> None:
    assert sizes(pdf) == [(300, 450)] * 3


def test_a_pdf_is_tagged_and_claims_pdf_ua(pdf: bytes) -> None:
    content = unpacked(pdf)
    assert b"/Marked true" in content
    assert b"/StructTreeRoot" in content
    assert b'pdfuaid:part="1"' in content or b"<pdfuaid:part>1" in content
    assert content.count(b"/S /H2") == 3


def test_a_pdf_says_its_language_title_and_author(pdf: bytes) -> None:
    from pypdfium2 import PdfDocument  # noqa: PLC0415  as in raster

    assert b"/Lang (de-AT)" in unpacked(pdf)
    with PdfDocument(pdf) as document:
        known = document.get_metadata_dict()
    assert (known["Title"], known["Author"]) == ("Ein Titel (1)", "Your Name")
    assert b"/DisplayDocTitle true" in unpacked(pdf)


def test_each_page_has_one_bookmark(pdf: bytes) -> None:
    assert bookmarks(pdf) == [(0, "Slide 1"), (1, "Slide 2"), (2, "Slide 3")]


def test_a_pdf_holds_no_date_no_file_and_no_script(pdf: bytes) -> None:
    content = unpacked(pdf)
    for sign in (b"/CreationDate", b"/ModDate", b"/EmbeddedFile", b"/JavaScript", b"/OpenAction"):
        assert sign not in content


def test_a_heading_is_balanced_into_lines_of_like_length(press: Press) -> None:
    words = "A heading of some words that takes two lines"
    css = "h2 { width: 380px; margin: 0; font: 24px sans-serif } "
    plain, balanced = (
        press.lay_out(page(f'<h2 class="{name}">{words}</h2>'), (css,), 400, 400).page
        for name in ("", "balance")
    )
    wide, even = _line_widths(plain), _line_widths(balanced)
    assert len(wide) == len(even) > 1
    assert max(even) - min(even) < max(wide) - min(wide)


@pytest.mark.parametrize(
    "words",
    [
        "A heading with a<span> </span><mark>marked phrase</mark> in it, and more",
        "Some<span> </span><strong>bold words</strong> and<span> </span><em>soft ones</em>",
        "Three words balanced",
        "One word, and another one, and a third",
    ],
)
@pytest.mark.parametrize("width", [200, 260, 330])
def test_balancing_never_adds_a_line(press: Press, words: str, width: int) -> None:
    css = f"h2 {{ width: {width}px; margin: 0; font: 24px/30px sans-serif }}"
    plain, balanced = (
        press.lay_out(page(f'<h2 class="{name}">{words}</h2>'), (css,), 400, 400).page
        for name in ("", "balance")
    )
    assert len(_line_widths(balanced)) == len(_line_widths(plain))
    assert max(_line_widths(balanced)) <= width


def test_a_press_that_keeps_pages_lays_the_same_slide_out_once(tmp_path: Path) -> None:
    press = Press(Door((("project", tmp_path),)), keep=2)
    first, second = press.lay_out(region(1), (CSS,), 400, 400), region(2)
    assert press.lay_out(region(1), (CSS,), 400, 400) is first
    assert press.lay_out(region(1), (CSS, "p { color: red }"), 400, 400) is not first
    for number in range(3, 6):
        press.lay_out(region(number), (CSS,), 400, 400)
    assert press.lay_out(region(1), (CSS,), 400, 400) is not first
    assert press.lay_out(second, (CSS,), 400, 400).fill == pytest.approx(0.5, abs=0.01)


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not here")
def test_qpdf_finds_no_fault(pdf: bytes, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf)
    ended = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def _line_widths(laid: object) -> list[float]:
    found: dict[float, float] = {}

    def walk(box: object) -> None:
        if getattr(box, "text", ""):
            y = round(box.position_y)  # type: ignore[attr-defined]
            found[y] = found.get(y, 0.0) + box.width  # type: ignore[attr-defined]
        for child in getattr(box, "children", ()):
            walk(child)

    walk(laid._page_box)  # type: ignore[attr-defined]  # noqa: SLF001
    return list(found.values())


def test_one_line_can_be_pressed_here() -> None:
    assert smoke() > 500
