"""From the files that set something to what one target of one brand is built with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator import frontmatter
from generator.errors import GeneratorError, Location, Problem, UsageError, choices, error
from generator.library import Library, brands, canvases, themes
from generator.library.checking import validated
from generator.library.colors import AA, contrast
from generator.library.derive import retinted
from generator.model import Brand, Canvas, Document, Theme, Value
from generator.settings.cascade import Layer, Settled, merge
from generator.settings.schema import KEYS, Settings

NO_DOCUMENT = Document({}, {}, "")
DEFAULT_TARGET = "linkedin"


@dataclass(frozen=True, slots=True)
class Given:
    """What the user set: project file, front matter, command line."""

    project: Document = NO_DOCUMENT
    front: Document = NO_DOCUMENT
    command: Document = NO_DOCUMENT


@dataclass(frozen=True, slots=True)
class Resolved:
    """All settings of one target of one brand, and the looks that they name."""

    settings: Settings
    settled: Settled
    target: str
    theme: Theme
    brand: Brand
    canvas: Canvas
    problems: tuple[Problem, ...]


def command_line(pairs: Sequence[tuple[str, Value]]) -> Document:
    """Return the settings given on the command line, `a.b` being a key in a mapping."""
    values: dict[str, Value] = {}
    place = Location("command line")
    for name, value in pairs:
        branch = values
        *above, last = name.split(".")
        for key in above:
            below = branch.setdefault(key, {})
            if not isinstance(below, dict):
                raise UsageError(error("usage", f"`{name}` is set below a value", place))
            branch = below
        branch[last] = value
    return Document(values, {(): place}, "command line")


def targets(library: Library, given: Given) -> list[str]:
    """Return the names of the canvases to build for, in order."""
    chosen = _strongest("targets", _named_layers(library, given, ""))
    if chosen is None:
        return [DEFAULT_TARGET]
    value, place = chosen
    names = (
        [value] if isinstance(value, str) else list(value) if isinstance(value, list | dict) else []
    )
    if not names or not all(isinstance(name, str) for name in names):
        raise GeneratorError(error("value-type", "`targets` wants a list of canvases", place))
    return [str(name) for name in dict.fromkeys(names)]


def brand_names(library: Library, given: Given) -> list[str]:
    """Return the brands to build for; one empty name if there is none."""
    chosen = _strongest("brand", _named_layers(library, given, ""))
    if chosen is None:
        return [""]
    value, place = chosen
    if value == "all":
        return list(library.names(brands.FOLDER, brands.FILE))
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise GeneratorError(error("value-type", "`brand` wants a name or a list of names", place))
    return [str(name) for name in names] or [""]


def resolve(library: Library, given: Given, target: str, brand_name: str) -> Resolved:
    """Return what `target` is built with for one brand."""
    named = list(_named_layers(library, given, target))
    asked = _strongest("brand", named)
    brand = Brand()
    if brand_name:
        brand = brands.load(library, brand_name, asked[1] if asked else None)
    speaker = _brand_layers(brand)
    named = list(_named_layers(library, given, target, speaker))
    canvas = canvases.load(library, target, _target_place(given, target))
    theme_name, theme_place = _strongest("theme", named) or ("night", None)
    theme, doubtful = themes.load(library, str(theme_name), theme_place)
    settled = merge(
        [Layer("canvas", canvas.settings), Layer("theme", theme.settings), *named],
        given.front.path or "command line",
        brand.locked,
    )
    settings = validated(Settings, _without(settled.document, "targets"))
    theme, clashes = _tinted(theme, brand)
    problems = (*doubtful, *settled.problems, *clashes)
    return Resolved(settings, settled, target, theme, brand, canvas, problems)


def _named_layers(
    library: Library, given: Given, target: str, speaker: Sequence[Layer] = ()
) -> Iterator[Layer]:
    """Yield the layers from the project file up, weakest first, each with only its own keys."""
    own = _target(given, target)
    strong = [Layer("front matter", given.front), *own, Layer("command line", given.command)]
    preset = _strongest("preset", [Layer("threadpress.yaml", given.project), *speaker, *strong])
    yield _checked(Layer("threadpress.yaml", given.project))
    yield from speaker
    if preset:
        document, _ = library.document(
            "themes/_presets", str(preset[0]), ".yaml", "preset", preset[1]
        )
        yield _checked(Layer("preset", _without(document, "description")))
    for layer in strong:
        yield _checked(layer)


def _target(given: Given, target: str) -> list[Layer]:
    for document in (given.front, given.project):
        below = document.below("targets", target)
        if below.values:
            return [Layer(f"targets.{target}", below)]
    return []


def _target_place(given: Given, target: str) -> Location | None:
    for document in (given.command, given.front, given.project):
        chosen = document.values.get("targets")
        if chosen == target:
            return document.place("targets")
        if isinstance(chosen, dict) and target in chosen:
            return document.place("targets", target)
        if isinstance(chosen, list) and target in chosen:
            return document.place("targets", chosen.index(target))
    return None


def _brand_layers(brand: Brand) -> list[Layer]:
    return [
        Layer(name, layer)
        for name, layer in zip(("brand", "profile"), brand.settings, strict=False)
    ]


def _checked(layer: Layer) -> Layer:
    """Return the layer, or tell which of its keys it does not know."""
    kind = "target" if layer.name.startswith("targets.") else layer.name
    known = KEYS[kind]
    wrong = [
        error("key-unknown", f"unknown key `{key}`", layer.document.place(key),
              _hint(key, kind, known))
        for key in layer.document.values if key not in known
    ]  # fmt: skip
    if wrong:
        raise GeneratorError(*wrong)
    return layer


def _hint(key: str, kind: str, known: frozenset[str]) -> str:
    others = [other for other, keys in KEYS.items() if key in keys]
    return f"it belongs into {others[0]}, not into {kind}" if others else choices(key, known)


def _strongest(
    key: str, layers: Sequence[Layer] | Iterator[Layer]
) -> tuple[Value, Location] | None:
    found = None
    for layer in layers:
        if layer.document.values.get(key) is not None:
            found = (layer.document.values[key], layer.document.place(key))
    return found


def _without(document: Document, key: str) -> Document:
    values = {name: value for name, value in document.values.items() if name != key}
    return Document(values, document.places, document.path)


def _tinted(theme: Theme, brand: Brand) -> tuple[Theme, list[Problem]]:
    """Return the theme in the brand's colours; a locked colour that does not read is an error."""
    from dataclasses import replace  # noqa: PLC0415  only where a brand has colours

    tinted = retinted(theme.colors, brand.colors, brand.tint)
    for role, color in brand.colors.items():
        if f"colors.{role}" in brand.locked and tinted.get(role) != color and brand.tint != "none":
            ratio = contrast(color, theme.colors["bg"])
            message = (
                f"the locked colour `{role}` {color} has a contrast of {ratio:.1f} on the theme "
                f"`{theme.name}`; it would need {AA} and may not be moved"
            )
            hint = "choose another theme for this brand, or unlock the colour"
            raise GeneratorError(error("contrast-locked", message, brand.location, hint))
    return replace(theme, colors=tinted), _moved(tinted, brand)


def _moved(tinted: Mapping[str, str], brand: Brand) -> list[Problem]:
    from generator.errors import info  # noqa: PLC0415

    return [
        info("contrast-moved", f"the brand's {role} {color} became {tinted[role]} to be readable",
             brand.location)
        for role, color in brand.colors.items()
        if brand.tint != "none" and role in tinted and tinted[role] != color
    ]  # fmt: skip


__all__ = ["Given", "Resolved", "brand_names", "command_line", "frontmatter", "resolve", "targets"]
