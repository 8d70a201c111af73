"""Styles that are computed once for elements that are alike."""

from generator.fetch import Door
from generator.paginate import Press
from tests import torture

PARAGRAPH = '<!doctype html><html lang="en"><title>T</title><body>{}</body></html>'


def press() -> Press:
    """Return a press that serves what this repo holds."""
    return Press(Door([("builtin", torture.ROOT)]))


def widths(room: Press, css: str, body: str = "<p>x</p>", width: int = 400) -> list[float]:
    """Return how wide the boxes in a slide's body are."""
    html = PARAGRAPH.format(body)
    laid = room.lay_out(html, ("* { margin: 0; padding: 0 }", css), width, 300)
    body_box = laid.page._page_box.children[0].children[0]  # noqa: SLF001  there is no public one
    return [box.width for box in body_box.children]


def test_pages_are_the_same() -> None:
    assert torture.differences("styles") == []


def test_pages_are_the_same_with_all_seams() -> None:
    assert torture.differences() == []


def test_sizes_of_the_page_are_no_other_documents() -> None:
    room = press()
    css = "div { width: 50vw } p { width: inherit }"
    found = [widths(room, css, "<div>x</div><p>y</p>", width) for width in (400, 300, 400)]
    assert found == [[200, 400], [150, 300], [200, 400]]


def test_what_is_wrong_in_an_attribute_is_told_of_each_slide() -> None:
    room = press()
    html = PARAGRAPH.format('<p style="colour: red">x</p>')
    told = [room.lay_out(html, (), 100, 100).problems for _ in range(3)]
    assert told[0]
    assert told == [told[0]] * 3


def test_a_new_font_is_measured_though_its_name_was_met_before() -> None:
    css = "p { font: 40px tp-new; width: 10ch }"
    room, other = press(), press()
    file = room.door.url(torture.FONTS / "bricolage-grotesque" / "700.ttf")
    face = f"@font-face {{ font-family: tp-new; src: url({file}) }}"
    before = widths(room, css)
    after = widths(room, face + css)
    assert after == widths(other, face + css)
    assert after != before


def test_selectors_that_look_ahead_are_tried_each_time() -> None:
    room = press()
    css = "p { width: 100px } p:last-child { width: 50px } p:has(b) { width: 25px !important }"
    assert widths(room, css, "<p>x</p><p>y</p>") == [100, 50]
    assert widths(room, css, "<p>x</p><p>y</p><p>z</p>") == [100, 100, 50]
    assert widths(room, css, "<p>x</p><p><b>y</b></p>") == [100, 25]
    assert widths(room, css, "<p>x</p><p>y</p>") == [100, 50]


def test_what_stands_before_decides_as_well() -> None:
    room = press()
    css = "p { width: 100px } .a + p { width: 50px } .a ~ p + p { width: 25px } b p { width: 1px }"
    assert widths(room, css, "<p>x</p><p>y</p><p>z</p>") == [100, 100, 100]
    assert widths(room, css, '<p class="a">x</p><p>y</p><p>z</p>') == [100, 50, 25]
    assert widths(room, css, '<p>x</p><p class="a">y</p><p>z</p>') == [100, 100, 50]
    assert widths(room, css, '<p lang="de">x</p><p>y</p>') == [100, 100]
