"""What there is to watch: the content files, and which files each of them is made from."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from generator.build.manifest import Looks, Manifest
from generator.build.order import Order
from generator.build.project import find_sources
from generator.errors import GeneratorError, Problem

LOOKS = ("layouts", "themes")


@dataclass(slots=True)
class Stock:
    """Content files by path with their slugs, and who is made from which file.

    `missing`: there is no content folder; what was in it is still believed to be.
    """

    order: Order
    manifest: Manifest
    sources: dict[Path, str] = field(default_factory=dict)
    wrong: tuple[Problem, ...] = ()
    missing: bool = False
    _inner: set[Path] = field(default_factory=set)
    _paths: dict[str, Path] = field(default_factory=dict)
    _readers: dict[str, set[str]] = field(default_factory=dict)
    _wearers: dict[Looks, set[str]] = field(default_factory=dict)
    _worn: dict[str, Looks] = field(default_factory=dict)

    def count(self) -> tuple[set[Path], bool]:
        """Look for content files anew; return those that are new, and whether some are gone."""
        before = self.sources
        try:
            found, wrong = find_sources(self.order.project, self.order.paths)
        except GeneratorError as nothing:
            self.wrong, self.missing = nothing.problems, True
            return set(), False
        self.sources, self.wrong, self.missing = found, tuple(wrong), False
        self._paths = {slug: path for path, slug in found.items()}
        content = self.order.project.content
        self._inner = {
            folder for path in found for folder in path.parents if folder.is_relative_to(content)
        }
        new = {path for path, slug in found.items() if before.get(path) != slug}
        return new, bool(before.keys() - found.keys())

    def path(self, slug: str) -> Path | None:
        """Return the content file of a slug."""
        return self._paths.get(slug)

    def take(self) -> None:
        """Note what all content files are made from."""
        for slug in self.manifest.entries:
            self.note(slug)

    def note(self, slug: str) -> set[Path]:
        """Note what a content file is made from now; return the folders of it all."""
        entry = self.manifest.entries.get(slug)
        if entry is None:
            return set()
        for path in (*entry.reads, *entry.misses):
            self._readers.setdefault(path, set()).add(slug)
        own = {Path(path).parent for path in (*entry.reads, *entry.misses)}
        before = self._worn.get(slug)
        if before is entry.looks:
            return own
        if before is not None and not (left := self._wearers[before] - {slug}):
            del self._wearers[before]
        elif before is not None:
            self._wearers[before] = left
        self._worn[slug] = entry.looks
        self._wearers.setdefault(entry.looks, set()).add(slug)
        return own | {Path(path).parent for path in (*entry.looks.reads, *entry.looks.misses)}

    def concerned(self, names: set[str]) -> set[Path]:
        """Return the content files that these are, or that are made from them, or would be."""
        slugs = set().union(*(self._readers.get(name, set()) for name in names))
        for looks, wearers in self._wearers.items():
            if not (names.isdisjoint(looks.reads) and names.isdisjoint(looks.misses)):
                slugs |= wearers
        made = {self._paths[slug] for slug in slugs if slug in self._paths}
        return made | {path for path in map(Path, names) if path in self.sources}

    def unsettled(self) -> set[Path]:
        """Return the content files of which it is not known that they are up to date."""
        entries, order = self.manifest.entries, self.order.order
        return {
            path
            for path, slug in self.sources.items()
            if (found := entries.get(slug)) and found.order != order
        }

    def looks(self, names: Iterable[str]) -> bool:
        """Return whether a look is among some files, or was, or will be."""
        roots = [f"{root}/{kind}" for _, root in self.order.project.looks for kind in LOOKS]
        inside = tuple(f"{root}/" for root in roots)
        return any(name.startswith(inside) or name in roots for name in names)

    def comes_or_goes(self, path: Path) -> bool:
        """Return whether a path may be a content file that is new or gone, or a folder of some."""
        if self.order.paths:
            return any(path.is_relative_to(each) for each in self.order.paths)
        if not path.is_relative_to(self.order.project.content):
            return False
        if path.is_dir() or path in self._inner:
            return True
        return path.suffix.lower() == ".md" and (path in self.sources) != path.is_file()

    def every(self) -> set[str]:
        """Return all files that something is made from, or would be if they were there."""
        worn = (path for looks in self._wearers for path in (*looks.reads, *looks.misses))
        return {*self._readers, *map(str, self.sources), *worn}

    def trees(self) -> set[Path]:
        """Return the folders that matter with all that is below them."""
        project = self.order.project
        found = {root / kind for _, root in project.looks for kind in LOOKS}
        return found | ({project.content} if not self.order.paths else set(self.order.paths))

    def folders(self) -> set[Path]:
        """Return the folders that matter by themselves."""
        project = self.order.project
        roots = {project.root, *(root for _, root in project.looks)}
        above = {path.parent for path in self.order.paths}
        return roots | above | {Path(path).parent for path in self.every()}
