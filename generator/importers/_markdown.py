r"""Plain words as Markdown that says exactly the same words.

What Markdown would read as markup is escaped, and nothing else, so that the file reads naturally:
a lone `*`, the underscore of `snake_case` or `@_you` and a `<` before a number stay as they are.
"""

import re
import urllib.parse
from collections.abc import Sequence
from functools import partial

LINK = "\ufffc"
"""Stands for a link in the text to convert; what it is comes beside the text, in order."""

_STARTS = re.compile(
    r"""
    \d{1,9}(?=[.)](?:\s|$))             # 1. or 1)
    | (?=\#{1,6}(?:\s|$))                 # a heading
    | (?=[-+*](?:\s|$))                   # a bullet
    | (?=>)                               # a quote
    | (?=(?:-\s*){3,}$|(?:_\s*){3,}$|(?:\*\s*){3,}$)  # a rule
    | (?=[|:][|:\s]*-[-:|\s]*$|-[-:|\s]*$)            # the second line of a table, or of a heading
    | (?==+\s*$)                          # the underline of a heading
    | (?=~~~|:::)                         # a fence
    | (?=:\s)                             # what a term means
    | (?=\[[^\]]+\]:)                     # the definition of a link
    """,
    re.VERBOSE,
)
_LEADING = re.compile(r"([*_~=])\1*")
_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~]|$)", re.MULTILINE)
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")
_FENCE = re.compile(r"^```", re.MULTILINE)
_TICKS = re.compile(r"`+")
_RUNS = (_TICKS, *map(re.compile, (r"\*+", r"_+", r"~+", r"\^+", r"={2,}")))
_FORMULA = re.compile(r"\$(?=\$|[^\s$][^$]*\$(?!\d))")
"""A dollar that would begin a formula; of `$5 and $6` none does."""
_UNFIT = re.compile(r"[\s<>\\]")
_TASK = re.compile(r"\[(?=[ xX]\](?:\s|$))")


def post(text: str, links: Sequence[tuple[str, str]] = ()) -> str:
    """Return the Markdown of a post's text: blank lines part paragraphs, line ends are kept.

    `links` are the (words, address) that the LINK signs in the text stand for.
    """
    found = (paragraph(part) for part in re.split(r"\n{2,}", text.strip("\n")) if part)
    markdown = "\n\n".join(found)
    for words, address in links:
        markdown = markdown.replace(LINK, link(words, address), 1)
    return markdown


def paragraph(text: str) -> str:
    r"""Return the Markdown of one paragraph; a line end in it becomes a hard one (`\`)."""
    text = _inline(_BACKSLASH.sub(r"\\\\", text))
    text = re.sub(rf"\](?=\()|!(?={LINK})", r"\\\g<0>", text)
    return "\\\n".join(line_start(line) for line in text.split("\n"))


def line_start(line: str) -> str:
    """Return a line of Markdown whose beginning is not read as a heading, list, quote or rule."""
    found = _STARTS.match(line)
    if not found or line.startswith("\\"):
        return line
    start = found.end()
    # Of `***` each sign: after an escaped one the others could still close what another line opens.
    run = _LEADING.match(line)
    if run:
        return "".join(f"\\{sign}" for sign in run[0]) + line[run.end() :]
    return f"{line[:start]}\\{line[start:]}"


def item(line: str) -> str:
    """Return a line that begins a list item: it is neither a block of its own nor a task."""
    return _TASK.sub(r"\\[", line, count=1) if _TASK.match(line) else line_start(line)


def link(words: str, address: str) -> str:
    """Return a Markdown link; an address with brackets stands between `<` and `>`."""
    said = _inline(_BACKSLASH.sub(r"\\\\", words.replace("\n", " ")))
    said = re.sub(r"[\[\]]", r"\\\g<0>", said)
    address = _UNFIT.sub(lambda sign: urllib.parse.quote(sign[0]), address.strip())
    address = _ENTITY.sub(r"\\&", address)
    return f"[{said}](<{address}>)" if re.search(r"[()]", address) else f"[{said}]({address})"


def picture(alt: str, name: str) -> str:
    """Return a picture with what it shows."""
    return f"!{link(' '.join(alt.split()), name)}"


def _inline(text: str) -> str:
    """Return the text with everything escaped that would be markup inside a line, save links."""
    text = _ENTITY.sub(r"\\&", _TAG.sub(r"\\<", _FORMULA.sub(r"\\$", text)))
    for pattern in _RUNS:
        if _pairs(text, pattern):
            text = pattern.sub(partial(_escaped, text=text), text)
    return text


def _escaped(run: re.Match[str], text: str) -> str:
    """Return a run of signs escaped one by one, or as it is if it can be no delimiter."""
    return "".join(f"\\{sign}" for sign in run[0]) if any(_flanks(text, run)) else run[0]


def _pairs(text: str, pattern: re.Pattern[str]) -> bool:
    """Say whether a run of signs could open something that a later one could close."""
    if pattern is _TICKS and _FENCE.search(text):
        return True
    opened = False
    for run in pattern.finditer(text):
        opens, closes = _flanks(text, run)
        if opened and closes:
            return True
        opened = opened or opens
    return False


def _flanks(text: str, run: re.Match[str]) -> tuple[bool, bool]:
    """Return whether a run could open and could close: rather too often than too seldom."""
    if run[0][0] == "`":
        return True, True
    before, after = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
    inside = run[0][0] == "_" and before.isalnum() and after.isalnum()
    # A line end will be `\` and a line end: for what stands before it, that is a sign.
    opens = after == "\n" or bool(after.strip())
    return opens and not inside, bool(before.strip()) and not inside
