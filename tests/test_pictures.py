"""The golden pictures' own rules: what passes, what fails, and what the report shows."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.pictures import MAX_BYTES, Gallery

SIZE = (1080, 1350)
GROUND, TEXT, BRAND = (11, 16, 32), (232, 236, 245), (124, 92, 255)


def slide(  # noqa: PLR0913  (each is something that a change of looks may touch)
    *,
    brand: tuple[int, int, int] = BRAND,
    ground: tuple[int, int, int] = GROUND,
    words: str = "One idea a slide",
    dot: int = 24,
    bar: int = 0,
    shift: float = 0,
) -> Image.Image:
    """Return a slide: a ground, words, a dot of the brand (24 of 1080 px), a bar of progress."""
    page = Image.new("RGB", SIZE, ground)
    pen = ImageDraw.Draw(page)
    font = ImageFont.load_default(80)
    for line in range(6):
        pen.text((84 + shift, 300 + line * 120), words, TEXT, font)
    pen.ellipse((84, 84, 84 + dot, 84 + dot), brand)
    pen.rectangle((84, 1250, 500, 1250 + bar), TEXT)
    return page


@pytest.fixture
def gallery(tmp_path: Path) -> Gallery:
    """Return a gallery with one golden picture."""
    Gallery(tmp_path / "golden", tmp_path / "report", update=True).same(slide(bar=12), "slide")
    return Gallery(tmp_path / "golden", tmp_path / "report")


def test_the_same_slide_passes(gallery: Gallery) -> None:
    gallery.same(slide(bar=12), "slide")
    assert not gallery.report.exists()


def test_letters_drawn_a_hair_differently_pass(gallery: Gallery) -> None:
    gallery.same(slide(bar=12, shift=0.4), "slide")


@pytest.mark.parametrize(
    "changed",
    [
        slide(bar=12, brand=(92, 92, 255)),
        slide(bar=12, brand=(255, 92, 124)),
        slide(bar=12, ground=(21, 26, 42)),
        slide(bar=12, ground=(14, 19, 35)),
        slide(bar=12, words="One idea a slid"),
        slide(bar=12, dot=40),
        slide(bar=0),
        slide(bar=12, shift=12),
    ],
    ids=[
        "a shade of the brand", "another brand", "a tinted ground", "a faintly tinted ground",
        "a lost letter", "a larger dot", "a thinner bar", "moved words",
    ],
)  # fmt: skip
def test_what_a_designer_would_notice_fails(gallery: Gallery, changed: Image.Image) -> None:
    with pytest.raises(pytest.fail.Exception, match="looks different"):
        gallery.same(changed, "slide")


def test_a_changed_brand_colour_in_a_small_dot_fails(gallery: Gallery) -> None:
    with pytest.raises(pytest.fail.Exception, match=r"0\.0\d% .* a solid block"):
        gallery.same(slide(bar=12, brand=(255, 92, 124)), "slide")


def test_a_slide_of_another_size_fails(gallery: Gallery) -> None:
    with pytest.raises(pytest.fail.Exception, match="is 270 x 270, its golden one 270 x 338"):
        gallery.same(slide().resize((1080, 1080)), "slide")


def test_a_picture_without_a_golden_one_fails_and_says_what_to_run(gallery: Gallery) -> None:
    with pytest.raises(pytest.fail.Exception, match="--update-golden"):
        gallery.same(slide(), "new")
    assert (gallery.report / "new.got.png").exists()


def test_a_difference_is_shown_side_by_side_until_it_is_mended(gallery: Gallery) -> None:
    with pytest.raises(pytest.fail.Exception):
        gallery.same(slide(bar=12, brand=(255, 0, 0)), "slide")
    page = (gallery.report / "index.html").read_text(encoding="utf-8")
    for kind in ("golden", "got", "diff"):
        assert f'<img src="slide.{kind}.png"' in page
        assert (gallery.report / f"slide.{kind}.png").exists()
    gallery.same(slide(bar=12), "slide")
    assert "slide" not in (gallery.report / "index.html").read_text(encoding="utf-8")
    assert [path.name for path in gallery.report.iterdir()] == ["index.html"]


def test_updating_writes_what_differs_and_leaves_the_rest(gallery: Gallery) -> None:
    golden = gallery.golden / "slide.png"
    before = golden.read_bytes()
    update = Gallery(gallery.golden, gallery.report, update=True)
    update.same(slide(bar=12, shift=0.4), "slide")
    assert golden.read_bytes() == before
    update.same(slide(bar=12, brand=(255, 0, 0)), "slide")
    assert golden.read_bytes() != before
    gallery.same(slide(bar=12, brand=(255, 0, 0)), "slide")


def test_a_golden_picture_is_small_and_has_a_palette(gallery: Gallery) -> None:
    golden = gallery.golden / "slide.png"
    with Image.open(golden) as picture:
        assert (picture.mode, picture.size) == ("P", (270, 338))
    assert golden.stat().st_size <= MAX_BYTES


def test_a_busy_picture_gets_fewer_colours_or_is_refused(tmp_path: Path) -> None:
    noise = Image.effect_noise(SIZE, 200).convert("RGB").resize((270, 338))
    with pytest.raises(pytest.fail.Exception, match="choose a plainer one"):
        Gallery(tmp_path, tmp_path / "report", update=True).same(noise, "noise")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["../slide", "Slide", "a b", ""])
def test_a_name_is_a_plain_word(gallery: Gallery, name: str) -> None:
    with pytest.raises(pytest.fail.Exception, match="no name for a picture"):
        gallery.same(slide(), name)


def test_our_own_golden_pictures_keep_the_limit() -> None:
    for golden in (Path(__file__).parent / "golden").glob("*.png"):
        assert golden.stat().st_size <= MAX_BYTES, golden.name
