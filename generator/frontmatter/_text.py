"""A file's bytes as text, and its front matter parted from its body."""

import re
from collections.abc import Sequence
from dataclasses import replace

from generator import strangers
from generator.errors import GeneratorError, Location, Problem, error
from generator.frontmatter._yaml import parse
from generator.model import Document

LIMIT_BYTES = 256 * 1024
"""A thread of 300 posts is about 90 kB; beyond this, Markdown takes seconds (reliability.md)."""

# Line breaks that YAML knows and Markdown does not are no control characters of category Cc, but
# U+0085 is: it comes out of old mainframes and of mis-decoded text only.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_RULE = re.compile(r"---[ \t]*")
_NOTHING = re.compile(r"\s*(?:<!--(?:(?!-->).)*-->\s*)?")
_KEY = re.compile(r"[a-z]+:(?:\s|$)")


def read_text(content: bytes, path: str, limit: int = LIMIT_BYTES) -> str:
    """Return a file's text: UTF-8 without byte order mark, every line end a newline.

    Raises GeneratorError `file-too-large`, `encoding` or `control-character`, with the place.
    """
    what, way = strangers.known(content)
    if what:
        message = f"this is {what}, and no Markdown"
        raise GeneratorError(error("encoding", message, Location(path), way))
    if len(content) > limit:
        message = f"the file has {len(content):,} bytes; {limit:,} are the most that is read"
        hint = "make several files of it"
        raise GeneratorError(error("file-too-large", message, Location(path), hint))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise GeneratorError(_not_utf8(content, fault, path)) from fault
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _CONTROL.search(text):
        message = f"there is an invisible control character here, U+{ord(found[0]):04X}"
        raise GeneratorError(
            error("control-character", message, _place(text, found.start(), path), "delete it")
        )
    return text


def split(text: str, path: str) -> tuple[Document, str, int]:
    """Return the front matter, the body, and the line of the file that the body begins in.

    A `---` in line 1 always opens front matter, and the next line that is `---` closes it.
    """
    lines = text.split("\n")
    if not _RULE.fullmatch(lines[0]):
        _late(lines, path)
        return Document({}, {}, path), text, 1
    for number, line in enumerate(lines[1:], 1):
        if _RULE.fullmatch(line):
            front = _front("\n".join(lines[1:number]), path)
            return front, "\n".join(lines[number + 1 :]), number + 2
    raise GeneratorError(
        error(
            "front-matter-unclosed",
            "the front matter that opens here is never closed",
            Location(path, 1, 1),
            "put a line `---` after its last key; "
            "a file without front matter may not begin with `---`",
        )
    )


def _late(lines: Sequence[str], path: str) -> None:
    """Raise if a front matter begins below blank lines and comments: it would be taken as words."""
    first = next((at for at, line in enumerate(lines) if not _NOTHING.fullmatch(line)), 0)
    below = lines[first + 1 :]
    opens = _RULE.fullmatch(lines[first]) and below and _KEY.match(below[0])
    if opens and any(map(_RULE.fullmatch, below)):
        message = "front matter begins in line 1 of a file or not at all"
        hint = "delete what stands above it"
        raise GeneratorError(
            error("front-matter-late", message, Location(path, first + 1, 1), hint)
        )


def _front(text: str, path: str) -> Document:
    """Return a front matter's mapping."""
    try:
        return parse(text, path, 2)
    except GeneratorError as fault:
        problems = (
            replace(problem, code=f"front-matter-{problem.code}")
            if problem.code == "not-a-mapping"
            else problem
            for problem in fault.problems
        )
        raise GeneratorError(*problems) from fault


def _not_utf8(content: bytes, fault: UnicodeDecodeError, path: str) -> Problem:
    """Return what to say of bytes that are no UTF-8."""
    # The decoder counts after the byte order mark, if there is one.
    start = fault.start + len(content) - len(fault.object)
    line = content.count(b"\n", 0, start) + 1
    before = content[content.rfind(b"\n", 0, start) + 1 : start]
    column = len(before.decode("utf-8", "replace")) + 1
    utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    byte = f"byte {start} (0x{content[start]:02x}) is not UTF-8"
    what = "the file is UTF-16, not UTF-8" if utf16 else byte
    return error("encoding", what, Location(path, line, column), "save the file as UTF-8")


def _place(text: str, index: int, path: str) -> Location:
    """Return line and column of a character."""
    return Location(path, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))
