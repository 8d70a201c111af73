"""JSON Schemas of all that is written in YAML: editors complete and check by them as one types.

They are made of the models that check a build, so that both say the same; the names of looks that
there are come in as lists. Draft 7 is what editors know (`docs/decisions/0050-json-schemas.md`).
"""

import ast
import inspect
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, cast

from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from generator.library import brands, canvases, layouts, tokens
from generator.library.checking import NAMED, Schema
from generator.settings.schema import KEYS, Settings, SlideSettings
from generator.settings.vocabulary import Names

Node = dict[str, Any]
DRAFT = "http://json-schema.org/draft-07/schema#"
REF = "#/definitions/"
MODELS: tuple[type[Schema], ...] = (
    Settings, SlideSettings, brands.BrandFile, tokens.ThemeTokens, layouts.LayoutFile,
    layouts.RecipeFile, canvases.CanvasFile,
)  # fmt: skip
STRICT = frozenset({"SlideSettings", "SlideEntry", "Typography", "OutroLine", "Target"})
"""What does not merge, so that `null` is no value in it."""
LAYERS = ("Settings", "Target", "Cover", "Outro", "DeckTypography", "FontFamilies", "AuthorFile")
OPTION: Node = {
    "type": "object",
    "properties": {
        "type": {"anyOf": [{"enum": ["text", "number", "boolean", "choice"]}, {"type": "string"}]},
        "choices": {"type": "array"},
        "default": {},
        "description": {"type": "string"},
    },
}
"""What layout.yaml says of one option."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: what it is, which files are of it, and what makes its schema."""

    title: str
    files: tuple[str, ...]
    make: Callable[[Node], Node]


def written(names: Names, kinds: Iterable[str] = ()) -> dict[str, Node]:
    """Return the JSON Schemas of kinds of files in a project with looks of these names."""
    known = _definitions(names)
    return {kind: _written(kind, known) for kind in kinds or KINDS}


def _written(kind: str, known: Node) -> Node:
    root = KINDS[kind].make(known)
    used = dict(sorted(_reached(root, known)))
    own = {key: one for key, one in root.items() if key not in ("title", "description")}
    head = {"$schema": DRAFT, "title": KINDS[kind].title}
    return {**head, **own, **({"definitions": used} if used else {})}


def _layer(kind: str, *more: str) -> Callable[[Node], Node]:
    """Return what makes the schema of a layer of settings, with further keys that are texts."""

    def make(known: Node) -> Node:
        settings = known["Settings"]
        kept = {key: one for key, one in settings["properties"].items() if key in KEYS[kind]}
        kept |= {key: {"type": "string"} for key in more}
        return {**settings, "properties": kept}

    return make


def _model(name: str) -> Callable[[Node], Node]:
    return lambda known: cast("Node", known[name])


def _theme(known: Node) -> Node:
    """Return a theme's schema: one that extends another need not say what a theme needs."""
    root = known["ThemeTokens"]
    own = {key: one for key, one in root.items() if key != "required"}
    known["Variant"] = own
    properties = {
        "extends": {
            "description": "Another theme that it is made of.",
            "allOf": [{"$ref": f"{REF}base-name"}],
        },
        **root["properties"],
        "variants": {
            "description": "The same theme in other tokens, asked for as theme/variant.",
            "type": "object",
            "additionalProperties": {"$ref": f"{REF}Variant"},
        },
    }
    families = {"additionalProperties": {"required": ["family"]}, "required": ["text"]}
    whole = {
        "required": ["colors", "fonts"],
        "properties": {"colors": {"required": ["bg", "fg", "accent"]}, "fonts": families},
    }
    return {**own, "properties": properties, **_unless("extends", whole)}


def _canvas(known: Node) -> Node:
    """Return a canvas' schema: one that is like another need not say how large it is."""
    root = known["CanvasFile"]
    own = {key: one for key, one in root.items() if key != "required"}
    return {**own, **_unless("like", {"required": root["required"]})}


def _unless(key: str, wanted: Node) -> Node:
    return {"if": {"required": [key]}, "then": {}, "else": wanted}


KINDS: Mapping[str, Kind] = {
    "threadpress": Kind("What holds for all threads", ("threadpress.yaml",),
                        _layer("threadpress.yaml")),
    "front-matter": Kind("A thread's front matter", ("content/**/*.md",), _layer("front matter")),
    "comment": Kind("The comment that opens a post", (), _model("SlideSettings")),
    "preset": Kind("A saved set of settings", ("themes/_presets/*.yaml",),
                   _layer("preset", "description")),
    "brand": Kind("Who speaks", ("themes/_brands/*/brand.yaml",), _model("BrandFile")),
    "theme": Kind("A theme's tokens", ("themes/*/theme.yaml",), _theme),
    "layout": Kind("A layout's contract", ("layouts/*/layout.yaml",), _model("LayoutFile")),
    "canvas": Kind("A target", ("layouts/_canvases/*.yaml",), _canvas),
    "recipe": Kind("Which slides a thread gives", ("layouts/_recipes/*.yaml",),
                   _model("RecipeFile")),
}  # fmt: skip
"""What there is a schema for, by name."""


class _Untitled(GenerateJsonSchema):
    """Makes schemas whose fields have no titles: they would only repeat the keys."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002  pydantic's signature
        return False


def _definitions(names: Names) -> Node:
    """Return the schemas of all models by name, with the names of looks in them."""
    wanted = [(model, "validation") for model in MODELS]
    _, made = models_json_schema(
        cast("Any", wanted), ref_template=f"{REF}{{model}}", schema_generator=_Untitled
    )
    known: Node = made["$defs"]
    for model in _models(MODELS):
        for key, told in _told(model).items():
            _describe(known[model.__name__]["properties"], key, told)
    target = {key: one for key, one in known["Settings"]["properties"].items()
              if key in KEYS["target"]}  # fmt: skip
    known["Target"] = {**known["Settings"], "properties": target}
    for name in ("Speaker", "BrandFile"):
        own = known[name]["properties"]
        own |= {key: _or_null(known["Settings"]["properties"][key]) for key in brands.SETTINGS}
    for name in (*LAYERS, "ImageFile", "Seamless", "PatternTokens"):
        _nullable(known[name])
    known["FontTokens"].pop("required")  # a theme that extends another says only what differs
    known = {name: _filled(one, names["target"]) for name, one in known.items()}
    return {**known, **{f"{kind}-name": _one_of(found) for kind, found in names.items()}}


def _models(found: Iterable[type[Schema]]) -> Iterator[type[Schema]]:
    """Yield models and those that their fields are of."""
    waiting, seen = list(found), set[type[Schema]]()
    while waiting:
        model = waiting.pop()
        if model not in seen:
            seen.add(model)
            yield model
            for field in model.model_fields.values():
                waiting += _within(field.annotation)


def _within(annotation: object) -> list[type[Schema]]:
    if isinstance(annotation, type) and issubclass(annotation, Schema):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _within(part)]


def _told(model: type[Schema]) -> Mapping[str, str]:
    """Return what the source says below each field of a model."""
    found: dict[str, str] = {}
    for base in reversed(model.__mro__):
        found |= _said(base.__module__).get(base.__name__, {}) if issubclass(base, Schema) else {}
    return found


@cache
def _said(module: str) -> Mapping[str, Mapping[str, str]]:
    """Return what a module's source says below the fields of its classes."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {
        one.name: {
            line.target.id: below.value.value
            for line, below in pairwise(one.body)
            if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
            if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)
            if isinstance(below.value.value, str)
        }
        for one in tree.body
        if isinstance(one, ast.ClassDef)
    }


def _describe(properties: Node, key: str, told: str) -> None:
    """Say what a key is; beside a reference Draft 7 reads nothing."""
    one = properties[key]
    kept = {"allOf": [{"$ref": one["$ref"]}]} if "$ref" in one else one
    default = one.get("default")
    plain = {"default": default} if isinstance(default, str | int | float) and default else {}
    rest = {name: value for name, value in kept.items() if name != "default"}
    properties[key] = {"description": told, **plain, **rest}


def _nullable(model: Node) -> None:
    """Let every key be null that need not be there: in a layer it changes nothing."""
    needed = model.get("required", ())
    model["properties"] = {
        key: one if key in needed else _or_null(one) for key, one in model["properties"].items()
    }


def _or_null(one: Node) -> Node:
    null = {"type": "null"}
    if null in one.get("anyOf", ()):
        return one
    told = {key: value for key, value in one.items() if key in ("description", "default")}
    rest = {key: value for key, value in one.items() if key not in told}
    return {**told, "anyOf": [*rest["anyOf"], null] if [*rest] == ["anyOf"] else [rest, null]}


def _filled(node: Any, targets: Iterable[str]) -> Any:  # noqa: ANN401  JSON
    """Return a schema that refers to lists of names where `checking.named` left its marks."""
    if isinstance(node, list):
        return [_filled(one, targets) for one in node]
    if not isinstance(node, dict):
        return node
    if isinstance(kind := node.get(NAMED), str):
        rest = {key: one for key, one in node.items() if key not in (NAMED, "known", "type")}
        return {**rest, **_meant(kind, targets, known=node["known"])}
    filled = {key: _filled(one, targets) for key, one in node.items()}
    keys = filled.get("propertyNames", {}).get("enum")
    if keys and isinstance(filled.get("additionalProperties"), dict):  # editors complete these
        value = filled["additionalProperties"]
        del filled["propertyNames"]
        filled |= {"properties": dict.fromkeys(keys, value), "additionalProperties": False}
    return filled


def _meant(kind: str, targets: Iterable[str], *, known: bool) -> Node:
    """Return the schema that a mark stands for."""
    if kind == "settings":
        return {"allOf": [{"$ref": f"{REF}Settings"}]}
    if kind == "targets":
        value = {"anyOf": [{"$ref": f"{REF}Target"}, {"type": "null"}]}
        properties = dict.fromkeys(targets, value)
        return {"type": "object", "properties": properties, "additionalProperties": False}
    if kind == "option":
        return OPTION
    names: Node = {"$ref": f"{REF}{kind}-name"}
    return {"allOf": [names]} if known else {"anyOf": [names, {"type": "string"}]}


def _one_of(names: Iterable[str]) -> Node:
    """Return the schema of one of these names; where there are none, nothing fits."""
    return {"type": "string", "enum": [*names]} if names else {"not": {}}


def _reached(root: object, known: Node) -> Iterator[tuple[str, Node]]:
    """Yield the definitions that a schema refers to, and those that they refer to."""
    waiting, seen = [root], set[str]()
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            name = str(node.get("$ref", "")).removeprefix(REF)
            if name and name not in seen:
                seen.add(name)
                waiting.append(known[name])
                yield name, known[name]
            waiting += node.values()
