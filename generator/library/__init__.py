"""Looks by name: the user's own folders first, then those of `looks:`, then the built-in ones."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

import generator
from generator import frontmatter
from generator.errors import GeneratorError, Location, choices, error
from generator.fetch import Door
from generator.model import Document

T = TypeVar("T")
BUILT_IN = "builtin"
MOST_BYTES = 1_000_000
"""Of a template, a stylesheet or a YAML file of a look."""


def builtin_root() -> Path:
    """Return the folder that holds the built-in `layouts/` and `themes/`.

    In the wheel they lie inside the package, in a checkout beside it.
    """
    package = Path(generator.__file__).resolve().parent
    return package if (package / "layouts").is_dir() else package.parent


@dataclass(slots=True)
class Library:
    """The folders that looks are found in, strongest first, and what has been asked of them.

    `read` names every file that was read, `missed` every place where a file that comes into being
    would be read instead: with both, a build knows what it depends on.
    """

    roots: tuple[tuple[str, Path], ...]
    read: set[Path] = field(default_factory=set)
    missed: set[Path] = field(default_factory=set)
    _made: "dict[object, tuple[object, Library]]" = field(default_factory=dict)
    _door: Door = field(init=False)

    def __post_init__(self) -> None:
        """Read through the one door: regular files inside the roots only."""
        self._door = Door(self.roots)

    def view(self) -> "Library":
        """Return the same library with a record of its own; what was made once stays made."""
        return Library(self.roots, _made=self._made)

    @property
    def used(self) -> bool:
        """Return whether anything was made of this library, or of what it is a view of."""
        return bool(self._made)

    def once(self, key: object, make: "Callable[[Library], T]") -> T:
        """Return what `make` makes of this library: made once, but on the record of all who ask."""
        if key not in self._made:
            asked = self.view()
            self._made[key] = (make(asked), asked)
        made, asked = self._made[key]
        self.read |= asked.read
        self.missed |= asked.missed
        return cast("T", made)

    def find(self, path: str) -> Path | None:
        """Return the first file or folder at `path` (below a root), noting where it was sought."""
        for _, root in self.roots:
            found = root / path
            if found.exists():
                self.read.add(found)
                return found
            self.missed.add(found)
        return None

    def names(self, folder: str, holds: str) -> tuple[str, ...]:
        """Return the names in `folder`: `holds` is `/theme.yaml` for folders, `.yaml` for files."""
        return tuple(sorted({name for name, _ in self._entries(folder, holds)}))

    def text(self, path: str) -> str:
        """Return the text of the first file at `path`, or nothing."""
        found = self.find(path)
        return self._text(found) if found else ""

    def content(self, file: Path, most: int) -> bytes:
        """Return the bytes of a file of a look, of at most so many."""
        return self._door.read_file(file, most, Location(self.shown(file)))

    def document(
        self, folder: str, name: str, holds: str, what: str, asked: Location | None
    ) -> tuple[Document, Path]:
        """Return the YAML of the look `name` and its path, or tell what there is instead."""
        found = self.demand(folder, name, holds, what, asked)
        return frontmatter.parse(self._text(found), self.shown(found)), found

    def demand(self, folder: str, name: str, holds: str, what: str, asked: Location | None) -> Path:
        """Return the path of the look `name`, or tell what there is instead."""
        found = self.find(f"{folder}/{name}{holds}") if plain(name) else None
        if not found:
            hint = choices(name, self.names(folder, holds))
            raise GeneratorError(error(f"{what}-unknown", f"no {what} named `{name}`", asked, hint))
        return found

    def folder_of(self, shown: str) -> Path | None:
        """Return the folder of a look's file, which is named as `shown` gave it."""
        found = self.find(shown.removeprefix(f"{BUILT_IN}:"))
        return found.parent if found else None

    def shown(self, path: Path) -> str:
        """Return a path as the user knows it: relative to the root that it lies in."""
        for name, root in self.roots:
            if path.is_relative_to(root):
                inside = path.relative_to(root).as_posix()
                return f"{name}:{inside}" if name == BUILT_IN else inside
        return str(path)

    def _text(self, found: Path) -> str:
        shown = self.shown(found)
        content = self._door.read_file(found, MOST_BYTES, Location(shown))
        return frontmatter.read_text(content, shown)

    def _entries(self, folder: str, holds: str) -> Iterator[tuple[str, Path]]:
        for _, root in self.roots:
            base = root / folder
            (self.read if base.is_dir() else self.missed).add(base)
            for found in sorted(base.glob(f"*{holds}")) if base.is_dir() else ():
                name = found.parent.name if holds.startswith("/") else found.name[: -len(holds)]
                if not name.startswith(("_", ".")):
                    yield name, found


def plain(name: str) -> bool:
    """Return whether a look's name can only be that: no path, no hidden or shared folder."""
    return bool(name) and not name.startswith(("_", ".")) and not set(name) & set('/\\:\0"')
