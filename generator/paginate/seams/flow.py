"""Questions that layout asks of each box thousands of times are answered in one call.

Whether a box is in normal flow takes WeasyPrint six calls; what floats leave of a line's width is
asked for each block and line, and mostly there are none.
"""

from collections.abc import Callable
from typing import Any

from generator.paginate.seams import Seam

FLOATS = frozenset({"left", "right", "inline-start", "inline-end", "footnote"})
PLACED = frozenset({"absolute", "fixed"})
TAKEN_OUT = frozenset({"running()", "note()"})


def _after() -> None:
    from weasyprint.formatting_structure.boxes import Box  # noqa: PLC0415  after it was imported
    from weasyprint.layout import block, inline  # noqa: PLC0415
    from weasyprint.layout import float as floating  # noqa: PLC0415

    Box.is_in_normal_flow = in_normal_flow
    ours = avoiding(floating.avoid_collisions)
    for module in (block, floating, inline):
        module.avoid_collisions = ours


def in_normal_flow(box: Any) -> bool:  # noqa: ANN401  WeasyPrint is untyped
    """Return whether a box is neither floated nor positioned nor taken out."""
    style = box.style
    if style["float"] in FLOATS:
        return False
    position = style["position"]
    return position not in PLACED and position[0] not in TAKEN_OUT


def avoiding(stock: Callable[..., Any]) -> Callable[..., Any]:
    """Return what finds a box's place beside floats, at once where there are none."""

    def avoid(
        context: Any,  # noqa: ANN401
        box: Any,  # noqa: ANN401
        containing_block: Any,  # noqa: ANN401
        outer: bool = True,  # noqa: FBT001, FBT002  WeasyPrint's parameters
    ) -> tuple[float, float, float]:
        if (
            context.excluded_shapes
            or box.style["float"] != "none"
            or containing_block.style["direction"] != "ltr"
        ):
            place: tuple[float, float, float] = stock(context, box, containing_block, outer)
            return place
        left, top = containing_block.content_box_x(), box.position_y
        right = left + containing_block.width
        if outer:
            return left, top, right - left
        margin = box.margin_left
        left += margin
        right -= box.margin_right
        return left - margin, top + box.margin_top - box.margin_top, right - left

    return avoid


seam = Seam(version="70.0", after=_after)
