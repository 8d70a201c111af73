"""Sources: which files below content/ are threads, and the slug that names what each one gives."""

import hashlib
import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from generator import frontmatter
from generator.errors import GeneratorError, Location, Problem, error
from generator.model import Source

INDEX = "index.md"
SUFFIX = ".md"
LONGEST_WORD = 5_000
"""Characters without a space. WeasyPrint takes over 20 s for 100 kB of them (reliability.md)."""
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1}}}")
# Windows opens a device when a file of this name is asked for, whatever its suffix.
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))]
)


@dataclass(frozen=True, slots=True)
class Found:
    """A content file: where it is, and the slug of its output."""

    file: Path
    slug: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """The content files of a folder by slug, and what is wrong with the others."""

    found: tuple[Found, ...]
    problems: tuple[Problem, ...]


def load(content: bytes, path: str, file: str, slug: str) -> Source:
    """Return a Source from a file's bytes; `path` is what the user is shown.

    Raises GeneratorError: encoding, file-too-large, word-too-long, yaml-syntax …
    """
    text = frontmatter.read_text(content, path)
    if found := _LONG_WORD.search(text):
        message = f"there are more than {LONGEST_WORD:,} characters without a space here"
        place = Location(path, text.count("\n", 0, found.start()) + 1)
        raise GeneratorError(error("word-too-long", message, place, "put spaces into it"))
    front, body, line = frontmatter.split(text, path)
    return Source(path, file, slug, front, body, line, _blob(content))


def _blob(content: bytes) -> str:
    """Return the id of a file's bytes in git: `git hash-object` without filters says the same."""
    head = b"blob %d\0" % len(content)
    return hashlib.sha1(head + content, usedforsecurity=False).hexdigest()


def discover(folder: Path) -> Discovery:
    """Return the sources below a content folder, in the order of their slugs.

    A folder with an `index.md` is a bundle: one source, whatever else lies in it. Names that begin
    with `_` or `.` are passed over, as are links that lead out of the folder.
    """
    by_slug: dict[str, list[Found]] = {}
    problems: list[Problem] = []
    for file in _files(folder, folder.resolve(), top=True):
        try:
            slug = slug_of(file.relative_to(folder).as_posix(), str(file))
        except GeneratorError as fault:
            problems += fault.problems
            continue
        by_slug.setdefault(slug.casefold(), []).append(Found(file, slug))
    problems += [_collision(twins) for twins in by_slug.values() if len(twins) > 1]
    alone = [twins[0] for twins in by_slug.values() if len(twins) == 1]
    return Discovery(tuple(sorted(alone, key=lambda each: each.slug)), tuple(problems))


def slug_of(relative: str, path: str = "") -> str:
    """Return the slug of a file by its path below content/, or by its name alone.

    Raises GeneratorError `slug-empty` or `slug-reserved`; `path` is what the user is then shown.
    """
    place = Location(path or relative)
    whole = relative[: -len(SUFFIX)] if relative.lower().endswith(SUFFIX) else relative
    parts = [part for part in whole.split("/") if part not in ("", ".", "..")]
    if len(parts) > 1 and parts[-1].lower() == "index":
        parts.pop()
    slugs = [_slug(part) for part in parts]
    if not slugs or "" in slugs:
        message = "this name has no letter or digit that a folder in output/ could bear"
        raise GeneratorError(error("slug-empty", message, place, "rename the file"))
    if reserved := next((slug for slug in slugs if slug in _DEVICES), ""):
        message = f"`{reserved}` is the name of a device on Windows"
        raise GeneratorError(error("slug-reserved", message, place, "rename the file"))
    return "/".join(slugs)


def _slug(name: str) -> str:
    """Return a part of a slug: letters and digits of any script, `-` and `_`, in lower case."""
    name = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).lower())
    kept = "".join(sign if _keeps(sign) else "-" for sign in name)
    return re.sub(r"-{2,}", "-", kept).strip("-")


def _keeps(sign: str) -> bool:
    # Marks (M*) are half of the vowels in Hindi, Thai or Arabic.
    return sign in "-_" or unicodedata.category(sign)[0] in "LMN"


def _files(folder: Path, root: Path, *, top: bool) -> list[Path]:
    """Return the content files of a folder and those below it."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries)
    except OSError:
        # A folder that nobody may list has no sources; asking for one of its files says why.
        return []
    here = [folder / name for name in names if not name.startswith(("_", "."))]
    if not top and (folder / INDEX) in here:
        here = [folder / INDEX]
    found: list[Path] = []
    for path in here:
        if not _is_inside(path, root):
            continue
        if path.is_dir():
            found += _files(path, root, top=False)
        elif path.suffix.lower() == SUFFIX and path.is_file():
            found.append(path)
    return found


def _is_inside(path: Path, root: Path) -> bool:
    """Return whether a path is no link, or one that stays below the root and leads to a file."""
    if not path.is_symlink():
        return True
    real = path.resolve()
    return real.is_relative_to(root) and not real.is_dir()


def _collision(twins: list[Found]) -> Problem:
    first, *others = twins
    names = " and ".join(f"`{each.file.as_posix()}`" for each in others)
    message = f"the slug `{first.slug}` is that of {names} too"
    hint = "rename one of them: both would write the same output"
    return error("slug-duplicate", message, Location(str(first.file)), hint)
