"""The names that users write: which are refused at sight, and which file was probably meant."""

import difflib
import os
import re
import unicodedata
from pathlib import Path
from urllib.parse import unquote

from generator.errors import Location, Problem, error
from generator.fetch.regular import FetchError

_REMOTE = re.compile(r"(https?|ftp):|//", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
_DRIVE = re.compile(r"[a-z]:[/\\]", re.IGNORECASE)


def refusal(named: str, what: str) -> Problem | None:
    """Return why a name that a writer wrote is no relative path, or None."""
    shown = named if len(named) <= 80 else named[:79] + "…"  # noqa: PLR2004  (fits a line)
    if not named.strip():
        return error(f"{what}-missing", f"no {what} is named", hint="write its path here")
    if _REMOTE.match(named):
        hint = "download it, put it beside the text and name that file"
        return error("fetch-refused", f"`{shown}` is on the network: builds are offline", hint=hint)
    if _unencodable(named) or "\0" in named or named.startswith(("/", "~/")) or _DRIVE.match(named):
        hint = "write the path from this file's folder, as in `images/pic.png`"
        message = f"`{shown.encode('utf-8', 'replace').decode()}` is no relative path"
        return error("fetch-refused", message, hint=hint)
    if _SCHEME.match(named):
        hint = "write the path of a file in the project"
        return error("fetch-refused", f"`{shown}` is no file of the project", hint=hint)
    if "\\" in named:
        hint = f"write forward slashes: `{shown.replace(chr(92), '/')}`"
        return error("fetch-refused", f"`{shown}` holds a backslash", hint=hint)
    return None


def parts(url: str, scheme: str) -> tuple[str, tuple[str, ...]]:
    """Return the root and the path of one of our own URLs; raise unless it is plainly one."""
    path, query = url.partition("#")[0].partition("?")[::2]
    names = path.removeprefix(f"{scheme}:///").split("/")
    try:
        root, *below = (unquote(name, errors="strict") for name in names)
    except UnicodeDecodeError:
        root, below = "", []
    crooked = query or not below or any(_crooked(name) for name in (root, *below))
    if not path.startswith(f"{scheme}:///") or crooked:
        shown = url if len(url) <= 120 else url[:119] + "…"  # noqa: PLR2004  (fits a line)
        message = f"`{shown}` is no file of the project"
        hint = "pictures, fonts and styles are local files, named without `..`"
        raise FetchError(error("fetch-refused", message, hint=hint))
    return root, tuple(below)


def _crooked(name: str) -> bool:
    signs = any(sign in name for sign in "/\\\0")
    return name in {"", ".", ".."} or signs or _unencodable(name)


def _unencodable(name: str) -> bool:
    """Return whether a name holds half a character, which YAML's escapes can write."""
    return any("\ud800" <= sign <= "\udfff" for sign in name)


def spelled(real: Path) -> Path | None:
    """Return the file at `real`, however its accents are composed; None if there is none."""
    if os.path.lexists(real):
        return real
    wanted = unicodedata.normalize("NFC", real.name)
    for entry in _entries(real.parent):
        if unicodedata.normalize("NFC", entry) == wanted:
            return Path(os.path.realpath(real.parent / entry))
    return None


def missing(named: str, base: Path, location: Location | None, what: str) -> Problem:
    """Return the Problem that `named` is not there, with the nearest name in that folder."""
    folder = (base / unquote(named).replace("\0", "")).parent
    name = Path(named).name
    entries = _entries(folder)
    folded = {entry.casefold(): entry for entry in entries}
    near = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    within = named[: len(named) - len(name)]
    hint = f"did you mean `{within}{folded[near[0]]}`?" if near else _nearby(folder, what)
    return error(f"{what}-missing", f"there is no {what} `{named}`", location, hint)


def _nearby(folder: Path, what: str) -> str:
    if not os.path.isdir(folder):  # noqa: PTH112  (Path.is_dir raises if the name is too long)
        return f"there is no folder `{folder.name}` either"
    return f"put the {what} there, or name it relative to this file"


def _entries(folder: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in folder.iterdir())
    except OSError:
        return []
