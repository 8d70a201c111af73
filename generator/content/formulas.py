"""Formulas in Markdown: `$…$` in the line, `$$…$$` by itself; and the blocks that these become.

A sum of money is none: `$5 and $6` stays as it is.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator import tex
from generator.model import Block

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

LONGEST = 1000
"""Letters of a formula in the line: in a longer one the two dollars don't belong together."""
_WIDE = re.compile(r"\$\$(?P<tex>(?:[^$\\]|\\.)+?)\$\$(?!\$)", re.DOTALL)
_NARROW = re.compile(r"\$(?P<tex>(?![\s$])(?:[^$\\`]|\\.)*?(?<!\s))\$(?!\$)", re.DOTALL)
_ENDS_NONE = re.compile(r"\d|(?!(?:st|nd|rd|th|s)\b)[^\W\d_]")
"""What behind a `$` says that it opens something: a digit, or a word, but `$n$th`."""
_AMOUNT = re.compile(r"[\d.,]*\d")
_WORD = re.compile(r"(?<![\\a-zA-Z])[a-zA-Z]{3,}")
_SIGNS, _CALCULATES = frozenset("\\^_={}"), frozenset("+-*/<>|")
_INDENTED_CODE = 4


def use(parser: "MarkdownIt") -> None:
    """Teach a parser formulas: tokens `math_block` and `math_inline`, the TeX as their content."""
    stops: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("fence", "math_block", _block, stops)
    parser.inline.ruler.before("escape", "math_inline", _inline)


def blocks(source: str, line: int) -> Iterator[Block]:
    """Yield a formula as blocks, one for each label in it; `line` is that of its first letter."""
    for row in tex.labelled(source):
        if row.tex:
            yield Block("math", line + row.line, text=row.tex, info=row.label)


def _block(state: "StateBlock", line: int, end: int, silent: bool) -> bool:  # noqa: FBT001  markdown-it calls it so
    """Read `$$ … $$`, the signs at the beginning and at the end of lines; else it is text."""
    start = state.bMarks[line] + state.tShift[line]
    if state.sCount[line] - state.blkIndent >= _INDENTED_CODE:
        return False
    if not state.src.startswith("$$", start):
        return False
    found = _lines(state, line, end, start + 2)
    if found is None:
        return False
    if not silent:
        source, last = found
        token = state.push("math_block", "", 0)
        token.content = source
        token.map = [line, last + 1]
        state.line = last + 1
    return True


def _lines(state: "StateBlock", line: int, end: int, start: int) -> tuple[str, int] | None:
    """Return the TeX and the last line of a formula that opens before `start`, if it is closed."""
    kept: list[str] = []
    for at in range(line, end):
        if at > line and 0 <= state.sCount[at] < state.blkIndent and not state.isEmpty(at):
            return None
        begin = start if at == line else min(state.bMarks[at] + state.blkIndent, state.eMarks[at])
        text = state.src[begin : state.eMarks[at]]
        if "$$" in text:
            inside, _, behind = text.partition("$$")
            source = "\n".join((*kept, inside))
            return (source, at) if source.strip() and not behind.strip() else None
        if text.strip() in {"---", "***", "___"}:
            return None
        kept.append(text)
    return None


def _inline(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001
    """Read `$…$`, or `$$…$$` amid words."""
    if state.src[state.pos] != "$":
        return False
    found = _WIDE.match(state.src, state.pos) or _NARROW.match(state.src, state.pos)
    if not found or not found["tex"].strip() or not _is_formula(found, state.src):
        if state.src.startswith("$$", state.pos):  # no formula begins with the second sign either
            if not silent:
                state.pending += "$$"
            state.pos += 2
            return True
        return False
    if not silent:
        token = state.push("math_inline", "", 0)
        token.content = found["tex"].strip()
        token.meta = {"offset": found.start()}
    state.pos = found.end()
    return True


def _is_formula(found: re.Match[str], source: str) -> bool:
    inside = found["tex"]
    if len(inside) > LONGEST or _ENDS_NONE.match(source, found.end()):
        return False
    return not _is_money(inside)


def _is_money(inside: str) -> bool:
    """Return whether a text is an amount with words behind it, and nothing that formulas have."""
    amount = _AMOUNT.match(inside)
    rest = inside[amount.end() :] if amount else ""
    if not rest or _SIGNS.intersection(rest):
        return False
    if _CALCULATES.intersection(rest):
        return _WORD.search(rest) is not None
    return any(sign.isspace() for sign in rest)
