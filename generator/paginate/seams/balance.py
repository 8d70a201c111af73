"""Balanced headings: an element of class `balance` gets the least width that keeps its line count.

WeasyPrint 70 has no `text-wrap: balance`. Its own function settles a block's width before the lines
are made; here it is settled once more, from the words' widths in the block's own font.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import Any

CLASS = "balance"
TORN = "data-torn"
"""The attribute that tells how many times wider than its box an element's widest word is."""
LEAST_WORDS = 3
MOST_LINES = 6
"""More lines are a paragraph: it reads better full."""
LEAST_TORN = 1.0001
"""What is told of a word that is too wide by a hair: it is torn like any other."""
ROOM = 1.0
"""CSS px added to the width found, so that rounding does not break a line that just fits."""


@contextmanager
def balancing() -> Iterator[None]:
    """Let blocks of class `balance` be balanced meanwhile."""
    from weasyprint.layout import block  # noqa: PLC0415

    stock = block.block_level_width

    @wraps(stock)  # with its attributes, which the layout of block pictures asks for
    def settled(box: Any, containing_block: Any) -> None:  # noqa: ANN401  WeasyPrint's boxes are untyped
        stock(box, containing_block)
        if box.element is not None and CLASS in (box.element.get("class") or "").split():
            words = list(_words(box))
            _note_torn(box, words)
            width = _balanced(words, box.width)
            if width is not None and width < box.width:
                _narrow(box, width)

    block.block_level_width = settled
    try:
        yield
    finally:
        block.block_level_width = stock


def _narrow(box: Any, width: float) -> None:  # noqa: ANN401
    """Give a block a width; centred text keeps its middle, right-aligned text its edge."""
    spare = box.width - width
    align = box.style["text_align_all"]
    rtl = box.style["direction"] == "rtl"
    share = {"center": 0.5, "right": 1.0, "end": 0.0 if rtl else 1.0}.get(align, 0.0)
    if rtl and align == "start":
        share = 1.0
    box.margin_left += spare * share
    box.margin_right += spare * (1 - share)
    box.width = width


def _note_torn(box: Any, words: Sequence[tuple[float, float]]) -> None:  # noqa: ANN401
    """Note on the element how much wider than the box its widest word is: it will be torn."""
    widest = max((word for word, _ in words), default=0.0)
    if widest > box.width:
        box.element.set(TORN, f"{max(widest / box.width, LEAST_TORN):.4f}")


def _balanced(words: Sequence[tuple[float, float]], width: float) -> float | None:
    """Return the least width that breaks the words into as many lines as a box would have."""
    if len(words) < LEAST_WORDS:
        return None
    lines = lines_at(words, width)
    if lines < 2 or lines > MOST_LINES:  # noqa: PLR2004  one line has nothing to balance
        return None
    return least_width(words, width, lines) + ROOM


def lines_at(words: Sequence[tuple[float, float]], width: float) -> int:
    """Return how many lines words (width, width of the space after it) take in a width."""
    lines, used = 1, 0.0
    for word, space in words:
        if used and used + word > width:
            lines, used = lines + 1, 0.0
        used += word + space
    return lines


def least_width(words: Sequence[tuple[float, float]], width: float, lines: int) -> float:
    """Return the least width in which the words still take `lines` lines, to a quarter px."""
    low, high = max(word for word, _ in words), width
    while high - low > 0.25:  # noqa: PLR2004
        middle = (low + high) / 2
        if lines_at(words, middle) <= lines:
            high = middle
        else:
            low = middle
    return high


def _words(box: Any) -> Iterator[tuple[float, float]]:  # noqa: ANN401
    """Yield the widths of a block's words and of the spaces after them, as far as can be told."""
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415

    word = 0.0
    for leaf in _leaves(box):
        if not isinstance(leaf, boxes.TextBox):
            if isinstance(leaf, boxes.InlineReplacedBox):
                word += _side(leaf)
                continue
            return
        text = leaf.text
        if "\n" in text:
            return
        gap = _width(" ", leaf.style)
        for index, piece in enumerate(text.split(" ")):
            if index and word:
                # WeasyPrint wants the space before another inline box to fit on the line too
                ends = not piece and index == text.count(" ")
                yield (word + gap, 0.0) if ends else (word, gap)
                word = 0.0
            if piece:
                word += _width(piece, leaf.style)
    if word:
        yield word, 0.0


def _side(leaf: Any) -> float:  # noqa: ANN401
    """Return the width of a picture in a line: emoji are as wide as their font's size says."""
    width = leaf.style["width"]
    return float(width.value) if hasattr(width, "value") else float(leaf.style["font_size"])


def _width(text: str, style: Any) -> float:  # noqa: ANN401
    from weasyprint.text.line_break import split_first_line  # noqa: PLC0415

    return float(split_first_line(text, style, None, None, 0)[3])


def _leaves(box: Any) -> Iterator[Any]:  # noqa: ANN401
    if not box.children:
        yield box
    for child in box.children:
        yield from _leaves(child)
