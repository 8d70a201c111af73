"""Code in the theme's colours: Pygments' tokens as eight roles, a line a block, so that it wraps.

Behind a fence stand the language, a title or a file's name, and the lines to mark:
```` ```python title="app.py" {2,4-5} ```` or ```` ```python app.py {2} ````.
"""

import difflib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from generator.compose.ingredients import Ingredient, Kitchen
from generator.errors import Location, Problem, warning
from generator.fences import Said, said
from generator.model import Block

if TYPE_CHECKING:
    from pygments.lexer import Lexer

PLAIN = frozenset({"", "text", "txt", "plain", "plaintext", "none", "output"})
"""What says that code is to be left alone."""
ROLES = {
    "Keyword.Type": "type",
    "Keyword": "keyword",
    "Name.Class": "type",
    "Name.Builtin": "type",
    "Name.Exception": "type",
    "Name.Namespace": "type",
    "Name.Function": "function",
    "Name.Decorator": "function",
    "Name.Tag": "keyword",
    "Name.Attribute": "function",
    "Literal.Number": "number",
    "Literal.String": "string",
    "Literal.Date": "string",
    "Literal": "number",
    "Operator.Word": "keyword",
    "Operator": "operator",
    "Punctuation": "operator",
    "Comment": "comment",
    "Generic.Subheading": "comment",
    "Generic.Prompt": "comment",
    "Generic.Output": "comment",
    "Generic.Error": "bad",
}
"""The role of a kind of token: the longest name that it begins with counts; others are plain."""
CHANGES = {"+": "added", "-": "removed"}
LONG = 24
"""Letters of a line that may have to wrap, in the largest type that anybody chooses."""
SIZES = {"tiny": (20, 5), "slim": (26, 9), "middling": (38, 10_000)}
"""Letters of the longest line and lines that a size suits, the largest first; `wide` suits all."""
DEEPEST = 16
"""Letters that a wrapped line is indented by at most."""
TAB = 4
LONG_WORD = 30
"""Letters that stand on a line even behind the deepest indent."""
SHORT_SIGN = 6
"""Letters of an arrow or another sign with a hyphen in it, behind which no line may break."""


def prepare(kitchen: Kitchen) -> Ingredient:
    """Return the ingredient; Pygments is imported when the first block with a language is met."""

    def block(found: Block) -> Markup | None:
        if found.kind != "code":
            return None
        about = said(found.info, lambda name: _lexer_named(name) is not None)
        lexer, problem = _lexer(about, found.line)
        if problem:
            kitchen.problems.append(problem)
        return _html(found, about, lexer)

    return Ingredient(block=block)


def _html(block: Block, about: Said, lexer: "Lexer | None") -> Markup:
    text = block.text.rstrip("\n").expandtabs(TAB)
    sources = text.split("\n")
    changes = lexer is not None and "diff" in lexer.aliases
    lines = [
        (_group(source, changes=changes, marked=about.marks(number)), _line(content, source))
        for number, (content, source) in enumerate(
            zip(_painted(text, lexer), sources, strict=True), block.start
        )
    ]
    inside = Markup("").join(
        _grouped(name, (line for _, line in group))
        for name, group in groupby(lines, key=itemgetter(0))
    )
    first = Markup(' style="counter-reset:line {}"').format(block.start - 1)
    title = Markup('<p class="label file">{}</p>').format(about.title) if about.title else ""
    return Markup('<div class="code {}" dir="ltr">{}<pre{}>{}</pre></div>').format(
        _size(sources), title, first, inside
    )


def _size(lines: list[str]) -> str:
    """Return which size suits lines."""
    longest = max(map(len, lines))
    for name, (letters, most) in SIZES.items():
        if longest <= letters and len(lines) <= most:
            return name
    return "wide"


def _group(source: str, *, changes: bool, marked: bool) -> str:
    """Return what a line is that has a ground of its own, nothing for the others."""
    changed = CHANGES.get(source[:1], "") if changes else ""
    return changed or ("marked" if marked else "")


def _grouped(name: str, lines: Iterable[Markup]) -> Markup:
    """Return neighbouring lines on one ground: a ground for each would show seams."""
    inside = Markup("").join(lines)
    return Markup('<span class="pg-group pg-{}">{}</span>').format(name, inside) if name else inside


def _line(content: Markup, source: str) -> Markup:
    """Return a line; one that may have to wrap hangs, and has a mark for the eye only."""
    if len(source) > LONG:
        content = _hung(content, source)
    return Markup('<span class="pg-line">{}</span>').format(content or Markup("<br>"))


def _hung(content: Markup, source: str) -> Markup:
    """Return a long line as one that goes on two letters further in, behind a hook.

    A word too long for any line is broken, as WeasyPrint does by itself only where one begins.
    """
    depth = min(len(source) - len(source.lstrip()), DEEPEST)
    torn = Markup(" pg-torn") if max(map(len, source.split()), default=0) > LONG_WORD else ""
    return Markup(
        '<span class="pg-hang{3}" style="padding-left:{0}ch;text-indent:-{0}ch">'
        '{1}<i class="pg-turn" style="left:{2}ch"></i></span>'
    ).format(depth + 2, content, depth, torn)


def _painted(text: str, lexer: "Lexer | None") -> Iterator[Markup]:
    """Yield the lines of code as HTML, each token that has a role in its class."""
    if lexer is None:
        yield from map(escape, text.split("\n"))
        return
    made: list[Markup] = []
    for role, value in _runs(lexer.get_tokens(text)):
        for number, part in enumerate(value.split("\n")):
            if number:
                yield Markup("").join(made)
                made = []
            if part:
                plain = not role or part.isspace()
                made.append(escape(part) if plain else _token(role, part))
    yield Markup("").join(made)


def _token(role: str, part: str) -> Markup:
    whole = Markup(" pg-whole") if "-" in part and len(part) <= SHORT_SIGN else ""
    return Markup('<span class="pg-{}{}">{}</span>').format(role, whole, part)


def _runs(tokens: Iterable[tuple[Any, str]]) -> Iterator[tuple[str, str]]:
    """Yield (role, text): neighbours of one role, and the spaces between them, in one piece."""
    run, words = "", ""
    for kind, value in tokens:
        role = _role(str(kind))
        if role == run or value.isspace():
            words += value
        else:
            if words:
                yield run, words
            run, words = role, value
    if words:
        yield run, words


@cache
def _role(kind: str) -> str:
    """Return the role of `Token.Name.Function`, or nothing."""
    name = kind.removeprefix("Token.")
    while name:
        if name in ROLES:
            return ROLES[name]
        name = name.rpartition(".")[0]
    return ""


def _lexer(about: Said, line: int) -> "tuple[Lexer | None, Problem | None]":
    """Return what reads a language, and a warning if nothing does."""
    if about.language.lower() in PLAIN:
        return (_lexer_of_file(about.title) if about.title and not about.language else None), None
    found = _lexer_named(about.language)
    if found:
        return found, None
    message = f"no language is called `{about.language}`; the code is shown without colours"
    near = difflib.get_close_matches(about.language.lower(), _languages(), n=1, cutoff=0.6)
    hint = f"did you mean `{near[0]}`?" if near else "for code without colours write `text`"
    return None, warning("code-language", message, Location("", line), hint)


@cache
def _lexer_named(language: str) -> "Lexer | None":
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415  only code wants it
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        return get_lexer_by_name(language.lower(), stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@cache
def _lexer_of_file(name: str) -> "Lexer | None":
    from pygments.lexers import get_lexer_for_filename  # noqa: PLC0415
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        return get_lexer_for_filename(name, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@cache
def _languages() -> tuple[str, ...]:
    """Return the names of all languages that can be read."""
    from pygments.lexers import get_all_lexers  # noqa: PLC0415

    return tuple(alias for _, aliases, *_ in get_all_lexers(plugins=False) for alias in aliases)
