"""Words of HTML with their marks: links, pictures, formulas and code among them, as Markdown."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from generator.importers import _inlines, _markdown
from generator.importers._inlines import Inlines
from generator.importers._pieces import Piece
from generator.importers._tree import BLOCKS, VOID, Element

QUIET = frozenset(
    "head script style template noscript nav link meta title colgroup source".split()  # noqa: SIM905 (reads better)
)
"""What shows nothing, or nothing of the text; it goes without a word."""

NAMED = frozenset(
    "iframe video audio object embed canvas svg form button select textarea map".split()  # noqa: SIM905 (as above)
)
"""What shows something that a slide can't; it is left out, and the user is told."""

KNOWN = (
    QUIET
    | NAMED
    | BLOCKS
    | VOID
    | frozenset(
        """
        a abbr b bdi bdo big cite code data del dfn em font i ins label legend math mark noscript
        option picture q s samp slot small span strike strong sub summary sup time tt u var video
        """.split()  # noqa: SIM905 (as above)
    )
)
"""Elements that HTML has: in a text `<T>` is none of them, but words."""

_ATTACHED = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|svg)$", re.IGNORECASE)

_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


@dataclass(slots=True)
class Reading:
    """How a page is read: `picture` gives the name that stands for an address, or nothing.

    `name` is what the page is called in messages.
    """

    picture: Callable[[str], str] = lambda address: address
    name: str = ""
    left_out: set[str] = field(default_factory=set)


def inline(children: Iterable[Element | str], reading: Reading) -> str:
    """Return inline content as one line of Markdown."""
    said = _inlines.written(collected(children, reading))
    return said.replace("\\\n", " ").replace("\n", " ").strip()


def gone(element: Element, reading: Reading) -> bool:
    """Return whether an element is left out, and note it if the user should know."""
    foreign = element.tag not in KNOWN and not element.tag.startswith(("v-", "#"))
    if element.tag in NAMED or (foreign and not element.text().strip()):
        reading.left_out.add(element.tag)
        return True
    if element.tag in QUIET or "hidden" in element.attributes or "katex-html" in element.classes:
        return True
    return bool(_HIDDEN.search(element.attributes.get("style", "")))


def paragraphs(run: Iterable[Element | str], reading: Reading) -> Iterator[Piece]:
    """Yield the paragraphs of inline content: two line ends part them."""
    for said in _inlines.paragraphs(collected(run, reading)):
        yield Piece("text", said)


def collected(children: Iterable[Element | str], reading: Reading) -> Inlines:
    """Return inline content collected."""
    inlines = Inlines()
    _collect(children, inlines, reading)
    return inlines


_MARKS = {
    "b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*", "var": "*", "dfn": "*",
    "s": "~~", "del": "~~", "strike": "~~", "mark": "==",
}  # fmt: skip

_KEPT = frozenset(["sub", "sup", "kbd", "u"])


def _collect(  # noqa: C901 (one line a tag)
    children: Iterable[Element | str], inlines: Inlines, reading: Reading
) -> None:
    """Collect the words and marks of inline content."""
    for child in children:
        if isinstance(child, str):
            inlines.words(re.sub(r"[ \t\r\n\f]+", " ", child))
            continue
        tag = child.tag
        formula = _tex(child) if tag == "math" or "katex" in child.classes else ""
        if formula:
            inlines.sign(f"${formula}$")
        elif gone(child, reading):
            continue
        elif tag == "br":
            inlines.words("\n")
        elif tag == "img":
            _image(child, inlines, reading)
        elif tag in ("code", "samp", "tt") and child.text().strip():
            inlines.sign(_inlines.code(child.text()))
        elif tag == "a":
            _link(child, inlines, reading)
        elif tag == "input":
            continue
        elif mark := _MARKS.get(tag):
            with inlines.marked(mark, mark):
                _collect(child.children, inlines, reading)
        elif tag in _KEPT:
            with inlines.marked(f"<{tag}>", f"</{tag}>"):
                _collect(child.children, inlines, reading)
        else:
            _collect(child.children, inlines, reading)


def _link(element: Element, inlines: Inlines, reading: Reading) -> None:
    """Collect a link; one that leads nowhere from here is only its words."""
    address = element.attributes.get("href", "").strip()
    pictured = element.first("img")
    if pictured is None and not _inlines.leads(address) and _ATTACHED.search(address):
        name = reading.picture(address)
        if name:  # a picture that hangs on a page as a file
            inlines.sign(f"!{_markdown.link(' '.join(element.text().split()), name)}")
            return
    if pictured is not None or not _inlines.leads(address):
        _collect(element.children, inlines, reading)
        return
    words = inline(element.children, reading)
    if words:
        inlines.sign(f"[{_inlines.bracketed(words)}]({_inlines.address(address)})")


def _image(element: Element, inlines: Inlines, reading: Reading) -> None:
    """Collect a picture; an icon or a dot for counting visits is none."""
    classes = element.classes
    said = element.attributes.get("alt", "").strip()
    if classes & {"emoji", "twemoji"} and said:
        inlines.words(said)
        return
    size = {element.attributes.get("width"), element.attributes.get("height")}
    name = "" if "icon" in classes or "1" in size else reading.picture(source(element))
    if name:
        inlines.sign(f"!{_markdown.link(said, name)}")


def source(element: Element) -> str:
    """Return a picture's address; that of one which loads late stands elsewhere."""
    said = element.attributes
    here, later = said.get("src", "").strip(), said.get("data-src", "").strip()
    return later if later and (not here or here.startswith("data:")) else here


def _tex(element: Element) -> str:
    """Return the TeX that a formula was made of, on one line."""
    found = (each for each in element.walk() if each.tag == "annotation")
    said = next((" ".join(each.text().split()) for each in found), "")
    # A formula that ends with a backslash (a space was behind it) would escape its own end.
    return re.sub(r"(?<!\\)\\$", "", said).strip()
