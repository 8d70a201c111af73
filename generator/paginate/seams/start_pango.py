"""What WeasyPrint declares of Pango's functions comes read already, and their libraries are named.

WeasyPrint has cffi read 400 lines of C each time it is imported, and looks for libraries by names
that make `ctypes.util` ask gcc and ldconfig for them. `_pango.py` is what cffi itself made of those
lines; it is used while they, by their hash, are the ones it was made of.
"""

import sys
from functools import partial
from hashlib import blake2b
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from generator.paginate.seams import Seam

NEEDED = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libharfbuzz.so.0",
    "libfontconfig.so.1",
    "libpangoft2-1.0.so.0",
)
"""The names among those WeasyPrint tries that are right on Linux."""


def digest(content: bytes) -> str:
    """Return a file's hash, by which it is known to be the one that was read."""
    return blake2b(content, digest_size=16).hexdigest()


def declarations() -> Path | None:
    """Return the file in which WeasyPrint declares what it calls."""
    spec = find_spec("weasyprint")
    return Path(spec.origin).parent / "text" / "ffi.py" if spec and spec.origin else None


def _before() -> None:
    """Let WeasyPrint find, in place of cffi, one that has read its declarations."""
    if {"cffi", "weasyprint"} & sys.modules.keys() or not sys.platform.startswith("linux"):
        return
    file = declarations()
    try:
        backend = import_module("_cffi_backend")
        from generator.paginate.seams import _pango  # noqa: PLC0415  25 kB

        if file is None or digest(file.read_bytes()) != _pango.MADE_OF:
            return
        # held until WeasyPrint has them open: closed in between, they would be loaded twice
        held = [backend.load_library(name, backend.RTLD_NOW) for name in NEEDED]
        make = _reader(backend.FFI, _pango.DECLARED)
        make()
    except (ImportError, OSError):  # another cffi, or libraries elsewhere: WeasyPrint looks itself
        return
    stand_in = ModuleType("cffi")
    vars(stand_in).update(FFI=partial(_hand_over, stand_in, make), held=held)
    sys.modules["cffi"] = stand_in


def _reader(base: Any, declared: dict[str, Any]) -> Any:  # noqa: ANN401  cffi's backend has no types
    """Return what makes an FFI that has read the declarations."""

    class Declared(base):  # type: ignore[misc]
        """An FFI that knows all it is told."""

        def cdef(self, text: str) -> None:
            """Read nothing: the hash says that it is what was read."""

    return partial(Declared, "weasyprint", **declared)


def _hand_over(stand_in: ModuleType, make: Any) -> Any:  # noqa: ANN401
    """Return the FFI, once: whoever else imports cffi gets the real one."""
    if sys.modules.get("cffi") is stand_in:
        del sys.modules["cffi"]
    return make()


seam = Seam(version="70.0", before=_before)
