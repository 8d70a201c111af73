"""HTML as a tree of elements: forgiving as browsers are, never deeper than what can be walked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905 (reads better)
)
BLOCKS = frozenset(
    """
    address article aside blockquote body center dd details dialog div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table
    tbody td tfoot th thead title tr ul
    """.split()  # noqa: SIM905 (as above)
)
DEEPEST = 45
"""Levels: what lies deeper stands beside the element of this level. Pages have about twenty."""

_CLOSED_BY = {
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "tr": {"tr", "td", "th"},
    "tbody": {"thead", "tbody", "tr", "td", "th"},
}
"""What an element closes when it begins, though no tag says so."""
_WALLS = {
    "li": {"ul", "ol"},
    "dt": {"dl"},
    "dd": {"dl"},
    "td": {"tr", "table"},
    "th": {"tr", "table"},
    "tr": {"table", "tbody", "thead"},
    "tbody": {"table"},
}
_RAW = frozenset(["script", "style", "template", "noscript"])


@dataclass(slots=True, eq=False)
class Element:
    """An element: its tag in lower case, attributes, and children, texts among them."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        """Return the names in `class`."""
        return frozenset(self.attributes.get("class", "").split())

    def walk(self) -> Iterator["Element"]:
        """Yield this element and all below it, in order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def first(self, tag: str) -> "Element | None":
        """Return the first element of a tag at or below this one."""
        return next((each for each in self.walk() if each.tag == tag), None)

    def text(self) -> str:
        """Return all text below, scripts and styles left out."""
        return "".join(
            child if isinstance(child, str) else "" if child.tag in _RAW else child.text()
            for child in self.children
        )


def parse(html: str) -> Element:
    """Return the root of a page or of a piece of one."""
    builder = _Builder()
    try:
        builder.feed(html)
        builder.close()
    except (AssertionError, ValueError):
        # The parser of the standard library gives up on a few broken declarations.
        builder.handle_data(html[builder.reached() :])
    return builder.root


class _Builder(HTMLParser):
    """Builds the tree from the tags as they come."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("#root")
        self._open = [self.root]
        self._fed = ""

    def feed(self, data: str) -> None:
        self._fed = data
        super().feed(data)

    def reached(self) -> int:
        """Return how far the text was understood."""
        line, column = self.getpos()
        lines = self._fed.split("\n")
        return min(len(self._fed), sum(len(each) + 1 for each in lines[: line - 1]) + column)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._make_way(tag)
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in VOID and len(self._open) < DEEPEST:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID and tag not in BLOCKS:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        for at in range(len(self._open) - 1, 0, -1):
            if self._open[at].tag == tag:
                del self._open[at:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def _make_way(self, tag: str) -> None:
        """Close what the beginning of an element ends: a paragraph, the item before it."""
        if tag in BLOCKS and self._open[-1].tag == "p":
            self._open.pop()
        ended, walls = _CLOSED_BY.get(tag), _WALLS.get(tag, set())
        if not ended:
            return
        for at in range(len(self._open) - 1, 0, -1):
            if self._open[at].tag in walls:
                return
            if self._open[at].tag in ended:
                del self._open[at:]
                return
