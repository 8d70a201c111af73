"""Callouts in Markdown: `:::tip` … `:::`, Notion's `<aside>`, and the kinds that there are."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

KINDS = {
    "note": "note memo",
    "tip": "tip hint protip",
    "important": "important key",
    "info": "info information abstract tldr todo example question help faq",
    "warning": "warning attention",
    "caution": "caution",
    "danger": "danger error bug failure fail",
    "success": "success check done",
}
"""Each kind of callout and what else it is called: GitHub, Obsidian, Docusaurus."""
EMOJI = {
    "note": "📝📌📎🗒✏",
    "tip": "💡🎯✨🪄🧠🔑",
    "important": "❗❕🔔📢📣⭐",
    "info": "\u2139🧪🔍🔎📚📖❓❔💬🤔",
    "warning": "⚠🚧",
    "danger": "🚨🛑❌⛔🔥☠💥",
    "success": "✅☑✔🎉🏆",
}
"""Emoji that an aside may begin with, and the kind that each means."""
OPENED, CLOSED = "callout_open", "callout_close"

_NAMES = {name: kind for kind, names in KINDS.items() for name in names.split()}
_SIGNS = {sign: kind for kind, signs in EMOJI.items() for sign in signs}
_ALERT = re.compile(r"\[!(\w+)\][+-]?(?:\s+|$)")
_FENCE = re.compile(r"(:{3,})\s*([A-Za-z]\w*)\b[ \t]*(.*)")
_CLOSING = re.compile(r"(:{3,})\s*$")
_LABEL = re.compile(r"\[(.*)\]$")
_OPENS = re.compile(r"<aside(?:[ \t][^<>\n]*)?>", re.IGNORECASE)
_CLOSES = re.compile(r"</aside\s*>", re.IGNORECASE)
_SIGN = re.compile(r"\s*([\u2139\u2600-\u27bf\u2b50\U0001f000-\U0001faff]\ufe0f?)(?:\s+|$)")
_INDENTED_CODE = 4


def add_to(parser: "MarkdownIt") -> None:
    """Teach a parser the two callouts that are blocks of their own."""
    stops: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("fence", "callout", _fenced, stops)
    parser.block.ruler.before("fence", "aside", _aside, stops)


def kind_of(name: str) -> str:
    """Return the kind of callout that a name means, nothing if none."""
    return _NAMES.get(name.lower(), "")


def announced(begins: "Token", inline: "Token") -> "tuple[str, list[Token]] | None":
    """Return what a quotation says it is, as typed, and its title: `[!NOTE] Title`.

    Where that is a kind of callout, the line is taken off the paragraph.
    """
    every = (inline.children or []) if begins.type == "paragraph_open" else []
    typed = every and every[0].type == "text" and inline.content.startswith("[!")
    found = _ALERT.match(every[0].content) if typed else None
    if not found or not kind_of(found[1]):
        return (found[1], []) if found else None
    every[0].content = every[0].content[found.end() :]
    ends = next((at for at, each in enumerate(every) if each.type == "softbreak"), len(every))
    inline.children = every[ends + 1 :]
    return found[1], every[:ends]


def sign(text: str) -> tuple[str, str, str] | None:
    """Return the emoji that a text begins with, the kind that it means, and the rest."""
    found = _SIGN.match(text)
    return (found[1], _SIGNS.get(found[1][0], "note"), text[found.end() :]) if found else None


def unread(line: str) -> str:
    """Return why a line that looks like a callout's beginning begins none, or nothing."""
    if found := _FENCE.match(line):
        return "unclosed" if kind_of(found[2]) else "unknown"
    return "unclosed" if _OPENS.match(line) else ""


def _line(state: "StateBlock", line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _indented(state: "StateBlock", line: int) -> bool:
    return state.sCount[line] - state.blkIndent >= _INDENTED_CODE


def _fenced(state: "StateBlock", line: int, end: int, silent: bool) -> bool:  # noqa: FBT001  markdown-it calls it so
    """Read `:::tip Title` up to its `:::`; one that is never closed stays text."""
    found = _FENCE.match(_line(state, line)) if not _indented(state, line) else None
    if not found or not kind_of(found[2]):
        return False
    last = _fence_end(state, line, end)
    if last < 0 or silent:
        return last >= 0
    label = _LABEL.match(found[3].strip())
    _inside(state, (line, last), line + 1, last, (found[2], label[1] if label else found[3]))
    return True


def _fence_end(state: "StateBlock", line: int, end: int) -> int:
    """Return the line that closes the fence which opens at `line`, -1 if none does."""
    depth = 0
    for at in range(line, end):
        text = _line(state, at)
        if _FENCE.match(text):
            depth += 1
        elif _CLOSING.match(text):
            depth -= 1
            if depth == 0:
                return at
    return -1


def _aside(state: "StateBlock", line: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Read `<aside>` up to its `</aside>`, on one line or many; what follows it is left alone."""
    start = state.bMarks[line] + state.tShift[line]
    opens = _OPENS.match(state.src, start) if not _indented(state, line) else None
    closes = _CLOSES.search(state.src, opens.end(), state.eMarks[end - 1]) if opens else None
    if not opens or not closes:
        return False
    last = line
    while state.eMarks[last] < closes.end():
        last += 1
    nested = _OPENS.search(state.src, opens.end(), closes.start())
    if nested or state.src[closes.end() : state.eMarks[last]].strip():
        return False
    if silent:
        return True
    touched = ((state.bMarks, line), (state.tShift, line), (state.sCount, line))
    kept = [(marks, at, marks[at]) for marks, at in (*touched, (state.eMarks, last))]
    state.bMarks[line], state.tShift[line] = opens.end(), 0
    state.sCount[line] = state.blkIndent
    gap = state.src[opens.end() : state.eMarks[line]]
    state.tShift[line] = len(gap) - len(gap.lstrip(" "))
    state.eMarks[last] = closes.start()
    if last != line:
        state.tShift[last] = min(state.tShift[last], closes.start() - state.bMarks[last])
    _inside(state, (line, last), line, last + 1, ("", ""))
    for marks, at, value in kept:
        marks[at] = value
    return True


def _inside(
    state: "StateBlock", lines: tuple[int, int], first: int, end: int, said: tuple[str, str]
) -> None:
    """Read the lines from `first` to before `end` as the blocks of a callout."""
    token = state.push(OPENED, "", 1)
    token.map = [lines[0], lines[1] + 1]
    token.info, token.content = said[0], said[1].strip()
    parent, limit = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", end
    state.md.block.tokenize(state, first, end)
    state.parentType, state.lineMax = parent, limit
    state.push(CLOSED, "", -1)
    state.line = lines[1] + 1
