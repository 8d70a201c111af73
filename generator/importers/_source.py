"""Other people's Markdown as blocks of ours: HTML in it is converted, comments are taken out.

A comment would be settings or a note in our files; what a stranger wrote in one is never either by
itself: a reader that knows what it means says so.
"""

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator import frontmatter
from generator.errors import GeneratorError, Location, error
from generator.importers import (
    _html,
    _inlines,
    _markdown,
    _phrases,
    _references,
    _tags,
    _text,
)
from generator.importers._pieces import Kind, Piece
from generator.model import Value

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_MATH = re.compile(r"[ \t]*\$\$")
_CUT = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})$")
_ASIDE = re.compile(r"^[ \t]*<aside(?:[ \t][^<>]*)?>", re.IGNORECASE)
_ASIDE_ENDS = re.compile(r"</aside\s*>", re.IGNORECASE)
_ENDING = re.compile(r"^( {0,3})(?=(?:\*[ \t]*){3,}$|(?:_[ \t]*){3,}$|-{3,}[ \t]*$)", re.MULTILINE)
"""A line that would part two posts, inside a block: it lost what made it something else."""

_BARE = re.compile(r"(?:[\s>*+_-]|\d{1,9}[.)])*")
"""Signs of quotations and lists that hold nothing."""

_KINDS: dict[str, Kind] = {
    "heading_open": "heading", "hr": "rule", "fence": "code", "code_block": "code",
    "bullet_list_open": "list", "ordered_list_open": "list", "blockquote_open": "quote",
    "table_open": "table",
}  # fmt: skip
DEEPEST = 40
"""Levels of lists and quotations in each other: ten fewer than a content file may have."""

LONGEST_MATH = 200
"""Lines. A `$$` whose other half is further away is no formula."""


@dataclass(slots=True)
class Read:
    """A text as blocks, and the comments in it in order."""

    pieces: list[Piece] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


def read(text: str, reading: _phrases.Reading) -> Read:
    """Return a Markdown text as blocks and comments."""
    found = Read()
    for lines in _asides(_linked(text.split("\n"))):
        if isinstance(lines, str):
            inner = read(lines, reading)
            found.comments += inner.comments
            said = "\n\n".join(piece.written for piece in inner.pieces if piece.kind != "rule")
            if said.strip():
                said = re.sub(r"</?aside>\n*", "", said).strip("\n")
                found.pieces.append(Piece("callout", f"<aside>\n\n{said}\n\n</aside>"))
        else:
            _blocks(lines, found, reading)
    return found


def _linked(lines: list[str]) -> list[str]:
    """Return lines whose links all lead somewhere."""
    coded, fence = [], ""
    for line in lines:
        before, fence = fence, fenced(line, fence)
        coded.append(bool(before or fence))
    return list(_references.parted(_references.freed(lines, coded), coded))


def _asides(lines: list[str]) -> Iterator[list[str] | str]:
    """Yield runs of lines as lists, and what stands in a closed aside as a text."""
    run: list[str] = []
    at = 0
    fence = ""
    while at < len(lines):
        fence = fenced(lines[at], fence)
        opens = None if fence else _ASIDE.match(lines[at])
        end = _aside_end(lines, at) if opens else -1
        if opens and end >= 0:
            yield run
            run = []
            inner = "\n".join(lines[at : end + 1])[opens.end() :]
            closing = list(_ASIDE_ENDS.finditer(inner))[0]  # noqa: RUF015 (the first is meant)
            yield inner[: closing.start()]
            behind = inner[closing.end() :].strip()
            run = [behind] if behind else []
            at = end + 1
            continue
        run.append(lines[at])
        at += 1
    yield run


def _aside_end(lines: Sequence[str], start: int) -> int:
    """Return the line that closes an aside, -1 if another opens before or none does."""
    for at in range(start, len(lines)):
        if at > start and _ASIDE.match(lines[at]):
            return -1
        if _ASIDE_ENDS.search(lines[at]):
            return at
    return -1


def fenced(line: str, fence: str) -> str:
    """Return the fence that stands open after a line."""
    found = _FENCE.match(line)
    if not found:
        return fence
    if not fence:
        return found[1]
    closes = found[1].startswith(fence) and not line.strip().strip(fence[0])
    return "" if closes else fence


def _formulas(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return the lines with each `$$ … $$` as one sign of the private area, and the formulas."""
    kept: list[str] = []
    formulas: list[str] = []
    at, fence = 0, ""
    while at < len(lines):
        fence = fenced(lines[at], fence)
        end = -1 if fence or not _MATH.match(lines[at]) else math_end(lines, at)
        if end < 0:
            kept.append(lines[at])
            at += 1
            continue
        inside = [line.rstrip() for line in lines[at : end + 1] if line.strip()]
        formulas.append("\n".join(inside).strip())
        kept += ["", f"\ue000{len(formulas) - 1}\ue001", ""]
        at = end + 1
    return kept, formulas


def math_end(lines: Sequence[str], start: int) -> int:
    """Return the line where a formula that begins at a line ends, -1 if it does not."""
    for at in range(start, min(start + LONGEST_MATH, len(lines))):
        text = lines[at].strip()
        text = text[2:] if at == start else text
        if text.endswith("$$"):
            return at
        if "$$" in text or (at > start and (_FENCE.match(lines[at]) or _CUT.match(lines[at]))):
            return -1
    return -1


def _blocks(lines: list[str], found: Read, reading: _phrases.Reading) -> None:
    """Read lines as blocks."""
    lines, formulas = _formulas(lines)
    end = 0
    for token in _tokens("\n".join(lines)):
        if token.level > DEEPEST:
            said = f"more than {DEEPEST} levels of nesting"
            raise GeneratorError(error("nesting-too-deep", said, Location(reading.name)))
        if token.level or token.nesting < 0 or not token.map:
            continue
        start, stop = token.map
        _definitions(lines[end:start], found)
        end = max(end, stop)
        text = "\n".join(lines[start:stop]).rstrip()
        for piece in _pieces(token, text, found, reading):
            found.pieces.append(_restored(piece, formulas))
    _definitions(lines[end:], found)


def _restored(piece: Piece, formulas: Sequence[str]) -> Piece:
    """Return a block with the formulas that it held back in place."""
    alone = re.fullmatch(r"\s*\ue000(\d+)\ue001\s*", piece.markdown)
    if alone:
        return Piece("math", formulas[int(alone[1])])
    said = re.sub(
        r"\ue000(\d+)\ue001", lambda sign: formulas[int(sign[1])].replace("\n", " "), piece.markdown
    )
    return Piece(piece.kind, said, piece.level)


def _words(text: str, found: Read, reading: _phrases.Reading) -> str:
    """Return text with its HTML converted; its comments are kept apart."""
    said, comments = _tags.converted(text, reading)
    found.comments += comments
    return said


def _definitions(lines: Sequence[str], found: Read) -> None:
    """Keep what no block holds: where links lead that are named elsewhere."""
    text = "\n".join(lines).strip()
    if text:
        found.pieces.append(Piece("text", text))


def _pieces(token: "Token", text: str, found: Read, reading: _phrases.Reading) -> Iterator[Piece]:
    """Yield a block as one of ours; a block of HTML may be several, or none."""
    kind = _KINDS.get(token.type, "text")
    if token.type == "html_block":
        found.comments += [each.strip("\n") for each in _tags.COMMENT.findall(text)]
        yield from _html.pieces(_tags.COMMENT.sub("", text), reading)
    elif kind == "heading":
        level = int(token.tag[1])
        said = re.sub(r"^ {0,3}#{1,6}[ \t]*|[ \t]+#+[ \t]*$", "", text)
        if token.markup in ("=", "-"):
            said = " ".join(line.strip() for line in text.split("\n")[:-1])
        said = _words(said, found, reading).strip()
        if said:
            yield Piece("heading", said.replace("\n", " "), level)
    elif kind == "rule":
        yield Piece("rule")
    elif kind == "code":
        yield _code(token, text)
    else:
        said = _ENDING.sub(r"\1\\", _words(text, found, reading))
        said = _still_words(text, said) if kind == "text" and said != text else said
        if said.strip() and not (kind in ("quote", "list") and _BARE.fullmatch(said)):
            yield Piece(kind, said.strip("\n"))


def _still_words(before: str, after: str) -> str:
    """Return a paragraph whose lines are no headings or lists now that tags in them are gone."""
    was, now = before.split("\n"), after.split("\n")
    if len(was) != len(now):
        was = [line for line in was if line.strip()][:1] * len(now)
    start = _markdown.line_start
    return "\n".join(
        start(new) if start(old) == old else new for old, new in zip(was, now, strict=False)
    )


def _code(token: "Token", text: str) -> Piece:
    """Return a block of code behind a fence: indented code and open fences too."""
    closed = token.type == "fence" and text.rsplit("\n", maxsplit=1)[-1].strip().startswith(
        token.markup
    )
    if closed and "\n" in text and not text.startswith(" "):
        return Piece("code", text)
    return _html.fenced(token.content.rstrip("\n"), token.info.strip().split(" ")[0])


@functools.cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415  only when Markdown is imported

    return MarkdownIt("commonmark", {"html": True, "maxNesting": 60}).enable(["table"])


def _tokens(text: str) -> "list[Token]":
    """Return the tokens of a Markdown text."""
    return _parser().parse(text)


def front(text: str) -> tuple[dict[str, Value], str]:
    """Return what YAML above a text says, and the text below it; what is no YAML stays text."""
    found = _FRONT.match(text)
    if not found:
        return {}, text
    try:
        values = dict(frontmatter.parse(found["yaml"], "front matter", 2).values)
    except GeneratorError:
        values = _lines_of(found["yaml"])
    return values, text[found.end() :]


_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(?P<yaml>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_KEY = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:[ \t]*(.*?)[ \t]*$")


def _lines_of(text: str) -> dict[str, Value]:
    """Return the plain `key: value` lines of front matter that is no sound YAML."""
    found = (_KEY.match(line) for line in text.split("\n"))
    return {each[1]: each[2].strip("\"'") for each in found if each}


def words(values: Mapping[str, Value], *keys: str) -> str:
    """Return the text that front matter has under the first of some keys, on one line."""
    found = (values.get(key) for key in keys)
    said = next((each for each in found if isinstance(each, str | int | float) and each), "")
    return " ".join(_text.lines(str(said)).split())


def title(values: Mapping[str, Value]) -> str:
    """Return the title that front matter has, as Markdown that says the same words."""
    return _inlines.escaped(words(values, "title"))
