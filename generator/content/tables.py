"""Tables: what is said about them in braces, their columns of numbers, the charts they can be."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.content import numbers
from generator.content.sentences import plain
from generator.errors import Location, Problem, choices, warning
from generator.model import Block, Span, Value

Blocks = tuple[Block, ...]

CHARTS = ("bar", "column", "line", "donut")
KEYS = ("chart", "highlight")
"""What may be said in braces above or below a table: `{chart=bar highlight=2}`."""
_SAID = re.compile(r"\{\s*((?:[a-z]+\s*=\s*[\w-]+[\s,]*)+)\}")
_PAIR = re.compile(r"([a-z]+)\s*=\s*([\w-]+)")


def attributed(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks in which every table has what the line above or below it says of it."""
    made: list[Block] = []
    waiting: Block | None = None
    for block in blocks:
        said = _said(block)
        if said and made and made[-1].kind == "table":
            made[-1] = replace(made[-1], info=_joined(made[-1].info, said))
        elif waiting and block.kind == "table":
            above = _said(waiting)
            made[-1] = replace(_own(block), info=_joined(_own(block).info, above))
        else:
            made.append(_own(block) if block.kind == "table" else block)
            waiting = block if said else None
            continue
        waiting = None
    return made


def settled(blocks: Blocks, layout: str, options: Mapping[str, Value]) -> Blocks:
    """Return blocks with all that is known of their tables, options of the layout among it."""
    chosen: dict[str, str] = {}
    if layout == "chart":
        chosen["chart"] = str(options.get("kind") or "bar")
    if options.get("highlight"):
        chosen["highlight"] = str(options["highlight"])
    return tuple(_settled(block, chosen) if block.kind == "table" else block for block in blocks)


def plots(table: Block) -> bool:
    """Return whether a table is to be a chart and can be one."""
    return table.kind == "table" and table.attribute("chart") in CHARTS and _wrong(table) is None


def problems(blocks: Blocks, path: str, layout: str = "") -> list[Problem]:
    """Return a warning for each table that is to be a chart and can be none."""
    found = []
    for block in blocks:
        kind = block.attribute("chart") if block.kind == "table" else ""
        if kind and kind not in CHARTS:
            message = f"there is no chart `{kind}`; the table is shown as a table"
            place = Location(path, block.line)
            found.append(warning("chart-kind", message, place, choices(kind, CHARTS)))
        elif block.kind == "table" and (kind or layout == "chart") and (wrong := _wrong(block)):
            found.append(_no_number(*wrong, path))
    return found


def _no_number(line: int, text: str, path: str) -> Problem:
    if not text:
        message = "a chart wants a head, a column of names and at least one column of numbers"
        hint = "the table is shown as a table"
    else:
        message = f"`{text}` is no number, or one of another unit; the table is shown as a table"
        hint = "write numbers with one unit, such as 12, 1.5k, 87 % or $3.2M; a dash for none"
    return warning("chart-number", message, Location(path, line), hint)


def _wrong(table: Block) -> tuple[int, str] | None:
    """Return line and text of the first cell that no chart can show, None if there is none."""
    head, rows = parted(table)
    if not head or not rows or len(head[0].blocks) < len(("name", "number")):
        return table.line, ""
    cells = [(row.line, plain(row.blocks[at].spans)) for at in range(1, len(head[0].blocks))
             for row in rows]  # fmt: skip
    texts = [text for _, text in cells]
    read = numbers.column(texts)
    place = numbers.odd(read, texts)
    if place < 0:
        return None if any(read) else cells[0]
    return cells[place]


def parted(table: Block) -> tuple[Blocks, Blocks]:
    """Return the rows of a table's head, and the others."""
    head = tuple(row for row in table.blocks if row.level)
    return head, tuple(row for row in table.blocks if not row.level)


def _settled(table: Block, chosen: Mapping[str, str]) -> Block:
    """Return a table with its numbers read, and what its parts have to agree on."""
    head, rows = parted(table)
    columns = max((len(row.blocks) for row in table.blocks), default=0)
    read = [_column(rows, at) for at in range(columns)]
    marked = [_row(row, [column[index] for column in read]) for index, row in enumerate(rows)]
    said = {key: table.attribute(key) or chosen.get(key, "") for key in KEYS}
    if said["chart"]:
        marked = [_hot(row, str(index) == said["highlight"]) for index, row in enumerate(marked, 1)]
    else:
        said["highlight"] = said["highlight"] or _bold(head)
    said["rows"] = str(len(rows))
    said["columns"] = ",".join(str(_least(table, at)) for at in range(columns))
    values = [one.value for column in read[1:] for one in column if one]
    if values:
        said |= {"low": f"{min(values)!r}", "high": f"{max(values)!r}"}
    info = " ".join(f"{key}={value}" for key, value in said.items() if value)
    return replace(table, blocks=(*head, *marked), info=info)


def _column(rows: Blocks, at: int) -> tuple[numbers.Number | None, ...]:
    """Return the numbers of a column, none at all if one of its cells is something else."""
    texts = [plain(row.blocks[at].spans) for row in rows]
    read = numbers.column(texts)
    return read if numbers.odd(read, texts) < 0 and any(read) else (None,) * len(read)


def _row(row: Block, read: Sequence[numbers.Number | None]) -> Block:
    """Return a row whose cells know the numbers that were read in them."""
    cells = zip(row.blocks, read, strict=False)
    return replace(row, blocks=tuple(
        replace(cell, value=number.value, point=number.point) if number else cell
        for cell, number in cells
    ))  # fmt: skip


def _hot(row: Block, chosen: bool) -> Block:  # noqa: FBT001  it is told of each row in turn
    """Return a chart's row, marked if it was chosen or its name is bold."""
    return replace(row, info="highlight=1") if chosen or is_bold(row.blocks[0]) else row


def _bold(head: Blocks) -> str:
    """Return the number of the only column, behind the first, whose head is bold; or nothing."""
    bold = [at for row in head for at, cell in enumerate(row.blocks, 1) if is_bold(cell)]
    return str(bold[0]) if len(bold) == 1 and bold[0] > 1 else ""


def is_bold(cell: Block) -> bool:
    """Return whether a cell is bold as a whole."""
    return len(cell.spans) == 1 and cell.spans[0].kind == "strong"


def _least(table: Block, at: int) -> int:
    """Return how many letters a column needs at least: those of its longest word."""
    cells = (row.blocks[at] for row in table.blocks if at < len(row.blocks))
    return max((len(word) for cell in cells for word in plain(cell.spans).split()), default=1)


def _own(table: Block) -> Block:
    """Return a table without the last row, if that is no row but says something of the table.

    A line right below a table is one of its rows to Markdown.
    """
    last = table.blocks[-1] if table.blocks else table
    if last.level or not last.blocks or any(cell.spans for cell in last.blocks[1:]):
        return table
    said = _words(last.blocks[0].spans)
    if not said:
        return table
    return replace(table, blocks=table.blocks[:-1], info=_joined(table.info, said))


def _said(block: Block) -> str:
    return _words(block.spans) if block.kind == "paragraph" else ""


def _words(spans: Sequence[Span]) -> str:
    """Return what braces say, as `key=value` with spaces between, or nothing."""
    found = _SAID.fullmatch(plain(spans).strip())
    pairs = _PAIR.findall(found[1]) if found else []
    if not pairs or any(key not in KEYS for key, _ in pairs):
        return ""
    return " ".join(f"{key}={value}" for key, value in pairs)


def _joined(*said: str) -> str:
    return " ".join(filter(None, said))
