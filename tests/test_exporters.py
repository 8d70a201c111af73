"""The files that a destination gets."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageChops
from weasyprint import HTML

from generator import raster, rooms
from generator.exporters import Deck, Exporter, jpeg, numbered, pdf, png, webp
from tests.project import Project

SIZE = (540, 675)
PICTURES = [jpeg.exporter, png.exporter, webp.exporter]


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    """Return two pages: red text on a dark ground, and a gradient."""
    css = """@page { size: 540px 675px; margin: 0 } body { margin: 0 }
      section { height: 675px; font: 40px sans-serif; background: #0b1020; color: #ff3b30 }
      section + section { break-before: page; background: linear-gradient(#0b1020, #7c5cff) }"""
    words = "<p>Red text on a dark ground is where a halo shows first.</p>" * 2
    html = f"<style>{css}</style><section>{words}</section><section>{words}</section>"
    project = Project(tmp_path_factory.mktemp("deck"))
    project.thread(name="launch")
    carousel = project.carousel("launch")
    return Deck(carousel, carousel.slides, bytes(HTML(string=html).write_pdf()))


def sized(deck: Deck, size: tuple[int, int] = SIZE, limit: int = 0) -> Deck:
    """Return the deck for a canvas of that size and limit of bytes."""
    limits = {"max_file_bytes": limit} if limit else {}
    canvas = replace(deck.carousel.canvas, width=size[0], height=size[1], limits=limits)
    return replace(deck, carousel=replace(deck.carousel, canvas=canvas))


def opened(content: bytes) -> Image.Image:
    """Return a picture of an artifact."""
    return Image.open(BytesIO(content))


def test_exporters_are_found_by_being_in_the_room() -> None:
    found = rooms.parts("generator.exporters", "exporter")
    assert {"pdf", "jpeg", "png", "webp"} <= set(found)
    assert all(isinstance(exporter, Exporter) for exporter in found.values())


def test_the_pdf_is_handed_on_under_the_carousels_name(deck: Deck) -> None:
    (artifact,) = pdf.export(deck)
    assert (artifact.path, artifact.content) == ("launch.pdf", deck.pdf)


def test_slides_are_numbered_as_they_are_swiped(deck: Deck) -> None:
    assert [file.path for file in jpeg.export(sized(deck))] == ["01.jpg", "02.jpg"]
    assert [file.path for file in png.export(sized(deck))] == ["01.png", "02.png"]


@pytest.mark.parametrize(("slides", "first"), [(1, "01.jpg"), (99, "01.jpg"), (100, "001.jpg")])
def test_numbers_sort_by_name(slides: int, first: str) -> None:
    names = [artifact.path for artifact in numbered([b""] * slides, ".jpg")]
    assert names == sorted(names)
    assert names[0] == first


@pytest.mark.parametrize("exporter", PICTURES, ids=["jpeg", "png", "webp"])
def test_pictures_have_the_canvas_in_pixels_and_no_metadata(deck: Deck, exporter: Exporter) -> None:
    for artifact in exporter.export(sized(deck, (1080, 1350))):
        picture = opened(artifact.content)
        assert (picture.size, picture.mode) == ((1080, 1350), "RGB")
        assert not picture.getexif()
        assert set(picture.info) <= {
            "background",
            "loop",
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
        }


@pytest.mark.parametrize("exporter", PICTURES, ids=["jpeg", "png", "webp"])
def test_the_same_pdf_gives_the_same_bytes(deck: Deck, exporter: Exporter) -> None:
    assert exporter.export(sized(deck)) == exporter.export(sized(deck))


def test_a_png_holds_every_pixel_as_it_was_drawn(deck: Deck) -> None:
    drawn = raster.pages(deck.pdf, *SIZE)
    for artifact, page in zip(png.export(sized(deck)), drawn, strict=True):
        assert not ImageChops.difference(opened(artifact.content), page).getbbox()


def test_red_text_on_a_dark_ground_keeps_its_chroma(deck: Deck) -> None:
    page = next(iter(raster.pages(deck.pdf, *SIZE)))
    kept = opened(jpeg.encoded(page))
    loss = ImageChops.difference(kept.convert("YCbCr"), page.convert("YCbCr"))
    (_least, most) = loss.getchannel("Cr").getextrema()
    # Halved chroma (4:2:0, Pillow's own choice) is off by 63 at the letters' edges, ours by 32.
    assert isinstance(most, int)
    assert most < 45


def test_a_limit_lowers_the_quality_until_the_file_fits(deck: Deck) -> None:
    free = jpeg.export(sized(deck))
    limit = int(len(free[0].content) * 0.85)
    held = jpeg.export(sized(deck, limit=limit))
    assert len(held[0].content) <= limit
    assert len(held[0].content) > limit * 0.8


def test_quality_never_falls_so_low_that_text_gets_a_halo(deck: Deck) -> None:
    page = next(iter(raster.pages(deck.pdf, *SIZE)))
    held = jpeg.export(sized(deck, limit=1))
    assert held[0].content == jpeg.encoded(page, 70)


def test_a_limit_that_is_kept_changes_nothing(deck: Deck) -> None:
    assert jpeg.export(sized(deck, limit=8_000_000)) == jpeg.export(sized(deck))
