"""Tidy markup, as our templates make it, is read by expat: ten times as fast as by tinyhtml5.

Only markup that HTML and XML read alike: every element closed where it was opened, nothing that
HTML would move, close or add. Whatever else is in a document, tinyhtml5 reads it.
"""

import re
from collections.abc import Callable
from io import StringIO
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element, ParseError, fromstring

from generator.paginate.seams import Seam

VOID = frozenset({"br", "embed", "hr", "img", "wbr"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | frozenset(
    "address article aside blockquote details div dl fieldset figcaption figure footer header hr"  # noqa: SIM905  a list takes 22 lines
    " main nav ol p pre section summary table ul".split()
)
"""Elements that end a paragraph where they begin."""
WORDS = frozenset(
    "a abbr b bdi bdo br cite code del dfn em embed i img ins kbd label mark q s samp small span"  # noqa: SIM905  the same
    " strong sub sup time u var wbr".split()
)
FLOW = BLOCKS | WORDS
INSIDE = {
    "ul": frozenset({"li"}),
    "ol": frozenset({"li"}),
    "dl": frozenset({"dt", "dd"}),
    "table": frozenset({"caption", "thead", "tbody", "tfoot"}),
    "thead": frozenset({"tr"}),
    "tbody": frozenset({"tr"}),
    "tfoot": frozenset({"tr"}),
    "tr": frozenset({"th", "td"}),
}
"""What may stand in an element; in all others it is FLOW."""
NEVER_INSIDE = {"a": frozenset({"a"}), "p": BLOCKS} | dict.fromkeys(HEADINGS, HEADINGS)
"""What ends an element if it is met anywhere in it."""
WORDLESS = frozenset({"table", "thead", "tbody", "tfoot", "tr"})
"""Elements that HTML puts words out of."""
NOTHING: frozenset[str] = frozenset()

DOCUMENT = re.compile(
    r"<!doctype html>(<html(?: [a-z-]+=\"[^\"<>\n\t]*\")*><head><meta charset=\"utf-8\")>"
    r"(<title>[^<]*</title></head>)<body>(.*)</body></html>",
    re.DOTALL,
)
TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)(?: [a-z]+(?:-[a-z]+)*=\"[^\"<>\n\t]*\")* ?(/?)>")
REFERENCE = re.compile(r"&(?:amp|lt|gt|quot|#39|#34);")
STRANGE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Controls, which HTML and XML each treat in their own way; carriage returns are among them."""


class _UntidyError(Exception):
    """Says that HTML and XML may read something differently."""


def tidy(text: str) -> Element | None:
    """Return the tree of a tidy document, or None where only an HTML parser knows what it is."""
    found = DOCUMENT.fullmatch(text)
    if not found or STRANGE.search(text) or text.count("&") != len(REFERENCE.findall(text)):
        return None
    head, title, inside = found.groups()
    try:
        root = fromstring(f"{head}/>{title}<body>{_closed(inside)}</body></html>")  # noqa: S314  it can have no DTD
        if len(root) != 2:  # noqa: PLR2004  head and body: one that is closed and opened again is not two
            return None
        _check(root[1], NOTHING)
    except (_UntidyError, ParseError, ValueError, RecursionError):
        return None
    return root


def _closed(inside: str) -> str:
    """Return the markup with void elements closed, as XML wants them."""
    made, count = TAG.subn(_tag, inside)
    if count != inside.count("<"):
        raise _UntidyError
    return made


def _tag(found: re.Match[str]) -> str:
    ending, name, closed = found.groups()
    if name not in VOID:
        if closed:
            raise _UntidyError
        return found[0]
    if ending:
        raise _UntidyError
    return found[0] if closed else f"{found[0][:-1]}/>"


def _check(element: Element, barred: frozenset[str]) -> None:
    """Raise unless HTML would leave all that stands in an element where it stands."""
    tag = element.tag
    if tag == "table":
        _put_rows_in_a_body(element)
    if tag in WORDLESS and not all(_white(words) for words in _words(element)):
        raise _UntidyError
    if tag == "pre" and (element.text or "").startswith("\n"):
        raise _UntidyError  # HTML drops it
    allowed = INSIDE.get(tag, FLOW)
    if tag in NEVER_INSIDE:
        barred |= NEVER_INSIDE[tag]
    for child in element:
        if child.tag not in allowed or child.tag in barred:
            raise _UntidyError
        _check(child, barred)


def _put_rows_in_a_body(table: Element) -> None:
    """Put rows that stand in a table itself into a body, as HTML does."""
    rows = list(table)
    if rows and all(row.tag == "tr" for row in rows) and not table.text and not rows[-1].tail:
        for row in rows:
            table.remove(row)
        body = Element("tbody")
        body.extend(rows)
        table.append(body)


def _words(element: Element) -> tuple[str | None, ...]:
    return (element.text, *(child.tail for child in element))


def _white(words: str | None) -> bool:
    return not words or not words.strip(" \t\n")


def _after() -> None:
    import weasyprint  # noqa: PLC0415  after it was imported, as the name says

    stock = weasyprint.tinyhtml5
    weasyprint.tinyhtml5 = SimpleNamespace(parse=_quick(stock.parse))


def _quick(stock: Callable[..., Any]) -> Callable[..., Any]:
    """Return a parser of documents that reads tidy ones itself."""

    def parse(document: Any, **named: Any) -> Any:  # noqa: ANN401  WeasyPrint is untyped
        if isinstance(document, StringIO) and named == {"namespace_html_elements": False}:
            root = tidy(document.getvalue())
            if root is not None:
                return root
        return stock(document, **named)

    return parse


seam = Seam(version="70.0", after=_after)
