"""Pages as pictures: the size asked for, the colours of the PDF."""

import pytest
from weasyprint import HTML

from generator import raster

RED, BLUE, WHITE = (226, 28, 40), (20, 60, 200), (255, 255, 255)


@pytest.fixture(scope="module")
def deck() -> bytes:
    """Return a PDF of three pages: red, blue, and a red square in the corner of white."""
    css = "@page { size: 1080px 1350px; margin: 0 } body { margin: 0 } section { height: 1350px }"
    html = f"""<style>{css} section + section {{ break-before: page }}</style>
      <section style="background: rgb{RED}"></section>
      <section style="background: rgb{BLUE}"></section>
      <section><div style="background: rgb{RED}; width: 540px; height: 675px"></div></section>"""
    return bytes(HTML(string=html).write_pdf())


@pytest.mark.parametrize("size", [(1080, 1350), (270, 338), (333, 417), (1, 1), (1081, 1349)])
def test_a_page_has_exactly_the_pixels_asked_for(deck: bytes, size: tuple[int, int]) -> None:
    assert {page.size for page in raster.pages(deck, *size)} == {size}


def test_without_a_height_the_proportions_stay(deck: bytes) -> None:
    assert {page.size for page in raster.pages(deck, 200)} == {(200, 250)}


def test_pages_are_rgb_in_the_colours_of_the_pdf(deck: bytes) -> None:
    red, blue, _corner = raster.pages(deck, 108, 135)
    assert red.mode == "RGB"
    assert (red.getextrema(), blue.getextrema()) == (
        tuple((value, value) for value in RED),
        tuple((value, value) for value in BLUE),
    )


def test_a_page_fills_its_picture_and_stands_upright(deck: bytes) -> None:
    (corner,) = raster.pages(deck, 108, 135, which=[2])
    assert [corner.getpixel(at) for at in ((0, 0), (53, 66), (55, 66), (53, 69), (107, 134))] == [
        RED, RED, WHITE, WHITE, WHITE,
    ]  # fmt: skip


def test_pages_are_picked_by_number_in_the_order_asked_for(deck: bytes) -> None:
    picked = raster.pages(deck, 4, 5, which=[1, 0])
    assert [page.getpixel((0, 0)) for page in picked] == [BLUE, RED]


def test_a_picture_outlives_its_document(deck: bytes) -> None:
    first = next(iter(raster.pages(deck, 4, 5)))
    assert first.copy().getpixel((3, 4)) == RED


def test_pages_are_counted(deck: bytes) -> None:
    assert raster.count(deck) == 3


def test_the_same_page_gives_the_same_pixels(deck: bytes) -> None:
    one, other = ([page.tobytes() for page in raster.pages(deck, 270)] for _time in range(2))
    assert one == other
