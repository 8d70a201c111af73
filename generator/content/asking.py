"""Questions: which blocks ask one, and what a quiz shows before and after it is answered."""

import re
from dataclasses import replace

from generator.content import footnotes, sentences
from generator.content.parts import headed
from generator.content.sentences import plain
from generator.content.shape import Blocks
from generator.model import Block, Question, Span

MARKS = ("?", "\uff1f", "\u061f", "\u037e")
"""Question marks: Latin, Chinese and Japanese, Arabic, Greek."""
LONGEST_LABEL = 5
_COLON = re.compile(r":(?P<gap>\s+)(?=\S)")
_BEHIND = ")]}\"'\u201d\u2019\u00bb *_"


def asks(spans: tuple[Span, ...]) -> bool:
    """Return whether words end with a question mark."""
    return plain(spans).rstrip().rstrip(_BEHIND).endswith(MARKS)


def choices(blocks: Blocks) -> int | None:
    """Return the place of the list of options that blocks have below a question, or None."""
    places = [at for at, block in enumerate(blocks) if block.kind == "list"]
    boxed = [at for at in places if _boxed(blocks[at])]
    if not boxed or boxed != places[:1] or not boxed[0]:
        return None  # of two questions in one post none is asked before the other
    place = boxed[0]
    options = blocks[place].blocks
    above = [block for block in blocks[:place] if block.kind in ("heading", "paragraph")]
    boxes = len(options) > 1 and all(option.checked is not None for option in options)
    return place if boxes and any(asks(block.spans) for block in above) else None


def _boxed(block: Block) -> bool:
    """Return whether a block is a list with boxes."""
    return block.kind == "list" and any(entry.checked is not None for entry in block.blocks)


def question(blocks: Blocks) -> Question | None:
    """Return the quiz question that blocks are, with options or open; None if they are none."""
    blocks, notes = footnotes.apart(blocks)
    place = choices(blocks)
    if place is None and any(_boxed(block) for block in blocks):
        return None
    last = _open(blocks) if place is None else place + 1
    if not last:
        return None
    asked, answers = blocks[:last], blocks[last:]
    if place is None:
        return Question(*(_with(part, notes) for part in (asked, answers)))
    options = blocks[place]
    shut = tuple(replace(option, checked=False) for option in options.blocks)
    asked = (*asked[:-1], replace(options, blocks=shut, ordered=True, start=1))
    return Question(_with(asked, notes), _with(answers, notes), options.blocks)


def _with(blocks: Blocks, notes: tuple[Block, ...]) -> Blocks:
    return (*blocks, *footnotes.together(footnotes.used(blocks, notes)))


def _open(blocks: Blocks) -> int:
    """Return how many blocks ask an open question: all up to the first that ends with its mark."""
    heading, rest = headed(blocks)
    if heading and asks(heading):
        return 1
    for at, block in enumerate(rest[:2]):
        if block.kind == "paragraph" and asks(block.spans):
            return at + 1 + bool(heading)
    return 0


def is_asked(blocks: Blocks) -> bool:
    """Return whether all that blocks do is to ask: nothing follows, but a word before may lead."""
    return 0 < _open(blocks) == len(blocks)


def all_ask(block: Block) -> bool:
    """Return whether every entry of a list is a question."""
    return block.kind == "list" and all(
        entry.blocks and entry.checked is None and asks(entry.blocks[0].spans)
        for entry in block.blocks
    )


def labelled(blocks: Blocks, *, known: bool) -> tuple[tuple[Span, ...], Blocks] | None:
    """Return the words that a heading begins with, up to its colon, and the blocks without them.

    A heading that is `known` to say what comes is such a label as a whole, if text follows.
    """
    heading, rest = headed(blocks)
    found = _COLON.search(plain(heading))
    if found and len(plain(heading)[: found.start()].split()) <= LONGEST_LABEL:
        parted = sentences.cut(heading, [found.span("gap")])
        if len(parted) > 1:
            return _hushed(parted[0]), (replace(blocks[0], spans=parted[1]), *rest)
    short = len(plain(heading).split()) <= LONGEST_LABEL
    whole = known and short and rest and rest[0].kind == "paragraph"
    return (heading, rest) if heading and whole else None


def _hushed(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return a label whose colon is not seen: it stands on a line of its own."""
    last = spans[-1]
    if last.kind != "text" or not last.text.endswith(":"):
        return spans
    sign = Span("quiet", spans=(Span("text", ":"),))
    words = (replace(last, text=last.text[:-1]),) if last.text[:-1] else ()
    return (*spans[:-1], *words, sign)
