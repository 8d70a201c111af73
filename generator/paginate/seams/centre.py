"""A grid that only aligns one block is laid out once, in place of twice.

WeasyPrint lays out a grid's items to measure the rows, and again where the rows then stand. One row
of one item is laid out here at the top and moved: to the same place, to a millionth of a point.
"""

from collections.abc import Callable
from operator import itemgetter
from typing import Any

from generator.paginate.seams import Seam

PLAIN = {
    "grid_template_areas": "none",
    "grid_template_rows": "none",
    "grid_auto_rows": ("auto",),
    "grid_auto_flow": ("row",),
    "column_gap": "normal",
    "row_gap": "normal",
    "justify_items": ("normal",),
    "justify_content": ("normal",),
    "align_items": ("normal",),
}
ITEM = dict.fromkeys(
    ("grid_column_start", "grid_column_end", "grid_row_start", "grid_row_end", "width", "height"),
    "auto",
) | {"justify_self": ("auto",), "align_self": ("auto",)}
"""Values with which a grid and its item leave nothing to find out but the item's height."""
SHARES = {("center",): 0.5, ("end",): 1.0, ("start",): 0.0}
"""How much of the free height comes before the row, by `align-content`."""
HEIGHTS = itemgetter("height", "min_height", "max_height", "top", "bottom")


def _after() -> None:
    from weasyprint.layout import block, grid  # noqa: PLC0415  after it was imported

    ours = aligning(grid.grid_layout)
    for module in (block, grid):
        if hasattr(module, "grid_layout"):
            module.grid_layout = ours


def aligning(stock: Callable[..., Any]) -> Callable[..., Any]:
    """Return a layout of grids that lays out the one item of a plain grid once."""

    def layout(  # noqa: PLR0913, PLR0917  WeasyPrint's parameters
        context: Any,  # noqa: ANN401  WeasyPrint is untyped
        box: Any,  # noqa: ANN401
        bottom_space: float,
        skip_stack: Any,  # noqa: ANN401
        containing_block: Any,  # noqa: ANN401
        page_is_empty: bool,  # noqa: FBT001
        absolute_boxes: Any,  # noqa: ANN401
        fixed_boxes: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        if skip_stack is None and _plain(box):
            absolutes, fixed = list(absolute_boxes), list(fixed_boxes)
            made = _laid_out(context, box, bottom_space, containing_block, absolutes, fixed)
            if made is not None:
                absolute_boxes[:], fixed_boxes[:] = absolutes, fixed
                return made, None, {"break": "any", "page": None}, [], False
        return stock(
            context,
            box,
            bottom_space,
            skip_stack,
            containing_block,
            page_is_empty,
            absolute_boxes,
            fixed_boxes,
        )

    return layout


def _plain(box: Any) -> bool:  # noqa: ANN401
    """Return whether a grid has one column of a given width and one item, of the item's height."""
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415  after it was imported

    style = box.style
    if (
        type(box) is not boxes.GridBox
        or len(box.children) != 1
        or style["align_content"] not in SHARES
        or box.height == "auto"
        or box.width == "auto"
        or style["position"] == "relative"
        or any(style[name] != value for name, value in PLAIN.items())
    ):
        return False
    columns, child = style["grid_template_columns"], box.children[0]
    return (
        len(columns) == 3  # noqa: PLR2004  the names of the lines at both sides, a size between
        and getattr(columns[1], "unit", None) in {"px", "%"}
        and type(child) is boxes.BlockBox
        and child.is_in_normal_flow()
        and all(child.style[name] == value for name, value in ITEM.items())
        and child.style["break_inside"] == child.style["break_before"] == "auto"
        and child.style["break_after"] == "auto"
        and not any(_asks_more(inner.style) for inner in child.descendants())
    )


def _asks_more(style: Any) -> bool:  # noqa: ANN401
    """Return whether a box floats, or shares the height of the box around, which has none yet."""
    return style["float"] != "none" or any(
        getattr(value, "unit", None) == "%" for value in HEIGHTS(style)
    )


def _laid_out(  # noqa: PLR0913, PLR0917  the state of WeasyPrint's layout
    context: Any,  # noqa: ANN401
    box: Any,  # noqa: ANN401
    bottom_space: float,
    containing_block: Any,  # noqa: ANN401
    absolute_boxes: Any,  # noqa: ANN401
    fixed_boxes: Any,  # noqa: ANN401
) -> Any:  # noqa: ANN401
    """Return the grid with its item in place, or None if that passes the page's end."""
    from weasyprint.css.properties import Dimension  # noqa: PLC0415  after it was imported
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415
    from weasyprint.layout.block import (  # noqa: PLC0415
        block_level_layout,
        block_level_width,
        relative_positioning,
    )
    from weasyprint.layout.percent import percentage, resolve_percentages  # noqa: PLC0415

    width, before = box.width, (box.margin_left, box.margin_right)
    context.create_block_formatting_context(box)
    block_level_width(box, containing_block)
    column = percentage(box.style["grid_template_columns"][1], box.style, box.width)
    child = box.children[0].deepcopy()
    child.position_x, child.position_y = box.content_box_x(), box.content_box_y()
    resolve_percentages(child, box)
    sides = [getattr(child, f"margin_{side}") for side in ("left", "right", "top", "bottom")]
    if "auto" not in sides:
        border_width = column - sides[0] - sides[1]
        content_width = border_width - (
            child.border_left_width
            + child.padding_left
            + child.border_right_width
            + child.padding_right
        )
        outer = child.style["box_sizing"] != "content-box"
        child.style = child.style.copy()
        child.style["width"] = Dimension(border_width if outer else content_width, "px")
        parent = boxes.BlockContainerBox.anonymous_from(box, ())
        resolve_percentages(parent, containing_block)
        parent.position_x, parent.position_y = child.position_x, child.position_y
        parent.width, parent.height = column, 0
        around = (bottom_space, None, parent, True, absolute_boxes, fixed_boxes)
        made, resume_at = block_level_layout(context, child, *around)[:2]
        if made is not None and resume_at is None:
            height = made.margin_height()
            end = box.content_box_y() + max(height, box.height)
            if not context.overflows_page(bottom_space, end):
                made.width = max(content_width, made.width)
                free = max(0, box.height - height)
                made.translate(dy=free * SHARES[box.style["align_content"]])
                done = box.copy_with_children([made])
                relative_positioning(made, (done.width, done.height))
                context.finish_block_formatting_context(done)
                return done
    context.finish_block_formatting_context(box)
    box.width, (box.margin_left, box.margin_right) = width, before
    return None


seam = Seam(version="70.0", after=_after)
