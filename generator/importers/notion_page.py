r"""A page pasted from Notion: call-outs that never close, toggles that are shut, flattened tables.

Copying a page gives Markdown that is only nearly that: `<aside>` without its end, a table as a line
a row, formulas without their underscores. What is certain is mended, the rest is told.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from generator.damage import formulas
from generator.errors import GeneratorError, Location, Problem, error, info, warning
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
from generator.importers._pieces import Piece

if TYPE_CHECKING:
    from generator.model import Value

KIND = "notion-page"
_ASIDE = re.compile(r"^<aside\b[^>]*>\s*(.*)$", re.IGNORECASE)
_ENDS = re.compile(r"</aside\s*>", re.IGNORECASE)
_EMOJI = r"[\u2139\u203c\u2049\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]\ufe0f?"
_SIGN = re.compile(rf"^{_EMOJI}$")
_EMOJI_LED = re.compile(rf"^{_EMOJI}\s+\S")
_NUMBERED = re.compile(
    r"^(?:follow[- ]?up|question|step|part|tip)\s+\d{1,3}\s*[:.]\s+\S", re.IGNORECASE
)
_LABELLED = re.compile(
    r"^\[(?P<label>[^\[\]]{2,60})\]\s*(?P<number>\d{1,4})\s*[.:)]\s*(?P<words>.+)$"
)
_LONGEST_HEADING = 12
_FEWEST_ROWS = 3
_SHORTEST_ASK = 4


@dataclass(slots=True)
class _Stretch:
    """The lines between two call-outs that never close; `line` is where they begin."""

    line: int
    lines: list[str] = field(default_factory=list)
    opened: bool = False


def detects(content: bytes, name: str) -> float:  # noqa: ARG001 (it is seen in the lines)
    """Return how sure it is that these are the call-outs of a pasted page."""
    lines = _text.glimpse(content)
    opened = sum(bool(_ASIDE.match(line)) for line in lines)
    closed = sum(bool(_ENDS.search(line)) for line in lines)
    if not opened or any(line.lower().startswith(("<!doctype", "<html")) for line in lines[:5]):
        return 0.0
    return 0.9 if opened > closed else 0.65


def reads(content: bytes, name: str) -> tuple[Imported, ...]:
    """Return a thread for each question that opens a call-out, and the rest of the page."""
    text, told = _text.read(content, name)
    reading = _phrases.Reading(lambda _: "", name)
    lines, damage = _mended(text, name)
    asked: list[Imported] = []
    rest: list[Piece] = []
    empty: list[str] = []
    for stretch in _stretches(lines):
        found, extra, shut = _read(stretch, name, reading)
        asked += [found] if found else []
        rest += extra
        empty += shut
    problems = (*told, *damage, *_shut(empty, name), *_reports.left_out(reading, name))
    threads = [replace(each, problems=(*problems, *each.problems)) for each in asked]
    parts = _pieces.parts(_sections(rest)[0])
    if parts or not asked:
        posts = _pieces.posts(parts, "page")
        if not posts:
            said = "there is nothing on this page that could be a post"
            raise GeneratorError(error("import-empty", said, Location(name)))
        page = Imported(posts, source={"kind": KIND}, id="page", problems=problems)
        threads.append(page)
    return tuple(threads)


def _mended(text: str, name: str) -> tuple[list[str], list[Problem]]:
    """Return the lines of a page with its formulas mended, and what is told of them."""
    lines = text.split("\n")
    problems: list[Problem] = []
    total, at = 0, 0
    while at < len(lines):
        end = _source.math_end(lines, at) if lines[at].strip().startswith("$$") else -1
        if end < 0:
            at += 1
            continue
        inside = "\n".join(lines[at : end + 1]).strip().removeprefix("$$").removesuffix("$$")
        tex, count, doubts = formulas.mended(inside.strip(), text)
        total += count
        if doubts:
            shown = ", ".join(f"`{each}`" for each in list(dict.fromkeys(doubts))[:5])
            hint = "underscores get lost on the way: compare it with the page"
            place = Location(name, at + 1)
            problems.append(warning("math-damaged", f"this may lack signs: {shown}", place, hint))
        new = ["$$", *formulas.rows(tex).split("\n"), "$$"]
        # As many lines as before where possible: later places stay right.
        lines[at : end + 1] = ["\n".join(each for each in new if each.strip())] + [""] * (end - at)
        at = end + 1
    if total:
        said = f"{total} signs that formulas had lost were given back"
        problems.insert(0, info("math-mended", said, Location(name)))
    return lines, problems


def _stretches(lines: Sequence[str]) -> Iterator[_Stretch]:
    """Yield the lines parted at each call-out that never closes."""
    current = _Stretch(1)
    for number, line in enumerate(lines, 1):
        opens = _ASIDE.match(line.strip())
        if opens and not _closes(lines, number - 1):
            yield current
            current = _Stretch(number, [opens[1]] if opens[1] else [], opened=True)
            continue
        current.lines.append(line)
    yield current


def _closes(lines: Sequence[str], at: int) -> bool:
    """Return whether the call-out that opens at a line closes before another one opens."""
    for number in range(at, len(lines)):
        if number > at and _ASIDE.match(lines[number].strip()):
            return False
        if _ENDS.search(lines[number]):
            return True
    return False


def _read(
    stretch: _Stretch, name: str, reading: _phrases.Reading
) -> tuple[Imported | None, list[Piece], list[str]]:
    """Return the thread that a question opens, or the blocks of a stretch, and what is shut."""
    source = "\n".join(stretch.lines)
    found = _source.read(source, reading)
    if len(found.pieces) == 1 and _SIGN.match(found.pieces[0].markdown):
        return None, [], [found.pieces[0].markdown]  # an emoji alone: the call-out was shut
    if not stretch.opened or not found.pieces or not _asks(found.pieces[0].markdown):
        return None, found.pieces, []
    question, *rest = found.pieces
    trailing = _behind(rest)
    rest = rest[: len(rest) - len(trailing)]
    pieces, shut = _sections(rest)
    problems = _flattened(pieces, stretch, name)
    parts = [one for part in _pieces.parts(pieces) for one in _pieces.parted(part)]
    words = " ".join(question.markdown.lstrip("# ").split())
    said = _LABELLED.match(words)
    front: dict[str, Value] = {"recipe": "interview"}
    if said:
        front["cover"] = {"kicker": f"{said['label']} {said['number']}"}
    posts = _pieces.posts(parts, "notion")
    if not posts:
        return None, found.pieces, shut
    thread = Imported(
        posts,
        title=said["words"] if said else words,
        source={"kind": KIND},
        id=said["number"] if said else f"line-{stretch.line}",
        problems=tuple(problems),
        front=front,
    )
    return thread, trailing, shut


def _behind(pieces: list[Piece]) -> list[Piece]:
    """Return what stands at the end behind a closed call-out, which begins another thing."""
    at = next((at for at, piece in enumerate(pieces) if piece.kind == "callout"), None)
    tail = pieces[at:] if at is not None else []
    return tail if tail and sum(piece.words for piece in tail) < 20 else []  # noqa: PLR2004 (words)


def _asks(markdown: str) -> bool:
    """Return whether a block is one question."""
    return _quiz.asks(markdown) and len(markdown.split()) >= _SHORTEST_ASK and "\n" not in markdown


def _sections(pieces: Iterable[Piece]) -> tuple[list[Piece], list[str]]:
    """Return blocks with headings that are seen as such, and the headings that nothing follows."""
    found = [_titled(piece) for piece in pieces]
    kept: list[Piece] = []
    shut: list[str] = []
    for at, piece in enumerate(found):
        after = found[at + 1] if at + 1 < len(found) else None
        last = after is None or after.kind == "heading"
        if piece.kind == "heading" and last and _EMOJI_LED.match(piece.markdown):
            shut.append(piece.markdown)
        else:
            kept.append(piece)
    return kept, shut


def _titled(piece: Piece) -> Piece:
    """Return a short line that begins with an emoji or `Follow-up 1:` as the heading it was."""
    words = piece.markdown
    if piece.kind != "text" or "\n" in words:
        return piece
    led = _EMOJI_LED.match(words) and len(words.split()) <= _LONGEST_HEADING
    if (led and words[-1] not in ".!:;,") or _NUMBERED.match(words):
        return Piece("heading", words, 2)
    return piece


def _flattened(pieces: list[Piece], stretch: _Stretch, name: str) -> list[Problem]:
    """Tell of tables that are only lines, and keep each of their rows on a line of its own."""
    told = []
    for at, piece in enumerate(pieces):
        rows = piece.markdown.split("\n")
        if (
            piece.kind != "text"
            or len(rows) < _FEWEST_ROWS
            or any(row.endswith("\\") for row in rows)
        ):
            continue
        pieces[at] = Piece("text", "\\\n".join(row.rstrip(" \\") for row in rows))
        line = stretch.line + next(
            (number for number, text in enumerate(stretch.lines) if text.strip() == rows[0]), 0
        )
        first = " ".join(rows[0].split()).rstrip(" \\")
        said = f"this looks like a table of {len(rows)} rows that lost its columns: `{first}`"
        hint = 'name them with `|` between: --columns "One | Two | Three"; or write the table'
        told.append(warning("table-flattened", said, Location(name, line + stretch.opened), hint))
    return told


def _shut(headings: Sequence[str], name: str) -> tuple[Problem, ...]:
    """Return the note that toggles were shut when the page was copied."""
    if not headings:
        return ()
    shown = ", ".join(f"`{each}`" for each in dict.fromkeys(headings))
    said = f"{len(headings)} call-outs hold nothing and were left out: {shown}"
    hint = "open the page's toggles before you copy it"
    return (info("callout-empty", said, Location(name), hint),)


importer = Importer("a page pasted from Notion", detects, reads)
