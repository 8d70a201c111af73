"""Layers of settings merged into one document whose places say where each value came from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.errors import Location, Problem, warning
from generator.model import Document, KeyPath, Value

BEFORE_LOCKS = ("built-in", "canvas", "theme", "threadpress.yaml", "brand", "profile")
"""The layers that a brand's locks do not hold back."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Settings from one origin: `name` is what `explain` calls it."""

    name: str
    document: Document


@dataclass(frozen=True, slots=True)
class Settled:
    """The merged settings: `document` has the winners' places, `origins` their layers' names."""

    document: Document
    origins: Mapping[KeyPath, str]
    problems: tuple[Problem, ...] = ()

    def get(self, *keys: str) -> Value:
        """Return the value at a path of keys, or None."""
        value: Value = dict(self.document.values)
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        return value


def merge(layers: Iterable[Layer], path: str, locks: Iterable[str] = ()) -> Settled:
    """Return the layers as one: `null` changes nothing, mappings merge by key, the rest replaces.

    `locks` names dotted keys that layers after the brand's cannot change: what they try is told
    and passed over.
    """
    merging = _Merging()
    closed = tuple(tuple(key.split(".")) for key in locks)
    for layer in layers:
        if layer.name not in BEFORE_LOCKS:
            merging.closed = closed
            merging.inner = tuple((kind, *keys) for keys in closed for kind in ("cover", "outro"))
        merging.add(layer, (), layer.document.values, merging.values)
    document = Document(merging.values, merging.places, path)
    return Settled(document, merging.origins, tuple(merging.found))


@dataclass(slots=True)
class _Merging:
    """The state of a merge: what has been settled so far, and what is closed to later layers.

    `inner` is what cover and outro may set for themselves of what is closed: pattern, align.
    """

    values: dict[str, Value] = field(default_factory=dict)
    places: dict[KeyPath, Location] = field(default_factory=dict)
    origins: dict[KeyPath, str] = field(default_factory=dict)
    closed: tuple[KeyPath, ...] = ()
    inner: tuple[KeyPath, ...] = ()
    found: list[Problem] = field(default_factory=list)

    def add(
        self, layer: Layer, above: KeyPath, values: Mapping[str, Value], into: dict[str, Value]
    ) -> None:
        """Merge the values of a layer that stand below `above` into the branch `into`."""
        for key, value in values.items():
            keys = (*above, key)
            if value is None:
                continue
            if keys in self.closed or keys in self.inner:
                self.found.append(locked(keys, layer.name, layer.document.place(*keys)))
            elif isinstance(value, dict) and self._merges(keys, into.get(key)):
                self._branch(layer, keys, value, into)
            elif any(_below(path, keys) for path in self.closed):
                self.found.append(locked(keys, layer.name, layer.document.place(*keys)))
            else:
                into[key] = _copy(value)
                self._place(layer, keys, value)

    def _merges(self, keys: KeyPath, below: Value) -> bool:
        closed = (*self.closed, *self.inner)
        return isinstance(below, dict) or any(_below(path, keys) for path in closed)

    def _branch(
        self, layer: Layer, keys: KeyPath, value: dict[str, Value], into: dict[str, Value]
    ) -> None:
        below = into.get(str(keys[-1]))
        branch = below if isinstance(below, dict) else {}
        into[str(keys[-1])] = branch
        self.places.setdefault(keys, layer.document.place(*keys))
        self.origins.setdefault(keys, layer.name)
        self.add(layer, keys, value, branch)

    def _place(self, layer: Layer, keys: KeyPath, value: Value) -> None:
        for path in [path for path in self.places if _below(path, keys)]:
            del self.places[path]
            self.origins.pop(path, None)
        for path in _paths(keys, value):
            self.places[path] = layer.document.place(*path)
            self.origins[path] = layer.name


def _below(path: KeyPath, keys: KeyPath) -> bool:
    return path[: len(keys)] == keys


def _paths(keys: KeyPath, value: Value) -> Iterator[KeyPath]:
    yield keys
    if isinstance(value, dict):
        for key, below in value.items():
            if below is not None:
                yield from _paths((*keys, key), below)
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from _paths((*keys, index), below)


def _copy(value: Value) -> Value:
    """Return a value that later layers may merge into without changing where it came from."""
    if isinstance(value, dict):
        return {key: _copy(below) for key, below in value.items() if below is not None}
    return value


def locked(keys: KeyPath, layer: str, place: Location) -> Problem:
    """Return what is told of an attempt to override what the brand locks."""
    name = ".".join(str(key) for key in keys)
    message = f"the brand locks `{name}`: what {layer} sets is not used"
    return warning("locked", message, place, "remove the line, or ask whoever keeps the brand")
