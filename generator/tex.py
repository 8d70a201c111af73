"""TeX in pieces, as a writer typed it: the rows of a formula, their labels, where a row may break.

Nothing is set here, and nothing understood but where groups begin and end.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

Border: TypeAlias = Literal["gaps", "relations", "signs"]
"""Where a row may break: rather at the first of these than at the last."""
BORDERS: tuple[Border, ...] = ("gaps", "relations", "signs")

TOKEN = re.compile(r"\\(?:begin|end)\s*\{[a-zA-Z]+\*?\}|\\[a-zA-Z]+\*?|\\.|[^\\]", re.DOTALL)
ROWS = re.compile(
    r"\s*\\begin\s*\{(aligned|align|gathered|gather|split|eqnarray|multline)(\*?)\}(.*)"
    r"\\end\s*\{\1\2\}\s*",
    re.DOTALL,
)
"""An environment that does nothing but put rows under each other."""
LABEL = re.compile(
    r"\s*(?:&\s*)*\\text(?:bf|it|rm|sf)?\s*\{\s*"
    r"(?:\[(?P<bracketed>[^{}\[\]\\$]+)\]\s*:?|(?P<plain>[^{}\\$]+?):)\s*\}\s*:?\s*"
)
"""`\\text{[Label]:}` or `\\text{Label:}` before a formula."""
RELATIONS = frozenset(
    r"""= < > \leq \geq \le \ge \ll \gg \approx \equiv \cong \sim \simeq \neq \ne \propto \to \in
    \subset \subseteq \Rightarrow \rightarrow \implies \iff \mapsto \coloneqq""".split()  # noqa: SIM905  a list of literals reads worse
)
SIGNS = frozenset({"+", "-", r"\pm", r"\cdot", r"\times"})
OPENING, CLOSING = frozenset({r"\begin", r"\left"}), frozenset({r"\end", r"\right"})
NOTHING_AFTER = frozenset({"(", "[", ",", "^", "_", "&", r"\not"})
"""What a line never ends with."""
GAPS = frozenset({r"\quad", r"\qquad"})


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a formula: its TeX, the label before it, and the line it begins in, from 0."""

    tex: str
    label: str = ""
    line: int = 0


def labelled(tex: str) -> tuple[Row, ...]:
    """Return a formula as its labelled rows; without a label it is one row, as it stands.

    Rows without a label go on with the one above them.
    """
    inside = rows(tex)
    if not any(LABEL.match(row.tex) for row in inside):
        return (Row(tex.strip(), line=_lines_before(tex)),)
    groups: list[list[Row]] = []
    for row in inside:
        found = LABEL.match(row.tex)
        label = (found["bracketed"] or found["plain"]).strip() if found else ""
        here = Row(row.tex[found.end() :] if found else row.tex, label, row.line)
        if found or not groups:
            groups.append([here])
        else:
            groups[-1].append(here)
    return tuple(_group(group) for group in groups)


def rows(tex: str) -> tuple[Row, ...]:
    r"""Return what `\\` parts at the top of a formula, or in the one environment that it is."""
    found = ROWS.fullmatch(tex)
    start = found.start(3) if found else 0
    end = found.end(3) if found else len(tex)
    parts, at = [], start
    for sign, position, depth in _tokens(tex, start, end):
        if sign == r"\\" and depth == 0:
            parts.append((at, position))
            at = _behind_break(tex, position + len(sign), end)
    parts.append((at, end))
    return tuple(
        Row(tex[a:b].strip(), line=tex.count("\n", 0, a) + _lines_before(tex[a:b]))
        for a, b in parts
        if tex[a:b].strip()
    )


def unaligned(tex: str) -> str:
    """Return a row without the signs that it is aligned at."""
    kept, at = [], 0
    for sign, position, depth in _tokens(tex, 0, len(tex)):
        if sign == "&" and depth == 0:
            kept.append(tex[at:position])
            at = position + 1
    return "".join((*kept, tex[at:])).strip()


def pieces(tex: str, at: Border) -> tuple[str, ...]:
    """Return a row in pieces that may stand on lines of their own.

    They are parted at wide gaps; outside of brackets before relations; before signs between terms.
    """
    cuts: list[tuple[int, int]] = []
    before = ""
    for sign, position, depth in _tokens(tex, 0, len(tex), brackets=at != "gaps"):
        if depth == 0 and before:
            if at == "gaps" and sign in GAPS:
                cuts.append((position, position + len(sign)))
            elif at != "gaps" and _breaks_before(sign, before, at):
                cuts.append((position, position))
        before = before if sign.isspace() else sign
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(tex)]
    found = (tex[a:b].strip() for a, b in zip(starts, ends, strict=True))
    return tuple(piece for piece in found if piece)


def goes_on(piece: str) -> str:
    """Return a piece that begins a line as TeX that knows something stands before it."""
    first = next((sign for sign, *_ in _tokens(piece, 0, len(piece))), "")
    return f"{{}}{piece}" if first in RELATIONS | SIGNS else piece


def _breaks_before(sign: str, before: str, at: Border) -> bool:
    if before in NOTHING_AFTER or before in RELATIONS | SIGNS:
        return False
    return sign in (RELATIONS if at == "relations" else SIGNS)


def _tokens(
    tex: str, start: int, end: int, *, brackets: bool = False
) -> Iterator[tuple[str, int, int]]:
    """Yield (sign, position, depth): how many groups are open where a sign stands.

    With `brackets`, round ones are groups, too.
    """
    depth = 0
    for found in TOKEN.finditer(tex, start, end):
        sign = found[0]
        name = sign.partition("{")[0].rstrip()
        if sign == "}" or name in CLOSING or (brackets and sign == ")"):
            depth -= 1
        yield sign, found.start(), depth
        if sign == "{" or name in OPENING or (brackets and sign == "("):
            depth += 1


def _behind_break(tex: str, at: int, end: int) -> int:
    r"""Return where a row begins: behind what may follow its `\\`, as in `\\[4pt]`."""
    found = re.compile(r"\*?(?:\s*\[\s*-?[\d.]+\s*[a-z]{2}\s*\])?").match(tex, at, end)
    return found.end() if found else at


def _group(group: list[Row]) -> Row:
    """Return rows that belong together as one formula under the first one's label."""
    first = group[0]
    if len(group) == 1:
        return Row(unaligned(first.tex), first.label, first.line)
    inner = " \\\\\n".join(row.tex for row in group)
    return Row(f"\\begin{{aligned}}\n{inner}\n\\end{{aligned}}", first.label, first.line)


def _lines_before(text: str) -> int:
    return text[: len(text) - len(text.lstrip())].count("\n")
