"""Where a theme comes from: its own file, those of the themes it extends, and one variant of it."""

from collections.abc import Mapping
from typing import cast

from generator.errors import GeneratorError, Location, choices, error
from generator.library import Library
from generator.library.derive import laid_over
from generator.model import Document, Value

FOLDER, FILE = "themes", "/theme.yaml"
Values = dict[str, Value]
OWN = ("extends", "variants")
"""Keys that say how a theme is put together, and are gone when it is."""


def document(
    library: Library, wanted: str, asked: Location | None
) -> tuple[Document, tuple[str, ...]]:
    """Return a theme's tokens, what it extends below it, and the folders that they came from.

    `wanted` is NAME or NAME/VARIANT. The folders are names below `themes/`, the theme's own first.
    """
    name, _, variant = wanted.partition("/")
    found, folders = _extended(library, name, asked, ())
    if variant:
        found = _varied(found, name, variant, asked)
    return _without(found, *OWN), folders


def variants(library: Library, name: str) -> tuple[str, ...]:
    """Return the names of a theme's variants."""
    found, _ = _extended(library, name, None, ())
    return tuple(found.below("variants").values)


def _extended(
    library: Library, name: str, asked: Location | None, heirs: tuple[str, ...]
) -> tuple[Document, tuple[str, ...]]:
    own, _ = library.document(FOLDER, name, FILE, "theme", asked)
    base = own.values.get("extends")
    if base is None:
        return own, (name,)
    where, heirs = own.place("extends"), (*heirs, name)
    if not isinstance(base, str):
        raise GeneratorError(error("value-type", "`extends` is the name of a theme", where))
    if base in heirs:
        line = " > ".join((*heirs, base))
        raise GeneratorError(error("theme-cycle", f"a theme can't extend itself: {line}", where))
    below, folders = _extended(library, base, where, heirs)
    return merged(below, own), (name, *folders)


def _varied(found: Document, name: str, variant: str, asked: Location | None) -> Document:
    known = found.below("variants")
    if not isinstance(known.values.get(variant), Mapping):
        message = f"the theme `{name}` has no variant named `{variant}`"
        hint = choices(variant, known.values) if known.values else f"write `theme: {name}`"
        raise GeneratorError(error("variant-unknown", message, asked, hint))
    return merged(found, known.below(variant))


def merged(below: Document, above: Document) -> Document:
    """Return tokens laid over others: mappings merge, and what a new colour changes falls away."""
    values: dict[str, Value] = laid(below.values, above.values)
    old, new = below.values.get("colors"), above.values.get("colors")
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        values["colors"] = cast("Value", laid_over(cast("Mapping[str, str]", old),
                                                   cast("Mapping[str, str]", new)))  # fmt: skip
    return Document(values, {**below.places, **above.places}, above.path)


def laid(below: Mapping[str, Value], above: Mapping[str, Value]) -> dict[str, Value]:
    """Return values over others: mappings merge, all else replaces."""
    values = dict(below)
    for key, value in above.items():
        under = values.get(key)
        both = isinstance(under, dict) and isinstance(value, dict)
        values[key] = laid(cast("Values", under), cast("Values", value)) if both else value
    return values


def _without(found: Document, *keys: str) -> Document:
    values = {key: value for key, value in found.values.items() if key not in keys}
    return Document(values, found.places, found.path)
