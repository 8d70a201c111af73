"""Footnotes: those that blocks use, kept as the last block wherever the blocks go."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from generator.content.shape import Blocks
from generator.model import Block, Span
from generator.model.content import BlockKind

KIND: BlockKind = "footnotes"


def apart(blocks: Blocks) -> tuple[Blocks, tuple[Block, ...]]:
    """Return blocks without their footnotes, and these, each once."""
    notes = [note for block in blocks if block.kind == KIND for note in block.blocks]
    if not notes:
        return blocks, ()
    once = {(note.info, note.text): note for note in reversed(notes)}
    return tuple(block for block in blocks if block.kind != KIND), tuple(reversed(once.values()))


def together(notes: Sequence[Block]) -> Blocks:
    """Return footnotes as one block, none as nothing."""
    return (Block(KIND, notes[0].line, blocks=tuple(notes)),) if notes else ()


def used(blocks: Iterable[Block], notes: Sequence[Block]) -> tuple[Block, ...]:
    """Return the notes that blocks refer to."""
    known = {note.info: note for note in notes}
    labels = set(reached(blocks, known))
    return tuple(note for note in notes if note.info in labels)


def reached(blocks: Iterable[Block], known: Mapping[str, Block]) -> dict[str, str]:
    """Return the number of each footnote that blocks refer to, also from within a footnote."""
    found: dict[str, str] = {}
    waiting = list(blocks)
    while waiting:
        for span in (span for block in waiting.pop().walk() for span in _signs(block.spans)):
            if span.target not in found:
                found[span.target] = span.text
                waiting += [known[span.target]] if span.target in known else []
    return found


def numbered(note: Block, sign: str) -> Block:
    """Return a footnote with its sign."""
    return replace(note, text=sign)


def _signs(spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        if span.kind == "footnote":
            yield span
        yield from _signs(span.spans)
