"""What selectors and declarations give an element, remembered from one document to the next.

A deck's slides are alike: the same elements, of the same classes, below the same ones. A Node is an
element's place among them. It knows what the cascade gave the element and its pseudo-elements, and
the values that were computed from that; they hold wherever the same place is met again.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from weasyprint.css import declaration_precedence, preprocess_declarations

from generator.paginate.seams._selectors import Test

MOST_NODES = 20_000
"""Places that are remembered before all are forgotten: some hundred looks."""
MOST_CANDIDATES = 4000
"""Elements, by name and attributes, whose rules are remembered for one list of sheets."""
NO_LAYER = float("inf")
"""The layer order of what is in no layer."""
OWN = {"classes", "etree_element", "id", "in_html_document", "local_name", "namespace_url"}
"""What a compiled selector asks of an element that depends on its name and attributes alone."""
READ = {"attrib", "get", "tag"}
"""The same of ElementTree's elements."""

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


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A selector with its declarations and their layer; selectors of one `place` do the same.

    Without a `test` it is known to match.
    """

    test: Callable[[Any], bool] | None
    sheet: int
    pseudo: str | None
    specificity: tuple[int, int, int]
    payload: tuple[Any, str | None]
    place: tuple[Any, ...]


@dataclass(slots=True)
class Memory:
    """All places; `heard` counts what WeasyPrint's logger was told."""

    base_url: str
    heard: Callable[[], int]
    top: Node = field(default_factory=lambda: Node({}))
    candidates: dict[Any, dict[Any, tuple[Rule, ...]]] = field(default_factory=dict)
    sheets: dict[int, Any] = field(default_factory=dict)
    """All sheets that were seen: as long as they live, their ids and their rules' hold."""
    count: int = 0

    def start(self, sheets: Sheets) -> "Finder":
        """Return what finds the places of a document's elements."""
        key = tuple(id(sheet) for sheet, *_ in sheets)
        if key not in self.candidates:
            self.sheets |= {id(sheet): sheet for sheet, *_ in sheets}
            self.candidates[key] = {}
        return Finder(self, sheets, self.candidates[key])


@dataclass(slots=True)
class Finder:
    """Finds the places of one document's elements."""

    memory: Memory
    sheets: Sheets
    candidates: dict[Any, tuple[Rule, ...]]

    def node(self, above: Node, element: Any, hints: Hints) -> Node:  # noqa: ANN401
        """Return the place of an element (cssselect2's wrapper) below another place."""
        rules = [
            rule for rule in self._candidates(element) if rule.test is None or rule.test(element)
        ]
        said = tuple(
            (specificity, *(one.serialize() for one in declared)) for specificity, declared in hints
        )
        key = (tuple(rule.place for rule in rules), said)
        if (node := above.places.get(key)) is not None:
            return node
        before = self.memory.heard()
        node = self._new(rules, hints)
        if self.memory.heard() == before:  # else it has to be said again for the next document
            above.places[key] = node
            self.memory.count += 1
        return node

    def _candidates(self, element: Any) -> tuple[Rule, ...]:  # noqa: ANN401
        """Return the rules that may be for such an element, weakest first."""
        mine = element.etree_element
        key = (mine.tag, *mine.attrib.items())
        if (found := self.candidates.get(key)) is None:
            if len(self.candidates) >= MOST_CANDIDATES:
                self.candidates.clear()
            found = self.candidates[key] = tuple(_filed(element, self.sheets))
        return found

    def _new(self, rules: Sequence[Rule], hints: Hints) -> Node:
        cascades: dict[str | None, Cascaded] = {}
        for specificity, declared in hints:
            style = cascades.setdefault(None, {})
            for name, values, importance in preprocess_declarations(self.memory.base_url, declared):
                precedence = declaration_precedence("author", importance)
                _declare(style, name, values, (precedence, NO_LAYER, specificity))
        for rule in rules:
            sheet, origin, specificity = self.sheets[rule.sheet]
            declarations, layer = rule.payload
            layer_order = NO_LAYER if layer is None else sheet.layers.index(layer)
            style = cascades.setdefault(rule.pseudo, {})
            for name, values, importance in declarations:
                weight = declaration_precedence(origin, importance), layer_order
                _declare(style, name, values, (*weight, specificity or rule.specificity))
        return Node(cascades, tuple(rule.place[1:] for rule in rules), lone=bool(hints))


def _filed(element: Any, sheets: Sheets) -> Iterator[Rule]:  # noqa: ANN401
    """Yield what each sheet has on file under an element's id, classes and name."""
    for index, (sheet, _origin, _specificity) in enumerate(sheets):
        entries = sorted(_on_file(sheet.matcher, element), key=lambda entry: entry[1:3])
        for test, specificity, _order, pseudo, payload in entries:
            place = pseudo, specificity, id(payload[0])
            if not _only_own(test):
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


def _only_own(test: Any) -> bool:  # noqa: ANN401
    """Return whether a selector can be told from an element's name and attributes alone."""
    return isinstance(test, Test) and _names_only_own(test.source)


@cache
def _names_only_own(source: str) -> bool:
    asked = set(re.findall(r"\bel\.(\w+)", source))
    return asked <= OWN and set(re.findall(r"\betree_element\.(\w+)", source)) <= READ


def _lower(name: str) -> str:
    """Return a name with ASCII letters in lower case, as HTML compares names."""
    return name.encode("utf-8").lower().decode("utf-8")


def _declare(style: Cascaded, name: str, values: Any, weight: tuple[Any, ...]) -> None:  # noqa: ANN401
    """Let a declaration count unless a weightier one is there."""
    old = style.get(name)
    if old is None or old[1] <= weight:
        style[name] = values, weight
