"""Grids of one block that are laid out once."""

from typing import Any

import pytest

from generator.fetch import Door
from generator.paginate import LaidOut, Press, _engine, _measure
from generator.paginate.seams import centre
from tests import torture

SHEET = """
* { margin: 0; padding: 0 } body { font: 20px/1.3 tp-inter }
.region { position: absolute; left: 10px; width: 300px; top: 20px; height: 200px;
  display: grid; align-content: center; grid-template-columns: 100% }
"""


def laid(css: str, inside: str) -> LaidOut:
    html = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title></head><body>'
        f'<div class="region"><div class="flow">{inside}</div></div></body></html>'
    )
    return Press(Door([])).lay_out(html, (SHEET, css), 400, 400)


def counted(css: str, inside: str, monkeypatch: pytest.MonkeyPatch) -> tuple[LaidOut, int]:
    """Return a slide, and how many of its grids were laid out once."""
    _engine.start()
    made = centre._laid_out  # noqa: SLF001  what is counted
    done = []

    def counting(*state: Any) -> Any:  # noqa: ANN401  WeasyPrint is untyped
        result = made(*state)
        done.append(result is not None)
        return result

    monkeypatch.setattr(centre, "_laid_out", counting)
    return laid(css, inside), sum(done)


@pytest.mark.parametrize("align", ["center", "end", "start"])
def test_a_block_stands_where_the_grid_wants_it(
    align: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    css = f".region {{ align-content: {align} }} .flow {{ height: 60px }}"
    stock = laid(css, "").page  # a given height is WeasyPrint's own way
    css = f".region {{ align-content: {align} }} .flow div {{ height: 60px }}"
    ours, count = counted(css, "<div></div>", monkeypatch)
    assert count == 1
    wanted, found = (
        next(_measure._of_class(page._page_box, "flow"))  # noqa: SLF001  there is no public box tree
        for page in (stock, ours.page)
    )
    assert (found.position_y, found.height) == (wanted.position_y, wanted.height)


def test_what_does_not_fit_starts_at_the_top(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, count = counted(".flow div { height: 500px }", "<div></div>", monkeypatch)
    assert count == 1
    assert ours.regions[0].needed == 500


@pytest.mark.parametrize(
    ("css", "inside"),
    [
        (".flow div { height: 50% }", "<div></div>"),
        (".flow b { float: left }", "<b>a</b>"),
        (".region { row-gap: 4px }", "a"),
        (".region { grid-template-columns: 1fr }", "a"),
        (".flow { align-self: end }", "a"),
    ],
)
def test_anything_else_is_left_to_weasyprint(
    css: str, inside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert counted(css, inside, monkeypatch)[1] == 0


def test_pages_are_the_same() -> None:
    assert torture.differences("centre") == []
