"""What selectors and declarations give an element, remembered from one document to the next.

A deck's slides are alike: the same elements, of the same classes, below the same ones. A Node is an
element's place among them. It knows what the cascade gave the element and its pseudo-elements, and
the values that were computed from that; they hold wherever the same place is met again.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from weasyprint.css import declaration_precedence, preprocess_declarations

MOST = 20_000
"""Nodes that are remembered before all are forgotten: some hundred decks."""
INLINE = float("inf")
"""The layer order of what is in no layer."""

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

    def spoil(self) -> None:
        """Forget all: a value depends on the document, or something was said when it was made."""
        self.values, self.specified, self.spoiled = {}, {}, True

    def below(self) -> "Template":
        """Return the template of the anonymous boxes in such an element's box."""
        if self.anonymous is None:
            self.anonymous = Template()
        return self.anonymous


@dataclass(slots=True)
class Node:
    """A place: what is declared there, by pseudo-element, and the places below it."""

    cascades: dict[str | None, Cascaded]
    kin: tuple[Any, ...]
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


@dataclass(slots=True)
class Memory:
    """All places below one set of stylesheets; `heard` counts what WeasyPrint's logger was told."""

    sheets: tuple[Any, ...]
    base_url: str
    heard: Callable[[], int]
    top: Node = field(default_factory=lambda: Node({}, ()))
    candidates: "dict[Any, tuple[Rule, ...]]" = field(default_factory=dict)
    count: int = 0

    def node(self, above: Node, element: Any, sheets: Sheets, hints: Hints) -> Node:  # noqa: ANN401
        """Return the place of an element (cssselect2's wrapper) below another place."""
        rules = [rule for rule in self._candidates(element, sheets) if rule.test(element)]
        said = tuple(
            (specificity, *(one.serialize() for one in declared)) for specificity, declared in hints
        )
        key = (tuple(rule.place for rule in rules), said)
        if (node := above.places.get(key)) is not None:
            return node
        before = self.heard()
        node = self._new(rules, sheets, hints)
        if self.heard() == before:  # else it has to be said again for the next document
            above.places[key] = node
            self.count += 1
        return node

    def _candidates(self, element: Any, sheets: Sheets) -> "tuple[Rule, ...]":  # noqa: ANN401
        """Return the selectors that may match such an element, weakest first, with their tests."""
        attributes = element.etree_element.attrib
        key = (element.etree_element.tag, attributes.get("id"), attributes.get("class"))
        key += ("lang" in attributes,)
        if (found := self.candidates.get(key)) is None:
            found = tuple(_filed(element, sheets))
            self.candidates[key] = found
        return found

    def _new(self, rules: "Sequence[Rule]", sheets: Sheets, hints: Hints) -> Node:
        cascades: dict[str | None, Cascaded] = {}
        for specificity, declared in hints:
            style = cascades.setdefault(None, {})
            for name, values, importance in preprocess_declarations(self.base_url, declared):
                precedence = declaration_precedence("author", importance)
                _declare(style, name, values, (precedence, INLINE, specificity))
        kin = []
        for rule in rules:
            index, _order = rule.place
            sheet, origin, specificity = sheets[index]
            declarations, layer = rule.payload
            layer_order = INLINE if layer is None else sheet.layers.index(layer)
            kin.append((index, rule.specificity, id(declarations), layer_order))
            style = cascades.setdefault(rule.pseudo, {})
            for name, values, importance in declarations:
                weight = declaration_precedence(origin, importance), layer_order
                _declare(style, name, values, (*weight, specificity or rule.specificity))
        return Node(cascades, tuple(kin), lone=bool(hints))


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A selector with its declarations and their layer; `place` is the sheet's and its own number."""

    test: Callable[[Any], bool]
    specificity: tuple[int, int, int]
    place: tuple[int, int]
    pseudo: str | None
    payload: tuple[Any, str | None]


def _filed(element: Any, sheets: Sheets) -> Iterator[Rule]:  # noqa: ANN401
    """Yield what each sheet has on file under an element's id, classes and name."""
    for index, (sheet, _origin, _specificity) in enumerate(sheets):
        entries = sorted(_on_file(sheet.matcher, element), key=lambda entry: entry[1:3])
        for test, specificity, order, pseudo, payload in entries:
            yield Rule(test, specificity, (index, order), pseudo, payload)


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


def _lower(name: str) -> str:
    """Return a name with ASCII letters in lower case, as HTML compares names."""
    return name.encode("utf-8").lower().decode("utf-8")


def _declare(style: Cascaded, name: str, values: Any, weight: tuple[Any, ...]) -> None:  # noqa: ANN401
    """Let a declaration count unless a weightier one is there."""
    old = style.get(name)
    if old is None or old[1] <= weight:
        style[name] = values, weight
