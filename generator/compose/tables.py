"""Tables as HTML: columns of numbers on their points, one column that stands out, cards if wide."""

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from generator.compose.ingredients import Setter
from generator.compose.typography import NBSP
from generator.model import Block, Span

PADDING = 1.5
"""Letters that the space between two columns amounts to."""
CARD_PADDING = 9
"""Letters that the space in a card amounts to, from side to side."""
NARROWEST = 9
"""Letters of a column, on the mean, below which a table is a crowd."""


def table(block: Block, setter: Setter) -> Markup:
    """Return a table as HTML; one that is too wide for the page becomes a card for each row."""
    head = [row for row in block.blocks if row.level]
    rows = [row for row in block.blocks if not row.level]
    if head and rows and is_wide(block, setter.measure):
        over = " over" if _stacks(block, setter.measure) else ""
        cards = _joined(_cards(head[0], rows, setter))
        return Markup('<div class="cards{}">{}</div>').format(over, cards)
    hot = block.attribute("highlight")
    top, body = (_joined(_row(row, rows, setter, hot) for row in part) for part in (head, rows))
    made = Markup("<thead>{}</thead>").format(top) if head else Markup("")
    return Markup('<table class="grid">{}<tbody>{}</tbody></table>').format(made, body)


def is_wide(block: Block, measure: int) -> bool:
    """Return whether a table's longest words do not stand side by side on a line of letters."""
    least = [int(letters) for letters in block.attribute("columns").split(",") if letters]
    if not least:
        least = list(_longest(block))
    return max(sum(least) + PADDING * len(least), NARROWEST * len(least)) > measure


def _stacks(block: Block, measure: int) -> bool:
    """Return whether a card's labels stand over their values: beside them there is no room."""
    cells = [(cell.plain(), bool(row.level)) for row in block.blocks for cell in row.blocks[1:]]
    labels, values = (
        max(
            (len(word) for text, level in cells if level is head for word in text.split()),
            default=0,
        )
        for head in (True, False)
    )
    return labels + values + CARD_PADDING > measure


def _longest(block: Block) -> Iterator[int]:
    """Yield the letters of each column's longest word."""
    for at in range(max((len(row.blocks) for row in block.blocks), default=0)):
        cells = (row.blocks[at].plain() for row in block.blocks if at < len(row.blocks))
        yield max((len(word) for text in cells for word in text.split()), default=1)


def _row(row: Block, rows: list[Block], setter: Setter, hot: str) -> Markup:
    cells = (
        _cell(cell, at, row, rows, setter, hot=hot == str(at + 1))
        for at, cell in enumerate(row.blocks)
    )
    return Markup("<tr>{}</tr>").format(_joined(cells))


def _cell(  # noqa: PLR0913  a cell is set by its row, its column and its table
    cell: Block, at: int, row: Block, rows: list[Block], setter: Setter, *, hot: bool
) -> Markup:
    column = [each.blocks[at] for each in rows if at < len(each.blocks)]
    counts = at > 0 and any(each.value is not None for each in column)
    align = cell.text or ("right" if counts else "")
    known = {"key": at == 0 and not row.level, "hot": hot, "digits": counts}
    classes = " ".join(name for name, holds in known.items() if holds)
    tag = Markup("th" if row.level else "td")  # noqa: S704  a constant of ours
    made = _number(cell, column, setter) if counts and not row.level else None
    return Markup("<{}{}{}>{}</{}>").format(
        tag,
        Markup(' class="{}"').format(classes) if classes else "",
        Markup(' style="text-align:{}"').format(align) if align else "",
        made or setter.inline(cell.spans, last=False),
        tag,
    )


def _number(cell: Block, column: list[Block], setter: Setter) -> Markup | None:
    """Return a number with its point above that of the next one, if they differ in what follows.

    What stands behind the point is set in a box of one width for the whole column.
    """
    widths = {len(each.plain()) - each.point for each in column if each.value is not None}
    span = cell.spans[0] if len(cell.spans) == 1 else None
    if len(widths) == 1 or cell.value is None or span is None or span.kind != "text":
        return None
    before, behind = span.text[: cell.point], span.text[cell.point :].replace(" ", NBSP)
    box = Markup('<span class="fraction" style="min-width:{}ch">{}</span>').format(
        max(widths), setter.inline((Span("text", behind),), last=False)
    )
    return setter.inline((Span("text", before),), last=False) + box


def _cards(head: Block, rows: list[Block], setter: Setter) -> Iterator[Markup]:
    """Yield a card for each row: its first cell as the name, the others under their heads."""
    first, *others = head.blocks
    for row in rows:
        name, *cells = row.blocks
        title = Markup('{}<b class="name">{}</b>').format(
            _label(first, setter), setter.inline(name.spans, last=False)
        )
        lines = (
            Markup('<div class="pair">{}<div class="said-of">{}</div></div>').format(
                _label(label, setter), setter.inline(cell.spans)
            )
            for label, cell in zip(others, cells, strict=False)
            if cell.spans
        )
        pairs = Markup('<div class="pairs">{}</div>').format(_joined(lines))
        yield Markup('<div class="plate">{}{}</div>').format(title, pairs)


def _label(cell: Block, setter: Setter) -> Markup:
    if not cell.spans:
        return Markup("")
    return Markup('<div class="label">{}</div>').format(setter.inline(cell.spans, last=False))


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)
