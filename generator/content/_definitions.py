"""Definition lists: a line that names a term, and lines below it that begin with a colon."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from generator.content._paragraphs import lines
from generator.content.parts import is_short
from generator.model import Block, Span
from generator.model.content import BlockKind

if TYPE_CHECKING:
    from markdown_it.token import Token

Lines: TypeAlias = "list[tuple[int, Literal['term', 'meaning'], list[Token]]]"
SIGN = ": "
KIND: BlockKind = "definitions"
LONGEST_TERM = 8
"""Words of a line that a meaning below a blank line may still explain."""


def defined(children: "list[Token]", source: str) -> "Lines | None":
    """Return (line, `term` or `meaning`, tokens) of a paragraph's lines, None if it defines none.

    `source` is the paragraph as typed: a sign that is escaped is none. A meaning goes on over the
    lines behind it. A paragraph that begins with a meaning belongs to the term above it.
    """
    found: Lines = []
    typed = source.split("\n")
    for number, line in enumerate(lines(children)):
        first = line[0] if line else None
        signed = number < len(typed) and typed[number].lstrip().startswith(SIGN)
        if first and signed and first.type == "text" and first.content.startswith(SIGN):
            first.content = first.content[len(SIGN) :].lstrip()
            found.append((number, "meaning", list(line)))
        elif found and found[-1][1] == "meaning":
            found[-1][2].extend(line)
        else:
            found.append((number, "term", list(line)))
    meanings = [kind for _, kind, _ in found if kind == "meaning"]
    if meanings and _one_term(found):
        return found
    for _, kind, tokens in found:  # they keep their signs
        if kind == "meaning":
            tokens[0].content = SIGN + tokens[0].content
    return None


def _one_term(found: "Lines") -> bool:
    """Return whether at most one line stands before the first meaning."""
    return [kind for _, kind, _ in found][:2].count("term") <= 1


def gathered(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks with neighbouring definitions as one list; a meaning of nothing is text."""
    found: list[Block] = []
    for block in blocks:
        if block.kind != KIND:
            found.append(block)
        elif found and (above := _above(found[-1], block)):
            found[-1:] = [above]
            if len(found) > 1 and found[-2].kind == KIND:
                found[-2:] = [replace(found[-2], blocks=found[-2].blocks + above.blocks)]
        elif block.blocks[0].kind == "meaning":
            found += [_spoken(each) for each in block.blocks]
        else:
            found.append(block)
    return found


def _above(before: Block, block: Block) -> Block | None:
    """Return both blocks as one list of definitions, None if the one above is no part of it."""
    if before.kind == KIND:
        return replace(before, blocks=before.blocks + block.blocks)
    names = is_short(before, LONGEST_TERM) and block.blocks[0].kind == "meaning"
    if not names:
        return None
    term = Block("term", before.line, before.spans)
    return Block(KIND, before.line, blocks=(term, *block.blocks))


def _spoken(block: Block) -> Block:
    """Return a term or meaning as the paragraph that it was."""
    sign = (Span("text", SIGN),) if block.kind == "meaning" else ()
    return Block("paragraph", block.line, (*sign, *block.spans))
