"""Contact sheets: what a slide was beside what it is, with a line around what changed."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from generator.build.diff.pairing import Box, Change, Drawn
from generator.library import builtin_root

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDE = 300
"""Pixels of a picture on a sheet: a phone's measure, and two pairs fill a pull request's column."""
GAP, BETWEEN, HEAD = 28, 8, 40
PAIRS = 2
"""Pairs beside one another."""
MOST = 16
"""Pairs on one sheet."""
GROUND, INK, QUIET, HOLE = (240, 240, 242), (32, 33, 36), (104, 106, 112), (228, 229, 233)
MARK, HALO = (224, 36, 120), (255, 255, 255)
"""A line that stands out on dark and light slides, with a light rim."""
WHOLE = 0.8
FONT = "themes/_fonts/inter/600.ttf"
SIZE, QUALITY = 20, 88


def sheets(before: Drawn | None, after: Drawn | None, changes: Sequence[Change]) -> list[bytes]:
    """Return JPEGs that show changes; of slides where only the frame differs, one if no other."""
    shown = [one for one in changes if one.kind != "framed"]
    shown = shown or list(changes[:1])
    return [_sheet(before, after, shown[at : at + MOST]) for at in range(0, len(shown), MOST)]


def _sheet(before: Drawn | None, after: Drawn | None, shown: Sequence[Change]) -> bytes:
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415  only where pictures are pasted

    pairs = [(change, tuple(_pictures(before, after, change))) for change in shown]
    rows = [pairs[at : at + PAIRS] for at in range(0, len(pairs), PAIRS)]
    heights = [max(picture.height for _, both in row for picture in both if picture)
               for row in rows]  # fmt: skip
    across = min(PAIRS, len(pairs)) * (2 * WIDE + BETWEEN + GAP) + GAP
    sheet = Image.new("RGB", (across, sum(heights) + (HEAD + GAP) * len(rows) + GAP), GROUND)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(str(builtin_root() / FONT), SIZE)
    top = GAP // 2
    for row, height in zip(rows, heights, strict=True):
        left = GAP
        for change, (old, new) in row:
            _said(draw, font, change, (left, top))
            _hung(sheet, draw, old, (left, top + HEAD), height)
            _hung(sheet, draw, new, (left + WIDE + BETWEEN, top + HEAD), height)
            left += 2 * WIDE + BETWEEN + GAP
        top += HEAD + height + GAP
    stream = BytesIO()
    sheet.save(stream, "JPEG", quality=QUALITY, subsampling=0, optimize=True)
    return stream.getvalue()


def _pictures(
    before: Drawn | None, after: Drawn | None, change: Change
) -> "Iterator[Image | None]":
    """Yield a slide before and after, as small as they are shown; nothing where it was not."""
    for drawn, number in ((before, change.before), (after, change.after)):
        if drawn is None or number is None:
            yield None
            continue
        (picture,) = drawn.pictures([number - 1])
        yield _outlined(picture, change)


def _outlined(picture: "Image", change: Change) -> "Image":
    from PIL import ImageDraw  # noqa: PLC0415  only where pictures are pasted

    share = WIDE / picture.width
    small = picture.resize((WIDE, round(picture.height * share)))
    draw = ImageDraw.Draw(small)
    for box in change.boxes if _part(change.boxes, picture.size) < WHOLE else ():
        left, top, right, bottom = (round(edge * share) for edge in box)
        rim = (max(0, left - 5), max(0, top - 5),
               min(small.width - 1, right + 5), min(small.height - 1, bottom + 5))  # fmt: skip
        draw.rounded_rectangle(rim, 6, outline=HALO, width=5)
        draw.rounded_rectangle(_inner(rim), 5, outline=MARK, width=3)
    return small


def _part(boxes: Sequence[Box], size: tuple[int, int]) -> float:
    """Return how much of a picture lies in boxes: where all differs, a line says nothing."""
    areas = ((right - left) * (bottom - top) for left, top, right, bottom in boxes)
    return sum(areas) / (size[0] * size[1])


def _inner(rim: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    return rim[0] + 1, rim[1] + 1, rim[2] - 1, rim[3] - 1


def _said(draw: "ImageDraw", font: "FreeTypeFont", change: Change, place: tuple[int, int]) -> None:
    left, top = place
    draw.text((left, top + 8), label(change), fill=INK, font=font)
    for offset, word in ((WIDE, "before"), (2 * WIDE + BETWEEN, "after")):
        if offset != WIDE or draw.textlength(label(change), font) < WIDE - 80:
            draw.text((left + offset, top + 8), word, fill=QUIET, font=font, anchor="ra")


def _hung(
    sheet: "Image",
    draw: "ImageDraw",
    picture: "Image | None",
    place: tuple[int, int],
    height: int,
) -> None:
    """Paste a picture; a hole is left where there is none."""
    left, top = place
    if picture is None:
        draw.rounded_rectangle((left, top, left + WIDE - 1, top + height - 1), 8, fill=HOLE)
    else:
        sheet.paste(picture, place)


def label(change: Change) -> str:
    """Return what became of a slide, in words."""
    before, after = change.before, change.after
    if change.kind == "moved":
        return f"{before} moved to {after}"
    if change.kind == "removed":
        return f"{before} removed"
    number = f"{before} > {after}" if before and before != after else f"{after}"
    return f"{number} {'head or foot' if change.kind == 'framed' else change.kind}"
