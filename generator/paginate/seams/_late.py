"""Stand-ins for modules that WeasyPrint imports but seldom asks anything of."""

import sys
from collections.abc import Callable, Mapping
from pkgutil import resolve_name
from typing import Any


class Later:
    """Something of a module that is imported when it is first used; it knows its real self."""

    def __init__(self, place: str, settle: Callable[[], None], **names: object) -> None:
        """Take the place (`module` or `module:name`) and what can be had without importing it."""
        vars(self).update(_place=place, _settle=settle, _written={}, **names)

    def real(self) -> Any:  # noqa: ANN401  whatever stands there
        """Return what stands at the place, imported with all that was postponed with it."""
        self._settle()
        return resolve_name(self._place)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        """Return an attribute of the real thing; Python's own looks at the stand-in import none."""
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.real(), name)

    def __setattr__(self, name: str, value: object) -> None:
        """Remember what was written: the real thing gets it when it comes."""
        self._written[name] = value

    def __call__(self, *args: Any, **named: Any) -> Any:  # noqa: ANN401
        """Call the real thing."""
        return self.real()(*args, **named)

    def __instancecheck__(self, instance: object) -> bool:
        """Return whether something is an instance of the real class."""
        return isinstance(instance, self.real())


class Postponed:
    """Modules that stand-ins are there for while WeasyPrint is imported.

    The first use of one of them imports all for good, as if WeasyPrint had: settings that it wrote
    are written, and its modules hold the real ones. A module that is there already is left alone.
    """

    def __init__(self, modules: Mapping[str, Mapping[str, object]]) -> None:
        """Take the modules and, by name, what WeasyPrint takes from each: a place or a thing."""
        self._laters: list[Later] = []
        self._modules = {
            module: self._later(
                module,
                {
                    name: self._later(thing, {}) if isinstance(thing, str) else thing
                    for name, thing in names.items()
                },
            )
            for module, names in modules.items()
        }

    def _later(self, place: str, names: Mapping[str, object]) -> Later:
        self._laters.append(Later(place, self.settle, **names))
        return self._laters[-1]

    def stand_in(self) -> None:
        """Let the stand-ins be imported from now on."""
        loaded: dict[str, Any] = sys.modules
        if not loaded.keys() & self._modules.keys():
            loaded.update(self._modules)

    def step_back(self) -> None:
        """Let the real modules be imported from now on."""
        loaded: dict[str, Any] = sys.modules
        for module, later in self._modules.items():
            if loaded.get(module) is later:
                del loaded[module]

    def settle(self) -> None:
        """Import the real modules, and give them to whom the stand-ins were given."""
        self.step_back()
        laters, self._laters = self._laters, []
        real = {id(later): resolve_name(vars(later)["_place"]) for later in laters}
        for later in laters:
            for name, value in vars(later)["_written"].items():
                setattr(real[id(later)], name, value)
        for module in [it for name, it in sys.modules.items() if _engines(name)]:
            held = [(name, real[id(it)]) for name, it in vars(module).items() if id(it) in real]
            vars(module).update(held)


def _engines(name: str) -> bool:
    return name == "weasyprint" or name.startswith("weasyprint.")
