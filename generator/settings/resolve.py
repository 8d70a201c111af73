"""From the files that set something to what one target of one brand is built with."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator import frontmatter
from generator.errors import GeneratorError, Location, Problem, UsageError, choices, error, info
from generator.library import Library, brands, canvases, colors, themes
from generator.library.checking import validated
from generator.library.derive import replaced, retinted
from generator.model import Brand, Canvas, Document, Theme, Value
from generator.settings.cascade import BEFORE_LOCKS, Layer, Settled, merge
from generator.settings.schema import KEYS, Settings
from generator.settings.typesetting import typeset

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


def brand_names(library: Library, given: Given, target: str = "") -> list[str]:
    """Return the brands to build `target` for; one empty name if there is none."""
    chosen = _strongest("brand", _named_layers(library, given, target))
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
        place = asked[1] if asked else None
        brand = library.once(
            ("brand", brand_name), lambda looks: brands.load(looks, brand_name, place)
        )
    _demand_locks(brand)
    named = list(_named_layers(library, given, target, brand))
    place = _target_place(given, target)
    canvas = library.once(("canvas", target), lambda looks: canvases.load(looks, target, place))
    theme_name, theme_place = _strongest("theme", _open(named, brand, "theme")) or ("night", None)
    theme, doubtful = library.once(
        ("theme", theme_name), lambda looks: themes.load(looks, str(theme_name), theme_place)
    )
    settled = merge(
        [Layer("canvas", canvas.settings), Layer("theme", theme.settings), *named],
        given.front.path or "command line",
        brand.locked,
    )
    settings = validated(Settings, _without(settled.document, "targets"))
    theme, clashes = _tinted(theme, brand)
    theme, floors = typeset(library, theme, settings.typography, settled.document.place)
    problems = (*doubtful, *settled.problems, *clashes, *floors)
    return Resolved(settings, settled, target, theme, brand, canvas, problems)


def _demand_locks(brand: Brand) -> None:
    """Raise if a brand locks what nobody can set."""
    known = (*Settings.model_fields, "colors")
    wrong = [
        error("key-unknown", f"there is no `{key}` to lock", _place(brand, "locked", index),
              choices(key.partition(".")[0], known))
        for index, key in enumerate(brand.locked) if key.partition(".")[0] not in known
    ]  # fmt: skip
    if wrong:
        raise GeneratorError(*wrong)


def _open(layers: Iterable[Layer], brand: Brand, key: str) -> list[Layer]:
    """Return the layers that may set a key: behind the brand none, if the brand locks it."""
    return [layer for layer in layers if key not in brand.locked or layer.name in BEFORE_LOCKS]


def _named_layers(
    library: Library, given: Given, target: str, brand: Brand | None = None
) -> Iterator[Layer]:
    """Yield the layers from the project file up, weakest first, each with only its own keys."""
    brand = brand or Brand()
    own = _target(given, target)
    weak = [_checked(Layer("threadpress.yaml", given.project)), *_brand_layers(brand)]
    strong = [Layer("front matter", given.front), *own, Layer("command line", given.command)]
    preset = _strongest("preset", _open([*weak, *strong], brand, "preset"))
    yield from weak
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
    moved = [
        role for role in replaced(brand.colors, brand.tint) if tinted[role] != brand.colors[role]
    ]
    locked = [role for role in moved if {"colors", f"colors.{role}"} & set(brand.locked)]
    if locked:
        raise GeneratorError(*(_fixed(theme, tinted, brand, role) for role in locked))
    dark = colors.dark(tinted["bg"])
    return replace(theme, colors=tinted, dark=dark), [_moved(tinted, brand, role) for role in moved]


def _fixed(theme: Theme, tinted: Mapping[str, str], brand: Brand, role: str) -> Problem:
    ground = "accent" if role == "on-accent" else "bg"
    ratio = colors.contrast(brand.colors[role], tinted[ground])
    message = (
        f"the locked colour `{role}` {brand.colors[role]} has a contrast of {ratio:.1f} on the "
        f"`{ground}` of the theme `{theme.name}`; it would need {colors.AA} and may not be moved"
    )
    hint = "choose another theme for this brand, or unlock the colour"
    return error("contrast-locked", message, _place(brand, "colors", role), hint)


def _moved(tinted: Mapping[str, str], brand: Brand, role: str) -> Problem:
    message = f"the brand's {role} {brand.colors[role]} became {tinted[role]} to be readable"
    return info("contrast-moved", message, _place(brand, "colors", role))


def _place(brand: Brand, *keys: str | int) -> Location | None:
    """Return where the profile, else the brand, sets something."""
    found = (layer.places.get(keys) for layer in reversed(brand.settings))
    return next(filter(None, found), brand.location)


__all__ = ["Given", "Resolved", "brand_names", "command_line", "frontmatter", "resolve", "targets"]
