"""Pictures whose operators are put on page after page."""

import re
import zlib

import pytest

from generator.fetch import Door
from generator.paginate import About, Press, _engine
from tests import torture

PLAIN = '<rect width="30" height="20" fill="#e33"/><path d="M0 0L9 9" stroke="#00f"/>'
CLEAR = '<rect width="30" height="20" fill="#e33" fill-opacity=".4"/>'
FADED = (
    '<linearGradient id="g"><stop offset="0" stop-color="#fff"/><stop offset="1"/></linearGradient>'
    '<rect width="30" height="20" fill="url(#g)"/>'
)
WORDS = '<text y="15" font-size="12">words</text>'


def contents(shapes: str) -> list[bytes]:
    """Return what is drawn on three pages that show the same picture."""
    door = Door([])
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20">{shapes}</svg>'
    url = door.keep(svg.encode(), ".svg")
    press = Press(door)
    html = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title></head><body>'
        f'<p style="color:{{}}">a <img src="{url}" alt="b"></p></body></html>'
    )
    colors = ("#111", "#e33", "#111")
    pages = [press.lay_out(html.format(color), (), 200, 200).page for color in colors]
    pdf = press.write(pages, About("x", "en"))
    streams = re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL)
    found = []
    for stream in streams:
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return [content for content in found if b" Tm" in content]


@pytest.mark.parametrize("shapes", [PLAIN, CLEAR, FADED, WORDS])
def test_a_picture_is_the_same_on_every_page(shapes: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _engine.start()
    from weasyprint.images import SVGImage  # noqa: PLC0415  (after it was started)

    ours = contents(shapes)
    monkeypatch.setattr(SVGImage, "draw", SVGImage.draw.__wrapped__)
    assert ours == contents(shapes)


def test_pages_are_the_same() -> None:
    assert torture.differences("drawn_again", "replayed") == []
