"""An SVG picture that is drawn again: it looks as it did the first time, and others are stock's."""

import pytest

from generator.paginate import About
from generator.raster import pages
from tests.drawing import laid_out, new_press
from tests.torture import differences

AROUND = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">{}</svg>'
STOPS = '<stop offset="0" stop-color="red"/><stop offset="1" stop-color="blue"/>'
DRAWINGS = {
    "a gradient with another's stops": f'<linearGradient id="a">{STOPS}</linearGradient>'
    '<linearGradient id="b" href="#a" y2="1"/><rect width="40" height="40" fill="url(#b)"/>',
    "a mask": '<mask id="m"><rect width="20" height="40" fill="white"/></mask>'
    '<rect width="40" height="40" fill="red" mask="url(#m)"/>',
    "a pattern by the shape's size": '<pattern id="p" width=".5" height=".25"><circle cx="5" cy="5"'
    ' r="3"/></pattern><rect width="40" height="40" fill="url(#p)"/>',
    "a symbol used": '<defs><symbol id="s" viewBox="0 0 9 9"><circle cx="5" cy="5" r="3"/></symbol>'
    '</defs><use href="#s" x="3" width="30"/><use href="#s" y="9" width="12" height="12"/>',
    "a clip path": '<clipPath id="c"><circle cx="20" cy="20" r="9"/></clipPath>'
    '<rect width="40" height="40" clip-path="url(#c)"/>',
    "markers": '<marker id="a" markerWidth="4" markerHeight="4" refX="2" refY="2" orient="auto">'
    '<path d="M0 0L4 2 0 4z"/></marker><path d="M5 5L20 20 35 5" fill="none" stroke="red"'
    ' marker-end="url(#a)" marker-mid="url(#a)"/>',
    "text": '<text x="1" y="9" font-size="8">a <tspan dx="2" dy="3" rotate="9">b</tspan> c</text>',
    "plain shapes": f'<linearGradient id="a">{STOPS}</linearGradient><g fill="url(#a)">'
    '<path d="M2 2L9 30 38 9z"/><circle cx="30" cy="30" r="6" opacity=".5"/></g>',
}


@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=DRAWINGS)
def test_a_picture_on_each_slide_is_the_same_on_each(drawing: str) -> None:
    press = new_press()
    url = press.door.keep(AROUND.format(drawing).encode(), ".svg")
    body = f'<img src="{url}" alt="" style="width: 200px; height: 200px">'
    slides = [laid_out(press, body).page for _ in range(3)]
    first, *others = pages(press.write(slides, About("A trap", "en")), 400, 300)
    assert len(first.getcolors(1 << 16) or ()) > 1
    assert [picture.tobytes() == first.tobytes() for picture in others] == [True, True]


def test_other_pictures_are_drawn_as_stock_draws_them() -> None:
    assert differences("drawn_again") == []
