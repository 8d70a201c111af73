"""What the packages are called that hold a library or font, and the line that installs them.

`./dev` reads this room and _libraries before there is an environment: standard library only.
"""

import os
import shutil
import sys
from collections.abc import Iterable

INSTALLERS = {
    "apt": "apt-get install -y --no-install-recommends",
    "dnf": "dnf install -y",
    "apk": "apk add",
    "pacman": "pacman -S --needed",
    "brew": "brew install",
}
COMMANDS = {"apt": "apt-get"}

# Libraries by _libraries' names, and what `./dev` needs. Debian 12, Fedora, Alpine (by library, as
# WeasyPrint's installation page has it: that holds whatever the package is called), Arch, Homebrew.
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
"""
NOTO = {
    "Chinese, Japanese, Korean": {
        "apt": "fonts-noto-cjk",
        "dnf": "google-noto-sans-cjk-fonts",
        "apk": "font-noto-cjk",
        "pacman": "noto-fonts-cjk",
        "brew": "font-noto-sans-cjk-sc",
    },
    "Arabic": {
        "apt": "fonts-noto-core",
        "dnf": "google-noto-sans-arabic-fonts",
        "apk": "font-noto-arabic",
        "pacman": "noto-fonts",
        "brew": "font-noto-sans-arabic",
    },
    "Devanagari": {
        "apt": "fonts-noto-core",
        "dnf": "google-noto-sans-devanagari-fonts",
        "apk": "font-noto-devanagari",
        "pacman": "noto-fonts",
        "brew": "font-noto-sans-devanagari",
    },
    "emoji": {
        "apt": "fonts-noto-color-emoji",
        "dnf": "google-noto-color-emoji-fonts",
        "apk": "font-noto-emoji",
        "pacman": "noto-fonts-emoji",
        "brew": "font-noto-color-emoji",
    },
}


def line(needs: Iterable[str], installer: str | None = None) -> str:
    """Return the command that installs what holds `needs`, for this machine's installer.

    A need is a name in PACKAGES or NOTO. No installer known: a line for each of them.
    """
    wanted = tuple(needs)
    chosen = installer or _here()
    if chosen is None:
        return "\n".join(line(wanted, name) for name in INSTALLERS)
    known = _rows() | NOTO
    packages = dict.fromkeys(known[need][chosen] for need in wanted)
    return f"{_rights(chosen)}{INSTALLERS[chosen]} {' '.join(packages)}"


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
