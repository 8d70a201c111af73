"""Changes become rebuilds: events only name paths, hashes decide, a sound change builds at once."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.build.manifest import Looks
from generator.build.pipeline import Builder, Outcome, Pending
from generator.build.project import FILE, Project, find_sources, open_project
from generator.build.stamps import stamp
from generator.errors import GeneratorError, Problem
from generator.watch.events import Events

QUIET = 0.080
"""Seconds without an event after which an empty or broken file is believed (reliability.md)."""
PATIENCE = 1.0
"""Seconds after which it is believed though events go on."""
IDLE = 1.0
"""Seconds without an event after which what was put off is done: the record is written."""
SWEEP = 15.0
"""Seconds between full scans, for what no event told of."""
AGAIN = 3
"""Times that a file which changes while it is built is built again before its turn passes."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What the user is told of: one content file that was built again, or failed."""

    outcome: Outcome
    seconds: float


@dataclass(slots=True)
class Watching:
    """Keeps output/ as a clean build would leave it, while files change."""

    builder: Builder
    events: Events
    told: Callable[[Rebuilt], None]
    removed: Callable[[str], None]
    failed: Callable[[tuple[Problem, ...]], None]
    sources: dict[Path, str] = field(default_factory=dict)
    readers: dict[str, set[str]] = field(default_factory=dict)
    wearers: dict[Looks, set[str]] = field(default_factory=dict)
    broken: dict[Path, float] = field(default_factory=dict)
    unsaved: bool = False
    swept: float = 0.0
    heard: float = 0.0
    _began: float = 0.0

    def begin(self) -> None:
        """Build what is not up to date, and watch the folders from then on."""
        self.builder.told = lambda outcome: None if outcome.fresh else self._tell(outcome)
        self._began = time.monotonic()
        report = self.builder.everything()
        self.builder.told = lambda _outcome: None
        if report.problems:
            self.failed(report.problems)
        self._take_stock()

    def _tell(self, outcome: Outcome) -> None:
        self.told(Rebuilt(outcome, time.monotonic() - self._began))

    def run(self) -> None:
        """Watch until interrupted."""
        self.swept = time.monotonic()
        while True:
            changed = self.events.wait(self._patience())
            now = time.monotonic()
            if changed:
                self.heard = now
                self._changed(changed)
            self._believe(now)
            if not changed:
                self._rest(now)

    def _patience(self) -> float:
        """Return how long to wait for events: until something that was put off is due."""
        now = time.monotonic()
        due = [self.swept + SWEEP]
        due += [min(self.heard + QUIET, since + PATIENCE) for since in self.broken.values()]
        due += [self.heard + IDLE] if self.unsaved else []
        return max(0.0, min(due) - now)

    def _take_stock(self) -> None:
        """Note which content files there are and which files each was made from."""
        project = self.builder.order.project
        self.sources, wrong = find_sources(project, self.builder.order.paths)
        if wrong:
            self.failed(tuple(wrong))
        self.readers, self.wearers = {}, {}
        for slug in self.builder.manifest.entries:
            self._note_readers(slug)
        self._arm()

    def _note_readers(self, slug: str) -> None:
        entry = self.builder.manifest.entries.get(slug)
        if entry is None:
            return
        for path in (*entry.reads, *entry.misses):
            self.readers.setdefault(path, set()).add(slug)
        for looks, slugs in list(self.wearers.items()):
            slugs.discard(slug)
            if not slugs:
                del self.wearers[looks]
        self.wearers.setdefault(entry.looks, set()).add(slug)

    def _concerned(self, names: set[str]) -> set[str]:
        """Return the slugs of what is made from these files, or would be if they were there."""
        found = set().union(*(self.readers.get(name, set()) for name in names))
        worn = (
            slugs
            for looks, slugs in self.wearers.items()
            if not names.isdisjoint(looks.reads) or not names.isdisjoint(looks.misses)
        )
        return found.union(*worn)

    def _matters(self) -> set[str]:
        """Return all files that something is made from, or would be if they were there."""
        worn = (path for looks in self.wearers for path in (*looks.reads, *looks.misses))
        return {*self.readers, *worn}

    def _arm(self) -> None:
        """Watch the folders of all files that matter, and those of files that may come."""
        project = self.builder.order.project
        folders = {Path(path).parent for path in self._matters()}
        folders |= {path.parent for path in self.sources} | {project.root}
        self.events.watch(folders | _tree(project.content, self.builder.order.paths))

    def _changed(self, paths: Iterable[Path]) -> None:
        """Build what the changed paths concern, as far as they are sound."""
        began = time.monotonic()
        names = {str(path) for path in paths}
        self.builder.manifest.forget_looks(names)
        project = self.builder.order.project
        if str(project.root / FILE) in names and not self._reopened(project):
            return
        slugs = self._concerned(names)
        if any(Path(name) not in self.sources for name in names):
            self.builder.renew()  # a look may have changed: read it anew
        wanted = {path: self.sources[path] for path in map(Path, sorted(names))
                  if path in self.sources}  # fmt: skip
        wanted |= {path: slug for slug in sorted(slugs) if (path := self._source_of(slug))}
        if any(self._may_be_source(Path(name)) for name in names):
            wanted |= self._came_and_went()
        for path, slug in wanted.items():
            self._build(path, slug, began, hasty=True)

    def _source_of(self, slug: str) -> Path | None:
        """Return the content file of a slug, if it is one of those that are watched."""
        entry = self.builder.manifest.entries.get(slug)
        path = self.builder.order.project.root / entry.path if entry else None
        return path if path and self.sources.get(path) == slug else None

    def _may_be_source(self, path: Path) -> bool:
        """Return whether a path is a content file that came or went, or a folder of some."""
        content = self.builder.order.project.content
        inside = path.is_relative_to(content) if not self.builder.order.paths else False
        known = path in self.sources
        return (
            inside and known != path.is_file() and (path.suffix.lower() == ".md" or path.is_dir())
        )

    def _came_and_went(self) -> dict[Path, str]:
        """Return content files that are new; those gone are believed when all is quiet."""
        found, wrong = find_sources(self.builder.order.project, self.builder.order.paths)
        new = {path: slug for path, slug in found.items() if self.sources.get(path) != slug}
        for path in set(self.sources) - set(found):
            self.broken.setdefault(path, time.monotonic())
        self.sources |= new
        if wrong:
            self.failed(tuple(wrong))
        self._arm()
        return new

    def _reopened(self, project: Project) -> bool:
        """Read threadpress.yaml again: everything may depend on it."""
        try:
            project = open_project(project.root)
        except GeneratorError as wrong:
            self.failed(wrong.problems)
            return False
        self.builder.order = replace(self.builder.order, project=project)
        self.builder.renew()
        return True

    def _build(self, path: Path, slug: str, began: float, *, hasty: bool) -> None:
        """Build one content file; a broken one is put off while `hasty`."""
        for _ in range(AGAIN):
            before = stamp(path)
            started = self.builder.start(path, slug)
            if isinstance(started, Outcome):
                self._done(path, started, began, hasty=hasty)
                return
            if hasty and _fails(started):
                self.broken.setdefault(path, began)
                return
            outcome = self.builder.settle(started, unless=_changes(path, before))
            if outcome is not None:
                self._done(path, outcome, began, hasty=False)
                return
            self.builder.manifest.forget_looks([str(path)])
        self.broken.setdefault(path, began)

    def _done(self, path: Path, outcome: Outcome, began: float, *, hasty: bool) -> None:
        if outcome.fresh:
            self.broken.pop(path, None)
            return
        if hasty and outcome.failed:
            self.broken.setdefault(path, began)
            return
        self.broken.pop(path, None)
        self.unsaved = True
        known = (len(self.readers), len(self.wearers))
        self._note_readers(outcome.slug)
        if (len(self.readers), len(self.wearers)) != known:
            self._arm()
        self.told(Rebuilt(outcome, time.monotonic() - began))

    def _believe(self, now: float) -> None:
        """Report what is broken or gone, once it has been quiet for long enough."""
        quiet = now - self.heard >= QUIET
        for path, since in list(self.broken.items()):
            if not (quiet or now - since >= PATIENCE):
                continue
            del self.broken[path]
            slug = self.sources.get(path)
            if slug is not None and path.is_file():
                self._build(path, slug, since, hasty=False)
            elif slug is not None:
                self._gone(path)

    def _gone(self, path: Path) -> None:
        """Remove the output of a content file that is no more."""
        self.sources.pop(path, None)
        for slug in self.builder.outputs.forget(set(self.sources.values())):
            self.removed(slug)
        self.unsaved = True

    def _rest(self, now: float) -> None:
        """Do what was put off until it is quiet: write the record, scan for what was not told."""
        if self.unsaved and now - self.heard >= IDLE:
            self.builder.finish()
            self.unsaved = False
        if now - self.swept >= SWEEP:
            self.swept = now
            self._sweep()

    def _sweep(self) -> None:
        """Look at everything, as if nothing had been told: events may have been lost."""
        self.events.mend()
        self.builder.manifest.forget_looks()
        self._came_and_went()
        stale = {
            name
            for name in self._matters()
            if not (self.builder.manifest.same(name) or self.builder.manifest.still_missing(name))
        }
        if stale:
            self._changed(map(Path, stale))


def _changes(path: Path, before: object) -> Callable[[], bool]:
    """Return a function that says whether a file is no longer as it was."""
    return lambda: stamp(path) != before


def _fails(started: Pending) -> bool:
    return any(problem.severity == "error" for problem in started.prepared.problems)


def _tree(content: Path, paths: Iterable[Path]) -> set[Path]:
    """Return the folders that new content files may come into."""
    if tuple(paths):
        return {path.parent for path in paths}
    found = {content} if content.is_dir() else set()
    return found | {path for path in content.rglob("*") if path.is_dir()}
