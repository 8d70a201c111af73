"""What a new content file may be called, and where it lies."""

from collections.abc import Mapping
from pathlib import Path

from generator import content
from generator.errors import GeneratorError, UsageError, error

LONGEST = 80
"""Characters: names of at most 255 bytes are safe everywhere, and a letter may take three."""


def slug(text: str) -> str:
    """Return words as a slug of at most LONGEST characters; nothing if there is none in them."""
    words = text.replace("/", " ").replace("\\", " ").strip()
    try:
        whole = content.slug_of(f"{words}.md").lstrip("_-")
    except GeneratorError as fault:
        reserved = any(problem.code == "slug-reserved" for problem in fault.problems)
        return f"{words.lower()}-thread" if reserved else ""
    if len(whole) <= LONGEST:
        return whole
    return whole[: LONGEST + 1].rpartition("-")[0] or whole[:LONGEST]


def place(root: Path, name: str, known: Mapping[str, Path] | None = None) -> Path:
    """Return the file for the slug `name` below the folder `root`, or the one that has it already.

    `name` may have folders (`2026/launch`). `known` are the files there are, if somebody looked
    already. Raises UsageError if no slug can be made of it, and
    GeneratorError if it leads out of `root`.
    """
    slugs = [slug(part) for part in name.replace("\\", "/").split("/")]
    if not all(slugs):
        hint = "letters, digits, `-` and `_`, with `/` for folders: 2026/launch"
        said = f"`{name}` is no name for a content file"
        raise UsageError(error("slug-invalid", said, hint=hint))
    folder = root.joinpath(*slugs[:-1])
    if not folder.resolve().is_relative_to(root.resolve()):
        raise GeneratorError(error("path-outside", f"`{folder}` leads out of `{root}`"))
    wanted = folder / f"{slugs[-1]}.md"
    there = files(root) if known is None else known
    return there.get("/".join(slugs).casefold(), wanted)


def files(root: Path) -> dict[str, Path]:
    """Return the content files below a folder by their slugs, however these are spelled."""
    if not root.is_dir():
        return {}
    return {one.slug.casefold(): one.file for one in reversed(content.discover(root).found)}
