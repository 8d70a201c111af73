r"""Formulas that lost signs on their way through Markdown: `\hat{X}f`, `\sum{i=1}`, `X{ij}`.

Markdown took two underscores for emphasis and dropped them. What can have been nothing else is
given back; what might be meant as it stands is told, and left.
"""

import re
from collections.abc import Callable

_BIG = re.compile(
    r"(\\(?:sum|prod|int|lim|max|min|bigcup|bigcap|oint))\{(?=[^{}]*(?:=|\\to|\\in\b))"
)
_SCRIPT = re.compile(r"(\\math(?:cal|bb|bf|rm|frak|scr)\{[A-Za-z]+\})\{")
_LETTER = re.compile(r"(?<![\\A-Za-z_^])([A-Za-z])\{(?=[a-z]{1,3}\})")
_ACCENTED = re.compile(r"(\\(?:hat|bar|tilde|vec|dot)\{[A-Za-z]\})([A-Za-z])(?![A-Za-z])")
_NORM = re.compile(r"(\\\|(?:(?!\\\|).)+\\\|)(?=[12F](?![A-Za-z0-9]))", re.DOTALL)
"""A norm with its index right behind it, where no factor is written."""
_ROW = re.compile(r"(?<!\\)\\ (?=&)")
_DOUBTS = re.compile(
    r"\\\|(?:[A-Za-z]\b(?=\^)|\d)"                     # \|F^2, \|2: a norm's index
    r"|(?<!\\)\\(?:sum|prod|max|min)\{"                # no group follows these
    r"|\\(?:hat|bar|tilde|vec)\{[A-Za-z]\}[A-Za-z](?![A-Za-z])"
    r"|(?<![\\A-Za-z_^{])[A-Za-z]\{[^{}]*\}"
)  # fmt: skip
_ENVIRONMENT = re.compile(r"\\(?:begin|end|text|operatorname|mathrm|frac|dfrac|sqrt|left|right)\b")


def mended(tex: str, page: str) -> tuple[str, int, list[str]]:
    """Return a formula mended, how many signs came back, and what else looks damaged.

    `page` is all that was pasted: what is written out there once is meant everywhere.
    """
    count = 0

    def give(before: str, after: str) -> Callable[[re.Match[str]], str]:
        def given(found: re.Match[str]) -> str:
            nonlocal count
            count += 1
            return f"{found[1]}{before}{after}"

        return given

    tex = _BIG.sub(give("_", "{"), tex)
    tex = _SCRIPT.sub(give("_", "{"), tex)
    tex = _LETTER.sub(give("_", "{"), tex)

    def known(found: re.Match[str]) -> str:
        nonlocal count
        whole = f"{found[1]}_{found[2]}"
        if whole not in page and f"{found[1]}_{{{found[2]}}}" not in page:
            return found[0]
        count += 1
        return whole

    tex = _ACCENTED.sub(known, tex)
    if count:  # underscores go in pairs: where some were lost, this is another
        tex = _NORM.sub(give("_", ""), tex)
    if r"\begin{aligned}" in tex and r"\\" not in tex and _ROW.search(tex):
        tex, rows = _ROW.subn(r"\\\\ ", tex)
        count += rows
    doubts = [found[0] for found in _DOUBTS.finditer(tex) if not _ENVIRONMENT.match(found[0])]
    return tex, count, doubts


def rows(tex: str) -> str:
    """Return a formula with a row a line: only spaces change."""
    tex = re.sub(r"(\\begin\{(?:aligned|align\*?|cases|gathered)\})\s*", r"\1\n", tex)
    tex = re.sub(r"\s*(\\end\{(?:aligned|align\*?|gathered)\})", r"\n\1", tex)
    return re.sub(r"(?<=\\\\)[ \t]+(?=&)", "\n", tex)
