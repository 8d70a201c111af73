"""What is known of a laid-out page is where the PDF has it, and as it shows there."""

from collections.abc import Iterator
from functools import cache

import pytest
from pypdfium2 import PdfDocument, PdfPage

from generator.model import Page, Rect, Run
from generator.paginate import About, LaidOut, Press, contents
from tests.drawing import laid_out, new_press
from tests.project import SVG, Project, fitter_of, png

TALK = """
# A long enough title of a deck

First *post* with **words**, `code`, [a link](https://example.org) and 🎉 as well, over lines.

- one point
- another

---

> A quotation of some length that is centred or not.

— Somebody

---

## A table

| what | how many |
|---|---|
| apples | 12 |
| pears and plums | 3 |
"""


@cache
def press() -> Press:
    return new_press()


def page(body: str, css: str = "") -> Page:
    return contents(laid_out(press(), body, css).page)


def only(page: Page) -> Run:
    (run,) = page.runs
    return run


@pytest.fixture(params=["night", "brutal", "chalk"])
def deck(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[LaidOut]:
    """Return a deck whose slides were balanced, centred and aligned by the engine's seams."""
    project = Project(tmp_path_factory.mktemp("deck"))
    project.file("threadpress.yaml", "")
    project.thread(f"theme: {request.param}\nauthor: {{name: Your Name}}", TALK)
    carousel = project.carousel()
    return [one.laid for one in fitter_of(carousel).deck(carousel.slides)]


def test_every_run_stands_where_the_pdf_has_its_letters(deck: list[LaidOut]) -> None:
    pdf = press().write([one.page for one in deck], About("A deck", "en"))
    asked = 0
    with PdfDocument(pdf) as document:
        for one, leaf in zip(deck, document, strict=True):
            known = contents(one.page)
            letters = list(_letters(leaf, known.height))
            for run in known.runs:
                if run.drawn or not run.text.strip():
                    continue
                found = "".join(letter for letter, x, y in letters if _holds(run.rect, x, y))
                assert "".join(found.split()) == "".join(run.text.split())
                asked += 1
    assert asked > 30


def _letters(leaf: PdfPage, height: float) -> Iterator[tuple[str, float, float]]:
    """Yield each letter of a PDF's page and the middle of its ink, in CSS px from the top left."""
    text = leaf.get_textpage()
    for at in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(at)
        middle = (left + right) / 2 / 0.75, height - (bottom + top) / 2 / 0.75
        yield text.get_text_range(at, 1), *middle


def _holds(rect: Rect, x: float, y: float) -> bool:
    return rect.x <= x <= rect.right and rect.y <= y <= rect.bottom


def test_words_keep_their_style_and_their_paragraph() -> None:
    css = "p { font: 20px tp-inter, sans-serif; color: #123456 } b { font-weight: 700 }"
    known = page("<p>One <b>bold</b> <i>word</i></p><p>Two</p>", css)
    one, two = known.texts
    assert (one.plain(), two.plain(), one.at.tag) == ("One bold word", "Two", "p")
    styles = {run.text: (run.weight, run.italic, run.size, run.ink.hex) for run in one.runs}
    assert styles["bold"] == (700, False, 20.0, "#123456")
    assert styles["word"] == (400, True, 20.0, "#123456")


def test_what_is_turned_scaled_or_half_clear_is_known_as_it_shows() -> None:
    css = "p { width: 100px; font-size: 20px; transform-origin: 0 0; transform: scale(2) }"
    known = only(page("<p>Word</p>", css))
    plain = only(page("<p>Word</p>", "p { font-size: 20px }"))
    assert known.size == 40
    assert known.rect.width == pytest.approx(2 * plain.rect.width)
    turned = page('<p style="transform: rotate(90deg); opacity: .5">Word</p>').texts[0]
    assert turned.at.angle == pytest.approx(90)
    assert next(turned.runs).ink.alpha == pytest.approx(0.5)


def test_what_a_box_cuts_off_is_not_seen() -> None:
    css = "p { width: 60px; overflow: hidden; white-space: nowrap; font-size: 20px }"
    run = only(page("<p>Far too long a name</p>", css))
    assert run.seen.width == pytest.approx(60)
    assert run.rect.width > 100


def test_what_is_hidden_or_too_small_to_see_is_no_text() -> None:
    for css in ("visibility: hidden", "color: transparent", "font-size: .01px"):
        assert not page(f'<p style="{css}">Words</p>').texts


@pytest.mark.parametrize(
    ("fit", "drawn"), [("cover", (133, 100)), ("contain", (100, 75)), ("fill", (100, 100))]
)
def test_a_picture_is_known_with_its_pixels_and_what_is_cut_off(
    fit: str, drawn: tuple[int, int]
) -> None:
    url = press().door.keep(png(40, 30), ".png")
    body = f'<img src="{url}" alt="A chart" style="width:100px;height:100px;object-fit:{fit}">'
    known = page(body)
    (figure,) = known.figures
    assert (figure.pixels, figure.alt, figure.url) == ((40, 30), "A chart", url)
    assert (figure.at.rect.width, figure.at.rect.height) == (100, 100)
    assert (round(figure.drawn.width), round(figure.drawn.height)) == drawn
    assert only(known).drawn
    drawing = press().door.keep(SVG.encode(), ".svg")
    assert page(f'<img src="{drawing}" alt="">').figures[0].vector


def test_grounds_and_parts_of_a_slide_are_known() -> None:
    css = "div { background: #abc; border-radius: 8px } "
    known = page('<main class="region"><div class="plate wide">Word</div></main>', css)
    (fill,) = known.fills
    assert (fill.ink.hex, fill.radius, fill.pictured) == ("#aabbcc", 8, False)
    assert fill.at.path == ("main.region", "div.plate.wide")
    assert (known.texts[0].at.part, known.texts[0].at.inside("plate")) == ("region", True)
    gradient = "div { background: linear-gradient(red, blue) }"
    assert page("<div>Word</div>", gradient).fills[0].pictured


def test_text_is_aligned_as_its_language_reads() -> None:
    known = page('<p>One</p><p dir="rtl">Two</p><p style="text-align:center">Three</p>')
    assert [(text.align, text.rtl) for text in known.texts] == [
        ("left", False), ("right", True), ("center", False)
    ]  # fmt: skip
