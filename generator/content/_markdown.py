"""The Markdown that threads are written in: CommonMark, tables, strikethrough, and our own rules.

HTML comments carry settings and notes; `==words==` are highlighted; a short list of inline tags is
understood. All other HTML stays the literal text that the writer typed.
"""

import functools
import re
from typing import TYPE_CHECKING

from generator.content import _callouts, formulas

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token
    from markdown_it.utils import EnvType

LIMIT_LEVELS = 50
"""Levels of nested quotes and lists; Python's own limit is met at about 140 (reliability.md)."""

_TAG = re.compile(r"<(?:(/?)(sub|sup|mark|kbd|u)|(br)\s*/?)>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(?:-?>|(.*?)-->)", re.DOTALL)
"""A comment; `<!-->` and `<!--->` are whole ones, as in HTML."""
_SCRIPT = re.compile(r"(?<=[^\s~^])(?<![~^])([~^])(?![~^])([^\s~^]{1,24})\1(?![~^])")
"""`H~2~O` and `x^2^`: a few letters without a space, right behind a word."""
_INDENTED_CODE = 4


def tokens(text: str) -> "tuple[list[Token], EnvType]":
    """Return a text's tokens, and what else the parser found: its link references."""
    env: EnvType = {}
    return _parser().parse(text, env), env


def inline_tokens(text: str) -> "list[Token]":
    """Return the tokens of one line of text, without blocks."""
    return _parser().parseInline(text)[0].children or []


@functools.cache
def _parser() -> "MarkdownIt":
    """Return the parser. Addresses are kept as typed, and refused later, by name."""
    from markdown_it import MarkdownIt  # noqa: PLC0415  a build with nothing to do never loads it
    from mdit_py_plugins.footnote import footnote_plugin  # noqa: PLC0415

    # Beyond maxNesting the parser drops text: it has to be above our own limit, which is an error.
    options = {"html": False, "linkify": False, "maxNesting": LIMIT_LEVELS + 10}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    parser.disable(["html_block", "html_inline"])
    for check in ("normalizeLink", "normalizeLinkText", "validateLink"):
        setattr(parser, check, str)
    stops: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote"]}
    parser.block.ruler.before("heading", "comment", _block_comment, stops)
    _callouts.add_to(parser)
    formulas.use(parser)
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    parser.inline.ruler.before("strikethrough", "script", _script)
    parser.inline.ruler.before("autolink", "comment", _inline_comment)
    parser.inline.ruler.before("autolink", "tag", _inline_tag)
    parser.inline.ruler.before("emphasis", "highlight", _highlight)
    return parser


def _block_comment(state: "StateBlock", line: int, end: int, silent: bool) -> bool:  # noqa: FBT001  markdown-it calls it so
    """Read a comment that begins a line; with words behind it, one line is the inline rule's."""
    start = state.bMarks[line] + state.tShift[line]
    if state.sCount[line] - state.blkIndent >= _INDENTED_CODE:
        return False
    if not state.src.startswith("<!--", start):
        return False
    close = state.src.find("-->", start + 2, state.eMarks[end - 1])
    if close < 0:
        close = state.eMarks[end - 1]
    last = line
    while state.eMarks[last] < close:
        last += 1
    after = min(close + 3, state.eMarks[last])
    words_follow = bool(state.src[after : state.eMarks[last]].strip())
    if words_follow and last == line:
        return False
    if silent:
        return True
    token = state.push("comment", "", 0)
    token.content = state.src[start + 4 : close]
    token.map = [line, last + 1]
    token.meta = {
        "column": start - (state.src.rfind("\n", 0, start) + 1),
        "closed": state.src.startswith("-->", close),
    }
    state.line = last + 1
    if words_follow:
        rest = state.src[after : state.eMarks[last]]
        state.bMarks[last], state.tShift[last] = after, len(rest) - len(rest.lstrip())
        state.sCount[last] = state.blkIndent
        state.line = last
    return True


def _inline_comment(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001
    """Read a comment that stands within a paragraph."""
    found = _COMMENT.match(state.src, state.pos) if state.src[state.pos] == "<" else None
    if not found:
        return False
    if not silent:
        token = state.push("comment", "", 0)
        token.content = found[1] or ""
        token.meta = {"offset": state.pos}
    state.pos = found.end()
    return True


def _inline_tag(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001
    """Read one of the few tags that mean something; it becomes a span when its pair is found."""
    found = _TAG.match(state.src, state.pos) if state.src[state.pos] == "<" else None
    if not found:
        return False
    if not silent:
        token = state.push("hardbreak" if found[3] else "sign", "", 0)
        token.content = found[0]
        name = (found[2] or "").lower()
        token.meta = {"name": name, "opens": not found[1], "closes": bool(found[1])}
    state.pos = found.end()
    return True


def _highlight(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001
    """Read `==`, which opens or closes a highlight at the edge of a word, as `_` does emphasis."""
    if silent or not state.src.startswith("==", state.pos):
        return False
    scanned = state.scanDelims(state.pos, canSplitWord=False)
    token = state.push("sign", "", 0)
    token.content = "=" * scanned.length
    pair = scanned.length == len("==")
    token.meta = {
        "name": "mark",
        "opens": pair and scanned.can_open,
        "closes": pair and scanned.can_close,
    }
    state.pos += scanned.length
    return True


def _script(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001
    """Read `~2~` as an index and `^2^` as an exponent of the word that they stand behind."""
    if state.src[state.pos] not in "~^" or state.pos == 0:
        return False
    found = _SCRIPT.match(state.src, state.pos)
    if not found or found.end() > state.posMax:
        return False
    if not silent:
        name = "sub" if found[1] == "~" else "sup"
        _sign(state, found[1], name, opens=True)
        state.push("text", "", 0).content = found[2]
        _sign(state, found[1], name, opens=False)
    state.pos = found.end()
    return True


def _sign(state: "StateInline", content: str, name: str, *, opens: bool) -> None:
    token = state.push("sign", "", 0)
    token.content = content
    token.meta = {"name": name, "opens": opens, "closes": not opens}
