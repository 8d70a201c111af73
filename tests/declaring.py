"""Makes `generator/paginate/seams/_pango.py` of what the installed WeasyPrint declares.

`python -m tests.declaring` writes it anew, when the pinned version moves; a test compares.
"""

import ast
import re
import tempfile
from pathlib import Path

import cffi  # type: ignore[import-untyped]

from generator.paginate.seams import start_pango

MODULE = Path(start_pango.__file__).parent / "_pango.py"
OPENS = re.compile(r"ffi = _cffi_backend\.FFI\('[^']*',\n")
TEXT = '''# ruff: noqa: C408, E501, Q000
# fmt: off
"""What cffi made of WeasyPrint's text/ffi.py: written by tests/declaring.py, never by hand."""

from typing import Any

MADE_OF = "{made_of}"
DECLARED: dict[str, Any] = dict(
{arguments}'''


def declared(source: str) -> str:
    """Return the C declarations that a module hands to `ffi.cdef`."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    told = [
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "cdef"
        and isinstance(call.args[0], ast.Constant)
    ]
    assert len(told) == 1
    assert isinstance(told[0], str)
    return told[0]


def stock(source: str) -> cffi.FFI:
    """Return cffi's own FFI that has read a module's declarations."""
    ffi = cffi.FFI()
    ffi.cdef(declared(source))
    return ffi


def module() -> str:
    """Return the text of `_pango.py` for the installed WeasyPrint."""
    file = start_pango.declarations()
    assert file is not None
    ffi = stock(file.read_text("utf-8"))
    ffi.set_source("_pango", None)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "made.py")
        ffi.emit_python_code(str(made))
        arguments = OPENS.split(made.read_text("utf-8"))[1]
    return TEXT.format(made_of=start_pango.digest(file.read_bytes()), arguments=arguments)


if __name__ == "__main__":
    MODULE.write_text(module(), "utf-8")
