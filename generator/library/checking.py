"""YAML against a schema: pydantic's findings become Problems with a place and a hint."""

import sys
from types import ModuleType
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails

from generator.errors import GeneratorError, Location, Problem, choices, error
from generator.model import Document, KeyPath


def _unplugged() -> None:
    """Have pydantic look for no plugins: it would read what every installed package says of itself.

    That takes 15 ms of a start, here with 90 packages (`docs/decisions/0032-near-the-floor.md`).
    """
    loader = ModuleType("pydantic.plugin._loader")
    loader.get_plugins = lambda: ()  # type: ignore[attr-defined]
    sys.modules.setdefault(loader.__name__, loader)


_unplugged()


class Schema(BaseModel):
    """A mapping that knows all of its keys: an unknown one is an error, numbers stay numbers."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=True)


S = TypeVar("S", bound=Schema)


NAMED = "named"
"""The key of a JSON Schema under way at which lists of names are put in."""


def named(kind: str, *, known: bool = True) -> WithJsonSchema:
    """Return what marks a text as the name of a `kind` (theme, layout …) in JSON Schemas.

    They list the names that there are; `known` ones are all that the text may be.
    """
    return WithJsonSchema(mark(kind, known=known))


def mark(kind: str, *, known: bool = True) -> dict[str, Any]:
    """Return the mark itself, to be part of a larger schema."""
    return {"type": "string", NAMED: kind, "known": known}


def listed(*names: str) -> WithJsonSchema:
    """Return what lists in JSON Schemas what a key may be, where our own code says it better."""
    return WithJsonSchema({"type": "string", "enum": list(names)})


_TOLD = {
    "string_type": "a text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "dataclass_type": "a mapping",
}


def validated(schema: type[S], document: Document) -> S:
    """Return the document as `schema`, or raise all that is wrong with it, each with its place."""
    try:
        return schema.model_validate(dict(document.values))
    except ValidationError as wrong:
        raise GeneratorError(*problems(schema, document, wrong)) from None


def problems(schema: type[Schema], document: Document, wrong: ValidationError) -> list[Problem]:
    """Return one Problem for each place that pydantic found fault with, the first cause only."""
    found: dict[KeyPath, Problem] = {}
    for fault in sorted(wrong.errors(include_url=False), key=_is_choice):
        keys = _keys(document, fault)
        found.setdefault(keys, _problem(schema, document, keys, fault))
    deepest = [one for keys, one in found.items() if not any(_above(keys, more) for more in found)]
    return sorted(deepest, key=lambda one: one.location or Location(document.path))


def _is_choice(fault: ErrorDetails) -> bool:
    """Return whether a fault is about a fixed value: of `false or a mapping` it says the less."""
    return fault["type"] == "literal_error"


def _above(keys: KeyPath, other: KeyPath) -> bool:
    """Return whether a fault below `keys` says better what is wrong: a union tries each branch."""
    return len(keys) < len(other) and other[: len(keys)] == keys


def _keys(document: Document, fault: ErrorDetails) -> tuple[int | str, ...]:
    """Drop from pydantic's path the names of union branches: they are no keys of the document."""
    keys: tuple[int | str, ...] = ()
    for part in fault["loc"]:
        if (*keys, part) in document.places:
            keys = (*keys, part)
    return (*keys, fault["loc"][-1]) if fault["type"] == "missing" else keys or fault["loc"][:1]


def _problem(
    schema: type[Schema], document: Document, keys: tuple[int | str, ...], fault: ErrorDetails
) -> Problem:
    name = ".".join(str(key) for key in keys)
    place = document.place(*keys)
    kind = fault["type"]
    if kind == "extra_forbidden":
        hint = choices(str(keys[-1]), _known(schema, keys[:-1]))
        return error("key-unknown", f"unknown key `{name}`", place, hint)
    if kind == "missing":
        return error("key-missing", f"the key `{name}` is missing", document.place(*keys[:-1]))
    if kind in _TOLD:
        got = _shown(fault.get("input"))
        return error("value-type", f"`{name}` wants {_TOLD[kind]}, not {got}", place)
    if kind == "literal_error":
        expected = fault.get("ctx", {}).get("expected", "")
        message = f"`{name}` cannot be {_shown(fault.get('input'))}"
        return error("value-invalid", message, place, f"it can be: {expected}".replace("'", "`"))
    if kind == "value_error":
        message, _, hint = str(fault["msg"]).removeprefix("Value error, ").partition(" | ")
        return error("value-invalid", f"`{name}`: {message}", place, hint or None)
    return error(
        "value-invalid", f"`{name}`: {str(fault['msg'])[:1].lower()}{fault['msg'][1:]}", place
    )


def _shown(value: object) -> str:
    text = str(value)
    limit = 40
    return f"`{text[:limit]}…`" if len(text) > limit else f"`{text}`"


def _known(schema: type[BaseModel], keys: tuple[int | str, ...]) -> list[str]:
    """Return the key names that `schema` has below `keys`, looking through unions and lists."""
    found: list[type[BaseModel]] = [schema]
    for key in keys:
        if isinstance(key, int):
            continue
        found = [model for one in found for model in _models(_field(one, key))]
    return [(field.alias or name) for model in found for name, field in model.model_fields.items()]


def _field(model: type[BaseModel], key: str) -> object:
    for name, field in model.model_fields.items():
        if key in (name, field.alias):
            return field.annotation
    return None


def _models(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _models(part)]
