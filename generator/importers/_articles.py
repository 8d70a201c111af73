"""Texts with headings as threads: a post a section, long sections parted, the title apart."""

import re
from collections.abc import Mapping, Sequence

from generator.errors import GeneratorError, Location, error
from generator.importers import Imported, ImportedPost, _pieces
from generator.importers._pieces import Part, Piece
from generator.model import Value

DEEPEST = 3
"""Headings below this level stay in the post of the one above them."""


def posts(pieces: Sequence[Piece], prefix: str, name: str) -> tuple[ImportedPost, ...]:
    """Return blocks as posts; none at all is an error."""
    parts = [_joined(part) for part in _pieces.parts(pieces, deepest=DEEPEST)]
    found = _pieces.posts([one for part in parts for one in _pieces.parted(part)], prefix)
    if not found:
        said = "there is nothing in this file that could be a post"
        raise GeneratorError(error("import-empty", said, Location(name)))
    return found


def recipe(pieces: Sequence[Piece]) -> dict[str, Value]:
    """Return the recipe that a text's headings speak for, nothing if it is a plain thread."""
    heads = [piece.markdown.lower() for piece in pieces if piece.kind == "heading"]
    boxes = sum(bool(re.match(r"- \[[ xX]\] ", piece.markdown)) for piece in pieces)
    if sum("follow-up" in head or "followup" in head for head in heads):
        return {"recipe": "interview"}
    summing = ("summary", "key ideas", "key takeaways", "takeaways", "in short", "tl;dr")
    if boxes and any(head.strip(" *:").startswith(summing) for head in heads):
        return {"recipe": "lesson"}
    return {}


def thread(
    pieces: Sequence[Piece], name: str, kind: str, title: str = "", known: Mapping[str, Value] = {}
) -> Imported:
    """Return blocks as a thread."""
    head, rest = _pieces.headed(pieces)
    if title and head and head != title:
        rest = [Piece("heading", head, 2), *rest]
    alone = [Piece("heading", head or title, 2)] if head or title else []
    return Imported(
        posts(rest or alone, kind, name),
        title=title or head,
        source={"kind": kind, **known},
        front=recipe(rest),
    )


def _joined(part: Part) -> Part:
    """Return a part whose first heading is of level 2: it is the largest of its slide."""
    if part.pieces and part.pieces[0].kind == "heading":
        part.pieces[0] = Piece("heading", part.pieces[0].markdown, 2)
    return part
