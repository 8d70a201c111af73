"""Which element has which style: by its place, as the document before may have had it."""

from typing import Any, cast

from weasyprint.css import InitialStyle, StyleFor
from weasyprint.css import find_style_attributes as style_attributes
from weasyprint.css.properties import ZERO_PIXELS

from generator.paginate.seams import _memory
from generator.paginate.seams._computed import Computed, Document, notice
from generator.paginate.seams._nodes import MOST_NODES, Hints, Memory, Node

SIDES = ("top", "bottom", "left", "right")


class Styles(StyleFor):  # type: ignore[misc]  # WeasyPrint is untyped
    """Gives elements their styles; those of pseudo-elements are made when they are asked for."""

    def __init__(
        self,
        html: Any,  # noqa: ANN401
        sheets: Any,  # noqa: ANN401
        presentational_hints: Any,  # noqa: ANN401
        font_config: Any,  # noqa: ANN401
        target_collector: Any,  # noqa: ANN401
    ) -> None:
        """Find the places of all elements; what is not as expected is left to WeasyPrint."""
        self.nodes: dict[Any, Node] = {}
        self.document = Document()
        self.root, self.base_url = html.etree_element, html.base_url
        self._start(sheets, font_config)
        if all(_lasting(*sheet) for sheet in sheets):
            finder = self._memory(font_config).finder(sheets)
            nodes = finder.quick(html.etree_element)
            if nodes is None:
                nodes = finder.slow(html.wrapper_element, _hints(html, presentational_hints))
            if self._compute(nodes, target_collector):
                return
        self.nodes = {}
        super().__init__(html, sheets, presentational_hints, font_config, target_collector)

    def _start(self, sheets: Any, font_config: Any) -> None:  # noqa: ANN401
        """Set what WeasyPrint's own sets."""
        self._cascaded_styles: dict[Any, Any] = {}
        self._computed_styles: dict[Any, Any] = {}
        self.initial_page_sizes: dict[str, Any] = {"box": None, "area": None}
        self._sheets = sheets
        self.font_config = font_config

    def _memory(self, fonts: Any) -> Memory:  # noqa: ANN401
        """Return what is remembered of documents with these fonts."""
        memories = _memory.beside(fonts, "styles", dict)
        memory = memories.get(self.base_url)
        if memory is None or memory.count > MOST_NODES:
            memory = memories[self.base_url] = Memory(self.base_url, lambda: notice.said)
        return cast("Memory", memory)

    def _compute(self, nodes: dict[Any, Node], target_collector: Any) -> bool:  # noqa: ANN401
        """Make the styles of elements; return whether they share them only with their like."""
        parents = {child: parent for parent in nodes for child in parent}
        kin = _kin(nodes, parents)
        if kin is None:
            return False
        self.nodes = nodes
        for element, like in kin.items():
            if like is not element:
                self._computed_styles[element, None] = self._computed_styles[like, None]
            else:
                style = self._style(nodes[element], element, None, parents.get(element))
                target_collector.collect_anchor(style["anchor"])
        for element, node in nodes.items():
            for pseudo, cascaded in node.cascades.items():
                if pseudo and "anchor" in cascaded:
                    style = self._style(node, element, pseudo, element)
                    target_collector.collect_anchor(style["anchor"])
        return True

    def _style(self, node: Node, element: Any, pseudo: str | None, above: Any) -> Computed:  # noqa: ANN401
        """Make the style of an element, or of one of its pseudo-elements."""
        parent = None if above is None else self._computed_styles[above, None]
        if above is None:
            root = InitialStyle(self.font_config)
        else:
            root = self._computed_styles[self.root, None]
        style = self._computed_styles[element, pseudo] = Computed(
            self.document,
            node.template(pseudo),
            parent,
            node.cascades.get(pseudo, {}),
            pseudo,
            root,
            self.base_url,
            self.font_config,
            self.initial_page_sizes,
        )
        return style

    def __call__(self, element: Any, pseudo_type: str | None = None) -> Any:  # noqa: ANN401
        """Return the style of an element or pseudo-element, or None of one that nothing names."""
        if not self.nodes:
            return super().__call__(element, pseudo_type)
        style = self._computed_styles.get((element, pseudo_type))
        if style is None:
            node = self.nodes.get(element)
            if node is None or pseudo_type not in node.cascades:
                return None
            style = self._style(node, element, pseudo_type, element)
        _settle(style)
        return style

    def set_page_styles(self, page_type: Any) -> None:  # noqa: ANN401
        """Make the style of a page; those of its margins are made when they are asked for."""
        places = self.nodes[self.root].places
        key = page_type, *(id(sheet) for sheet, *_ in self._sheets)
        node = places.get(key)
        if node is None:
            self.add_page_declarations(page_type)
            cascades = {pseudo: style for (_page, pseudo), style in self._cascaded_styles.items()}
            self._cascaded_styles.clear()
            node = places[key] = Node(cascades)
        for pseudo in node.cascades:
            self._computed_styles.pop((page_type, pseudo), None)
        self.nodes[page_type] = node
        self._style(node, page_type, None, self.root)


def _kin(nodes: dict[Any, Node], parents: dict[Any, Any]) -> dict[Any, Any] | None:
    """Return for each element the first that it shares its style with.

    WeasyPrint tells by selectors' declarations alone which elements are alike: `p.a, .b::after`
    makes it give `.b` what is meant for `p.a`. Where that happens, it has to do it all itself.
    """
    kin: dict[Any, Any] = {}
    shared: dict[Any, tuple[Node, Any]] = {}
    for element, node in nodes.items():
        kin[element] = element
        if not node.lone:
            key = kin.get(parents.get(element)), node.kin
            known, like = shared.setdefault(key, (node, element))
            if known is not node:
                return None
            kin[element] = like
    return kin


def _settle(style: Any) -> None:  # noqa: ANN401
    """Take padding and margins from parts of tables, as WeasyPrint does whenever it is asked."""
    display = style["display"]
    if "table" in display and style["border_collapse"] == "collapse":
        for side in SIDES:
            dict.__setitem__(style, f"padding_{side}", ZERO_PIXELS)
    if len(display) == 1 and display[0].startswith("table-") and display[0] != "table-caption":
        for side in SIDES:
            dict.__setitem__(style, f"margin_{side}", ZERO_PIXELS)


def _hints(html: Any, presentational_hints: Any) -> dict[Any, Hints]:  # noqa: ANN401
    """Return what elements' attributes declare, by element."""
    hints: dict[Any, Hints] = {}
    found = style_attributes(html.etree_element, presentational_hints, html.base_url)
    for specificity, element, declarations, _base_url in found:
        hints.setdefault(element, []).append((specificity, tuple(declarations)))
    return hints


def _lasting(_sheet: Any, origin: str, specificity: Any) -> bool:  # noqa: ANN401
    """Return whether a sheet is not one of the document's own, which ends with it."""
    return origin != "author" or specificity == (0, 0, 0)
