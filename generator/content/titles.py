"""The title of a thread: the front matter's, a leading heading, the hook, or the file's name."""

import re
from collections.abc import Sequence

from generator.content import sentences
from generator.model import Block, Post

LONGEST_HOOK = 70
"""Characters: what a cover shows large in three lines or four."""
_CLOSERS = "\"\u201d\u2019»'"
_QUESTIONS = ("?", "\uff1f", "\u061f")
_BALANCED = {'"': '"', "”": "“", "»": "«"}


def hook(post: Post) -> str:
    """Return the first question of a post, else its first sentence, else what leads to its colon.

    Only what is at most 70 characters long counts; nothing may be found.
    """
    found = [text for block in _paragraphs(post.blocks) for text in _sentences(block)]
    short = [text for text in found if 1 < len(text) <= LONGEST_HOOK]
    questions = [text for text in short if text.rstrip(_CLOSERS).endswith(_QUESTIONS)]
    several = [text for text in short if " " in text]
    if chosen := [*questions, *several, *short]:
        return _unquoted(chosen[0])
    clauses = (re.match(r"[^:]+(?=:\s)", text) for text in found[:1])
    return next((each[0] for each in clauses if each and len(each[0]) <= LONGEST_HOOK), "")


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
    if last in _BALANCED and _lonely(text, _BALANCED[last], last):
        return text[:-1]
    closing = {'"': '"', "“": "”", "«": "»", "„": "“"}.get(first, "")
    if closing and _lonely(text, first, closing):
        return text[1:]
    return text


def _lonely(text: str, opening: str, closing: str) -> bool:
    """Return whether one half of a pair of quotation marks is missing."""
    if opening == closing:
        return text.count(opening) % 2 == 1
    return text.count(opening) != text.count(closing)
