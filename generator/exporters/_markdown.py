"""Slides as Markdown again, as a content file would have it: for transcripts and articles."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from generator.exporters._plain import apart
from generator.model import Block, Picture, Slide, Span

Pictured = Callable[[str, str, str], str]
"""Returns how a picture is written: by its alt text, its path and its title."""

_SIGNS = re.compile(r"[\\`*\[\]<$]|(?<!\w)_|_(?!\w)|==|~(?=\S)|\^(?=\S)|&(?=#?\w+;)|\{(?=[a-z]+=)")
_OPENS = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+>](?=\s|$)|-(?=--)|=+\s*$|:::|\|)", re.MULTILINE)
_COUNTS = re.compile(r"^(\s*\d{1,9})([.)])(?=\s|$)", re.MULTILINE)
_AROUND = {"strong": "**", "em": "*", "strike": "~~", "mark": "==", "sub": "~", "sup": "^"}
_TAGS = {"kbd": "kbd", "underline": "u"}
_KEYS = ("chart", "highlight")
"""What a writer says of a table in braces; all else in its `info` was worked out."""
_RULES = {"left": ":--", "center": ":-:", "right": "--:"}


def typed(alt: str, path: str, title: str) -> str:
    """Return a picture as Markdown has it."""
    behind = f' "{title.replace(chr(34), chr(39))}"' if title else ""
    return f"![{_escaped(alt)}]({_address(path)}{behind})"


def bracketed(alt: str, _path: str, title: str) -> str:
    """Return a picture as what it shows, for those who don't have it: nothing of an ornament."""
    words = f"[{_escaped(alt)}]" if alt else ""
    return " ".join(filter(None, (words, _escaped(title))))


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes slides as Markdown; if the text around has headings, theirs are `below` its level.

    With none around, a cover's words begin with its heading, so that they are a title.
    """

    picture: Pictured = typed
    below: int = 0

    def slide(self, slide: Slide) -> str:
        """Return the words of a slide, blocks parted by empty lines."""
        return "\n\n".join(part for part in self._parts(slide) if part.strip())

    def _parts(self, slide: Slide) -> Iterator[str]:
        slots, beside = slide.slots, apart(slide)
        before = [self.line(slide.kicker or slots.kicker)]
        if beside:
            before.append(self._beside(beside))
        if slide.kind == "post":
            yield from (*before, *map(self.block, slide.blocks))
            return
        heading = self._heading(slots.heading, 1) if slots.heading else ""
        yield from (*before, heading) if self.below else (heading, *before)
        yield self.line(slots.subtitle)
        yield "\n".join(f"- {self.line(line.text)}" for line in slots.lines)
        yield f"<{slots.link}>" if slots.link else ""

    def _beside(self, picture: Picture) -> str:
        return self.picture(picture.alt, picture.file, picture.caption)

    def block(self, block: Block) -> str:
        """Return a block, its lines unindented."""
        return _BLOCKS.get(block.kind, Writer._paragraph)(self, block)

    def _within(self, block: Block, between: str = "\n\n") -> str:
        return between.join(filter(None, map(self.block, block.blocks)))

    def _paragraph(self, block: Block) -> str:
        return _unopened(self.line(block.spans))

    def _heading(self, spans: Sequence[Span], level: int) -> str:
        depth = max(1, level - 1) + self.below if self.below else level
        return f"{'#' * min(6, depth)} {self.line(spans)}"

    def _titled(self, block: Block) -> str:
        return self._heading(block.spans, block.level)

    def _list(self, block: Block) -> str:
        entries = []
        for number, item in enumerate(block.blocks, block.start):
            sign = f"{number}." if block.ordered else "-"
            tick = {True: "[x] ", False: "[ ] ", None: ""}[item.checked]
            inner = tick + (self._within(item, "\n" if block.tight else "\n\n"))
            entries.append(_indented(inner, f"{sign} ", " " * (len(sign) + 1)))
        return ("\n" if block.tight else "\n\n").join(entries)

    def _quote(self, block: Block) -> str:
        return _indented(self._within(block), "> ", "> ")

    def _callout(self, block: Block) -> str:
        if block.text:  # with a sign of the writer's own
            return f"<aside>\n{block.text} {self._within(block)}\n</aside>"
        head = f"[!{block.info.upper()}] {self.line(block.spans)}".rstrip()
        return _indented(f"{head}\n{self._within(block)}".rstrip(), "> ", "> ")

    def _code(self, block: Block) -> str:
        text = block.text.rstrip("\n")
        longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
        fence = "`" * (longest + 1)
        return f"{fence}{block.info}\n{text}\n{fence}"

    def _math(self, block: Block) -> str:
        label = f"\\text{{[{block.info}]: }} " if block.info else ""
        return f"$$\n{label}{block.text.strip()}\n$$"

    def _table(self, block: Block) -> str:
        rows = [[self.line(cell.spans).replace("|", "\\|") for cell in row.blocks]
                for row in block.blocks]  # fmt: skip
        aligned = block.blocks[0].blocks if block.blocks else ()
        rule = [_RULES.get(cell.text, "---") for cell in aligned]
        written = [*rows[:1], rule, *rows[1:]]
        lines = [f"| {' | '.join(row)} |" for row in written]
        pairs = ((key, block.attribute(key)) for key in _KEYS)
        info = " ".join(f"{key}={value}" for key, value in pairs if value)
        return "\n".join([*lines, f"{{{info}}}"] if info else lines)

    def _definitions(self, block: Block) -> str:
        signs = {"term": "\n", "meaning": ": "}
        made = (f"{signs[part.kind]}{self.line(part.spans)}" for part in block.blocks)
        return "\n".join(made).strip()

    def _footnotes(self, block: Block) -> str:
        return "\n\n".join(
            _indented(self._within(note), f"[^{note.info or note.text}]: ", "    ")
            for note in block.blocks
        )

    def line(self, spans: Sequence[Span]) -> str:
        """Return spans as they would be typed, on one line but for hard breaks."""
        return "".join(map(self._span, spans))

    def _span(self, span: Span) -> str:  # noqa: PLR0911  one for each sort
        inner = self.line(span.spans)
        if span.kind in _AROUND:
            return _wrapped(inner, _AROUND[span.kind], _AROUND[span.kind])
        if span.kind in _TAGS:
            return f"<{_TAGS[span.kind]}>{inner}</{_TAGS[span.kind]}>"
        if span.kind == "code":
            return _ticked(span.text)
        if span.kind == "link":
            title = f' "{span.title.replace(chr(34), chr(39))}"' if span.title else ""
            return f"[{inner}]({_address(span.target)}{title})"
        if span.kind == "image":
            return self.picture(span.text, span.target, span.title)
        if span.kind == "math":
            return f"${span.text}$"
        if span.kind == "footnote":
            return f"[^{span.target}]"
        return "\\\n" if span.kind == "break" else _escaped(span.text) + inner


def _wrapped(inner: str, before: str, behind: str) -> str:
    """Return words between signs; spaces at their ends stay outside, where the signs still work."""
    words = inner.strip()
    if not words:
        return inner
    left, _, right = inner.partition(words)
    return f"{left}{before}{words}{behind}{right}"


def _ticked(text: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence, gap = "`" * (longest + 1), " " if text[:1] == "`" or text[-1:] == "`" else ""
    return f"{fence}{gap}{text}{gap}{fence}"


def _address(target: str) -> str:
    return f"<{target}>" if re.search(r"[\s()]", target) else target


def _escaped(text: str) -> str:
    return _SIGNS.sub(lambda found: f"\\{found[0]}", text)


def _unopened(text: str) -> str:
    """Return a paragraph none of whose lines begins as another block would."""
    return _COUNTS.sub(r"\1\\\2", _OPENS.sub(r"\1\\\2", text))


def _indented(text: str, first: str, rest: str) -> str:
    head, *lines = text.split("\n")
    return "\n".join([f"{first}{head}", *(f"{rest}{line}".rstrip() for line in lines)])


_BLOCKS: dict[str, Callable[[Writer, Block], str]] = {
    "heading": Writer._titled,  # noqa: SLF001
    "list": Writer._list,  # noqa: SLF001
    "quote": Writer._quote,  # noqa: SLF001
    "callout": Writer._callout,  # noqa: SLF001
    "code": Writer._code,  # noqa: SLF001
    "math": Writer._math,  # noqa: SLF001
    "table": Writer._table,  # noqa: SLF001
    "definitions": Writer._definitions,  # noqa: SLF001
    "footnotes": Writer._footnotes,  # noqa: SLF001
}
