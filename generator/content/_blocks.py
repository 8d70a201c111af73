"""Block tokens to Blocks, in sections parted by top-level thematic breaks, with their comments."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from generator.content import _callouts, _definitions, _doubts, _markdown, formulas, tables
from generator.content._notes import Notes
from generator.content._paragraphs import as_task, only_pictures, parts, signed
from generator.content._spans import TooDeep, refused, spans
from generator.errors import GeneratorError, Location, Problem, error
from generator.model import Block, Span

if TYPE_CHECKING:
    from markdown_it.token import Token

_ALIGN = re.compile(r"text-align:(\w+)")


@dataclass(frozen=True, slots=True)
class Comment:
    """An HTML comment as it stands; `opening` if nothing visible comes before it in its section.

    `line` and `column` are those of its first character behind `<!--`, both from 1.
    """

    text: str
    line: int
    column: int
    opening: bool


@dataclass(slots=True)
class Section:
    """What stands between two thematic breaks. `line` is where its first thing stands."""

    line: int = 0
    blocks: list[Block] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)


def sections(body: str, path: str, line: int) -> tuple[list[Section], list[Problem]]:
    """Return the sections of a body that begins in `line` of its file, and warnings met."""
    tokens, env = _markdown.tokens(body)
    builder = _Builder(path, line, body.split("\n"), tokens)
    builder.read()
    for section in builder.done:
        section.blocks = tables.attributed(section.blocks)
    references = env.get("references", {})
    doubts = _doubts.unused_references(builder.source, references, path, line)
    return builder.done, [*builder.problems, *builder.notes.problems, *doubts]


@dataclass(slots=True)
class _Builder:
    """Reads tokens one by one; `line` is that of the body's first line in the file."""

    path: str
    line: int
    source: list[str]
    tokens: "list[Token]"
    next: int = 0
    quotes: int = 0
    done: list[Section] = field(default_factory=lambda: [Section()])
    notes: Notes = field(init=False)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin without footnotes."""
        self.notes = Notes(self.path)

    def read(self) -> None:
        """Read all tokens into sections."""
        deep = next((each for each in self.tokens if each.level > _markdown.LIMIT_LEVELS), None)
        if deep:
            raise GeneratorError(_too_deep(self._place(deep)))
        while self.next < len(self.tokens):
            token = self.tokens[self.next]
            if token.type == "hr":
                self.done.append(Section())
                self.next += 1
                continue
            section = self.done[-1]
            section.line = section.line or self._line(token)
            section.blocks += self._block()
        for section in self.done:
            section.blocks = _definitions.gathered(section.blocks)
        self.notes.place([section.blocks for section in self.done])

    def _block(self) -> list[Block]:  # noqa: C901  one case for each kind of token
        """Return what the next block token gives: one block, several, or none."""
        token = self.tokens[self.next]
        self.next += 1
        found: Iterable[Block] = ()
        match token.type:
            case "paragraph_open":
                found = self._paragraph(token)
            case "heading_open":
                found = self._heading(token)
            case "blockquote_open":
                found = self._quote(token)
            case "bullet_list_open" | "ordered_list_open":
                found = [self._list(token)]
            case "math_block":
                found = formulas.blocks(token.content, self._line(token))
            case "fence" if token.info.strip() == "math":
                found = formulas.blocks(token.content, self._line(token) + 1)
            case "fence" | "code_block":
                info = token.info.strip()
                found = [Block("code", self._line(token), text=token.content, info=info)]
            case "table_open":
                found = [self._table(token)]
            case "comment":
                self._block_comment(token)
            case _callouts.OPENED:
                found = [self._callout(token)]
            case "footnote_reference_open":
                self._footnote(token)
        return list(found)

    def _children(self, closing: str) -> tuple[Block, ...]:
        """Return the blocks up to a closing token, which is taken too."""
        found: list[Block] = []
        while self.tokens[self.next].type != closing:
            found += self._block()
        self.next += 1
        return tuple(_definitions.gathered(found))

    def _unquoted(self, closing: str) -> tuple[Block, ...]:
        """Return the blocks of what is no quotation, though it may stand in one."""
        quotes, self.quotes = self.quotes, 0
        inner = self._children(closing)
        self.quotes = quotes
        return inner

    def _heading(self, opening: "Token") -> list[Block]:
        found = self._spans(*self._inline())
        if opening.markup == "-":
            rule = self.line + (opening.map or [0, 1])[1] - 1
            self.problems.append(_doubts.setext(Location(self.path, rule, 1)))
        level = int(opening.tag[1])
        return [Block("heading", self._line(opening), found, level=level)] if found else []

    def _paragraph(self, opening: "Token") -> Iterator[Block]:
        """Yield a paragraph; pictures on lines of their own stand by themselves."""
        children, inline = self._inline()
        if defined := _definitions.defined(children, inline.content):
            yield self._defined(defined, opening, inline)
            return
        self.problems += _doubts.callouts(inline.content, self.path, self._line(opening))
        for first, part in parts(children, quoted=self.quotes > 0):
            found = self._spans(part, inline)
            line = self._line(opening) + first
            if only_pictures(found):
                for span in found:
                    if span.kind == "image":
                        yield Block("image", line, (span,))
            elif found:
                yield Block("paragraph", line, found)

    def _defined(self, found: _definitions.Lines, opening: "Token", inline: "Token") -> Block:
        line = self._line(opening)
        parts = [
            Block(kind, line + first, self._spans(tokens, inline)) for first, kind, tokens in found
        ]
        return Block("definitions", line, blocks=tuple(parts))

    def _callout(self, opening: "Token") -> Block:
        """Return a callout; an aside's kind is that of the emoji which it begins with."""
        inner = self._unquoted(_callouts.CLOSED)
        title = self._spans(_markdown.inline_tokens(opening.content), opening)
        made = Block("callout", self._line(opening), title, inner, info=opening.info)
        return replace(made, info=_callouts.kind_of(made.info)) if made.info else signed(made)

    def _alert(self, opening: "Token") -> Block | None:
        """Return the callout that a quotation is if it begins with `[!NOTE]` or the like."""
        inline = self.tokens[min(self.next + 1, len(self.tokens) - 1)]
        found = _callouts.announced(self.tokens[self.next], inline)
        if not found:
            return None
        name, tokens = found
        if not (kind := _callouts.kind_of(name)):
            place = Location(self.path, self._line(opening))
            self.problems.append(_doubts.callout(name, place))
            return None
        title = self._spans(tokens, inline)
        inner = self._unquoted("blockquote_close")
        return Block("callout", self._line(opening), title, inner, info=kind)

    def _footnote(self, opening: "Token") -> None:
        """Keep a footnote until it is known which sections use it."""
        inner, label = self._children("footnote_reference_close"), opening.meta["label"]
        note = Block("footnote", self._line(opening), blocks=inner, text=label, info=label)
        self.notes.keep(note, len(self.done) - 1)

    def _quote(self, opening: "Token") -> list[Block]:
        if found := self._alert(opening):
            return [found]
        self.quotes += 1
        inner = self._children("blockquote_close")
        self.quotes -= 1
        return [Block("quote", self._line(opening), blocks=inner)] if inner else []

    def _list(self, opening: "Token") -> Block:
        items: list[Block] = []
        tight = True
        while (token := self.tokens[self.next]).type == "list_item_open":
            self.next += 1
            first = self.tokens[self.next]
            tight = tight and not (first.type == "paragraph_open" and not first.hidden)
            inner = self._children("list_item_close")
            items.append(as_task(Block("item", self._line(token), blocks=inner)))
        self.next += 1
        return Block(
            "list",
            self._line(opening),
            blocks=tuple(items),
            ordered=opening.type.startswith("ordered"),
            start=int(opening.attrs.get("start", 1)),
            tight=tight,
        )

    def _table(self, opening: "Token") -> Block:
        rows: list[Block] = []
        cells: list[Block] = []
        while (token := self.tokens[self.next]).type != "table_close":
            self.next += 1
            if token.type in ("th_open", "td_open"):
                align = _ALIGN.search(str(token.attrs.get("style", "")))
                found = self._spans(*self._inline())
                cells.append(Block("cell", spans=found, text=align[1] if align else ""))
            elif token.type == "tr_open":
                head = int(self.tokens[self.next].type == "th_open")
                rows.append(Block("row", self._line(token), level=head))
            elif token.type == "tr_close":
                rows[-1] = replace(rows[-1], blocks=tuple(cells))
                cells = []
        self.next += 1
        return Block("table", self._line(opening), blocks=tuple(rows))

    def _inline(self) -> "tuple[list[Token], Token]":
        """Take the inline token that comes next, its block's closing token, and its comments."""
        inline = self.tokens[self.next]
        self.next += 2
        children = inline.children or []
        visible = False
        for child in children:
            if child.type == "comment":
                self._inline_comment(child, inline, first=not visible)
            else:
                if child.type == "math_inline":
                    above = inline.content.count("\n", 0, child.meta["offset"])
                    child.meta["line"] = self._line(inline) + above
                visible = visible or bool(child.content.strip() or child.tag)
        return children, inline

    def _spans(self, children: "Sequence[Token]", inline: "Token") -> tuple[Span, ...]:
        try:
            found = spans(children, _markdown.LIMIT_LEVELS)
        except TooDeep as fault:
            raise GeneratorError(_too_deep(self._place(inline))) from fault
        if target := refused(found):
            message = f"no link may lead to `{target}`"
            hint = "a link takes a web address (https://…), mailto: or tel:"
            self.problems.append(error("link-refused", message, self._place(inline), hint))
        return found

    def _block_comment(self, token: "Token") -> None:
        column = token.meta["column"] + 1
        line = self._line(token)
        if not token.meta["closed"]:
            message = "the comment that opens here is never closed"
            place = Location(self.path, line, column)
            raise GeneratorError(error("comment-unclosed", message, place, "close it with `-->`"))
        self._keep(token.content, line, column, first=token.level == 0)

    def _inline_comment(self, token: "Token", inline: "Token", *, first: bool) -> None:
        above = inline.content.count("\n", 0, token.meta["offset"])
        line = self._line(inline) + above
        opens = "<!--" + token.content.partition("\n")[0]
        column = self.source[line - self.line].find(opens) + 1
        self._keep(token.content, line, column, first=first and inline.level == 1)

    def _keep(self, text: str, line: int, column: int, *, first: bool) -> None:
        """Keep a comment with its section."""
        section = self.done[-1]
        opening = first and not section.blocks
        section.comments.append(Comment(text, line, column + len("<!--"), opening))

    def _line(self, token: "Token") -> int:
        return self.line + (token.map or [0])[0]

    def _place(self, token: "Token") -> Location:
        return Location(self.path, self._line(token))


def _too_deep(place: Location) -> Problem:
    message = f"more than {_markdown.LIMIT_LEVELS} levels of nesting"
    return error("nesting-too-deep", message, place, "write it flatter")
