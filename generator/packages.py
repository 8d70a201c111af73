"""What the packages are called that hold a library or font, and the line that installs them.

`./dev` reads this room before there is an environment: standard library only.
"""

import os
import shutil
import sys
import unicodedata
from collections.abc import Iterable

INSTALLERS = {
    "apt": "apt-get install -y --no-install-recommends",
    "dnf": "dnf install -y",
    "apk": "apk add",
    "pacman": "pacman -S --needed",
    "brew": "brew install",
}
COMMANDS = {"apt": "apt-get"}

# Libraries by the names of cli/_libraries, and what `./dev` needs. Debian 12, Fedora, Alpine (by
# library, as WeasyPrint's installation page has it: that holds whatever the package is called),
# Arch, Homebrew.
PACKAGES = """
                 apt                 dnf         apk                         pacman      brew
gobject          libpango-1.0-0      glib2       so:libgobject-2.0.so.0      glib2       glib
pango            libpango-1.0-0      pango       so:libpango-1.0.so.0        pango       pango
pangoft2         libpangoft2-1.0-0   pango       so:libpangoft2-1.0.so.0     pango       pango
harfbuzz         libharfbuzz0b       harfbuzz    so:libharfbuzz.so.0         harfbuzz    harfbuzz
harfbuzz-subset  libharfbuzz-subset0 harfbuzz    so:libharfbuzz-subset.so.0  harfbuzz    harfbuzz
fontconfig       libfontconfig1      fontconfig  so:libfontconfig.so.1       fontconfig  fontconfig
venv             python3-venv        python3     python3                     python      python
qpdf             qpdf                qpdf        qpdf                        qpdf        qpdf
pdftotext        poppler-utils       poppler-utils poppler-utils             poppler     poppler
chromium         chromium            chromium    chromium                    chromium    chromium
"""
CJK = "Chinese, Japanese, Korean"
_CJK = {
    "apt": "fonts-noto-cjk",
    "dnf": "google-noto-sans-cjk-fonts",
    "apk": "font-noto-cjk",
    "pacman": "noto-fonts-cjk",
    "brew": "font-noto-sans-cjk-sc",
}
_SYMBOLS = {
    "apt": "fonts-noto-core",
    "dnf": "google-noto-sans-symbols2-fonts",
    "apk": "font-noto-symbols",
    "pacman": "noto-fonts",
    "brew": "font-noto-sans-symbols-2",
}
_IDEOGRAPHIC = frozenset(
    {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC", "FULLWIDTH", "HALFWIDTH"}
)


def script(letter: str) -> str:
    """Return the writing system that a letter is of, "symbols" for other signs, or nothing.

    Its name in Unicode begins with that of its script; what has no name is in no font.
    """
    named = unicodedata.name(letter, "").partition(" ")[0]
    if named in _IDEOGRAPHIC:
        return CJK
    if unicodedata.category(letter)[0] in "LM":
        return named.capitalize()
    return "symbols" if named else ""


def line(needs: Iterable[str], installer: str | None = None) -> str:
    """Return the command that installs what holds `needs`, for this machine's installer.

    A need is a name in PACKAGES, or a script that a font is wanted for. No installer known: a line
    for each of them.
    """
    wanted = tuple(needs)
    chosen = installer or _here()
    if chosen is None:
        return "\n".join(line(wanted, name) for name in INSTALLERS)
    known = _rows()
    packages = dict.fromkeys((known.get(need) or _fonts(need))[chosen] for need in wanted)
    return f"{_rights(chosen)}{INSTALLERS[chosen]} {' '.join(packages)}"


def _fonts(script: str) -> dict[str, str]:
    """Return the packages of a font for a script; the Noto fonts are named alike everywhere."""
    others = {CJK: _CJK, "symbols": _SYMBOLS}
    name = script.lower()
    return others.get(script) or {
        "apt": "fonts-noto-core",
        "dnf": f"google-noto-sans-{name}-fonts",
        "apk": f"font-noto-{name}",
        "pacman": "noto-fonts",
        "brew": f"font-noto-sans-{name}",
    }


def _here() -> str | None:
    """Return the installer that this machine has."""
    names = ["brew"] if sys.platform == "darwin" else list(INSTALLERS)
    return next((name for name in names if shutil.which(COMMANDS.get(name, name))), None)


def _rights(installer: str) -> str:
    """Return what a command needs before it to be allowed to install."""
    return "" if installer == "brew" or os.geteuid() == 0 else "sudo "


def _rows() -> dict[str, dict[str, str]]:
    """Return PACKAGES as package names by need and installer."""
    head, *rows = (row.split() for row in PACKAGES.strip().splitlines())
    return {name: dict(zip(head, packages, strict=True)) for name, *packages in rows}
