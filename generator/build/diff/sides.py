"""The two states that are compared: what their files are, which of them differ, what they build."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from generator.build.diff.git import Entry, Git
from generator.build.diff.revision import blob_name
from generator.build.prepare import Prepared, prepare
from generator.build.project import CONTENT, Project, find_sources, load
from generator.errors import GeneratorError, Location, Problem, Severity
from generator.library import Library
from generator.model import Carousel, Document

T = TypeVar("T")
MADE = ("output/", ".threadpress/")
"""Folders that nothing is made from, though git may hold what is in them."""


@dataclass
class Side:
    """One of two states: its `label` (a revision, or `` for the working tree), and its project.

    `problems` are those of names that can't be content files'.
    """

    label: str
    project: Project
    command: Document
    drafts: bool = False
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def sources(self) -> Mapping[str, Path]:
        """Return the content files by slug; none where there is no content/."""
        if not self.project.content.is_dir():
            return {}
        found, wrong = find_sources(self.project, ())
        self.problems += [self.placed(problem) for problem in wrong]
        return {slug: path for path, slug in found.items()}

    @cached_property
    def _library(self) -> Library:
        return self.project.library()

    def prepared(self, slug: str) -> Prepared | None:
        """Return the carousels of a content file; nothing where there is none, or it is a draft."""
        path = self.sources.get(slug)
        if path is None:
            return None
        source = load(self.project, self.project.door(), path, slug)
        made = prepare(self.project, source, self.command, self._library)
        return None if made.draft and not self.drafts else made

    def placed(self, problem: Problem) -> Problem:
        """Return a problem whose place says which state it is in, as git writes it: HEAD:a.md."""
        place = problem.location
        if not self.label or not place or place.path.startswith(f"{self.label}:"):
            return problem
        return replace(problem, location=replace(place, path=f"{self.label}:{place.path}"))


@dataclass(frozen=True, slots=True)
class Edits:
    """Which files differ between two states, by path from the project, and which were renamed."""

    paths: frozenset[str]
    listed: frozenset[str]
    renamed: Mapping[str, str]

    def __bool__(self) -> bool:
        """Return whether any file differs."""
        return bool(self.paths)

    def touch(self, root: Path, read: Iterable[str]) -> bool:
        """Return whether any of these files or folders below `root` is not the same on both sides.

        A folder is touched if a file in it came or went; a file below a submodule if that moved.
        """
        base = str(root) + os.sep
        for path in read:
            below = path.removeprefix(base).replace(os.sep, "/")
            if below == path:
                continue
            if below in self.paths or below in self.listed:
                return True
            if any(above in self.paths for above in _above(below)):
                return True
        return False

    @property
    def words_only(self) -> bool:
        """Return whether only Markdown differs: nothing else than threads is made from it."""
        return all(path.endswith(".md") for path in self.paths)


def edits(git: Git, before: str, after: str) -> Edits:
    """Return what differs between two trees; an empty `after` is the working tree."""
    paths: set[str] = set()
    moves: set[str] = set()
    renamed: dict[str, str] = {}
    gone: list[str] = []
    for status, old, new in git.changed(before, after):
        if old.startswith(MADE) and new.startswith(MADE):
            continue
        paths |= {old, new}
        if status in "RADCT":
            moves |= {old, new}
        if status == "R":
            renamed[new] = old
        if status == "D":
            gone.append(old)
    if not after:
        added = set(git.untracked(CONTENT, "layouts", "themes", "threadpress.yaml"))
        added = {path for path in added if not path.startswith(MADE)}
        paths |= added
        moves |= added
        renamed |= _same(git, git.entries(before), gone, added)
    listed = {above for path in moves for above in _above(path)}
    return Edits(frozenset(paths), frozenset(listed), renamed)


def _same(
    git: Git, known: Mapping[str, Entry], gone: Iterable[str], added: Iterable[str]
) -> dict[str, str]:
    """Return the files that were moved without telling git, as new path to old one."""
    old = {known[path].object: path for path in gone if path in known and path.endswith(".md")}
    digits = len(next(iter(old), ""))
    found: dict[str, str] = {}
    for path in added if old else ():
        file = git.folder / path
        if path.endswith(".md") and file.is_file():
            name = blob_name(file.read_bytes(), digits)
            found |= {path: old[name]} if name in old else {}
    return found


def _above(path: str) -> Iterator[str]:
    """Yield the folders that a path lies in."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def moved(value: T, old: str, new: str) -> T:
    """Return a model whose paths below the folder `old` lie below `new`."""
    made: object = value
    if isinstance(value, str):
        made = new + value[len(old) :] if value == old or value.startswith(old + os.sep) else value
    elif isinstance(value, tuple | list | frozenset):
        made = type(value)(moved(one, old, new) for one in value)
    elif isinstance(value, Mapping):
        pairs = {key: moved(one, old, new) for key, one in value.items()}
        made = MappingProxyType(pairs) if isinstance(value, MappingProxyType) else pairs
    elif is_dataclass(value) and not isinstance(value, type | Location):
        parts = {one.name: moved(getattr(value, one.name), old, new) for one in fields(value)}
        made = replace(value, **parts)
    return made  # type: ignore[return-value]  # the same type, with other paths


@dataclass(frozen=True, slots=True)
class Made:
    """A content file's carousels by folder, and the errors that kept others from being."""

    made: Mapping[str, Carousel]
    problems: tuple[Problem, ...] = ()


def carousels(side: Side, slug: str) -> Made:
    """Return what a content file gives in a state; nothing where it is not, or is a draft."""
    try:
        prepared = side.prepared(slug)
    except GeneratorError as wrong:
        return Made({}, tuple(map(side.placed, wrong.problems)))
    if prepared is None:
        return Made({})
    wrong_ones = (one for one in prepared.problems if one.severity is Severity.ERROR)
    made = {one.folder: one for one in prepared.carousels}
    return Made(made, tuple(map(side.placed, wrong_ones)))
