"""What selectors and declarations give an element, remembered from one document to the next.

A deck's slides are alike: the same elements, of the same classes, below the same ones. A Node is an
element's place among them. It knows what the cascade gave the element and its pseudo-elements, and
the values that were computed from that; they hold wherever the same place is met again.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from weasyprint.css import declaration_precedence, preprocess_declarations

from generator.paginate.seams._selectors import WORDS, Test, words_asked

MOST_NODES = 20_000
"""Places that are remembered before all are forgotten: some hundred looks."""
MOST_CANDIDATES = 4000
"""Elements, by name and attributes, whose rules are remembered for one list of sheets."""
MOST_SPOTS = 20_000
"""The same of elements among others."""
NO_LAYER = float("inf")
"""The layer order of what is in no layer."""
OWN = {"classes", "etree_element", "id", "in_html_document", "local_name", "namespace_url"}
"""What a compiled selector asks of an element that depends on its name and attributes alone."""
READ = {"attrib", "get", "tag"}
"""The same of ElementTree's elements."""
BEFORE = OWN | {"ancestors", "index", "lang", "parent", "previous", "previous_siblings"}
"""What it asks that depends on elements before this one in the document."""
ASKED, READING = re.compile(r"\bel\.(\w+)"), re.compile(r"\betree_element\.(\w+)")

Sheets = Sequence[tuple[Any, str, tuple[int, int, int] | None]]
Hints = list[tuple[tuple[int, int, int], tuple[Any, ...]]]
Cascaded = dict[str, Any]


@dataclass(slots=True)
class Template:
    """Values that were computed from one cascade: the same in every document, or `spoiled`."""

    values: dict[str, Any] = field(default_factory=dict)
    specified: dict[str, Any] = field(default_factory=dict)
    spoiled: bool = False
    anonymous: "Template | None" = None
    used: dict[str, Any] = field(default_factory=dict)
    """What the seam `used` makes of the values."""

    def spoil(self) -> None:
        """Forget all: a value depends on the document, or something was said when it was made."""
        self.values, self.specified, self.used, self.spoiled = {}, {}, {}, True

    def below(self) -> "Template":
        """Return the template of the anonymous boxes in such an element's box."""
        if self.anonymous is None:
            self.anonymous = Template()
        return self.anonymous


@dataclass(slots=True)
class Node:
    """A place: what is declared there, by pseudo-element, and the places below it."""

    cascades: dict[str | None, Cascaded]
    kin: tuple[Any, ...] = ()
    """By this WeasyPrint tells which elements share a style within a document."""
    lone: bool = False
    """Whether it never shares one, because of its attributes."""
    templates: dict[str | None, Template] = field(default_factory=dict)
    places: dict[Any, "Node"] = field(default_factory=dict)

    def template(self, pseudo: str | None) -> Template:
        """Return the template of the element itself, or of one of its pseudo-elements."""
        if pseudo not in self.templates:
            self.templates[pseudo] = Template()
        return self.templates[pseudo]


class Rule(NamedTuple):
    """A selector with its declarations and their layer; selectors of one `place` do the same.

    Without a `test` it is known to match.
    """

    test: Callable[[Any], bool] | None
    sheet: int
    pseudo: str | None
    specificity: tuple[int, int, int]
    payload: tuple[Any, str | None]
    place: tuple[Any, ...]


@dataclass(slots=True, eq=False)
class Spot:
    """An element by its name and attributes, its parent's spot and the one before it.

    It settles the `node` unless a selector looks at what comes after.
    """

    node: Node | None = None


@dataclass(slots=True)
class Memory:
    """All places; `heard` counts what WeasyPrint's logger was told."""

    base_url: str
    heard: Callable[[], int]
    top: Node = field(default_factory=lambda: Node({}))
    finders: "dict[Any, Finder]" = field(default_factory=dict)
    sheets: dict[int, Any] = field(default_factory=dict)
    """All sheets that were seen: as long as they live, their ids and their rules' hold."""
    count: int = 0
    words: dict[int, frozenset[str]] = field(default_factory=dict)

    def asked(self, sheet: Any) -> frozenset[str]:  # noqa: ANN401
        """Return which of WORDS a sheet's selectors may ask for."""
        if id(sheet) not in self.words:
            self.words[id(sheet)] = words_asked(sheet.matcher)
        return self.words[id(sheet)]

    def finder(self, sheets: Sheets) -> "Finder":
        """Return what finds the places of elements in documents with these sheets."""
        key = tuple(id(sheet) for sheet, *_ in sheets)
        if key not in self.finders:
            self.sheets |= {id(sheet): sheet for sheet, *_ in sheets}
            self.finders[key] = Finder(self, sheets)
        return self.finders[key]


@dataclass(slots=True)
class Finder:
    """Finds the places of elements in documents with the same sheets."""

    memory: Memory
    sheets: Sheets
    candidates: dict[Any, tuple[tuple[Rule, ...], bool]] = field(default_factory=dict)
    spots: dict[Any, Spot] = field(default_factory=dict)
    unasked: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Find out which attributes no selector of the sheets asks for."""
        asked = (self.memory.asked(sheet) for sheet, *_ in self.sheets)
        self.unasked = WORDS.difference(*asked)

    def quick(self, root: Any) -> dict[Any, Node] | None:  # noqa: ANN401
        """Return the places of all elements, or None if not all can be told from their spots."""
        nodes: dict[Any, Node] = {}
        return nodes if self._quick(root, None, None, nodes) else None

    def _quick(
        self,
        element: Any,  # noqa: ANN401
        above: Spot | None,
        before: Spot | None,
        nodes: dict[Any, Node],
    ) -> Spot | None:
        spot = self.spots.get((above, before, *self._looks(element)))
        if spot is None or spot.node is None:
            return None
        nodes[element] = spot.node
        last = None
        for child in element:
            if isinstance(child.tag, str):
                last = self._quick(child, spot, last, nodes)
                if last is None:
                    return None
        return spot

    def _looks(self, element: Any) -> tuple[Any, ...]:  # noqa: ANN401
        """Return an element's name, and its attributes but for those that say only words."""
        unasked = self.unasked
        return element.tag, *(item for item in element.attrib.items() if item[0] not in unasked)

    def slow(self, root: Any, hints: Mapping[Any, Hints]) -> dict[Any, Node]:  # noqa: ANN401
        """Return the places of all elements (`root` is cssselect2's), found by their selectors."""
        nodes: dict[Any, Node] = {}
        spots: dict[Any, Spot] = {}
        if len(self.spots) > MOST_SPOTS:
            self.spots.clear()
        for element in root.iter_subtree():
            mine = element.etree_element
            parent = element.parent.etree_element if element.parent else None
            before = element.previous.etree_element if element.previous else None
            above = nodes.get(parent, self.memory.top)
            key = spots.get(parent), spots.get(before), *self._looks(mine)
            spots[mine] = spot = self.spots.setdefault(key, Spot())
            if spot.node is not None:
                nodes[mine] = spot.node
                continue
            node, settled = self._node(above, element, hints.get(mine, []))
            nodes[mine] = node
            if settled and (parent is None or spots[parent].node is not None):
                spot.node = node
        return nodes

    def _node(self, above: Node, element: Any, hints: Hints) -> tuple[Node, bool]:  # noqa: ANN401
        """Return the place of an element below another, and whether its spot settles it."""
        candidates, settled = self._candidates(element)
        rules = [rule for rule in candidates if rule.test is None or rule.test(element)]
        said = tuple(
            (specificity, *(one.serialize() for one in declared)) for specificity, declared in hints
        )
        key = (tuple(rule.place for rule in rules), said)
        if (node := above.places.get(key)) is not None:
            return node, settled
        heard = self.memory.heard()
        node = self._new(rules, hints)
        if self.memory.heard() != heard:  # it has to be said again for the next document
            return node, False
        above.places[key] = node
        self.memory.count += 1
        return node, settled

    def _candidates(self, element: Any) -> tuple[tuple[Rule, ...], bool]:  # noqa: ANN401
        """Return the rules that may be for such an element, weakest first.

        And whether all their selectors look at nothing that comes after it.
        """
        mine = element.etree_element
        key = self._looks(mine)
        if key not in self.candidates:
            if len(self.candidates) >= MOST_CANDIDATES:
                self.candidates.clear()
            found = tuple(_filed(element, self.sheets))
            tests = [rule.test for rule in found if rule.test is not None]
            self.candidates[key] = found, all(_asks_only(test, "before") for test in tests)
        return self.candidates[key]

    def _new(self, rules: Sequence[Rule], hints: Hints) -> Node:
        cascades: dict[str | None, Cascaded] = {}
        for specificity, declared in hints:
            style = cascades.setdefault(None, {})
            for name, values, importance in preprocess_declarations(self.memory.base_url, declared):
                precedence = declaration_precedence("author", importance)
                _declare(style, name, values, (precedence, NO_LAYER, specificity))
        for rule in rules:
            sheet, origin, instead = self.sheets[rule.sheet]
            declarations, layer = rule.payload
            layer_order = NO_LAYER if layer is None else sheet.layers.index(layer)
            style = cascades.setdefault(rule.pseudo, {})
            for name, values, importance in declarations:
                weight = declaration_precedence(origin, importance), layer_order
                _declare(style, name, values, (*weight, instead or rule.specificity))
        return Node(cascades, tuple(rule.place[1:] for rule in rules), lone=bool(hints))


def _filed(element: Any, sheets: Sheets) -> Iterator[Rule]:  # noqa: ANN401
    """Yield what each sheet has on file under an element's id, classes and name."""
    for index, (sheet, _origin, _specificity) in enumerate(sheets):
        entries = sorted(_on_file(sheet.matcher, element), key=lambda entry: entry[1:3])
        for test, specificity, _order, pseudo, payload in entries:
            place = pseudo, specificity, id(payload[0])
            if not _asks_only(test, "own"):
                yield Rule(test, index, pseudo, specificity, payload, place)
            elif test(element):
                yield Rule(None, index, pseudo, specificity, payload, place)


def _on_file(matcher: Any, element: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield the entries that `cssselect2.Matcher.match` would try."""
    if element.id is not None:
        yield from matcher.id_selectors.get(element.id, ())
    for name in element.classes:
        yield from matcher.class_selectors.get(name, ())
    yield from matcher.lower_local_name_selectors.get(_lower(element.local_name), ())
    yield from matcher.namespace_selectors.get(element.namespace_url, ())
    if "lang" in element.etree_element.attrib:
        yield from matcher.lang_attr_selectors
    yield from matcher.other_selectors


def _asks_only(test: Any, what: str) -> bool:  # noqa: ANN401
    """Return whether a selector asks only what is its `own` of an element, or what is `before`."""
    return isinstance(test, Test) and what in _asks(test.source)


@cache
def _asks(source: str) -> frozenset[str]:
    asked = set(ASKED.findall(source))
    if not set(READING.findall(source)) <= READ:
        return frozenset()
    return frozenset(name for name, known in (("own", OWN), ("before", BEFORE)) if asked <= known)


def _lower(name: str) -> str:
    """Return a name with ASCII letters in lower case, as HTML compares names."""
    return name.encode("utf-8").lower().decode("utf-8")


def _declare(style: Cascaded, name: str, values: Any, weight: tuple[Any, ...]) -> None:  # noqa: ANN401
    """Let a declaration count unless a weightier one is there."""
    old = style.get(name)
    if old is None or old[1] <= weight:
        style[name] = values, weight
