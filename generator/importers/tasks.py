"""A quiz in Markdown: a question, options `- [ ]` and `- [x]`, and what explains the answer."""

import re
from collections.abc import Iterator

from generator.errors import GeneratorError, Location, error
from generator.importers import (
    Imported,
    Importer,
    _phrases,
    _pieces,
    _quiz,
    _reports,
    _source,
    _text,
)
from generator.importers._pieces import Part, Piece

KIND = "tasks"
_BOXES = re.compile(r"(?:[-*+]|\d{1,3}[.)])[ \t]+\[[ xX]\][ \t]")
_FEWEST = 2


def detects(content: bytes, name: str) -> float:
    """Return how sure it is that boxes stand below questions."""
    lines = [line for line in _text.glimpse(content) if line]
    boxes = [bool(_BOXES.match(line)) for line in lines]
    asked = sum(
        boxed and not boxes[at - 1] and _quiz.asks(lines[at - 1])
        for at, boxed in enumerate(boxes)
        if at
    )
    if not asked or sum(boxes) < _FEWEST * asked:
        return 0.0
    return 0.85 if ".quiz." in name.lower() or sum(boxes) > len(lines) / 3 else 0.6


def reads(content: bytes, name: str) -> tuple[Imported, ...]:
    """Return the one quiz of the file."""
    text, mended = _text.read(content, name)
    reading = _phrases.Reading(name=name)
    front, body = _source.front(text)
    found = _source.read(body, reading)
    title, pieces = _pieces.headed(found.pieces)
    parts = list(_questions(pieces))
    if not parts:
        raise GeneratorError(
            error("import-empty", "there is no question in this file", Location(name))
        )
    return (
        Imported(
            _pieces.posts(parts, KIND),
            title=_source.title(front) or title,
            source={"kind": KIND},
            front={"recipe": "quiz"},
            problems=(*mended, *_reports.left_out(reading, name)),
        ),
    )


def _questions(pieces: list[Piece]) -> Iterator[Part]:
    """Yield a part for each question: it begins with its heading, or with the words that ask."""
    for part in _pieces.parts(pieces):
        current = Part()
        boxed = False
        for at, piece in enumerate(part.pieces):
            follows = part.pieces[at + 1 : at + 2]
            asks = piece.kind == "text" and follows and _is_boxes(follows[0])
            if boxed and asks:
                yield current
                current, boxed = Part(), False
            boxed = boxed or _is_boxes(piece)
            if piece.kind == "quote" and boxed:  # an explanation: a quiz has no quotations
                said = re.sub(r"^> ?", "", piece.markdown, flags=re.MULTILINE)
                piece = Piece("text", said)  # noqa: PLW2901 (the same words)
            current.pieces.append(piece)
        if current:
            yield current


def _is_boxes(piece: Piece) -> bool:
    """Return whether a block is a list with boxes."""
    return piece.kind == "list" and bool(_BOXES.match(piece.markdown))


importer = Importer("a quiz in Markdown with boxes", detects, reads)
