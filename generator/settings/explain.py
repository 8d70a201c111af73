"""Every setting with its value and where it came from."""

from collections.abc import Iterator

from generator.model import Value
from generator.settings.resolve import Resolved
from generator.settings.schema import Settings

WIDTH = 28


def explained(resolved: Resolved) -> Iterator[str]:
    """Yield a line for each setting: key, value, the layer that set it and its place."""
    settled = resolved.settled
    shown: set[str] = set()
    for keys, layer in sorted(
        settled.origins.items(), key=lambda entry: [str(k) for k in entry[0]]
    ):
        value = _at(dict(settled.document.values), keys)
        if isinstance(value, dict | list) and value:
            continue
        name = ".".join(str(key) for key in keys)
        shown.add(str(keys[0]))
        place = settled.document.place(*keys)
        yield f"{name:<{WIDTH}} {_text(value)}    ({layer}, {place})"
    for name, field in Settings.model_fields.items():
        default = field.default
        if name not in shown and isinstance(default, str | bool | int) and default is not None:
            yield f"{name:<{WIDTH}} {_text(default)}    (built-in)"


def _at(value: Value, keys: tuple[str | int, ...]) -> Value:
    for key in keys:
        if isinstance(value, dict):
            value = value.get(str(key))
        elif isinstance(value, list) and isinstance(key, int):
            value = value[key]
    return value


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
