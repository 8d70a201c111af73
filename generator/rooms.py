"""Modules found by being in a room: a new importer, shape, check or exporter is one new file."""

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType


def modules(room: str) -> Iterator[tuple[str, ModuleType]]:
    """Yield (name, module) for each public module of the package `room`, by name."""
    package = importlib.import_module(room)
    for found in sorted(pkgutil.iter_modules(package.__path__), key=lambda entry: entry.name):
        if not found.name.startswith("_"):
            yield found.name, importlib.import_module(f"{room}.{found.name}")


def parts(room: str, attribute: str) -> dict[str, object]:
    """Return what each module of a room defines as `attribute`, by the module's name.

    A module without it is part of the room's own furniture and is passed over.
    """
    return {
        name.replace("_", "-"): getattr(module, attribute)
        for name, module in modules(room)
        if hasattr(module, attribute)
    }
