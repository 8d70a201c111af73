"""Cuts: the smallest parts of a post that may stand on slides of their own, and their joining."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from generator.content import footnotes, listings, sentences
from generator.content.leads import groups
from generator.content.parts import attributes
from generator.content.sentences import plain, words
from generator.content.shape import Blocks
from generator.model import Block, Span

_SPACE = re.compile(r"\s+")
LONGEST_PARAGRAPH = 45
LONGEST_SENTENCE = 60
FEWEST_COLUMNS = 4
"""Columns of a table whose row may be parted where it fits on no slide."""


def cuts(blocks: Blocks, *, fine: bool = False) -> tuple[Blocks, ...]:
    """Return the smallest pieces, in order, that may stand on slides of their own.

    These are blocks, entries of lists, paragraphs of quotes, rows of tables under their head, code
    parted at blank lines, and groups of sentences of a long paragraph. A heading, or a paragraph
    that ends with a colon, stays with what follows it; an attribution with what precedes. With
    `fine` every sentence is a piece: for the largest type and the smallest pages.
    """
    blocks, notes = footnotes.apart(blocks)
    pieces = _cut(blocks, fine)
    if not notes:
        return tuple(pieces)
    if not pieces:
        return (footnotes.together(notes),)
    used = [footnotes.used(piece, notes) for piece in pieces]
    unused = [note for note in notes if all(note not in each for each in used)]
    used[-1] = (*used[-1], *unused)
    both = zip(pieces, used, strict=True)
    return tuple((*piece, *footnotes.together(each)) for piece, each in both)


def _cut(blocks: Blocks, fine: bool) -> list[Blocks]:  # noqa: FBT001  passed on as it came
    """Return the pieces of blocks that hold no footnotes."""
    pieces: list[Blocks] = []
    waiting: Blocks = ()
    for block in (piece for whole in blocks for piece in _pieces(whole, fine)):
        if _ends_a_part(block):
            if pieces and _belongs_to_last(block):
                pieces[-1] = join((pieces[-1], (*waiting, block)))
            else:
                pieces.append((*waiting, block))
            waiting = ()
        else:
            waiting = (*waiting, block)
    if waiting:
        pieces.append((*pieces.pop(), *waiting) if pieces else waiting)
    return pieces


def join(pieces: Iterable[Blocks]) -> Blocks:
    """Return pieces as one post's blocks: neighbours that were one block are one again."""
    blocks, notes = footnotes.apart(tuple(block for piece in pieces for block in piece))
    return _joined_blocks(blocks) + footnotes.together(notes)


def _joined_blocks(blocks: Blocks) -> Blocks:
    joined: list[Block] = []
    for block in blocks:
        if joined and (merged := _merged(joined[-1], block)):
            joined[-1] = merged
        else:
            joined.append(block)
    return tuple(joined)


def _ends_a_part(block: Block) -> bool:
    """Return whether nothing has to follow a block on its slide."""
    if block.kind == "heading":
        return False
    return not (block.kind == "paragraph" and plain(block.spans).rstrip().endswith(":"))


def _belongs_to_last(block: Block) -> bool:
    inner = block.blocks[0] if block.kind == "quote" else block
    return attributes(inner)


def _pieces(block: Block, fine: bool) -> Iterable[Block]:  # noqa: FBT001, PLR0911  passed on as it came; one return a kind
    """Return a block in pieces of its own kind."""
    match block.kind:
        case "paragraph":
            return [replace(block, spans=part) for part in _paragraph(block.spans, fine)]
        case "list":
            return _list(block, fine)
        case "quote" | "callout":
            inner = (piece for each in block.blocks for piece in _pieces(each, fine))
            return [replace(block, blocks=(piece,)) for piece in inner] or [block]
        case "definitions":
            return _definitions(block)
        case "table":
            return _table(block, fine)
        case "code":
            return listings.parts(block, fine=fine)
    return [block]


def _paragraph(spans: tuple[Span, ...], fine: bool) -> Iterable[tuple[Span, ...]]:  # noqa: FBT001  passed on as it came
    """Return groups of a long paragraph's sentences; a sentence beyond all measure is cut, too."""
    if fine:
        return [part for sentence in sentences.split(spans) for part in _sentence(sentence)]
    if words(spans) <= LONGEST_PARAGRAPH:
        return [spans]
    return [part for group in groups(spans) for part in _sentence(group)]


def _sentence(spans: tuple[Span, ...]) -> Iterable[tuple[Span, ...]]:
    if words(spans) <= LONGEST_SENTENCE:
        return [spans]
    text = plain(spans)
    gaps, count = [], 0
    for found in _SPACE.finditer(text):
        count += 1
        at_pause = text[found.start() - 1] in ",;:"
        if count >= LONGEST_PARAGRAPH // 2 and (at_pause or count >= LONGEST_PARAGRAPH):
            gaps.append(found.span())
            count = 0
    return sentences.cut(spans, gaps)


def _list(block: Block, fine: bool) -> Iterable[Block]:  # noqa: FBT001  passed on as it came
    """Yield a list of one entry for each entry, or for each piece of a very long one."""
    for number, entry in enumerate(block.blocks):
        start = block.start + number if block.ordered else block.start
        if words_of(entry) <= LONGEST_SENTENCE:
            yield replace(block, blocks=(entry,), start=start)
            continue
        for piece in cuts(entry.blocks, fine=fine):
            yield replace(block, blocks=(replace(entry, blocks=piece),), start=start)


def words_of(block: Block) -> int:
    """Return how many words a block holds."""
    return len(block.plain().split())


def _table(block: Block, fine: bool) -> Iterable[Block]:  # noqa: FBT001  passed on as it came
    """Return a table for each row, under its head; with `fine`, one for each two of many columns.

    Each begins with the row's name, as a card that goes on does.
    """
    head = tuple(row for row in block.blocks if row.level)
    rows = [row for row in block.blocks if not row.level]
    pieces = [replace(block, blocks=(*head, row)) for row in rows] or [block]
    count = max((len(row.blocks) for row in block.blocks), default=0)
    if not fine or count < FEWEST_COLUMNS or block.attribute("chart"):
        return pieces
    return [_columns(piece, at, at + 2) for piece in pieces for at in range(1, count, 2)]


def _columns(table: Block, start: int, end: int) -> Block:
    """Return a table of its first column and of those from `start` to `end`."""
    rows = (replace(row, blocks=(*row.blocks[:1], *row.blocks[start:end])) for row in table.blocks)
    return replace(table, blocks=tuple(rows))


def _definitions(block: Block) -> Iterable[Block]:
    """Return a list of definitions as one for each term, with all that it means."""
    terms: list[Blocks] = []
    for part in block.blocks:
        if part.kind == "term" or not terms:
            terms.append((part,))
        else:
            terms[-1] = (*terms[-1], part)
    return [replace(block, blocks=term) for term in terms]


def _merged(left: Block, right: Block) -> Block | None:  # noqa: PLR0911  one for each kind
    """Return two neighbours as the one block that they are pieces of, None if they are none.

    Pieces know each other by kind and line: no two blocks of one kind begin in the same line.
    """
    if left.kind != right.kind or left.line != right.line or not left.line:
        return None
    match left.kind:
        case "paragraph":
            return replace(left, spans=_joined(left.spans, right.spans))
        case "definitions":
            return replace(left, blocks=left.blocks + right.blocks)
        case "list" | "quote" | "item" | "callout":
            return replace(left, blocks=join((left.blocks, right.blocks)))
        case "table":
            return _merged_tables(left, right)
        case "code":
            return replace(left, text=left.text + right.text)
    return None


def _merged_tables(left: Block, right: Block) -> Block | None:
    """Return two tables as one of all their rows, or of all the columns of their one row."""
    rows = tuple(row for row in right.blocks if not row.level)
    if not left.blocks[0].level or left.blocks[0] == right.blocks[0]:
        return replace(left, blocks=left.blocks + rows)
    if len(left.blocks) != len(right.blocks) or left.blocks[-1].line != right.blocks[-1].line:
        return None
    pairs = zip(left.blocks, right.blocks, strict=True)
    return replace(left, blocks=tuple(
        replace(one, blocks=one.blocks + other.blocks[1:]) for one, other in pairs
    ))  # fmt: skip


def _joined(left: tuple[Span, ...], right: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return two pieces of a paragraph with a space between them."""
    if plain(left).endswith(tuple(sentences.FULL_WIDTH_STOPS)):
        return left + right
    if left[-1].kind == "text" and right[0].kind == "text":
        text = f"{left[-1].text} {right[0].text}"
        return (*left[:-1], replace(right[0], text=text), *right[1:])
    return (*left, Span("text", " "), *right)


def balanced(weights: Sequence[int], count: int) -> list[int]:
    """Return the sizes of `count` neighbouring groups whose heaviest one is as light as can be."""
    sums = [0, *accumulate(weights)]
    total = len(weights)
    best = [[math.inf] * (total + 1) for _ in range(count + 1)]
    back = [[0] * (total + 1) for _ in range(count + 1)]
    best[0][0] = 0
    for group in range(1, count + 1):
        for end in range(group, total + 1):
            for start in range(group - 1, end):
                heaviest = max(best[group - 1][start], sums[end] - sums[start])
                if heaviest < best[group][end]:
                    best[group][end], back[group][end] = heaviest, start
    sizes, end = [], total
    for group in range(count, 0, -1):
        sizes.append(end - back[group][end])
        end = back[group][end]
    return sizes[::-1]
