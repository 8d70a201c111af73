"""The two sides of a comparison, wherever a writer marks them."""

import re
from dataclasses import replace

from generator.content import sentences
from generator.content.leads import BAD, GOOD
from generator.content.parts import aired, entitled
from generator.content.sentences import plain
from generator.content.shape import Blocks
from generator.model import Block, Mark, Side, Span

Found = tuple[Blocks, tuple[Side, ...]]
"""What stands before the sides, and the sides."""

LONGEST_TITLE = 4
_MARK = re.compile(rf"\s*([{BAD}{GOOD}])[\ufe0e\ufe0f\U0001F3FB-\U0001F3FF]*\s*")
_INLINE_MARK = re.compile(rf"(?:^|(?<=\s))[{BAD}{GOOD}]")
_PAIRS: tuple[tuple[str, str, Mark, Mark], ...] = (
    ("before", "after", "", ""),
    ("old", "new", "", ""),
    ("without", "with", "", ""),
    ("then", "now", "", ""),
    ("don't", "do", "bad", "good"),
    ("dont", "do", "bad", "good"),
    ("bad", "good", "bad", "good"),
)
_TWO = 2


def marked(blocks: Blocks) -> Found | None:
    """Return the sides that blocks plainly have, None if they are not exactly two."""
    found = _in_list(blocks) or _in_blocks(blocks) or _in_paragraph(blocks)
    return _evenly(found) if found else _in_headings(blocks)


def _evenly(found: Found) -> Found:
    """Return sides that both have a title or neither: a title on one card alone looks forgotten."""
    before, sides = found
    if all(side.title for side in sides) or not any(side.title for side in sides):
        return found
    return before, tuple(_untitled(side) for side in sides)


def _untitled(side: Side) -> Side:
    """Return a side whose title is the beginning of its text again."""
    if not side.title:
        return side
    first = side.blocks[0] if side.blocks else None
    if first is None or first.kind != "paragraph":
        return Side(side.mark, (), (Block("paragraph", spans=side.title), *side.blocks))
    spans = (*side.title, Span("text", " "), *first.spans)
    return Side(side.mark, (), (replace(first, spans=spans), *side.blocks[1:]))


def any_two(blocks: Blocks) -> Found | None:
    """Return two sides of blocks that are not marked: two entries, two headings, two halves."""
    if blocks and blocks[-1].kind == "list" and len(blocks[-1].blocks) == _TWO:
        first, second = (entry.blocks for entry in blocks[-1].blocks)
        return blocks[:-1], (_side("", first), _side("", second))
    headings = [index for index, block in enumerate(blocks) if block.kind == "heading"]
    if len(headings) == _TWO:
        return _parted(blocks, headings, ("", ""))
    if len(blocks) == _TWO:
        return (), (_side("", blocks[:1]), _side("", blocks[1:]))
    return None


def one(blocks: Blocks) -> Found | None:
    """Return the one marked side of blocks: a continuation slide may hold no more than that."""
    for place, block in enumerate(blocks):
        single = block.kind == "list" and len(block.blocks) == 1
        mark, inner = _unmarked(block.blocks[0].blocks if single else (block,))
        if mark and not single:
            return blocks[:place], (_side(mark, (*inner, *blocks[place + 1 :])),)
        if mark and place == len(blocks) - 1:
            return blocks[:place], (_side(mark, inner),)
        if block.kind == "paragraph" and (parts := _before_mark(block)):
            mark, inner = _unmarked(parts[1:])
            return (*blocks[:place], parts[0]), (_side(mark, (*inner, *blocks[place + 1 :])),)
    return None


def _before_mark(paragraph: Block) -> Blocks:
    """Return a paragraph parted before the only mark within it, nothing if there is no such."""
    text = plain(paragraph.spans)
    found = [match.start() for match in _INLINE_MARK.finditer(text)]
    if len(found) != 1:
        return ()
    parts = sentences.cut(paragraph.spans, [(len(text[: found[0]].rstrip()), found[0])])
    return tuple(replace(paragraph, spans=part) for part in parts) if len(parts) > 1 else ()


def _in_list(blocks: Blocks) -> Found | None:
    """Return sides from a list of two entries, each with a mark; the list ends the post."""
    if not blocks or blocks[-1].kind != "list" or len(blocks[-1].blocks) != _TWO:
        return None
    entries = [_unmarked(entry.blocks) for entry in blocks[-1].blocks]
    if {mark for mark, _ in entries} != {"bad", "good"}:
        return None
    if any(_unmarked((block,))[0] for block in blocks[:-1]):
        return None
    first, second = (_side(mark, rest) for mark, rest in entries)
    return blocks[:-1], (first, second)


def _in_blocks(blocks: Blocks) -> Found | None:
    """Return sides from paragraphs or headings that begin with a mark."""
    marks = [(index, _unmarked((block,))[0]) for index, block in enumerate(blocks)]
    starts = [(index, mark) for index, mark in marks if mark]
    if len(starts) != _TWO or {mark for _, mark in starts} != {"bad", "good"}:
        return None
    if any(_inline_marks(block) > 1 for block in blocks):
        return None
    return _parted(blocks, [index for index, _ in starts], (starts[0][1], starts[1][1]))


def _in_paragraph(blocks: Blocks) -> Found | None:
    """Return sides from one paragraph that holds both marks, as a post pasted flat has them."""
    places = [index for index, block in enumerate(blocks) if _inline_marks(block)]
    if len(places) != 1 or blocks[places[0]].kind != "paragraph":
        return None
    place = places[0]
    paragraph = blocks[place]
    text = plain(paragraph.spans)
    found = [match.start() for match in _INLINE_MARK.finditer(text)]
    if len(found) != _TWO or {_kind(text[start]) for start in found} != {"bad", "good"}:
        return None
    gaps = [(len(text[:start].rstrip()), start) for start in found if start]
    parts = sentences.cut(paragraph.spans, gaps)
    if len(parts) != len(gaps) + 1:
        return None
    pieces = tuple(replace(paragraph, spans=part) for part in parts)
    before = (*blocks[:place], *pieces[:-_TWO])
    after = blocks[place + 1 :]
    first, second = _unmarked(pieces[-2:-1]), _unmarked(pieces[-1:])
    return before, (_side(*first), _side(second[0], (*second[1], *after)))


def _in_headings(blocks: Blocks) -> Found | None:
    """Return sides from two headings of one level that are named before and after, or alike."""
    headings = [index for index, block in enumerate(blocks) if block.kind == "heading"]
    if len(headings) != _TWO or len({blocks[index].level for index in headings}) != 1:
        return None
    first, second = (_named(blocks[index]) for index in headings)
    for one, other, bad, good in _PAIRS:
        if (first[0], second[0]) == (one, other) and first[1] == second[1]:
            return _parted(blocks, headings, (bad, good))
        if (first[0], second[0]) == (other, one) and first[1] == second[1]:
            return _parted(blocks, headings, (good, bad))
    return None


def _named(heading: Block) -> tuple[str, str]:
    """Return the first word of a heading and what follows it, for comparing."""
    text = (
        plain(heading.spans)
        .casefold()
        .replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        .strip(" :.!")
    )
    word, _, rest = text.partition(" ")
    return word.strip(":,"), rest


def _parted(blocks: Blocks, starts: list[int], marks: tuple[Mark, Mark]) -> Found:
    """Return two sides that begin at blocks `starts`; each takes all up to the next."""
    first, second = starts
    return blocks[:first], (
        _side(marks[0], _unmarked(blocks[first:second])[1]),
        _side(marks[1], _unmarked(blocks[second:])[1]),
    )


def _side(mark: Mark, blocks: Blocks) -> Side:
    """Return a side; a heading or the words before a colon are its title."""
    if blocks and blocks[0].kind == "heading":
        return Side(mark, blocks[0].spans, aired(blocks[1:]))
    title, rest = entitled(blocks, LONGEST_TITLE)
    return Side(mark, title, aired(rest))


def _kind(sign: str) -> Mark:
    return "bad" if sign in BAD else "good"


def _inline_marks(block: Block) -> int:
    """Return how many marks stand at the beginning of a word in a block's text."""
    return len(_INLINE_MARK.findall(block.plain()))


def _unmarked(blocks: Blocks) -> tuple[Mark, Blocks]:
    """Return the mark that blocks begin with, and the blocks without it."""
    if not blocks or blocks[0].kind not in ("paragraph", "heading"):
        return "", blocks
    mark, rest = _strip(blocks[0].spans)
    if not mark:
        return "", blocks
    return mark, (replace(blocks[0], spans=rest), *blocks[1:]) if rest else blocks[1:]


def _strip(spans: tuple[Span, ...]) -> tuple[Mark, tuple[Span, ...]]:
    """Return the mark that spans begin with, even within bold, and the spans without it."""
    if not spans:
        return "", spans
    first = spans[0]
    if first.spans:
        mark, inner = _strip(first.spans)
        kept = (replace(first, spans=inner), *spans[1:]) if inner else spans[1:]
        return (mark, kept) if mark else ("", spans)
    found = _MARK.match(first.text) if first.kind == "text" else None
    if not found:
        return "", spans
    text = first.text[found.end() :]
    return _kind(found[1]), (replace(first, text=text), *spans[1:]) if text else spans[1:]
