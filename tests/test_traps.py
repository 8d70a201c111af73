"""Pixels for each silent trap of the engine: what is read back from the PDF is right either way.

The traps are WeasyPrint 70's, each found by looking at pages. Here our way around each is drawn and
looked at; those of letters are in test_trap_letters.
"""

from pathlib import Path

import pytest
from PIL import Image, ImageChops

from generator.compose.tokens import filled
from generator.fetch import Door
from generator.paginate import About, Press
from tests.drawing import ROOT, area, drawn, faces, ink, laid_out, new_press


@pytest.fixture(scope="module")
def press() -> Press:
    """Return a press that serves what this repo holds."""
    return new_press()


# --- trap 3: what passes the bottom ---------------------------------------------------------------


def test_text_taller_than_the_page_is_measured_whole(press: Press) -> None:
    rows = "".join(f'<p style="height: 60px">row {number}</p>' for number in range(60))
    css = ".region { height: 1000px; display: grid; align-content: center } p { margin: 0 0 1px }"
    body = f'<section class="region"><div class="flow">{rows}</div></section>'
    (region,) = laid_out(press, body, css, (1080, 1350)).regions
    assert region.needed == pytest.approx(60 * 61, abs=2)
    assert region.available == 1000
    assert "row 59" in region.beyond


def test_a_page_cut_to_its_canvas_is_drawn_right_to_its_edge(press: Press) -> None:
    css = """section { position: relative; height: 300px; background: #fff }
      i { position: absolute; left: 0; width: 400px; height: 10px }"""
    body = """<section><i style="top: 0; background: #f00"></i>
      <i style="bottom: 0; background: #00f"></i></section>"""
    picture = drawn(press, body, css)
    assert picture.size == (400, 300)
    assert [picture.getpixel((200, y)) for y in (0, 9, 10, 289, 290, 299)] == [
        (255, 0, 0), (255, 0, 0), (255, 255, 255), (255, 255, 255), (0, 0, 255), (0, 0, 255),
    ]  # fmt: skip


# --- trap 4: gradients ----------------------------------------------------------------------------


def near(got: object, wanted: tuple[int, int, int], most: int = 4) -> bool:
    """Return whether a pixel has a colour, give or take what rounding costs."""
    assert isinstance(got, tuple)
    return all(abs(int(a) - b) <= most for a, b in zip(got, wanted, strict=True))


def test_evenly_spaced_opaque_stops_give_the_colours_between(press: Press) -> None:
    css = "div { height: 300px; background: linear-gradient(to right, #000, #c80000, #00c800) }"
    picture = drawn(press, "<div></div>", css)
    for x, wanted in {
        100: (100, 0, 0), 200: (200, 0, 0), 300: (100, 100, 0), 398: (1, 199, 0),
    }.items():  # fmt: skip
        assert near(picture.getpixel((x, 150)), wanted), f"{x}: {picture.getpixel((x, 150))}"


def test_a_radial_gradient_in_user_space_has_its_radius(press: Press) -> None:
    svg = """<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300">
      <radialGradient id="g" gradientUnits="userSpaceOnUse" cx="200" cy="150" r="100">
      <stop offset="0" stop-color="#000"/><stop offset=".5" stop-color="#640000"/>
      <stop offset="1" stop-color="#c80000"/></radialGradient>
      <rect width="400" height="300" fill="url(#g)"/></svg>"""
    url = press.door.keep(svg.encode(), ".svg")
    picture = drawn(press, f'<img src="{url}" alt="" style="display: block">')
    for at, wanted in {
        (200, 150): (2, 0, 0), (250, 150): (100, 0, 0), (200, 75): (150, 0, 0),
        (298, 150): (196, 0, 0), (330, 150): (200, 0, 0), (10, 10): (200, 0, 0),
    }.items():  # fmt: skip
        assert near(picture.getpixel(at), wanted), f"{at}: {picture.getpixel(at)}"


# --- trap 5: weights, lists -----------------------------------------------------------------------


def test_themes_ask_for_weights_in_hundreds() -> None:
    for sheet in [*(ROOT / "layouts").rglob("*.css"), *(ROOT / "themes").rglob("*.css")]:
        for line in sheet.read_text("utf-8").split("font-weight:")[1:]:
            number = line.split(";")[0].split("}")[0].strip()
            assert not number.isdigit() or int(number) % 100 == 0, f"{sheet.name}: {number}"


def test_a_list_starts_with_the_number_that_the_writer_chose(press: Press) -> None:
    css = "ol { padding-left: 100px; font: 60px/80px tp-inter }" + faces(press, ("inter", 400))
    plain, started, counted = (
        ink(drawn(press, f"<ol {how}><li>x</ol>", css))
        for how in ("", 'start="7"', 'style="counter-reset: list-item 6"')
    )
    assert started.tobytes() == counted.tobytes()
    assert started.tobytes() != plain.tobytes()


# --- trap 6: pictures -----------------------------------------------------------------------------


def test_icons_bear_the_colour_that_was_put_in_for_currentcolor(press: Press) -> None:
    icons = sorted((ROOT / "themes" / "_icons").glob("*.svg"))
    assert icons
    images = []
    for place, icon in enumerate(icons):
        svg = icon.read_text("utf-8").replace("currentColor", "#c81e28")
        left, top = place % 10 * 40, place // 10 * 40
        url = press.door.keep(svg.encode(), ".svg")
        style = f"position: absolute; left: {left}px; top: {top}px; width: 32px"
        images.append(f'<img src="{url}" alt="" style="{style}">')
    height = (len(icons) // 10 + 1) * 40
    picture = drawn(press, "".join(images), size=(400, height))
    assert not press.door.refused
    for place, icon in enumerate(icons):
        left, top = place % 10 * 40, place // 10 * 40
        colours = picture.crop((left, top, left + 40, top + 40)).getcolors(1600) or []
        darkest = min((colour for _count, colour in colours), key=lambda each: sum(_rgb(each)))
        assert near(darkest, (200, 30, 40), 45), f"{icon.name}: {darkest}"


def _rgb(colour: object) -> tuple[int, ...]:
    assert isinstance(colour, tuple)
    return colour


# --- trap 7: boxes --------------------------------------------------------------------------------


def test_a_picture_may_be_a_block_of_its_own(press: Press) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" \
height="30" fill="#c81e28"/></svg>'
    url = press.door.keep(svg.encode(), ".svg")
    picture = drawn(press, f'<img src="{url}" alt="" style="display: block; margin: 0 auto">')
    assert [picture.getpixel((x, 15)) == (200, 30, 40) for x in (170, 181, 218, 230)] == [
        False, True, True, False,
    ]  # fmt: skip


def test_a_list_beside_a_float_in_a_centred_region_is_there(press: Press) -> None:
    css = """.region { position: absolute; top: 20px; height: 260px; width: 400px; display: grid;
        align-content: center; grid-template-columns: 100% }
      .flow { overflow: hidden } .pic { float: right; width: 100px; height: 60px; background: #00f }
      ul { padding-left: 40px; font: 40px/50px tp-inter; color: #f00 }"""
    body = """<div class="region"><div class="flow"><div class="pic"></div>
      <ul><li>one<li>two<li>three</ul></div></div>"""
    picture = drawn(press, body, css + faces(press, ("inter", 400)))
    red, _green, blue = picture.split()
    text = ImageChops.subtract(red, blue).point([255 * (value > 128) for value in range(256)])
    rows = [text.crop((0, top, 400, top + 50)) for top in (75, 125, 175)]
    assert [area(row) > 200 for row in rows] == [True, True, True]
    assert picture.getpixel((350, 100)) == (0, 0, 255)
    box = text.getbbox()
    assert box
    assert 70 < box[1] < 95  # three lines of 50 px, centred in 300


def test_a_marked_word_has_the_colours_of_the_theme(press: Press) -> None:
    base = (ROOT / "layouts" / "_base" / "base.css").read_text("utf-8")
    rule = next(line for line in base.splitlines() if line.startswith("mark "))
    roles = {"accent-soft": "#204060", "accent": "#ff8800"}
    css = f"p {{ font: 60px/100px tp-inter; color: #f0f0f0 }} {filled(rule, roles)}"
    picture = drawn(press, "<p><mark>mm</mark>", css + faces(press, ("inter", 400)))
    colours = {colour for _count, colour in picture.getcolors(100_000) or []}
    assert (32, 64, 96) in colours
    assert (240, 240, 240) in colours
    assert (0, 0, 0) not in colours


# --- trap 9: URLs ---------------------------------------------------------------------------------


def test_a_pdf_does_not_depend_on_where_the_checkout_lies(tmp_path: Path) -> None:
    def written(folder: Path) -> bytes:
        folder.mkdir(parents=True)
        Image.new("RGB", (40, 30), (200, 30, 40)).save(folder / "pic.png")
        press = Press(Door([("project", folder)]))
        body = f'<img src="{press.door.url(folder / "pic.png")}" alt="A red field">'
        return press.write([laid_out(press, body).page], About("A trap", "en"))

    assert written(tmp_path / "a") == written(tmp_path / "somewhere" / "else")
