"""What was built from what: so that a build with nothing to do ends at once.

Knows the standard library only (a test asserts it). The file is JSON in the cache folder; when it
is gone, cut off or of another version, everything is built anew.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from generator.build.stamps import RACY, Stamp, digest, stamp, written
from generator.errors import Location, Problem, Severity

VERSION = 6
"""Of the file's form; another one is as good as none."""
NAME, CHECKS = "manifest.json", "checks.json"
"""Of what was built, and of what was checked: each is taken up where it ended."""
INDEX = "index.html"
"""The page of all that was built, in the output folder."""
STAMP_PARTS = 5
JOURNALS = "journal-*.jsonl"
"""Of builds under way, or ended by force: what they wrote is not in the manifest yet."""


@dataclass(frozen=True, slots=True, eq=False)
class Looks:
    """Files outside content/ that many content files are made from: asked about once for all."""

    reads: dict[str, str]
    misses: list[str]


NO_LOOKS = Looks({}, [])


@dataclass(slots=True)
class Entry:
    """What came of one content file.

    `reads` are the paths that it was made from with their SHA-256, `misses` those that would have
    been read instead had they been there, `writes` its output by path below output/ with size and
    times. `told` are its problems, as plain lists, to be told again. `order` is the hash of how it
    was asked for. What lies outside content/ is in `looks`, which many entries share.
    """

    path: str
    order: str
    reads: dict[str, str]
    misses: list[str]
    writes: dict[str, list[int]]
    told: list[Any] = field(default_factory=list)
    pages: int = 0
    draft: bool = False
    looks: Looks = NO_LOOKS

    @property
    def made_from(self) -> tuple[str, ...]:
        """Return the paths of all that it was made from."""
        return (*self.reads, *self.looks.reads)


@dataclass(slots=True)
class Manifest:
    """All entries by slug, and the stamps of the files that they were made from.

    `index` are size and times of the page that shows it all, `shown` is a hash of what it shows.
    """

    root: Path
    entries: dict[str, Entry] = field(default_factory=dict)
    stamps: dict[str, Stamp] = field(default_factory=dict)
    tree: list[str] = field(default_factory=list)
    taken: int = 0
    index: list[int] = field(default_factory=list)
    shown: str = ""
    _looks: dict[tuple[tuple[object, ...], tuple[str, ...]], Looks] = field(default_factory=dict)
    _same: dict[str, bool] = field(default_factory=dict)
    _gone: dict[str, bool] = field(default_factory=dict)
    _stand: dict[Looks, bool] = field(default_factory=dict)

    @property
    def shared(self) -> Iterable[Looks]:
        """Return the looks that entries share."""
        return self._looks.values()

    def fresh(self, slug: str, path: str, order: str, output: Path) -> bool:
        """Return whether nothing changed of what a content file was made from, nor its output."""
        entry = self.entries.get(slug)
        return (
            entry is not None
            and entry.path == path
            and entry.order == order
            and self._looks_stand(entry.looks)
            and all(self.same(path, was) for path, was in entry.reads.items())
            and all(map(self.still_missing, entry.misses))
            and all(_stands(f"{output}/{name}", was) for name, was in entry.writes.items())
        )

    def idle(self, order: str, output: Path) -> bool:
        """Return whether nothing at all is to be done: no content file is new, changed or gone."""
        return (
            bool(self.tree)
            and (not self.index or _stands(f"{output}/{INDEX}", self.index))
            and all(self.same(folder) for folder in self.tree)
            and all(self.fresh(slug, e.path, order, output) for slug, e in self.entries.items())
        )

    def look_at(self, content: Path | None) -> None:
        """Note the folders of content/, which change when a file comes or goes; None: not idle."""
        self.tree = []
        for folder, folders, _ in os.walk(content) if content else ():
            folders.sort()
            self.tree.append(folder)
            if now := stamp(folder):
                self.stamps[folder] = [*now, digest(folder)]

    def _looks_stand(self, looks: Looks) -> bool:
        if looks not in self._stand:
            self._stand[looks] = all(
                self.same(path, was) for path, was in looks.reads.items()
            ) and all(map(self.still_missing, looks.misses))
        return self._stand[looks]

    def same(self, path: str, was: str | None = None) -> bool:
        """Return whether a file is as it was noted last, and had that hash; looked at once a run.

        The hash matters: a look that changed is noted with the first carousel made from it, and
        all the others are still to be made.
        """
        if path not in self._same:
            self._same[path] = self._compare(path)
        return self._same[path] and was in {None, self.stamps[path][4]}

    def still_missing(self, path: str) -> bool:
        """Return whether a file that was not there is not there still; asked once in a run."""
        if path not in self._gone:
            self._gone[path] = not os.path.lexists(path)
        return self._gone[path]

    def now(self, path: str) -> str:
        """Return the hash of a file as it is now; nothing if there is none."""
        return (
            str(self.stamps[path][4]) if path in self.stamps and self.same(path) else digest(path)
        )

    def forget_looks(self, paths: Iterable[str] | None = None) -> None:
        """Ask the disk anew: about `paths`, or about everything."""
        self._stand.clear()
        if paths is None:
            self._same.clear()
            self._gone.clear()
        for path in paths or ():
            self._same.pop(path, None)
            self._gone.pop(path, None)

    def note(self, slug: str, entry: Entry, stamps: Mapping[str, Stamp]) -> None:
        """Keep what came of a content file, and the stamps taken when its files were read."""
        content = str(self.root / "content") + os.sep
        own = {path: was for path, was in entry.reads.items() if path.startswith(content)}
        near = [path for path in entry.misses if path.startswith(content)]
        reads = {path: was for path, was in entry.reads.items() if path not in own}
        looks = self.looks(reads, [path for path in entry.misses if path not in near])
        self.entries[slug] = replace(entry, reads=own, misses=near, looks=looks)
        for path, was in stamps.items():
            self.stamps[path] = was
            self._same[path] = True

    def looks(self, reads: dict[str, str], misses: list[str]) -> Looks:
        """Return these files as one thing, the same one for all who are made from the same."""
        key = (tuple(reads.items()), tuple(misses))
        return self._looks.setdefault(key, Looks(reads, misses))

    def _compare(self, path: str) -> bool:
        was = self.stamps.get(path)
        now = stamp(path)
        if was is None or now is None:
            return False
        if was[:4] == now and max(was[:2]) < self.taken - RACY:
            return True
        if was[2] != now[2] or digest(path) != was[4]:
            return False
        self.stamps[path] = [*now, was[4]]
        return True

    def dump(self, taken: int) -> bytes:
        """Return the file's content; what many entries share is written once."""
        numbers: dict[Looks, int] = {}
        entries = {
            slug: [e.path, e.order, e.reads, e.misses, e.writes, e.told, e.pages, e.draft,
                   numbers.setdefault(e.looks, len(numbers))]
            for slug, e in sorted(self.entries.items())
        }  # fmt: skip
        used = {*self.tree, *(path for e in self.entries.values() for path in e.reads)}
        used.update(*(looks.reads for looks in numbers))
        stamps = {path: stamp for path, stamp in sorted(self.stamps.items()) if path in used}
        content = {
            "version": VERSION,
            "taken": taken,
            "index": [self.index, self.shown],
            "tree": self.tree,
            "looks": [[looks.reads, looks.misses] for looks in numbers],
            "entries": entries,
            "stamps": stamps,
        }
        return json.dumps(content, separators=(",", ":")).encode()


def load(folder: Path | None, root: Path, name: str = NAME) -> Manifest:
    """Return the manifest kept in a cache folder; an empty one if none can be read."""
    manifest = Manifest(root)
    try:
        if folder is None:
            return manifest
        content = json.loads((folder / name).read_bytes())
        if content["version"] != VERSION:
            return manifest
        every = [manifest.looks(*pair) for pair in content["looks"]]
        for slug, (*rest, looks) in content["entries"].items():
            manifest.entries[slug] = entry = Entry(*rest)
            entry.looks = every[looks]
        manifest.stamps = content["stamps"]
        manifest.tree = [] if any(folder.glob(JOURNALS)) else content["tree"]
        manifest.taken = content["taken"]
        manifest.index, manifest.shown = content["index"]
        _demand_sound(manifest)
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        return Manifest(root)  # cut off by a crash, or somebody else's: all is built anew
    return manifest


def _demand_sound(manifest: Manifest) -> None:
    """Raise a TypeError or ValueError unless all is of the types that it should be."""
    entries = manifest.entries.values()
    wanted: list[tuple[Iterable[object], type]] = [
        ((manifest.stamps, *(shared for e in entries for shared in (e.reads, e.writes))), dict),
        ((manifest.tree, *(shared for e in entries for shared in (e.misses, e.told))), list),
        (manifest.stamps.values(), list),
        ((looks.reads for looks in manifest.shared), dict),
        ((looks.misses for looks in manifest.shared), list),
        ((path for e in entries for path in e.misses), str),
        ((path for looks in manifest.shared for path in looks.misses), str),
        (manifest.tree, str),
        ((manifest.shown,), str),
        (manifest.index, int),
        ((manifest.taken, *(e.pages for e in entries)), int),
    ]
    if not all(isinstance(one, kind) for every, kind in wanted for one in every):
        raise TypeError
    if any(len(one) != STAMP_PARTS for one in manifest.stamps.values()):
        raise ValueError
    for entry in entries:
        recalled(entry)


def fingerprint(asked: object) -> str:
    """Return what a build was asked for and by which program, as a hash.

    Part of it are the program's own files, the versions of what it uses and the environment's say.
    """
    stock = os.environ.get("THREADPRESS_STOCK", "")
    told = (asked, *_program(tuple(sys.path)), sys.version, stock)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


@cache
def _program(paths: tuple[str, ...]) -> tuple[list[tuple[str, int, int]], list[list[str]]]:
    """Return the program's files, and the names of what is installed beside it: as it was begun."""
    package = Path(__file__).resolve().parent.parent
    code = [
        (entry.name, entry.stat().st_mtime_ns, entry.stat().st_size)
        for folder, _, _ in os.walk(package)
        for entry in sorted(os.scandir(folder), key=lambda one: one.name)
        if entry.name.endswith(".py")
    ]
    used = [
        sorted(entry.name for entry in os.scandir(path) if entry.name.endswith(".dist-info"))
        for path in paths
        if path.endswith("site-packages") and Path(path).is_dir()
    ]
    return code, used


def _stands(path: str, was: list[int]) -> bool:
    try:
        return written(path) == was
    except OSError:
        return False


def told(problem: Problem) -> list[Any]:
    """Return a problem as plain values."""
    place = problem.location
    where = [place.path, place.line, place.column] if place else None
    hint, silenced = problem.hint, problem.silenced
    return [str(problem.severity), problem.code, problem.message, where, hint, silenced]


def recalled(entry: Entry) -> tuple[Problem, ...]:
    """Return the problems of an entry, to be told again."""
    return tuple(map(problem, entry.told))


def problem(plain: list[Any]) -> Problem:
    """Return a problem from plain values."""
    severity, code, message, where, hint, silenced = plain
    place = Location(*where) if where else None
    return Problem(Severity(severity), code, message, place, hint, silenced)
