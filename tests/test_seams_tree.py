"""Markup that expat reads in tinyhtml5's place."""

from xml.etree.ElementTree import Element

import pytest
import tinyhtml5  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from generator.paginate.seams import tree
from tests import torture

HEAD = (
    '<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8"><title>T</title></head>'
)
NAMES = [*sorted(tree.FLOW), "li", "dt", "dd", "tr", "td", "tbody", "caption", "svg", "form", "rt"]
TEXTS = [
    "",
    " ",
    "\n",
    "word",
    "&amp;",
    "&lt;",
    "&nbsp;",
    "é 日本",
    "a > b",
    "\r",
    "\x0c",
    "\x85",
    "]]>",
]


def document(body: str) -> str:
    """Return a document as the composer frames it."""
    return f"{HEAD}<body>{body}</body></html>"


def shape(element: Element) -> object:
    """Return all there is to know of a tree."""
    children = [shape(child) for child in element]
    tag = element.tag if isinstance(element.tag, str) else "comment"
    return tag, dict(element.attrib), element.text or "", element.tail or "", children


def told(body: str) -> bool:
    """Return whether expat reads a body; if it does, it has to be as tinyhtml5 reads it."""
    found = tree.tidy(document(body))
    if found is None:
        return False
    assert shape(found) == shape(tinyhtml5.parse(document(body), namespace_html_elements=False))
    return True


@st.composite
def bodies(draw: st.DrawFn, depth: int = 0) -> str:
    """Return markup of nested elements, sensible or not."""
    parts = []
    for _ in range(draw(st.integers(0, 3))):
        name = draw(st.sampled_from(NAMES))
        attribute = draw(
            st.sampled_from(["", "", ' class="a b"', " hidden", " id=x", ' title="&gt;"'])
        )
        inside = "" if name in tree.VOID or depth > 3 else draw(bodies(depth=depth + 1))
        end = "" if name in tree.VOID or draw(st.integers(0, 19)) == 0 else f"</{name}>"
        parts.append(f"<{name}{attribute}>{draw(st.sampled_from(TEXTS))}{inside}{end}")
        parts.append(draw(st.sampled_from(TEXTS)))
    return "".join(parts)


@given(bodies())
def test_what_expat_reads_is_what_html_means(body: str) -> None:
    told(body)


TIDY = {
    "words": 'A <b>bold</b><br>line <a href="https://example.org/?a&amp;b">there</a>&#39;s',
    "blocks": "\n<section><div><h1>He<br/>ad</h1><p>1</p>\n<p>2 <i>three</i></p></div></section>\n",
    "lists": "<ul> <li>one<ol><li>two</li></ol></li>\n</ul><dl><dt>a</dt><dd><p>b</p></dd></dl>",
    "rows": '<table><tr><th>a</th></tr><tr><td colspan="2"><p>b</p></td></tr></table>',
    "table": "<table>\n<caption>c</caption><tbody><tr><td>a</td> <td>b</td></tr></tbody></table>",
    "pre": "<pre><code>  a\n  b &lt; c</code></pre>",
    "pictures": '<img class="icon" src="made/x.svg" alt=""><p><img src="a" alt="b"/></p>',
}


@pytest.mark.parametrize("body", TIDY.values(), ids=TIDY)
def test_tidy_markup_is_read_by_expat(body: str) -> None:
    assert told(body)


UNTIDY = {
    "paragraph in a paragraph": "<p><p>x</p></p>",
    "list in a paragraph": "<p><span><ul><li>x</li></ul></span></p>",
    "link in a link": '<a href="x"><b><a href="y">z</a></b></a>',
    "heading in a heading": "<h1><h2>x</h2></h1>",
    "words in a table": "<table>words<tr><td>x</td></tr></table>",
    "line break after pre": "<pre>\nx</pre>",
    "crossed": "<b><i>x</b></i>",
    "unclosed": "<div><p>x</div>",
    "self-closed": "<i/>x",
    "upper case": "<DIV>x</DIV>",
    "bare attribute": "<div hidden>x</div>",
    "line break in an attribute": '<img alt="a\nb">',
    "twice the same attribute": '<img alt="a" alt="b">',
    "named character": "&eacute; &unknown;",
    "numbered character": "&#150;",
    "comment": "<!-- x --><p>y</p>",
    "inline drawing": '<svg viewBox="0 0 1 1"><path d=""></path></svg>',
    "script": "<script>if (a < b) {}</script>",
    "carriage return": "<p>a\r\nb</p>",
    "body within": "</body><body>x",
}  # fmt: skip


@pytest.mark.parametrize("body", UNTIDY.values(), ids=UNTIDY)
def test_whatever_else_is_left_to_the_html_parser(body: str) -> None:
    assert not told(body)


def test_pages_are_the_same() -> None:
    assert torture.differences("tree") == []
