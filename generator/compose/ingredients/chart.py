"""Charts: a table of numbers that says `chart=bar`, drawn by layouts/_base/chart.html.jinja.

Only the geometry is made here; all words of the table stay text.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.compose.directions import direction
from generator.compose.ingredients import Ingredient, Kitchen, Setter
from generator.library import colors
from generator.model import Block

TEMPLATE = "_base/chart.html.jinja"
KINDS = ("bar", "column", "line", "donut")
MOST_POINTS = {"column": 8, "line": 8, "donut": 7, "bar": 1000}
"""More columns, points or slices than these are drawn as bars: their words would not stand."""
MOST_BARS = 12
"""Bars of all series that stand side by side with their values."""
USUAL = 0.7
"""The last step of the ladder's size by the usual one: a chart is not seen to be too narrow."""
MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """One value: its words, and where it stands, in shares of the plot; `at` is the zero's side."""

    text: Markup
    letters: int
    value: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the table: its name, its values by series, and whether it stands out."""

    name: Markup
    letters: int
    marks: tuple[Mark, ...]
    hot: bool
    path: str = ""


def prepare(kitchen: Kitchen) -> Ingredient:
    """Return the ingredient: it takes tables that are to be charts, and can be."""

    def chart(block: Block, setter: Setter) -> Markup | None:
        if block.kind != "table" or block.attribute("chart") not in KINDS:
            return None
        if not block.attribute("high"):
            return None
        return _chart(kitchen, block, setter)

    return Ingredient(worded=chart)


def _chart(kitchen: Kitchen, block: Block, setter: Setter) -> Markup | None:
    head = [row for row in block.blocks if row.level]
    rows = [row for row in block.blocks if not row.level]
    if not head or not rows or not _whole(rows):
        return None
    part = block.attribute("rows") != str(len(rows))  # of a chart that goes on elsewhere
    kind = "bar" if part else _kind(block.attribute("chart"), rows, setter.measure)
    low, high = _scale(block, kind)
    entries = [_entry(row, setter, low, high) for row in rows]
    if kind == "donut":
        entries = _sliced(entries)
    made = kitchen.render(
        TEMPLATE,
        kind=kind,
        dir=direction(setter.lang),
        heads=[setter.inline(cell.spans, last=False) for cell in head[0].blocks],
        entries=entries,
        zero=_share(0.0, low, high),
        letters=max(entry.letters for entry in entries),
        widest=max(mark.letters for entry in entries for mark in entry.marks),
        hot=any(entry.hot for entry in entries),
        colors=kitchen.colors,
        mix=colors.mix,
        drawn=lambda svg: kitchen.door.keep(str(svg).strip().encode(), ".svg"),
    )
    return Markup(made)  # noqa: S704  autoescaped


def _whole(rows: Sequence[Block]) -> bool:
    """Return whether every column behind the first is one of numbers."""
    columns = range(1, len(rows[0].blocks))
    return bool(columns) and all(
        any(row.blocks[at].value is not None for row in rows) for at in columns
    )


def _kind(wanted: str, rows: Sequence[Block], measure: int) -> str:
    """Return the kind of chart: bars where the words of another one would not stand."""
    series = len(rows[0].blocks) - 1
    values = [cell.value for row in rows for cell in row.blocks[1:]]
    if len(rows) > MOST_POINTS[wanted] or len(rows) < len(("one", "two")):
        return "bar"
    if wanted == "donut":
        sound = all(value is not None and value >= 0 for value in values) and any(values)
        return wanted if series == 1 and sound else "bar"
    if wanted in ("column", "line"):
        names = [row.blocks[0].plain() for row in rows]
        room = measure * USUAL / len(rows) - 1
        bars = series * len(rows) if wanted == "column" else len(rows)
        swatch = 2 if wanted == "line" and series > 1 else 0
        longest = max(len(word) for name in names for word in (*name.split(), ""))
        shown = max(len(cell.plain()) for row in rows for cell in row.blocks[1:]) + swatch
        stands = longest <= room and all(len(name) <= MOST_LINES * room for name in names)
        if not stands or bars > MOST_BARS or shown > measure * USUAL / bars - 1:
            return "bar"
    return wanted


def _scale(block: Block, kind: str) -> tuple[float, float]:
    """Return the values at the plot's ends: from zero, but for a line that would be flat."""
    low, high = float(block.attribute("low")), float(block.attribute("high"))
    if kind == "line" and low > 0 and high - low < high * 0.4:
        return low - (high - low or high) * 0.35, high
    return min(low, 0.0), max(high, 0.0)


def _share(value: float, low: float, high: float) -> float:
    return round((value - low) / (high - low), 4) if high > low else 0.0


def _entry(row: Block, setter: Setter, low: float, high: float) -> Entry:
    name, *cells = row.blocks
    marks = []
    for cell in cells:
        value = cell.value
        ends = sorted((_share(value or 0.0, low, high), _share(max(low, 0.0), low, high)))
        text = setter.inline(cell.spans, last=False)
        marks.append(Mark(text, len(cell.plain()), value, ends[0], ends[1]))
    hot = row.attribute("highlight") == "1"
    return Entry(setter.inline(name.spans, last=False), len(name.plain()), tuple(marks), hot)


def _sliced(entries: Sequence[Entry]) -> list[Entry]:
    """Return entries with the outline of their slice of a ring around 0, 0 of radius 100."""
    total = sum(entry.marks[0].value or 0.0 for entry in entries)
    made, turn = [], 0.0
    for entry in entries:
        share = (entry.marks[0].value or 0.0) / total
        path = _slice(turn, turn + share)
        made.append(Entry(entry.name, entry.letters, entry.marks, entry.hot, path))
        turn += share
    return made


def _slice(start: float, end: float, outer: float = 100.0, inner: float = 62.0) -> str:
    """Return the outline of a part of a ring, from and to in turns; cubics draw fast."""
    if end <= start:
        return ""
    there = _arc(start, end, outer)
    back = _arc(end, start, inner)
    return f"M{_point(start, outer)} {there} L{_point(end, inner)} {back} Z"


def _arc(start: float, end: float, radius: float) -> str:
    """Return an arc as cubics, none of them longer than a quarter turn."""
    count = max(math.ceil(abs(end - start) * 4 - 1e-9), 1)
    step = (end - start) / count
    reach = 4 / 3 * math.tan(math.tau * step / 4) * radius
    parts = []
    for number in range(count):
        one, two = start + number * step, start + (number + 1) * step
        first = _point(one, radius, reach)
        second = _point(two, radius, -reach)
        parts.append(f"C{first} {second} {_point(two, radius)}")
    return " ".join(parts)


def _point(turn: float, radius: float, along: float = 0.0) -> str:
    """Return the point of a circle at a turn from the top, moved along its tangent."""
    angle = math.tau * turn
    sine, cosine = math.sin(angle), math.cos(angle)
    across, down = radius * sine + along * cosine, -radius * cosine + along * sine
    return f"{across:.2f},{down:.2f}"
