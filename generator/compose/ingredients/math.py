"""Formulas: TeX becomes a picture in the theme's colour, its words the TeX, its foot on the line.

The engine is behind one seam, `_Engine`: MathJax, or ziamath where QuickJS has no package.
"""

import importlib.util
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

from markupsafe import Markup

from generator import tex
from generator.compose.ingredients import Ingredient, Kitchen, Setter
from generator.compose.ingredients._mathjax import MathJax
from generator.compose.ingredients._ziamath import Ziamath
from generator.compose.ties import MORE
from generator.compose.tokens import LETTER
from generator.errors import GeneratorError, Location, Problem, error, warning
from generator.fetch.svg import objection
from generator.library import builtin_root
from generator.model import Block, Span

SCRIPT = "themes/_math/mathjax.js"
UNITS = 1000
"""Units of MathJax's SVG in an em of its font."""
MOST = 1000
"""Different formulas of a carousel: 4 ms each, and a page of them takes some more to draw."""
MOST_SIGNS = 800
"""Signs of a formula: a page full of them has 400. WeasyPrint draws each in 2 ms, on every try."""
_BOX = re.compile(rb'viewBox="([-\d.e]+) ([-\d.e]+) ([-\d.e]+) ([-\d.e]+)"')
_HEAD = re.compile(r"<svg\b[^>]*>")
_SAID = re.compile(r' (?:data-[a-z-]+|role|focusable)="[^"]*"')
ALONE, ON_CARD = 0.82, 0.74
"""How many of the ems that the smallest type has on a line a formula may be wide: it is drawn at
0.6 of its size then."""
LEGIBLE = 0.7
"""What a formula's letters may shrink to beyond that, before it is told: 24 px at 1080."""
INDENT = 1.4
"""Em of a line that goes on with the one above it."""
QUOTED = 60
"""Letters of a formula that an error quotes."""
_TAG = re.compile(r"\\tag(\*?)\s*\{([^{}]*)\}")


class _Engine(Protocol):
    """What sets TeX; `version` tells which, as another one draws otherwise."""

    version: str

    def svg(self, tex: str, *, display: bool) -> tuple[str, str]:
        """Return a formula as SVG and nothing, or nothing and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class _Set:
    """A formula as it is drawn: its picture's URL, its measures in em of the formula's own size."""

    url: str
    width: float
    height: float
    depth: float


@dataclass(slots=True)
class _Formulas:
    kitchen: Kitchen
    done: dict[tuple[str, bool], _Set] = field(default_factory=dict)

    def span(self, span: Span) -> Markup | None:
        """Return a formula in the line, its foot where the letters stand."""
        if span.kind != "math":
            return None
        place = Location("", span.line) if span.line else None
        source = tex.goes_on(span.text) if span.title == MORE else span.text
        made = self._set(source, place, display=False)
        return Markup(
            '<img class="math" src="{}" alt="{}" '
            'style="width:{:.3f}em;height:{:.3f}em;vertical-align:{:.3f}em">'
        ).format(made.url, span.text, made.width, made.height, -made.depth)

    def block(self, block: Block, setter: Setter) -> Markup | None:
        """Return a formula that stands by itself, with its label on a card of its own."""
        if block.kind != "math":
            return None
        across = setter.measure * LETTER * (ON_CARD if block.info else ALONE)
        place = Location("", block.line) if block.line else None
        lines = _lines(self._pictures(block.text, across, place))
        if not block.info:
            return Markup('<div class="formula">{}</div>').format(lines)
        label = setter.inline((Span("text", block.info),))
        return Markup('<div class="formula plate"><p class="label">{}</p>{}</div>').format(
            label, lines
        )

    def _pictures(
        self, source: str, across: float, place: Location | None
    ) -> list[tuple[_Set, str]]:
        """Return a formula's lines with their TeX: one, unless it is too wide for small type."""
        whole = self._set(source, place, display=True)
        parts = self._broken(source, across) if whole.width > across else []
        lines = [(self._set(tex.goes_on(part), place, display=True), part) for part in parts]
        found = lines if len(lines) > 1 else [(whole, source)]
        if max(one.width for one, _ in found) * LEGIBLE > across:
            self.kitchen.problems.append(_too_wide(source, place))
        return found

    def _broken(self, source: str, across: float) -> list[str]:
        """Return the lines of a formula that is too wide, as TeX; nothing if it can't be broken."""
        rows = (tex.unaligned(row.tex) for row in tex.rows(source))
        found = [line for row in rows for line in self._fitting(row, across, tex.BORDERS)]
        return found if all(self._width(line) is not None for line in found) else []

    def _fitting(self, row: str, across: float, borders: Sequence[tex.Border]) -> list[str]:
        """Return a row in lines that are not too wide, broken where it hurts least."""
        width = self._width(row)
        if not borders or (width is not None and width <= across):
            return [row]
        parts = self._joined(tex.pieces(row, borders[0]), across)
        return [line for part in parts for line in self._fitting(part, across, borders[1:])]

    def _joined(self, parts: Sequence[str], across: float) -> list[str]:
        """Return pieces of a row put together to lines that are full, but not too wide."""
        made: list[str] = []
        for part in parts:
            longer = f"{made[-1]} {part}" if made else part
            width = self._width(longer)
            if made and tex.goes_on(part) != part and width is not None and width <= across:
                made[-1] = longer
            else:
                made.append(part)
        return made

    def _width(self, source: str) -> float | None:
        """Return how wide TeX is; None if it is no whole formula."""
        try:
            return self._set(tex.goes_on(source), None, display=True).width
        except GeneratorError:
            return None

    def _set(self, source: str, place: Location | None, *, display: bool) -> _Set:
        key = source, display
        if key not in self.done:
            if len(self.done) >= MOST:
                hint = "make several carousels of it"
                message = f"more than {MOST:,} different formulas"
                raise GeneratorError(error("math-many", message, place, hint))
            content = self._drawn(source, place, display=display)
            _, top, width, height = _box(content)
            colored = content.replace(b"currentColor", self.kitchen.colors["fg"].encode())
            url = self.kitchen.door.keep(colored, ".svg")
            self.done[key] = _Set(url, width / UNITS, height / UNITS, (height + top) / UNITS)
        return self.done[key]

    def _drawn(self, source: str, place: Location | None, *, display: bool) -> bytes:
        """Return a formula as SVG, its colour open still: an earlier process may have drawn it."""
        engine, cache = _engine(), self.kitchen.cache
        key = ("formula", engine.version, source, display)
        known = cache.get(*key)
        if known is None or not _BOX.search(known):
            svg, wrong = engine.svg(_numbered(source), display=display)
            known, wrong = (b"", wrong) if wrong else _cleaned(svg)
            if wrong:
                raise GeneratorError(_wrong(source, wrong, place))
            cache.put(known, *key)
        return known


def prepare(kitchen: Kitchen) -> Ingredient:
    """Return the ingredient; the engine starts when the first formula is met."""
    formulas = _Formulas(kitchen)
    return Ingredient(worded=formulas.block, span=formulas.span)


def _engine() -> _Engine:
    return _mathjax() if importlib.util.find_spec("quickjs") else _ziamath()


@cache
def _mathjax() -> _Engine:
    """Return the one MathJax of this process: ours, whatever a project has of that name."""
    return MathJax(builtin_root() / SCRIPT)


@cache
def _ziamath() -> _Engine:
    return Ziamath()


def _box(content: bytes) -> tuple[float, float, float, float]:
    """Return what an SVG of ours, or of MathJax, shows: left, top, width, height in units."""
    found = _BOX.search(content)
    assert found  # noqa: S101  `_cleaned` saw to it
    left, top, width, height = map(float, found.groups())
    return left, top, width, height


def _cleaned(svg: str) -> tuple[bytes, str]:
    """Return an engine's SVG as we place it and nothing, or nothing and why it can't be."""
    said = _HEAD.match(svg)
    if said is None or not _BOX.search(said[0].encode()):
        return b"", "there is nothing to draw"
    left, top, width, height = _box(said[0].encode())
    head = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="{left:g} {top:g} {width:g} {height:g}" '
        f'width="{width / UNITS:.3f}em" height="{height / UNITS:.3f}em">'
    )
    inside = _SAID.sub("", _HEAD.sub("", svg, count=1))
    if inside.count("<path") + inside.count("<text") > MOST_SIGNS:
        return b"", f"it has more than {MOST_SIGNS:,} signs"
    content = (head + inside).encode()
    reason = objection(content)
    return (b"", f"what it draws {reason}") if reason else (content, "")


def _lines(made: Sequence[tuple[_Set, str]]) -> Markup:
    """Return the lines of a formula in a box as wide as they are, or as the column if narrower.

    They are shares of the box, so that all shrink alike; what goes on is indented.
    """
    shifts = [INDENT if number else 0.0 for number in range(len(made))]
    wide = max(shift + one.width for shift, (one, _) in zip(shifts, made, strict=True))
    rows = Markup("").join(
        Markup(
            '<p class="row" style="padding-left:{:.2%}">'
            '<img src="{}" alt="{}" style="width:{:.2%}"></p>'
        ).format(shift / wide, one.url, source, one.width / (wide - shift))
        for shift, (one, source) in zip(shifts, made, strict=True)
    )
    return Markup('<div class="math" style="width:{:.3f}em">{}</div>').format(wide, rows)


def _numbered(source: str) -> str:
    """Return TeX with the number of an equation as words: a slide has no margin for it."""
    said = [
        rf"\qquad\text{{{found[2] if found[1] else f'({found[2]})'}}}"
        for found in _TAG.finditer(source)
    ]
    if len(said) == 1 and r"\begin" not in source:
        return _TAG.sub("", source) + said[0]
    return _TAG.sub(lambda _: said.pop(0), source)


def _too_wide(source: str, place: Location | None) -> Problem:
    message = f"the formula `{_short(source)}` is too wide to be read, and can't be broken"
    hint = r"part it with `\\`, or with `\quad` where it may be broken"
    return warning("math-wide", message, place, hint)


def _wrong(source: str, what: str, place: Location | None) -> Problem:
    hint = r"an amount is written `\$5`" if "\\" not in source else None
    message = f"the formula `{_short(source)}`: {what.rstrip('.')}"
    return error("math-error", message, place, hint)


def _short(source: str) -> str:
    text = " ".join(source.split())
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}…"
