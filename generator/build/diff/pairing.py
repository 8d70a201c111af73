"""Slides of two states side by side: which are the same, changed, new, gone or moved, and where.

Slides are compared by their pixels, drawn at 540 for the shorter side: pages are vectors, so what
can be seen at 1080 changes pixels at half of that too. Which slide became which is found by what
lies between head and foot: a slide that was put in makes all page numbers after it different.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from generator import raster
from generator.model import Artifact, Canvas

if TYPE_CHECKING:
    from PIL.Image import Image

Kind = Literal["changed", "framed", "added", "removed", "moved"]
Box = tuple[int, int, int, int]
DRAWN = 540
"""Pixels of a compared picture's shorter side."""
FRAME = 76
"""CSS px that head and foot take from where they stand: an avatar is the highest of them."""
SIDE = 60
"""CSS px at the sides where some themes draw the page's number or a ruler."""
THUMB = (24, 30)
ALIKE = 4
"""Levels of grey, of 255, that a slide differs on average from what it was: other words in the same
boxes are below 1, another slide of the same deck 10 and more (night, November 2026)."""
CELL = 12
"""Pixels of a cell: what changed in neighbouring cells is outlined as one."""
NEAR = 2
"""Cells between two changes that are still one."""
MOST_BOXES = 6


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a slide: its numbers (from 1) before and after, and the boxes that differ.

    `framed`: only head, foot or edges differ, as page numbers do. Boxes are in pixels of `DRAWN`.
    """

    kind: Kind
    before: int | None
    after: int | None
    boxes: tuple[Box, ...] = ()


@dataclass(slots=True)
class Drawn:
    """The slides of one carousel as pictures, drawn when they are asked for.

    `keys` are hashes of whole slides, `bodies` of what lies between head and foot.
    """

    artifacts: Sequence[Artifact]
    canvas: Canvas
    keys: list[bytes] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    thumbs: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Draw each slide once."""
        for picture in self.pictures(range(self.count)):
            self.keys.append(_key(picture))
            self.bodies.append(_key(picture.crop(self._body(picture))))
            self.thumbs.append(picture.convert("L").resize(THUMB).tobytes())

    @property
    def count(self) -> int:
        """Return how many slides there are."""
        pdf = self._pdf()
        return raster.count(pdf.content) if pdf else len(self.artifacts)

    def pictures(self, which: Sequence[int]) -> "Iterator[Image]":
        """Yield the pictures of slides, counted from 0."""
        from PIL import Image  # noqa: PLC0415  only where pictures are compared

        canvas = self.canvas
        share = DRAWN / min(canvas.width, canvas.height)
        size = round(canvas.width * share), round(canvas.height * share)
        if pdf := self._pdf():
            yield from raster.pages(pdf.content, *size, which=which)
            return
        for number in which:
            with Image.open(BytesIO(self.artifacts[number].content)) as picture:
                yield picture.convert("RGB").resize(size)

    def _pdf(self) -> Artifact | None:
        return next((one for one in self.artifacts if one.path.endswith(".pdf")), None)

    def _body(self, picture: "Image") -> Box:
        scale = min(picture.size) / 1080
        side = round(SIDE * scale)
        top = round((self.canvas.frame["top"] + FRAME) * scale)
        bottom = round((self.canvas.frame["bottom"] + FRAME) * scale)
        return side, top, picture.width - side, picture.height - bottom


def changes(before: Drawn, after: Drawn) -> tuple[Change, ...]:
    """Return what became of the slides that are not just the same, in the order of the new ones."""
    gone: list[int] = []
    new: list[int] = []
    pairs: list[tuple[int, int]] = []
    matcher = SequenceMatcher(None, before.bodies, after.bodies, autojunk=False)
    for tag, a, a_end, b, b_end in matcher.get_opcodes():
        if tag == "equal":
            pairs += zip(range(a, a_end), range(b, b_end), strict=True)
        else:
            met = list(_aligned(before.thumbs[a:a_end], after.thumbs[b:b_end]))
            pairs += [(a + one, b + other) for one, other in met]
            gone += sorted(set(range(a, a_end)) - {a + one for one, _ in met})
            new += sorted(set(range(b, b_end)) - {b + other for _, other in met})
    found = [one for pair in pairs if (one := _compared(before, after, *pair))]
    found += _alone(before, after, gone, new)
    return tuple(sorted(found, key=lambda one: (one.after or one.before or 0, one.before or 0)))


def _alone(before: Drawn, after: Drawn, gone: list[int], new: list[int]) -> Iterator[Change]:
    """Yield slides that have no counterpart in their place; one that is elsewhere was moved."""
    for number in list(new):
        homes = [one for one in gone if before.bodies[one] == after.bodies[number]]
        if homes:
            home = number if number in homes else homes[0]
            gone.remove(home)
            new.remove(number)
            if home != number:
                yield Change("moved", home + 1, number + 1)
            elif told := _compared(before, after, home, number):
                yield told
    near = [(_distance(before.thumbs[one], after.thumbs[other]), one, other)
            for one in gone for other in new]  # fmt: skip
    for distance, one, other in sorted(near):
        alike = distance < ALIKE * len(before.thumbs[one])
        if not alike or one not in gone or other not in new:
            continue
        gone.remove(one)
        new.remove(other)
        if told := _compared(before, after, one, other):
            yield told
    yield from (Change("added", None, number + 1) for number in new)
    yield from (Change("removed", number + 1, None) for number in gone)


def _compared(before: Drawn, after: Drawn, one: int, other: int) -> Change | None:
    if before.keys[one] == after.keys[other]:
        return None
    if before.bodies[one] == after.bodies[other]:
        return Change("framed", one + 1, other + 1)
    (old,), (now,) = before.pictures([one]), after.pictures([other])
    return Change("changed", one + 1, other + 1, boxes(old, now))


def _aligned(before: Sequence[bytes], after: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    """Yield pairs that are most alike and keep their order; of the longer side some stay alone."""
    if len(before) == len(after):
        yield from enumerate(range(len(after)))
        return
    if len(before) > len(after):
        yield from ((one, other) for other, one in _aligned(after, before))
        return
    # the least cost of pairing the first slides of the shorter side with some of the longer
    spare = len(after) - len(before)
    costs = [[0.0] * (spare + 1)]
    for one, thumb in enumerate(before):
        last = costs[-1]
        row: list[float] = []
        for skipped in range(spare + 1):
            met = last[skipped] + _distance(thumb, after[one + skipped])
            row.append(min(met, row[-1]) if row else met)
        costs.append(row)
    skipped, found = spare, []
    for one in reversed(range(len(before))):
        while skipped and costs[one + 1][skipped] == costs[one + 1][skipped - 1]:
            skipped -= 1
        found.append((one, one + skipped))
    yield from reversed(found)


def _distance(one: bytes, other: bytes) -> float:
    return sum(map(abs, map(int.__sub__, one, other)))


def _key(picture: "Image") -> bytes:
    return sha256(repr(picture.size).encode() + picture.tobytes()).digest()


def boxes(one: "Image", other: "Image") -> tuple[Box, ...]:
    """Return boxes around what differs between two pictures, in pixels; all if their sizes do."""
    from PIL import ImageChops  # noqa: PLC0415  only where pictures are compared

    if one.size != other.size:
        return ((0, 0, *other.size),)
    red, green, blue = ImageChops.difference(one, other).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    cells = most.point([0, *[255] * 255]).reduce(CELL)
    across = cells.width
    marked = {(at % across, at // across) for at, value in enumerate(cells.tobytes()) if value}
    found = [_around(group, one.size) for group in _groups(marked)]
    found.sort()
    return tuple(found) if len(found) <= MOST_BOXES else (_hull(found),)


def _groups(marked: set[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Yield the cells that lie near one another."""
    reach = range(-NEAR, NEAR + 1)
    left = set(marked)
    while left:
        group = [left.pop()]
        for x, y in group:
            near = left & {(x + right, y + down) for right in reach for down in reach}
            left -= near
            group += near
        yield group


def _around(cells: Sequence[tuple[int, int]], size: tuple[int, int]) -> Box:
    across, down = [x for x, _ in cells], [y for _, y in cells]
    return (
        min(across) * CELL,
        min(down) * CELL,
        min((max(across) + 1) * CELL, size[0]),
        min((max(down) + 1) * CELL, size[1]),
    )


def _hull(found: Sequence[Box]) -> Box:
    left, top, right, bottom = zip(*found, strict=True)
    return min(left), min(top), max(right), max(bottom)
