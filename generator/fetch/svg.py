"""What speaks against drawing an SVG: scripts, other files, entities, and bombs made of `use`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

from generator.fetch.washing import RUN, SHOWN, local

# reliability.md: a `use` bomb kept the engine busy for more than 20 s. A drawing of 20,000 nodes,
# each `use` counted as what it draws, takes about one.
MAX_NODES = 20_000
# The engine draws by recursion, four frames or more a level.
MAX_DEPTH = 100

_FORBIDDEN = RUN | SHOWN
# What is drawn where it is referred to, so that references multiply.
_DRAWN_AGAIN = frozenset({"pattern", "mask", "marker", "clippath", "filter", "symbol"})
_URL = re.compile(r"url\(\s*['\"]?\s*([^)]*)", re.IGNORECASE)
_LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
_INLINE_RASTER = re.compile(r"data:image/(png|jpe?g|gif|webp)[;,]", re.IGNORECASE)


class _ObjectionError(Exception):
    """Why the SVG is not drawn."""


@dataclass(slots=True)
class _Node:
    """An element: what is inside it, and the ids that it refers to."""

    tag: str
    children: list[int] = field(default_factory=list)
    uses: list[str] = field(default_factory=list)
    paints: list[str] = field(default_factory=list)


class _Reader:
    """Reads an SVG into nodes, in the order of the document, and objects on the way."""

    def __init__(self) -> None:
        self.nodes: list[_Node] = []
        self.ids: dict[str, int] = {}
        self._open: list[int] = []
        self._style: list[str] = []

    def read(self, content: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = _entity
        parser.ProcessingInstructionHandler = _instruction
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(content, True)  # noqa: FBT003  (expat takes it by position)

    def _doctype(self, _name: str, _system: str | None, _public: str | None, inner: int) -> None:
        # A bare DOCTYPE is harmless, nothing is loaded for it, and drawing programs write it.
        if inner:
            msg = "declares entities"
            raise _ObjectionError(msg)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if not self._open and tag != "svg":
            msg = f"is no SVG: it begins with <{name}>"
            raise _ObjectionError(msg)
        if tag in _FORBIDDEN:
            msg = f"holds <{name}>, which a picture may not"
            raise _ObjectionError(msg)
        node, place = _Node(tag), len(self.nodes)
        for key, value in attributes.items():
            self._attribute(node, place, key, value)
        if self._open:
            self.nodes[self._open[-1]].children.append(place)
        self.nodes.append(node)
        self._open.append(place)
        if len(self._open) > MAX_DEPTH or place >= MAX_NODES:
            _too_much(MAX_NODES if place >= MAX_NODES else None)

    def _attribute(self, node: _Node, place: int, key: str, value: str) -> None:
        name = local(key)
        if name.startswith("on"):
            msg = f"holds a script in `{key}`"
            raise _ObjectionError(msg)
        if key == "id":
            self.ids.setdefault(value, place)
        elif name in {"href", "src"}:
            # A picture's own links lead nowhere in a PDF; nothing is fetched for them.
            harmless = node.tag == "a" and _LINK.match(value)
            node.uses.extend([] if harmless else _inside([value], key))
        else:
            node.paints.extend(_inside(_URL.findall(value), key))

    def _end(self, _name: str) -> None:
        place = self._open.pop()
        if self.nodes[place].tag == "style":
            self._stylesheet("".join(self._style))
            self._style.clear()

    def _text(self, text: str) -> None:
        if self._open and self.nodes[self._open[-1]].tag == "style":
            self._style.append(text)

    def _stylesheet(self, css: str) -> None:
        if "@import" in css.lower():
            msg = "imports a stylesheet"
            raise _ObjectionError(msg)
        _inside(_URL.findall(css), "style")


def objection(content: bytes) -> str | None:
    """Return why an SVG is not drawn, as the rest of a sentence, or None if nothing speaks so."""
    reader = _Reader()
    try:
        reader.read(content)
        _weigh(reader)
    except _ObjectionError as reason:
        return str(reason)
    except (expat.ExpatError, ValueError, LookupError) as trouble:
        return f"is no sound XML: {trouble}"
    return None


def _entity(name: str, *_rest: object) -> None:
    msg = f"declares the entity `{name}`"
    raise _ObjectionError(msg)


def _instruction(target: str, _text: str) -> None:
    if target.lower() == "xml-stylesheet":
        msg = "names a stylesheet"
        raise _ObjectionError(msg)


def _inside(references: list[str], key: str) -> list[str]:
    """Return the ids that are referred to; object to what lies outside of the picture."""
    ids = []
    for reference in (text.strip().strip("'\"").strip() for text in references):
        if reference.startswith("#"):
            ids.append(reference[1:])
        elif reference and not _INLINE_RASTER.match(reference):
            msg = f"refers to `{reference[:60]}` in `{key}`, which is outside of it"
            raise _ObjectionError(msg)
    return ids


def _weigh(reader: _Reader) -> None:
    """Object if drawing would take too many nodes or levels, or would never end."""
    weights: dict[int, tuple[int, int]] = {}
    under_way: set[int] = set()
    stack = [0] if reader.nodes else []
    while stack:
        place = stack[-1]
        edges = _edges(reader, place)
        if place in weights:
            stack.pop()
        elif place in under_way:
            weights[place] = _sum(weights[edge] for edge in edges)
            under_way.discard(stack.pop())
        else:
            under_way.add(place)
            if any(edge in under_way for edge in edges):
                msg = "refers to itself"
                raise _ObjectionError(msg)
            stack.extend(edge for edge in edges if edge not in weights)


def _sum(inner: Iterable[tuple[int, int]]) -> tuple[int, int]:
    nodes, depth = 1, 1
    for more, deeper in inner:
        nodes, depth = nodes + more, max(depth, deeper + 1)
    if nodes > MAX_NODES:
        _too_much(MAX_NODES)
    if depth > MAX_DEPTH:
        _too_much(None)
    return nodes, depth


def _edges(reader: _Reader, place: int) -> list[int]:
    node = reader.nodes[place]
    used = [reader.ids[name] for name in node.uses if name in reader.ids]
    painted = [reader.ids[name] for name in node.paints if name in reader.ids]
    again = [target for target in painted if reader.nodes[target].tag in _DRAWN_AGAIN]
    return [*node.children, *used, *again]


def _too_much(nodes: int | None) -> None:
    msg = f"draws more than {nodes:,} nodes" if nodes else f"is nested over {MAX_DEPTH} levels deep"
    raise _ObjectionError(msg)
