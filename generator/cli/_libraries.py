"""What shared libraries and fonts this machine has; run in a child, as a broken library may crash.

The child is asked with `python -c`, and `told()` prints JSON: {"libraries": {name: version or
null}, "fonts": {name: whether there is a font for it}}.
"""

import ctypes
import ctypes.util
import json
import sys
from contextlib import suppress

# name -> (Linux, macOS, Windows), as WeasyPrint 70 looks for them (weasyprint/text/ffi.py)
NAMES = {
    "gobject": ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll"),
    "pango": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "pangoft2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
    "harfbuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
    "harfbuzz-subset": (
        "libharfbuzz-subset.so.0",
        "libharfbuzz-subset.0.dylib",
        "libharfbuzz-subset-0.dll",
    ),
    "fontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"),
}

# a script -> the fontconfig pattern that a font for it fits
SCRIPTS = {
    "Chinese, Japanese, Korean": ":lang=ja",
    "Arabic": ":lang=ar",
    "Devanagari": ":lang=hi",
}


def told() -> None:
    """Write what is there to stdout as JSON."""
    found = {name: load(name) for name in NAMES}
    versions = {name: _version(name, library) for name, library in found.items()}
    fonts = _fonts(found["fontconfig"])
    sys.stdout.write(json.dumps({"libraries": versions, "fonts": fonts}))


def load(name: str) -> ctypes.CDLL | None:
    """Return a library by the names that WeasyPrint tries, or by where the system keeps it."""
    stem = NAMES[name][0].removeprefix("lib").partition(".so")[0]
    for candidate in (*NAMES[name], stem):
        with suppress(OSError):
            return ctypes.CDLL(candidate)
    located = ctypes.util.find_library(stem)
    with suppress(OSError):
        return ctypes.CDLL(located) if located else None
    return None


def _version(name: str, library: ctypes.CDLL | None) -> str | None:
    """Return a library's version, "" if it tells none, None if it is not there."""
    if library is None:
        return None
    if name == "fontconfig":
        number = int(library.FcGetVersion())
        return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    tell = {"pango": "pango_version_string", "harfbuzz": "hb_version_string"}.get(name)
    if tell is None:
        return ""
    ask = getattr(library, tell)
    ask.restype = ctypes.c_char_p
    return str(ask(), "ascii", "replace")


class _FontSet(ctypes.Structure):
    """The beginning of fontconfig's FcFontSet."""

    _fields_ = (("nfont", ctypes.c_int), ("sfont", ctypes.c_int))


def _fonts(fontconfig: ctypes.CDLL | None) -> dict[str, bool]:
    """Return for each script whether fontconfig knows a font; nothing without fontconfig."""
    if fontconfig is None:
        return {}
    fontconfig.FcNameParse.restype = ctypes.c_void_p
    fontconfig.FcObjectSetCreate.restype = ctypes.c_void_p
    fontconfig.FcFontList.restype = ctypes.POINTER(_FontSet)
    wanted = ctypes.c_void_p(fontconfig.FcObjectSetCreate())
    return {script: _known(fontconfig, pattern, wanted) for script, pattern in SCRIPTS.items()}


def _known(fontconfig: ctypes.CDLL, pattern: str, wanted: ctypes.c_void_p) -> bool:
    """Return whether an installed font fits a pattern."""
    parsed = ctypes.c_void_p(fontconfig.FcNameParse(pattern.encode()))
    found = fontconfig.FcFontList(None, parsed, wanted)
    return bool(found and found.contents.nfont)
