"""What to say of broken YAML: where it really began, and what the writer probably meant."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from generator.errors import Location, Problem, error

_HASH = re.compile(r"[ \t]+(#[^\s#][^\n]*)")
_GLUED = re.compile(r"\s*[\w-]+:\S")
_LONGEST_QUOTE = 60
_BRACKET_ENDS = re.compile(r"[,\]}]")
_OPENERS = {"{": "}", "[": "]", '"': '"', "'": "'"}


def lost_to_comment(value: str, rest: str) -> tuple[int, Problem] | None:
    """Return the problem of words that a `#` turned into a comment, and where in `rest` it stands.

    `rest` is what follows the value on its line. A comment that is meant as one has a space after
    its `#`; `#7c5cff`, `#1` and `#hashtag` would be lost without a word.
    """
    found = _HASH.match(rest)
    if not found:
        return None
    words = found[1].strip()
    whole = f"{value} {words}".strip()
    problem = error(
        "hash-unquoted",
        f"`{words}` is a comment to YAML, so its words are lost",
        hint=f'quote the text: "{whole}"; if it is a comment, put a space after its `#`',
    )
    return found.start(1), problem


@dataclass(frozen=True, slots=True)
class Fault:
    """A syntax error as PyYAML tells it: what it was reading, since where, what it met, and where.

    Lines and columns count from 0; `at` turns them into a place in the file.
    """

    lines: list[str]
    at: Callable[[int, int], Location]
    context: str
    opened: tuple[int, int] | None
    problem: str
    met: tuple[int, int]

    @property
    def here(self) -> Location:
        """Return the place of what was met."""
        return self.at(*self.met)

    def before(self) -> str:
        """Return what stands in the line before the place."""
        return self.line(self.met[0])[: self.met[1]]

    def rest(self, mark: tuple[int, int] | None = None) -> str:
        """Return what stands in the line from a mark on."""
        line, column = mark or self.met
        return self.line(line)[column:]

    def line(self, number: int) -> str:
        """Return a line; behind the last there is an empty one."""
        return self.lines[number] if 0 <= number < len(self.lines) else ""


def _deep(fault: Fault) -> Problem | None:
    """Tell of brackets by the hundred, which libyaml itself refuses (from 0.2.6 on)."""
    if "nesting depth" not in fault.problem:
        return None
    return error("yaml-depth", "too many levels of nesting", fault.here)


def syntax(fault: Fault) -> Problem:
    """Return a syntax error as the writer should be told of it."""
    return next(
        problem
        for reading in (
            _deep,
            _lost_bracket,
            _unclosed,
            _escape,
            _no_colon,
            _tab,
            _sign,
            _colon,
            _plain,
        )
        if (problem := reading(fault))
    )


def _lost_bracket(fault: Fault) -> Problem | None:
    """Return the problem of a closing bracket that a `#` turned into a comment."""
    if "flow node" not in fault.context:
        return None
    for number in range(fault.met[0], -1, -1):
        line = fault.line(number)
        if re.search(r"[\[{]", line) and (found := _HASH.search(line)):
            words = _BRACKET_ENDS.split(found[1], maxsplit=1)[0].strip()
            message = f"`{found[1].strip()}` is a comment to YAML, its bracket too"
            place = fault.at(number, found.start(1))
            return error("hash-unquoted", message, place, f'quote the text: "{words}"')
    return None


def _unclosed(fault: Fault) -> Problem | None:
    """Return the problem of a bracket or quote, at the place where it opens."""
    opens = "while parsing a flow" in fault.context or "unexpected end" in fault.problem
    if not fault.opened or not opens:
        return None
    opened = _opener(fault)
    rest = fault.rest(opened)
    sign, closing = rest[:1], _OPENERS.get(rest[:1], "")
    message, hint = f"the `{sign}` that opens here has no `{closing}`", f"close it with `{closing}`"
    if sign in ("[", "{"):
        message += ", or a comma is missing in it"
        if _HASH.search(rest):
            hint = 'a `#` after a space begins a comment: quote the text, as in "#7c5cff"'
    return error("yaml-syntax", message, fault.at(*opened), hint)


def _opener(fault: Fault) -> tuple[int, int]:
    """Return where a bracket opens: behind one that ends the text YAML only says where it ends."""
    line, column = fault.opened or fault.met
    while line >= 0 and fault.rest((line, column))[:1] not in _OPENERS:
        text = fault.line(line)[:column]
        column = max(text.rfind("["), text.rfind("{"))
        if column < 0:
            line -= 1
            column = len(fault.line(line))
    return (line, column) if line >= 0 else fault.opened or fault.met


def _escape(fault: Fault) -> Problem | None:
    """Return the problem of a backslash in a quoted text."""
    if "quoted scalar" not in fault.context:
        return None
    hint = "in '…' instead of \"…\" a backslash is only a backslash"
    return error("yaml-syntax", f"this is not YAML: {fault.problem}", fault.here, hint)


def _no_colon(fault: Fault) -> Problem | None:
    """Return the problem of a line that should be `key: value` and has no `: `."""
    place, words = fault.opened, fault.rest(fault.opened).strip()
    if "simple key" not in fault.context or not place:
        above = fault.line(fault.met[0] - 1)
        indented = "mapping values" in fault.problem and ": " not in fault.before()
        if not indented or not _GLUED.match(above):
            return None
        place, words = (fault.met[0] - 1, len(above) - len(above.lstrip())), above.strip()
    hint = "put a space after the colon" if _GLUED.match(words) else "write `key: value`"
    message = f"`{_short(words)}` is no `key: value`"
    return error("yaml-syntax", message, fault.at(*place), hint)


def _tab(fault: Fault) -> Problem | None:
    """Return the problem of a tab where YAML wants spaces."""
    if not fault.rest().startswith("\t") and "tab" not in fault.problem:
        return None
    message = "there is a tab here; YAML indents by spaces"
    return error("yaml-tab", message, fault.here, "use two spaces")


def _sign(fault: Fault) -> Problem | None:
    """Return the problem of text that begins with a sign that YAML keeps for itself."""
    rest = fault.rest()
    if rest[:1] not in ("@", "`", "%"):
        return None
    in_brackets = re.search(r"[\[{]", fault.before())
    words = (_BRACKET_ENDS.split(rest, maxsplit=1)[0] if in_brackets else rest).strip()
    message = f"text that begins with `{rest[0]}` has to be quoted"
    return error("yaml-syntax", message, fault.here, f'write "{words}"')


def _colon(fault: Fault) -> Problem | None:
    """Return the problem of a second `: ` in a line, or of a line that is indented for nothing."""
    if "mapping values" not in fault.problem:
        return None
    key, colon, value = fault.before().partition(": ")
    if colon:
        whole = _short((value + fault.rest()).strip())
        message = "text that holds a colon and a space has to be quoted"
        return error("yaml-syntax", message, fault.here, f'write `{key.strip()}: "{whole}"`')
    message = "this line is indented, and nothing above it takes keys"
    hint = "give it the indent of the keys it belongs to"
    return error("yaml-syntax", message, fault.here, hint)


def _plain(fault: Fault) -> Problem:
    """Return any other problem as PyYAML words it; most come from an indent."""
    hint = None
    if fault.before().rstrip().endswith(('"', "'")):
        hint = "one pair of quotes has to hold the whole text"
    elif "block" in fault.context and "expected" in fault.problem:
        hint = "check the indent: keys that belong together begin in the same column"
    return error("yaml-syntax", f"this is not YAML: {fault.problem}", fault.here, hint)


def _short(words: str) -> str:
    """Return the words, cut for a message."""
    return words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1] + "…"
