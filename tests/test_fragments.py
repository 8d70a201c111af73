"""PDFs put together from painted pages: the same bytes as WeasyPrint's own writer, every time."""

import gc
import logging
import shutil
import subprocess
import weakref
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.paginate import About, Press
from generator.paginate._log import listening
from generator.raster import pages as rastered
from tests.drawing import new_press
from tests.torture import BASE, SIZE, Torture, faces, region, torture

SCALE = 2.0
MASKED = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="80" height="80"><defs>'
    '<linearGradient id="a"><stop offset="0" stop-color="red"/><stop offset="1" stop-color="blue"/>'
    '</linearGradient><linearGradient id="b" href="#a" x2="0" y2="1"/><mask id="m"><rect width="20"'
    ' height="40" fill="white"/></mask></defs><rect width="40" height="40" fill="url(#b)" mask='
    '"url(#m)" opacity=".4"/><text x="5" y="9" font-size="8" text-anchor="middle">m</text></svg>'
)
"""What drawing changes in WeasyPrint's own tree: the second time it would look otherwise."""

Deck = tuple[Press, tuple[Torture, ...]]


@pytest.fixture(scope="module")
def deck() -> Deck:
    """Return a press, and the slides that are written with it."""
    press = new_press()
    return press, (*torture(press.door), *own(press))


@pytest.fixture(autouse=True)
def _fixed_time_and_no_noise(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give fonts that are saved anew a fixed date; keep WeasyPrint's log out of the tests."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    with listening():
        yield


def own(press: Press) -> tuple[Torture, ...]:
    """Return slides that depend on the slides around them."""
    logo = press.door.keep(MASKED.encode(), ".svg")
    words = "Widths are rounded by size: AVWA To fi 0123"
    return (
        *(
            Torture(f"size-{size}", region(f'<p style="font-size:{size}px">{words}</p>'))
            for size in (9.3, 13, 31.4)
        ),
        Torture(
            "to-two", region('<p id="one">To <a href="#two">two</a>, <a href="#no">no</a></p>')
        ),
        Torture(
            "to-one", region('<p id="two">To <a href="#one">one</a> (100 %) \\</p>', "Ünï (1)")
        ),
        Torture("missing", region("<p>No face has \U000f0000, \U0010fffd and this A</p>")),
        Torture("missing-too", region("<p>Nor has it \U0010fffd or \U000f0001 and an A</p>")),
        Torture("logo", region(f'<img src="{logo}" alt="50 % (of a) logo">')),
        Torture("logo-again", region(f'<p>again</p><img src="{logo}" alt="">{MASKED}')),
        Torture("faint", region('<div style="opacity:.5">x <b style="opacity:.3">y</b></div>')),
        Torture(
            "headers",
            region("<table><tr><th>A<th>B<tr><th scope=row>1<td>2<td colspan=2>3</table>"),
        ),
    )


def laid(deck: Deck, slide: Torture) -> Any:  # noqa: ANN401  WeasyPrint's pages are untyped
    """Return a slide, newly laid out."""
    press, _ = deck
    sheets = (faces(press.door) + BASE, *slide.css)
    return press.lay_out(slide.html, sheets, *SIZE).page


def document(deck: Deck, pages: Sequence[Any], about: About | None = None) -> Any:  # noqa: ANN401
    """Return the document that a press would write."""
    from weasyprint.document import Document  # noqa: PLC0415

    from generator.paginate import _metadata  # noqa: PLC0415

    press, _ = deck
    metadata = _metadata(about or About("A (torture): “title”", "en", "Your Name"))
    around = press._url_fetcher(), press._font_config()  # noqa: SLF001  as the press does it
    return Document(list(pages), metadata, *around, {}, None)


def stock(deck: Deck, pages: Sequence[Any]) -> bytes:
    """Return what WeasyPrint's own writer makes of pages."""
    written = document(deck, pages).write_pdf(zoom=SCALE, pdf_variant="pdf/ua-1", pdf_tags=True)
    assert isinstance(written, bytes)
    return written


def new_assembler() -> Any:  # noqa: ANN401  imported late, with WeasyPrint
    """Return an assembler that knows no page."""
    from generator.paginate.fragments import Assembler  # noqa: PLC0415

    return Assembler()


def named(deck: Deck, *names: str) -> list[Torture]:
    """Return the slides of these names."""
    by_name = {slide.name: slide for slide in deck[1]}
    return [by_name[name] for name in names]


def test_each_slide_alone_has_the_bytes_of_the_stock_writer(deck: Deck) -> None:
    assembler = new_assembler()
    unlike = []
    for slide in deck[1]:
        page, same = laid(deck, slide), laid(deck, slide)
        wanted = stock(deck, [same])
        written = [assembler.write(document(deck, [page]), SCALE) for _again in range(2)]
        if written != [wanted, wanted]:
            unlike.append(slide.name)
    assert unlike == []


def test_all_slides_together_have_the_bytes_of_the_stock_writer(deck: Deck) -> None:
    assembler = new_assembler()
    pages = [laid(deck, slide) for slide in deck[1]]
    backwards = assembler.write(document(deck, pages[::-1]), SCALE)
    forwards = assembler.write(document(deck, pages), SCALE)
    assert forwards == stock(deck, [laid(deck, slide) for slide in deck[1]])
    assert backwards == stock(deck, [laid(deck, slide) for slide in deck[1][::-1]])


@settings(max_examples=8)
@given(st.lists(st.tuples(st.sampled_from("+-~^"), st.integers(0), st.integers(0)), max_size=7))
def test_any_sequence_of_edits_gives_what_a_clean_build_gives(
    deck: Deck, edits: list[tuple[str, int, int]]
) -> None:
    assembler = new_assembler()
    slides = named(deck, "plain", "size-31.4", "to-two", "pictures", "to-one")
    pages = [laid(deck, slide) for slide in slides]
    for kind, at, which in [("^", 0, 0), *edits]:
        place, slide = at % len(slides), deck[1][which % len(deck[1])]
        if kind == "+":
            slides.insert(place, slide)
            pages.insert(place, laid(deck, slide))
        elif kind == "-" and len(slides) > 1:
            del slides[place], pages[place]
        elif kind == "~":
            slides[place], pages[place] = slide, laid(deck, slide)
        else:
            slides, pages = slides[place:] + slides[:place], pages[place:] + pages[:place]
        written = assembler.write(document(deck, pages), SCALE)
        clean = stock(deck, [laid(deck, slide) for slide in slides])
        assert written == clean, [slide.name for slide in slides]


def test_only_a_new_page_is_painted(deck: Deck, monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.document import Page  # noqa: PLC0415

    painted: list[Any] = []
    stock_paint = Page.paint

    def paint(page: Any, *onto: Any) -> None:  # noqa: ANN401
        painted.append(page)
        stock_paint(page, *onto)

    monkeypatch.setattr(Page, "paint", paint)
    assembler = new_assembler()
    pages = [laid(deck, slide) for slide in named(deck, "plain", "tables", "lists", "pictures")]
    assembler.write(document(deck, pages), SCALE)
    assert painted == pages
    pages[1] = laid(deck, named(deck, "letters")[0])
    assembler.write(document(deck, pages[::-1]), SCALE)
    assert painted[4:] == [pages[1]]


def test_a_page_of_another_size_is_painted_again(deck: Deck) -> None:
    assembler = new_assembler()
    page, same = (laid(deck, named(deck, "paint")[0]) for _ in range(2))
    assembler.write(document(deck, [page]), SCALE)
    page.height = same.height = 300
    assert assembler.write(document(deck, [page]), SCALE) == stock(deck, [same])


def test_quick_differs_by_its_packing_only(deck: Deck, tmp_path: Path) -> None:
    assembler = new_assembler()
    pages = [laid(deck, slide) for slide in deck[1]]
    quick = assembler.write(document(deck, pages), SCALE, quick=True)
    assert quick == assembler.write(document(deck, pages), SCALE, quick=True)
    exact = assembler.write(document(deck, pages), SCALE)
    assert len(exact) <= len(quick) <= len(exact) * 1.03
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed")
    unpacked = {unpack(tmp_path / "file.pdf", pdf) for pdf in (quick, exact)}
    assert len(unpacked) == 1


def unpack(path: Path, pdf: bytes) -> bytes:
    """Return a PDF with nothing compressed, after qpdf found nothing wrong with it."""
    path.write_bytes(pdf)
    subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)
    plain = ["qpdf", "--qdf", "--object-streams=disable", "--static-id", str(path), "-"]
    return subprocess.run(plain, check=True, capture_output=True).stdout


def test_a_link_is_left_out_once_its_target_is_gone(deck: Deck) -> None:
    assembler = new_assembler()
    (one, two), (same, _) = ([laid(deck, s) for s in named(deck, "to-two", "to-one")] for _ in "ab")
    both = assembler.write(document(deck, [one, two]), SCALE)
    assert both.count(b"%PDF") == 1
    assert assembler.write(document(deck, [one]), SCALE) == stock(deck, [same])
    assert assembler.write(document(deck, [one, two]), SCALE) == both


def test_a_picture_looks_the_same_on_every_slide(deck: Deck) -> None:
    (slide,) = named(deck, "logo")
    pages = [laid(deck, slide) for _ in range(2)]
    first, second = rastered(stock(deck, pages), *SIZE)
    assert first.tobytes() == second.tobytes()


def test_what_weasyprint_says_is_said_for_each_file(deck: Deck) -> None:
    assembler = new_assembler()
    pages = [laid(deck, slide) for slide in named(deck, "missing", "to-two", "pictures")]
    told = []
    for _again in range(2):
        with listening() as heard:
            assembler.write(document(deck, pages), SCALE)
        told.append(sorted(problem.message for problem in heard))
    with listening() as heard:
        stock(deck, pages)
    assert told == [sorted(problem.message for problem in heard)] * 2
    assert any("U+F0000" in message for message in told[0])
    assert logging.getLogger("weasyprint").handlers


def test_a_page_is_forgotten_with_its_deck(deck: Deck) -> None:
    assembler = new_assembler()
    page = laid(deck, named(deck, "links")[0])
    known = weakref.ref(page)
    assembler.write(document(deck, [page]), SCALE)
    del page
    gc.collect()
    assert known() is None


def test_the_title_is_that_of_the_file(deck: Deck) -> None:
    assembler = new_assembler()
    page = laid(deck, named(deck, "plain")[0])
    about = About("Another “title”", "de", "Your Name", "What it is about")
    assembler.write(document(deck, [page]), SCALE)
    wanted = document(deck, [page], about).write_pdf(pdf_variant="pdf/ua-1")
    assert assembler.write(document(deck, [page], about)) == wanted


def test_what_is_unknown_is_left_to_the_stock_writer(
    deck: Deck, monkeypatch: pytest.MonkeyPatch
) -> None:
    assembler = new_assembler()
    page = laid(deck, named(deck, "plain")[0])
    assert assembler.write(document(deck, [page, page]), SCALE) is None
    assert assembler.write(document(deck, [page], About("No language", "")), SCALE) is None
    file = laid(deck, Torture("file", region('<a rel="attachment" href="x.txt">x</a>')))
    assert assembler.write(document(deck, [file]), SCALE) is None
    assert assembler.write(document(deck, [page]), SCALE)
    monkeypatch.setenv("THREADPRESS_STOCK", "1")
    assert assembler.write(document(deck, [page]), SCALE) is None
    monkeypatch.delenv("THREADPRESS_STOCK")
    monkeypatch.setattr("generator.paginate.fragments.PYDYF", "0.12.0")
    assert assembler.write(document(deck, [page]), SCALE) is None
