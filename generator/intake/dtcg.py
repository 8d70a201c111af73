"""Design Tokens (DTCG Format Module 2025.10) as plain values: types inherited, aliases resolved.

Source: designtokens.org/TR/2025.10/format and /color. What a `.tokens.json` may hold: nested
groups, tokens with `$value`, `$type` inherited from groups, `$root`, `$extends`, `{alias}`, `$ref`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from generator.errors import GeneratorError, Location, error
from generator.library import colors

DEEPEST = 64
"""Levels of groups, and links of a chain of aliases."""
REM = 16.0
"""Pixels of one rem (the format's default)."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its path of names, its type (nothing if none is said) and its resolved value."""

    path: tuple[str, ...]
    type: str
    value: Any

    @property
    def name(self) -> str:
        """Return the path with dots, as an alias has it."""
        return ".".join(self.path)


def read(text: str, shown: str) -> tuple[Token, ...]:
    """Return all tokens of a file, in its order, with aliases replaced by what they stand for."""
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        place = Location(shown, getattr(wrong, "lineno", 1), getattr(wrong, "colno", 1))
        raise GeneratorError(error("tokens-syntax", f"this is no JSON: {wrong}", place)) from None
    if not isinstance(tree, dict):
        raise GeneratorError(error("tokens-syntax", "tokens are a JSON object", Location(shown)))
    return _File(tree, shown).tokens()


@dataclass(frozen=True, slots=True)
class _File:
    tree: Mapping[str, Any]
    shown: str

    def tokens(self) -> tuple[Token, ...]:
        return tuple(self._below(self.tree, (), "", 0))

    def _below(
        self, group: Mapping[str, Any], path: tuple[str, ...], kind: str, depth: int
    ) -> Iterator[Token]:
        if depth > DEEPEST:
            raise self._wrong(path, "tokens-depth", "groups are nested too deeply")
        kind = str(group.get("$type", kind))
        for name, value in self._inherited(group, path, 0).items():
            if not isinstance(value, dict) or (name.startswith("$") and name != "$root"):
                continue
            here = path if name == "$root" else (*path, name)
            if "$value" in value or "$ref" in value:
                found = str(value.get("$type", kind))
                said = value["$value"] if "$value" in value else {"$ref": value["$ref"]}
                said, aliased = self._resolved(said, here, 0)
                yield Token(here, found or aliased, said)
            else:
                yield from self._below(value, here, kind, depth + 1)

    def _inherited(
        self, group: Mapping[str, Any], path: tuple[str, ...], depth: int
    ) -> Mapping[str, Any]:
        """Return a group with what it extends below it; what it says itself wins."""
        base = group.get("$extends")
        if base is None:
            return group
        if depth > DEEPEST:
            raise self._wrong(path, "tokens-cycle", "the group extends itself")
        named = base.get("$ref") if isinstance(base, dict) else base
        under = self._at(str(named), path)
        if not isinstance(under, dict):
            raise self._wrong(path, "tokens-alias", f"there is no group `{named}`")
        return _merged(self._inherited(under, path, depth + 1), group)

    def _resolved(self, value: Any, path: tuple[str, ...], depth: int) -> tuple[Any, str]:  # noqa: ANN401  JSON
        """Return a value with its aliases replaced, and the type of the token it stands for."""
        if depth > DEEPEST:
            raise self._wrong(path, "tokens-cycle", "the alias leads back to itself")
        named = _alias(value)
        if named:
            found = self._at(named, path)
            if isinstance(found, dict) and "$root" in found:
                found = found["$root"]
            kind = str(found.get("$type", "")) if isinstance(found, dict) else ""
            if isinstance(found, dict) and "$value" in found:
                found = found["$value"]
            said, further = self._resolved(found, path, depth + 1)
            return said, kind or further
        if isinstance(value, dict):
            return {key: self._resolved(one, path, depth + 1)[0] for key, one in value.items()}, ""
        if isinstance(value, list):
            return [self._resolved(one, path, depth + 1)[0] for one in value], ""
        return value, ""

    def _at(self, named: str, path: tuple[str, ...]) -> Any:  # noqa: ANN401  JSON
        """Return what an alias (`{a.b}`) or a JSON pointer (`#/a/b`) means."""
        pointer = named.startswith("#/")
        names = named[2:].split("/") if pointer else named.strip("{}").split(".")
        found: Any = self.tree
        for name in names:
            key = name.replace("~1", "/").replace("~0", "~") if pointer else name
            if isinstance(found, list) and key.isdigit() and int(key) < len(found):
                found = found[int(key)]
            elif isinstance(found, dict) and key in found:
                found = found[key]
            else:
                raise self._wrong(path, "tokens-alias", f"there is no token `{named}`")
        return found

    def _wrong(self, path: tuple[str, ...], code: str, message: str) -> GeneratorError:
        where = f"`{'.'.join(path)}`: " if path else ""
        return GeneratorError(error(code, where + message, Location(self.shown)))


def _alias(value: Any) -> str:  # noqa: ANN401  JSON
    """Return what a value refers to, or nothing."""
    if isinstance(value, str) and value.startswith("{") and value.endswith("}"):
        return value
    if isinstance(value, dict) and isinstance(value.get("$ref"), str):
        return str(value["$ref"])
    return ""


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    full = dict(below)
    for key, value in above.items():
        under = full.get(key)
        both = isinstance(under, dict) and isinstance(value, dict) and "$value" not in value
        full[key] = _merged(cast("dict[str, Any]", under), value) if both else value
    return full


def color(value: Any) -> str:  # noqa: ANN401  JSON
    """Return a colour token's value as #rrggbb, or nothing if it is none; alpha is left out."""
    if isinstance(value, str):
        return colors.parsed(value)
    if isinstance(value, dict) and isinstance(value.get("components"), list):
        parts = [0.0 if one == "none" else one for one in value["components"]]
        if all(isinstance(one, int | float) for one in parts):
            found = colors.converted(str(value.get("colorSpace", "srgb")), parts)
            if found:
                return found
    return colors.parsed(str(value.get("hex", ""))) if isinstance(value, dict) else ""


def pixels(value: Any) -> float | None:  # noqa: ANN401  JSON
    """Return a dimension token's value in px, or None if it is none."""
    if isinstance(value, dict) and isinstance(value.get("value"), int | float):
        return float(value["value"]) * (REM if value.get("unit") == "rem" else 1)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return None
