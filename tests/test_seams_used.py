"""Used lengths that are worked out once for all boxes of a style."""

from collections.abc import Callable
from math import inf
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.paginate import _engine
from generator.paginate.seams import used
from tests import torture

SIDES = ("top", "right", "bottom", "left")


class Style(dict[str, Any]):
    """A style that is as its template has it."""

    def __init__(self, values: dict[str, Any]) -> None:
        """Take the values, and a template that has the same."""
        super().__init__(values)
        self.template = SimpleNamespace(values=dict(values), spoiled=False, used={})
        self.document = SimpleNamespace(written=False)


@st.composite
def styles(draw: st.DrawFn) -> Style:
    """Return a style of lengths in px and per cent."""
    from weasyprint.css.properties import Dimension  # noqa: PLC0415  (after it was started)

    numbers = st.integers(-50, 500).map(float)
    lengths = st.builds(Dimension, numbers, st.sampled_from(["px", "px", "%"]))
    maybe = lengths | st.just("auto")
    positive = st.builds(Dimension, st.integers(0, 300), st.sampled_from(["px", "%"]))
    values: dict[str, Any] = {"width": draw(maybe), "height": draw(maybe)}
    for side in SIDES:
        values[f"margin_{side}"] = draw(maybe)
        values[f"padding_{side}"] = draw(positive)
        values[f"border_{side}_width"] = draw(st.integers(0, 9))
    for axis in ("width", "height"):
        values[f"min_{axis}"] = draw(positive | st.just("auto"))
        values[f"max_{axis}"] = draw(positive | st.just(Dimension(inf, "px")))
    values["border_collapse"] = draw(st.sampled_from(["separate", "separate", "collapse"]))
    values["box_sizing"] = draw(st.sampled_from(["content-box", "padding-box", "border-box"]))
    return Style(values)


def resolved(
    resolve: Callable[..., None], style: Style, around: tuple[float, float | str]
) -> object:
    """Return all that a box of a style gets."""
    from weasyprint.formatting_structure.boxes import BlockBox  # noqa: PLC0415  (the same)

    box = BlockBox("div", style, None, [])
    resolve(box, around)
    return {name: value for name, value in vars(box).items() if name != "style"}


@given(styles(), st.integers(0, 900), st.integers(0, 900) | st.just("auto"))
def test_lengths_are_those_that_weasyprint_finds(
    style: Style, width: int, height: float | str
) -> None:
    _engine.start()
    from weasyprint.layout.percent import resolve_percentages  # noqa: PLC0415  (the same)

    stock = getattr(resolve_percentages, "stock", resolve_percentages)
    ours = used.resolving(stock)
    wanted = resolved(stock, style, (width, height))
    assert resolved(ours, style, (width, height)) == wanted
    assert resolved(ours, style, (width, height)) == wanted  # from what is known by now


def test_pages_are_the_same() -> None:
    assert torture.differences("styles", "used") == []
