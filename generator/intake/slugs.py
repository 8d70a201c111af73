"""What a content file may be called, and where it lies."""

import unicodedata
from pathlib import Path

from generator.errors import GeneratorError, UsageError, error

CONTENT = "content"
LONGEST = 80
"""Characters: names of at most 255 bytes are safe everywhere, and a letter may take three."""
_TAKEN = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))]
)
"""Names that Windows gives to devices."""


def slug(name: str) -> str:
    """Return the name as a slug: lower case, letters of any script, digits, `-` and `_`."""
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).lower())
    text = "".join(char if _fits(char) else " " for char in text.replace("-", " "))
    short = "-".join(text.split()).lstrip("_-")
    if len(short) > LONGEST:
        short = short[: LONGEST + 1].rpartition("-")[0] or short[:LONGEST]
    return f"{short}-thread" if short in _TAKEN else short


def place(root: Path, name: str) -> Path:
    """Return the file for the slug `name` below the folder `root`, or the one that has it already.

    `name` may have folders (`2026/launch`). Raises UsageError if no slug can be made of it, and
    GeneratorError if it leads out of `root`.
    """
    slugs = [slug(part) for part in name.replace("\\", "/").split("/")]
    if not all(slugs):
        raise UsageError(
            error(
                "slug-invalid",
                f"`{name}` is no name for a content file",
                hint="letters, digits, `-` and `_`, with `/` for folders: 2026/launch",
            )
        )
    folder = root.joinpath(*slugs[:-1])
    if not folder.resolve().is_relative_to(root.resolve()):
        raise GeneratorError(error("path-outside", f"`{folder}` leads out of `{root}`"))
    return _namesake(folder, slugs[-1]) or folder / f"{slugs[-1]}.md"


def _namesake(folder: Path, wanted: str) -> Path | None:
    """Return the content file that has this slug already, however it is spelled."""
    for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
        bundle = entry / "index.md"
        if slug(entry.stem) == wanted and entry.suffix == ".md":
            return entry
        if slug(entry.name) == wanted and bundle.is_file():
            return bundle
    return None


def _fits(char: str) -> bool:
    """Say whether a character may stand in a slug."""
    category = unicodedata.category(char)
    return char == "_" or category == "Nd" or category[0] in "LM"
