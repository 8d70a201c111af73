"""How much of a region its content needs, read from the box tree of a page laid out tall."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.paginate.seams.balance import TORN

TOLERANCE = 1.0
"""CSS px that rounding may add to a height or width before it counts as too much."""


@dataclass(frozen=True, slots=True)
class Region:
    """A box that text flows into: what it needs and has in CSS px, and the words beyond its end.

    `torn` is how many times too wide a word of display text is, which is therefore broken.
    """

    needed: float
    available: float
    wide: float
    width: float
    beyond: str = ""
    torn: float = 1.0

    @property
    def fill(self) -> float:
        """Return needed by available; a line that is too wide counts like one too many."""
        if self.wide > self.width + TOLERANCE:
            return max(self.needed / self.available, self.wide / self.width)
        return (self.needed - TOLERANCE) / self.available if self.available else 0.0


def regions(page_box: Any, height: float) -> tuple[Region, ...]:  # noqa: ANN401  WeasyPrint's boxes are untyped
    """Return the measures of every element of class `region`, whose one child is a `flow`.

    `height` is that of the canvas. What would pass the end even of the tall page is cut off there,
    and its region with it: such a region is taller than the canvas.
    """
    return tuple(_region(box, height) for box in _of_class(page_box, "region"))


def _region(box: Any, height: float) -> Region:  # noqa: ANN401
    flow = next(_of_class(box, "flow"), None)
    room = min(box.height, height)
    if flow is None:
        return Region(0, room, 0, box.width)
    top, bottom = box.content_box_y(), box.content_box_y() + room
    needed = max(flow.margin_height(), _reach(flow) - flow.position_y)
    lines = list(texts(flow))
    # a list's numbers hang outside of its text, on the right where it is read from there
    inside = (text for text in lines if not (text.element_tag or "").endswith("::marker"))
    right = max((text.position_x + text.width for text in inside), default=0.0)
    left = box.content_box_x()
    start = max(top, flow.position_y)
    limit = max(bottom, start + room)
    beyond = " ".join(text.text.strip() for text in lines if text.position_y + text.height > limit)
    return Region(needed, room, right - left, box.width, beyond, _torn(flow))


def _torn(box: Any) -> float:  # noqa: ANN401
    element = getattr(box, "element", None)
    own = float(element.get(TORN, 1.0)) if element is not None else 1.0
    return max((own, *(_torn(child) for child in children(box))))


def _reach(flow: Any) -> float:  # noqa: ANN401
    """Return how far down text and pictures in a flow reach, whatever their boxes say."""
    ends = (
        float(box.position_y + box.height)
        for box in _leaves(flow)
        if isinstance(box.height, float | int)
    )
    return max(ends, default=float(flow.position_y))


def _of_class(box: Any, name: str) -> Iterator[Any]:  # noqa: ANN401
    element = getattr(box, "element", None)
    classes = element.get("class", "").split() if element is not None else ()
    if name in classes and not (box.element_tag or "").endswith("::before"):
        yield box
        return
    for child in children(box):
        yield from _of_class(child, name)


def texts(box: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield the boxes of text in a box, in reading order."""
    return (leaf for leaf in _leaves(box) if getattr(leaf, "text", None))


def _leaves(box: Any) -> Iterator[Any]:  # noqa: ANN401
    inner = children(box)
    if not inner:
        yield box
    for child in inner:
        yield from _leaves(child)


def children(box: Any) -> tuple[Any, ...]:  # noqa: ANN401
    """Return a box's children; an absolutely positioned one stands in a placeholder."""
    found = getattr(box, "children", ())
    return tuple(getattr(child, "_box", child) for child in found)
