"""The title of a thread: the front matter's, a leading heading, the hook, or the file's name."""

import re
from collections.abc import Sequence

from generator.content import sentences
from generator.model import Block, Post

LONGEST_HOOK = 70
"""Characters: what a cover shows large in three lines or four."""
_CLAUSE = re.compile(r"[^:\s]+\s[^:]+(?=:\s)")
_QUESTIONS = ("?", "\uff1f", "\u061f")
_OPENS = {'"': '"', "\u201d": "\u201c", "»": "«"}
_CLOSES = {'"': '"', "\u201c": "\u201d", "«": "»", "„": "\u201c"}


def hook(post: Post) -> str:
    """Return a post's first question, else its first sentence, else what leads to its colon.

    Only what is at most 70 characters long and no torn quotation counts; failing these it is any
    later sentence, and nothing may be found.
    """
    found = [_unquoted(text) for block in _paragraphs(post.blocks) for text in _sentences(block)]
    questions = [text for text in found if text.endswith(_QUESTIONS)]
    clauses = [each[0] for text in found[:1] if (each := _CLAUSE.match(text))]
    later = [text for text in found if " " in text]
    candidates = [*questions, *found[:1], *clauses, *later]
    return next((text.rstrip(": ") for text in candidates if _fits(text)), "")


def _fits(text: str) -> bool:
    """Return whether a cover can show a text large, and both halves of its quotations."""
    torn = text.count('"') % 2 or text.count("\u201c") != text.count("\u201d")
    return 1 < len(text) <= LONGEST_HOOK and not torn


def from_name(slug: str) -> str:
    """Return a file's name as a title."""
    name = re.sub(r"[-_]+", " ", slug.rpartition("/")[2]).strip()
    return name[:1].upper() + name[1:]


def _paragraphs(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return what holds sentences, the headings too."""
    return [block for outer in blocks for block in outer.walk() if _is_prose(block)]


def _is_prose(block: Block) -> bool:
    return block.kind in ("paragraph", "heading")


def _sentences(block: Block) -> list[str]:
    text = " ".join(block.plain().split())
    cuts = list(sentences.boundaries(text))
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def _unquoted(text: str) -> str:
    """Return a sentence without a quotation mark whose other half stands in another sentence."""
    last, first = text[-1:], text[:1]
    if last in _OPENS and _lonely(text, _OPENS[last], last):
        return text[:-1]
    if first in _CLOSES and _lonely(text, first, _CLOSES[first]):
        return text[1:]
    return text


def _lonely(text: str, opening: str, closing: str) -> bool:
    """Return whether one half of a pair of quotation marks is missing."""
    if opening == closing:
        return text.count(opening) % 2 == 1
    return text.count(opening) != text.count(closing)
