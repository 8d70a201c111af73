"""Used values that follow from a style alone are worked out once for all boxes of that style.

Most lengths are in px: no percentage of a box around changes them. Layout asks for them over and
over, whenever it measures a box. It needs the templates of the seam `styles`, and is idle without.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Any

from generator.paginate.seams import Seam

ACROSS = (
    "margin_left",
    "margin_right",
    "margin_top",
    "margin_bottom",
    "padding_left",
    "padding_right",
    "padding_top",
    "padding_bottom",
    "width",
    "min_width",
    "max_width",
)
"""Lengths whose percentages are of the width of the box around."""
DOWN = ("height", "min_height", "max_height")
BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))
CORNERS = tuple(
    f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left")
)
SQUARE = dict.fromkeys(CORNERS, (0, 0))
PAINT = (
    "border_image_source",
    "mask_border_source",
    "visibility",
    "background_image",
    "background_color",
    "box_shadow",
    "color",
    "color_scheme",
)
"""What decides whether there is anything behind a box."""


@dataclass(frozen=True, slots=True)
class Used:
    """What a box of a style gets: as it is, by the size of the box around, and less its edges.

    `plain` is what is fixed before its edges were taken from it.
    """

    fixed: dict[str, Any]
    shares: tuple[tuple[str, float, bool], ...]
    cut: tuple[str, ...]
    plain: dict[str, Any]


KEYS = (*ACROSS, *DOWN, *BORDERS, "border_collapse", "box_sizing")


def _after() -> None:
    from weasyprint import layout  # noqa: PLC0415  after it was imported, as the name says
    from weasyprint.layout import background, percent  # noqa: PLC0415

    stock = percent.resolve_percentages
    ours = resolving(stock)
    for module in (percent, *vars(layout).values()):
        if getattr(module, "resolve_percentages", None) is stock:
            module.resolve_percentages = ours
    background.resolve_radii_percentages = _rounding(background.resolve_radii_percentages)
    background.layout_box_backgrounds = _backing(background)


def _known(style: Any, name: str, find: Callable[[Any], Any], keys: tuple[str, ...]) -> Any:  # noqa: ANN401  untyped
    """Return what `find` makes of a style, or None where its values are not its template's."""
    template = getattr(style, "template", None)
    if template is None or template.spoiled or style.document.written:
        return None
    if name not in template.used:
        found, values = find(style), template.values
        same = all(style[key] == values.get(key, values) for key in keys)
        template.used[name] = found if same else None
    return template.used[name]


def resolving(stock: Callable[..., None]) -> Callable[..., None]:
    """Return what sets a box's used lengths."""
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415  after it was imported
    from weasyprint.layout.percent import adjust_box_sizing  # noqa: PLC0415

    def resolve(box: Any, containing_block: Any) -> None:  # noqa: ANN401
        if isinstance(containing_block, boxes.Box):
            width, height = containing_block.width, containing_block.height
        else:
            width, height = containing_block
        used = None
        # a placeholder of an absolute box is no Box: it passes on what is set, one by one
        if isinstance(box, boxes.Box) and not isinstance(box, boxes.PageBox):
            if height == "auto":
                used = _known(box.style, "lengths, height free", _lengths_free, KEYS)
            else:
                used = _known(box.style, "lengths", _lengths, KEYS)
        if used is None:
            stock(box, containing_block)
            return
        mine = vars(box)
        mine.update(used.fixed)
        for key, share, across in used.shares:
            mine[key] = (width if across else height) * share / 100
        for axis in used.cut:
            adjust_box_sizing(box, axis)

    resolve.stock = stock  # type: ignore[attr-defined]  # for its test
    return resolve


def _lengths(style: Any) -> Used | None:  # noqa: ANN401
    """Return the lengths of boxes in a box whose height is given."""
    fixed: dict[str, Any] = {}
    shares = []
    for key in (*ACROSS, *DOWN):
        value = style[key]
        if value == "auto":
            fixed[key] = 0 if key in {"min_width", "min_height"} else value
        elif value is None or getattr(value, "unit", None) is None:
            return None
        elif value.unit == "%":
            shares.append((key, value.value, key in ACROSS))
        else:
            fixed[key] = value.value
    return _sized(style, fixed, shares)


def _lengths_free(style: Any) -> Used | None:  # noqa: ANN401
    """Return the lengths of boxes in a box that is as high as its content: no height to share."""
    found = _lengths(style)
    if found is None:
        return None
    fixed = {key: value for key, value in found.plain.items() if key not in DOWN}
    of = {"height": "auto", "min_height": 0, "max_height": inf}
    for key in DOWN:
        value = style[key]
        if value == "auto" or value.unit != "%":
            fixed[key] = found.plain[key]
        else:
            fixed[key] = "auto" if key == "height" else of[key] * value.value / 100
    return _sized(style, fixed, [share for share in found.shares if share[2]])


def _sized(style: Any, fixed: dict[str, Any], shares: list[tuple[str, float, bool]]) -> Used | None:  # noqa: ANN401
    """Return lengths with borders, less what `box-sizing` takes from them."""
    if style["border_collapse"] == "collapse":
        return None
    fixed |= {key: style[key] for key in BORDERS}
    plain = dict(fixed)
    cut = []
    if style["box_sizing"] != "content-box":
        shared = {key for key, *_ in shares}
        for axis, sides in (("width", ("left", "right")), ("height", ("top", "bottom"))):
            edges = [f"padding_{side}" for side in sides]
            if shared & {*edges, axis, f"min_{axis}", f"max_{axis}"}:
                cut.append(axis)
                continue
            if style["box_sizing"] == "border-box":
                edges += [f"border_{side}_width" for side in sides]
            _cut(fixed, axis, sum(fixed[edge] for edge in edges))
    return Used(fixed, tuple(shares), tuple(cut), plain)


def _cut(fixed: dict[str, Any], axis: str, edges: float) -> None:
    """Take a box's edges from its length, as `adjust_box_sizing` does."""
    if edges > 0:
        for key in (axis, f"max_{axis}", f"min_{axis}"):
            if fixed[key] != "auto":
                fixed[key] = max(0, fixed[key] - edges)


def _rounding(stock: Callable[..., None]) -> Callable[..., None]:
    """Return what sets the radii of a box's corners."""
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415  after it was imported

    def resolve(box: Any) -> None:  # noqa: ANN401
        if isinstance(box, boxes.Box) and _known(box.style, "square", _square, CORNERS):
            vars(box).update(SQUARE)
        else:
            stock(box)

    return resolve


def _square(style: Any) -> bool:  # noqa: ANN401
    return all((0, "px") in style[corner] for corner in CORNERS)


def _backing(background: Any) -> Callable[..., None]:  # noqa: ANN401
    """Return what finds out what stands behind boxes: nothing, mostly."""
    from weasyprint.draw.color import get_color  # noqa: PLC0415  after it was imported

    stock = background.layout_box_backgrounds

    def bare(style: Any) -> bool:  # noqa: ANN401
        images = [source[0] for source in style["background_image"]]
        images += [style["border_image_source"][0], style["mask_border_source"][0]]
        clear = get_color(style, "background_color").alpha == 0 and not style["box_shadow"]
        return clear and set(images) == {"none"} and style["visibility"] != "hidden"

    def find(
        page: Any,  # noqa: ANN401
        box: Any,  # noqa: ANN401
        get_image: Any,  # noqa: ANN401
        layout_children: Any = True,  # noqa: ANN401, FBT002
        style: Any = None,  # noqa: ANN401
    ) -> None:
        if style is not None or box is page or not _known(box.style, "bare", bare, PAINT):
            stock(page, box, get_image, layout_children, style)
            return
        background.resolve_radii_percentages(box)
        if layout_children:
            for child in box.all_children():
                find(page, child, get_image)
        box.background = None

    return find


seam = Seam(version="70.0", after=_after)
