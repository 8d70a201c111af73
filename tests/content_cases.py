"""The cases of tests/fixtures/content: content files and what comes of them, as plain text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator import content
from generator.errors import GeneratorError, Problem
from generator.model import Block, Post, Span

KEYS = frozenset({"layout", "pattern", "image", "kicker", "wants"})
ROOM = Path(__file__).parent / "fixtures" / "content"

_SIGNS = {
    "strong": ("**", "**"),
    "em": ("*", "*"),
    "strike": ("~~", "~~"),
    "mark": ("==", "=="),
    "code": ("`", "`"),
    "sub": ("<sub>", "</sub>"),
    "sup": ("<sup>", "</sup>"),
    "kbd": ("<kbd>", "</kbd>"),
    "underline": ("<u>", "</u>"),
    "text": ("", ""),
}


@dataclass(frozen=True, slots=True)
class Case:
    """A content file and the lines that are expected of it."""

    name: str
    given: str
    expected: str


def cases(file: str) -> Iterator[Case]:
    """Yield the cases of a fixture file."""
    name = given = ""
    for part in (ROOM / file).read_text("utf-8").split("%%%% ")[1:]:
        head, _, rest = part.partition("\n")
        if head == "gives":
            yield Case(name, given, rest.strip("\n"))
        else:
            name, given = head, rest.rstrip("\n") + "\n"


def outcome(given: str) -> str:
    """Return what comes of a content file, as the fixtures write it."""
    try:
        source = content.load(given.encode(), "case.md", "/case.md", "the-case")
        thread = content.read(source, KEYS)
    except GeneratorError as fault:
        return "\n".join(_problem(problem) for problem in fault.problems)
    lines = [f"title from {thread.title_from}: {spans(thread.title_spans)}"]
    for post in thread.posts:
        lines += _post(post)
    return "\n".join([*lines, *(_problem(problem) for problem in thread.problems)])


def spans(found: Iterable[Span]) -> str:
    """Return spans in one line of something like Markdown."""
    return "".join(_span(span) for span in found)


def blocks(found: Iterable[Block]) -> str:
    """Return blocks in one line, parted by bars."""
    return " | ".join(_block(block) for block in found)


def _span(span: Span) -> str:
    if span.kind == "break":
        return " / "
    if span.kind == "image":
        return f"![{span.text}]({span.target})"
    inner = span.text + spans(span.spans)
    if span.kind == "link":
        return f"[{inner}]({span.target})"
    opening, closing = _SIGNS.get(span.kind, ("", ""))
    return opening + inner + closing


def _block(block: Block) -> str:
    match block.kind:
        case "paragraph" | "image" | "cell":
            return spans(block.spans)
        case "heading":
            return f"{'#' * block.level} {spans(block.spans)}"
        case "code":
            return f"code {block.info}({block.text.strip()!r})"
        case "list":
            return f"{block.start if block.ordered else 'list'}({blocks(block.blocks)})"
        case "item":
            box = "" if block.checked is None else "[x] " if block.checked else "[ ] "
            return box + blocks(block.blocks)
    return f"{block.kind}({blocks(block.blocks)})"


def _post(post: Post) -> Iterator[str]:
    """Yield a post's number, shape and id, then a line for each slot that is filled."""
    yield " ".join(filter(None, [str(post.number), post.shape, post.id and f"id={post.id}"]))
    for key, value in post.settings.items():
        yield f"  set {key}: {value}"
    slots = content.slots_of(post.blocks, post.shape)
    if post.shape.startswith("image") and (picture := content.image_of(post.blocks)):
        yield f"  image: {_span(picture)}"
    for name, run in (("heading", slots.heading), ("lead", slots.lead)):
        if run:
            yield f"  {name}: {spans(run)}"
    yield from (f"  body: {_block(block)}" for block in slots.body)
    for shot in slots.shots:
        yield f"  shot: {_span(shot.image)} {spans(shot.caption)}".rstrip()
    for item in slots.items:
        box = "" if item.checked is None else " done" if item.checked else " open"
        yield f"  item {item.number}{box}: {_titled(item.title, item.blocks)}"
    for side in slots.sides:
        yield f"  side {side.mark or 'plain'}: {_titled(side.title, side.blocks)}"
    yield from (f"  quote: {_block(block)}" for block in slots.quote)
    if slots.attribution:
        yield f"  attribution: {spans(slots.attribution)}"
    yield from (f"  tail: {_block(block)}" for block in slots.tail)
    yield from (f"  note: {' '.join(note.split())}" for note in post.notes)


def _titled(title: Iterable[Span], rest: Iterable[Block]) -> str:
    words = spans(title)
    return f"[{words}] {blocks(rest)}".strip() if words else blocks(rest)


def _problem(problem: Problem) -> str:
    place = problem.location
    where = f"{place.line}:{place.column}" if place else "-"
    return f"! {where} {problem.severity} {problem.code}"
