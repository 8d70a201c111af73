"""What stands on a page, read from the box tree when a check or an exporter asks for it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, cast

from generator.model import Figure, Fill, Ink, Page, Position, Rect, Run, Text
from generator.model.page import Align
from generator.paginate._measure import children
from generator.paginate._plate import Plate, PlateError

UNSEEN = 1.0
"""CSS px of letters that are there only to be copied and read aloud: `.quiet` in base.css."""
ROOTS = frozenset({"html", "body"})
CUTTING = frozenset({"hidden", "clip", "scroll", "auto"})


def contents(page: Any) -> Page:  # noqa: ANN401  WeasyPrint is untyped
    """Return what can be seen on a page that was laid out and cut to its canvas.

    Raises a PlateError for one that has no boxes any more.
    """
    if isinstance(page, Plate):
        raise PlateError
    reading = _Reading()
    reading.box(page._page_box, _Around())  # noqa: SLF001  there is no public box tree
    return Page(
        float(page.width),
        float(page.height),
        tuple(reading.texts),
        tuple(reading.figures),
        tuple(reading.fills),
    )


@dataclass(frozen=True, slots=True)
class _Around:
    """What the boxes around a box make of it."""

    clip: Rect | None = None
    path: tuple[str, ...] = ()
    element: Any = None
    matrix: Any = None
    opacity: float = 1.0
    link: str = ""

    def entered(self, box: Any) -> "_Around":  # noqa: ANN401
        """Return what a box's own content has around it, but for what the box cuts off."""
        around = self
        if box.transformation_matrix:
            inner = box.transformation_matrix
            around = replace(around, matrix=inner @ self.matrix if self.matrix else inner)
        if box.style["opacity"] < 1:
            around = replace(around, opacity=self.opacity * box.style["opacity"])
        if box.link:
            around = replace(around, link=box.link[1][1])
        tag = box.element_tag or ""
        if box.element is None or tag in ROOTS:
            return around
        if box.element is not self.element or "::" in tag:
            names = ".".join((tag.rpartition("}")[2], *box.element.get("class", "").split()))
            around = replace(around, path=(*self.path, names), element=box.element)
        return around

    def position(self, x: float, y: float, width: float, height: float) -> Position:
        """Return where a rectangle of the box tree stands on the page."""
        rect = self.placed(x, y, width, height)
        seen = rect.common(self.clip) if self.clip else rect
        return Position(rect, seen, self.path, _angle(self.matrix))

    def placed(self, x: float, y: float, width: float, height: float) -> Rect:
        """Return the upright rectangle around one that is scaled, moved, turned."""
        if not self.matrix:
            return Rect(float(x), float(y), float(width), float(height))
        corners = [
            self.matrix.transform_point(*corner)
            for corner in ((x, y), (x + width, y), (x, y + height), (x + width, y + height))
        ]
        across, down = zip(*corners, strict=True)
        left, top = float(min(across)), float(min(down))
        return Rect(left, top, float(max(across)) - left, float(max(down)) - top)

    @property
    def scale(self) -> float:
        """Return how many times as large all is drawn."""
        return math.sqrt(abs(self.matrix.determinant)) if self.matrix else 1.0


@dataclass(slots=True)
class _Reading:
    """Goes through a box tree and notes what it meets."""

    texts: list[Text] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)

    def box(self, box: Any, outer: _Around) -> None:  # noqa: ANN401
        """Note a box and all within it."""
        from weasyprint.formatting_structure import boxes  # noqa: PLC0415  it is there by now

        around = outer.entered(box)
        if box.style["visibility"] == "visible":
            self._fill(box, around)
            if isinstance(box, boxes.ReplacedBox):
                self._figure(box, around)
        within = self._clipped(box, around)
        lines = [child for child in children(box) if isinstance(child, boxes.LineBox)]
        if lines:
            self._text(box, lines, within)
        for child in children(box):
            if not isinstance(child, boxes.LineBox):
                self.box(child, within)

    def _clipped(self, box: Any, around: _Around) -> _Around:  # noqa: ANN401
        if box.style["overflow"] not in CUTTING or not hasattr(box, "rounded_padding_box"):
            return around
        rect = around.placed(*box.rounded_padding_box()[:4])
        return replace(around, clip=rect.common(around.clip) if around.clip else rect)

    def _text(self, box: Any, lines: list[Any], around: _Around) -> None:  # noqa: ANN401
        """Note the lines of a block, then what stands in them that is a block itself."""
        read = [tuple(self._runs(line, around)) for line in lines]
        kept = tuple(line for line in read if any(run.text.strip() for run in line))
        if not kept:
            return
        left, top = box.content_box_x(), box.content_box_y()
        height = lines[-1].position_y + lines[-1].height - top
        position = around.position(left, top, box.width, height)
        leading = max(float(line.height) for line in lines) * around.scale
        inner = children(lines[0])  # a sentence may be read the other way than its block
        rtl = (inner[0] if len(inner) == 1 else box).style["direction"] == "rtl"
        self.texts.append(Text(position, kept, _align(box.style), rtl, leading))

    def _runs(self, box: Any, around: _Around) -> Iterator[Run]:  # noqa: ANN401
        """Yield the runs of a line or of an inline box in it; note figures, fills, blocks."""
        from weasyprint.formatting_structure import boxes  # noqa: PLC0415  it is there by now

        for child in children(box):
            if isinstance(child, boxes.TextBox):
                if run := _run(child, around.entered(child)):
                    yield run
            elif isinstance(child, boxes.InlineBox):
                inner = around.entered(child)
                self._fill(child, inner)
                yield from self._runs(child, inner)
            else:
                self.box(child, around)
                if isinstance(child, boxes.ReplacedBox) and child.element.get("alt"):
                    yield _drawn(child, around.entered(child))

    def _figure(self, box: Any, around: _Around) -> None:  # noqa: ANN401
        from weasyprint.images import RasterImage  # noqa: PLC0415  it is there by now
        from weasyprint.layout.replaced import replacedbox_layout  # noqa: PLC0415

        if not box.width or not box.height:
            return
        width, height, x, y = replacedbox_layout(box)
        image = box.replacement
        raster = isinstance(image, RasterImage)
        position = around.position(box.content_box_x(), box.content_box_y(), box.width, box.height)
        self.figures.append(
            Figure(
                position,
                around.placed(x, y, width, height),
                (image.width, image.height) if raster else (0, 0),
                box.element.get("src", ""),
                box.element.get("alt", ""),
                vector=not raster,
            )
        )

    def _fill(self, box: Any, around: _Around) -> None:  # noqa: ANN401
        ground = getattr(box, "background", None)
        if ground is None or not ground.layers:
            return
        pictured = any(layer.image is not None for layer in ground.layers)
        if not pictured and not ground.color.alpha:
            return
        x, y, width, height, corner = box.rounded_border_box()[:5]
        position = around.position(x, y, width, height)
        ink = _ink(ground.color, around.opacity)
        self.fills.append(Fill(position, ink, float(corner[0]) * around.scale, pictured))


def _run(box: Any, around: _Around) -> Run | None:  # noqa: ANN401
    """Return a text box as a run; nothing if there is nothing to be seen of it."""
    style = box.style
    ink = _ink(style["color"], around.opacity)
    size = float(style["font_size"]) * around.scale
    if style["visibility"] != "visible" or not ink.alpha or size < UNSEEN:
        return None
    position = around.position(box.position_x, box.position_y, box.width, box.height)
    base = around.placed(box.position_x, box.position_y + box.baseline, 0, 0).y
    spacing, lines = style["letter_spacing"], style["text_decoration_line"]
    return Run(
        box.text,
        position.rect,
        position.seen,
        base,
        ink,
        style["font_family"][0],
        size,
        int(style["font_weight"]),
        italic=style["font_style"] != "normal",
        underlined="underline" in lines,
        struck="line-through" in lines,
        spacing=0.0 if spacing == "normal" else float(spacing) * around.scale,
        link=around.link,
        tag=box.element_tag,
    )


def _drawn(box: Any, around: _Around) -> Run:  # noqa: ANN401
    """Return a picture among words as a run of the words that it stands for."""
    style = box.style
    position = around.position(box.content_box_x(), box.content_box_y(), box.width, box.height)
    return Run(
        box.element.get("alt"),
        position.rect,
        position.seen,
        position.rect.bottom,
        _ink(style["color"], around.opacity),
        style["font_family"][0],
        float(style["font_size"]) * around.scale,
        int(style["font_weight"]),
        link=around.link,
        tag=box.element_tag,
        drawn=True,
    )


def _ink(color: Any, opacity: float) -> Ink:  # noqa: ANN401
    red, green, blue = (
        round(255 * min(max(channel, 0.0), 1.0)) for channel in color.to("srgb").coordinates
    )
    return Ink(red, green, blue, float(color.alpha) * opacity)


def _align(style: Any) -> Align:  # noqa: ANN401
    """Return how lines are aligned, `start` and `end` resolved."""
    align, rtl = style["text_align_all"], style["direction"] == "rtl"
    named = {"start": "right" if rtl else "left", "end": "left" if rtl else "right"}
    return cast("Align", named.get(align, align))


def _angle(matrix: Any) -> float:  # noqa: ANN401
    """Return how far a matrix turns what is drawn, in degrees clockwise."""
    return math.degrees(math.atan2(matrix[0][1], matrix[0][0])) if matrix else 0.0
