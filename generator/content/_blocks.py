"""Block tokens to Blocks, in sections parted by top-level thematic breaks, with their comments."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from generator.content import _markdown
from generator.content._paragraphs import as_task, only_pictures, parts
from generator.content._spans import TooDeep, refused, spans
from generator.errors import GeneratorError, Location, Problem, error, warning
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
    builder.warn_of_unused_references(env.get("references", {}))
    return builder.done, builder.problems


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
    problems: list[Problem] = field(default_factory=list)

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

    def _block(self) -> list[Block]:
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
            case "fence" | "code_block":
                info = token.info.strip()
                found = [Block("code", self._line(token), text=token.content, info=info)]
            case "table_open":
                found = [self._table(token)]
            case "comment":
                self._block_comment(token)
        return list(found)

    def _children(self, closing: str) -> tuple[Block, ...]:
        """Return the blocks up to a closing token, which is taken too."""
        found: list[Block] = []
        while self.tokens[self.next].type != closing:
            found += self._block()
        self.next += 1
        return tuple(found)

    def _heading(self, opening: "Token") -> list[Block]:
        found = self._spans(*self._inline())
        if opening.markup == "-":
            self._warn_of_setext(opening)
        level = int(opening.tag[1])
        return [Block("heading", self._line(opening), found, level=level)] if found else []

    def _paragraph(self, opening: "Token") -> Iterator[Block]:
        """Yield a paragraph; pictures on lines of their own stand by themselves."""
        children, inline = self._inline()
        for first, part in parts(children, quoted=self.quotes > 0):
            found = self._spans(part, inline)
            line = self._line(opening) + first
            if only_pictures(found):
                for span in found:
                    if span.kind == "image":
                        yield Block("image", line, (span,))
            elif found:
                yield Block("paragraph", line, found)

    def _quote(self, opening: "Token") -> list[Block]:
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

    def _warn_of_setext(self, opening: "Token") -> None:
        rule = self.line + (opening.map or [0, 1])[1] - 1
        self.problems.append(
            warning(
                "setext-rule",
                "`---` directly under text makes the text a heading, not a new post",
                Location(self.path, rule, 1),
                "put a blank line before it to begin a new post; write `## ` before a heading",
            )
        )

    def warn_of_unused_references(self, references: Mapping[str, Any]) -> None:
        """Warn of `[words]: address` lines that nothing uses: CommonMark shows none of them."""
        whole = "\n".join(self.source).casefold()
        for label, reference in references.items():
            if whole.count(f"[{label.casefold()}]") == 1:
                message = f"`[{label}]: …` is a link's address to Markdown, and is not shown"
                place = Location(self.path, self.line + reference["map"][0], 1)
                hint = f"to show it, write `\\[{label}]: …`"
                self.problems.append(warning("reference-unused", message, place, hint))

    def _line(self, token: "Token") -> int:
        return self.line + (token.map or [0])[0]

    def _place(self, token: "Token") -> Location:
        return Location(self.path, self._line(token))


def _too_deep(place: Location) -> Problem:
    message = f"more than {_markdown.LIMIT_LEVELS} levels of nesting"
    return error("nesting-too-deep", message, place, "write it flatter")
