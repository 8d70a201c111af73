"""The files that a destination gets."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops
from weasyprint import HTML

from generator import raster, rooms
from generator.exporters import Exporter, Options, jpeg, numbered, pdf, png

SIZE = (540, 675)


@pytest.fixture(scope="module")
def deck() -> bytes:
    """Return a PDF of two pages: red text on a dark ground, and a gradient."""
    css = """@page { size: 540px 675px; margin: 0 } body { margin: 0 }
      section { height: 675px; font: 40px sans-serif; background: #0b1020; color: #ff3b30 }
      section + section { break-before: page; background: linear-gradient(#0b1020, #7c5cff) }"""
    words = "<p>Red text on a dark ground is where a halo shows first.</p>" * 2
    html = f"<style>{css}</style><section>{words}</section><section>{words}</section>"
    return bytes(HTML(string=html).write_pdf())


def opened(content: bytes) -> Image.Image:
    """Return a picture of an artifact."""
    return Image.open(BytesIO(content))


def test_exporters_are_found_by_being_in_the_room() -> None:
    found = rooms.parts("generator.exporters", "exporter")
    assert {"pdf", "jpeg", "png"} <= set(found)
    assert all(isinstance(exporter, Exporter) for exporter in found.values())


def test_the_pdf_is_handed_on_under_the_carousels_name(deck: bytes) -> None:
    (artifact,) = pdf.export(deck, "launch", *SIZE)
    assert (artifact.path, artifact.content) == ("launch.pdf", deck)


def test_slides_are_numbered_as_they_are_swiped(deck: bytes) -> None:
    assert [file.path for file in jpeg.export(deck, "launch", *SIZE)] == ["01.jpg", "02.jpg"]
    assert [file.path for file in png.export(deck, "launch", *SIZE)] == ["01.png", "02.png"]


@pytest.mark.parametrize(("slides", "first"), [(1, "01.jpg"), (99, "01.jpg"), (100, "001.jpg")])
def test_numbers_sort_by_name(slides: int, first: str) -> None:
    names = [artifact.path for artifact in numbered([b""] * slides, ".jpg")]
    assert names == sorted(names)
    assert names[0] == first


@pytest.mark.parametrize("exporter", [jpeg.exporter, png.exporter], ids=["jpeg", "png"])
def test_pictures_have_the_canvas_in_pixels_and_no_metadata(
    deck: bytes, exporter: Exporter
) -> None:
    for artifact in exporter.export(deck, "launch", 1080, 1350):
        picture = opened(artifact.content)
        assert (picture.size, picture.mode) == ((1080, 1350), "RGB")
        assert not picture.getexif()
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("exporter", [jpeg.exporter, png.exporter], ids=["jpeg", "png"])
def test_the_same_pdf_gives_the_same_bytes(deck: bytes, exporter: Exporter) -> None:
    assert exporter.export(deck, "a", *SIZE) == exporter.export(deck, "b", *SIZE)


def test_a_png_holds_every_pixel_as_it_was_drawn(deck: bytes) -> None:
    drawn = raster.pages(deck, *SIZE)
    for artifact, page in zip(png.export(deck, "launch", *SIZE), drawn, strict=True):
        assert not ImageChops.difference(opened(artifact.content), page).getbbox()


def test_red_text_on_a_dark_ground_keeps_its_chroma(deck: bytes) -> None:
    page = next(iter(raster.pages(deck, *SIZE)))
    kept = opened(jpeg.encoded(page))
    loss = ImageChops.difference(kept.convert("YCbCr"), page.convert("YCbCr"))
    (_least, most) = loss.getchannel("Cr").getextrema()
    # Halved chroma (4:2:0, Pillow's own choice) is off by 63 at the letters' edges, ours by 32.
    assert isinstance(most, int)
    assert most < 45


def test_a_limit_lowers_the_quality_until_the_file_fits(deck: bytes) -> None:
    free = jpeg.export(deck, "launch", *SIZE)
    limit = int(len(free[0].content) * 0.85)
    held = jpeg.export(deck, "launch", *SIZE, Options(max_file_bytes=limit))
    assert len(held[0].content) <= limit
    assert len(held[0].content) > limit * 0.8


def test_quality_never_falls_so_low_that_text_gets_a_halo(deck: bytes) -> None:
    page = next(iter(raster.pages(deck, *SIZE)))
    held = jpeg.export(deck, "launch", *SIZE, Options(max_file_bytes=1))
    assert held[0].content == jpeg.encoded(page, 70)


def test_a_limit_that_is_kept_changes_nothing(deck: bytes) -> None:
    assert jpeg.export(deck, "a", *SIZE, Options(8_000_000)) == jpeg.export(deck, "a", *SIZE)
