"""Changes become rebuilds: events only name paths, hashes decide, a sound change builds at once."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import wait
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.build.noting import Pending
from generator.build.pipeline import AHEAD, Builder
from generator.build.project import FILE, open_project
from generator.build.report import Outcome
from generator.build.stamps import stamp
from generator.errors import GeneratorError, Problem
from generator.watch.events import Events
from generator.watch.stock import Stock
from generator.watch.task import Rebuilt, Task, is_news

__all__ = ["Rebuilt", "Watching"]

QUIET = 0.080
"""Seconds without an event after which an empty or broken file is believed (reliability.md)."""
PATIENCE = 1.0
"""Seconds after which it is believed though events go on."""
IDLE = 1.0
"""Seconds without an event after which what was put off is done: the record is written."""
SWEEP = 15.0
"""Seconds between full scans, for what no event told of."""
STALE = 1.0
"""Seconds after which a worker that builds what has changed meanwhile is ended over it. Before, it
is done sooner than a new worker would be warm."""
AGAIN = 3
"""Times that a file which changes while it is built is built again before its turn passes."""


def _nobody(_outcome: Outcome) -> None:
    pass


@dataclass(slots=True)
class Watching:
    """Keeps output/ as a clean build would leave it, while files change.

    `told`, `removed` and `failed` hear what is news to people. `seen` hears of every outcome, and
    `listed` which content files there are whenever some came or went.
    """

    builder: Builder
    events: Events
    told: Callable[[Rebuilt], None]
    removed: Callable[[str], None]
    failed: Callable[[tuple[Problem, ...]], None]
    seen: Callable[[Outcome], None] = _nobody
    listed: Callable[[Mapping[Path, str]], None] = lambda _sources: None
    stock: Stock = field(init=False)
    tasks: dict[Path, Task] = field(default_factory=dict)
    broken: dict[Path, Task] = field(default_factory=dict)
    complaints: dict[Path, tuple[Problem, ...]] = field(default_factory=dict)
    left: float = 0.0
    wrong: tuple[Problem, ...] = ()
    unsaved: bool = False
    swept: float = 0.0
    heard: float = 0.0

    def begin(self) -> None:
        """Build what is not up to date, and watch the folders from then on."""
        began = time.monotonic()
        self.stock = Stock(self.builder.order, self.builder.manifest)
        self.stock.count()
        self.listed(self.stock.sources)
        self.builder.told = lambda outcome: self._first(outcome, began)
        report = self.builder.everything()
        self.builder.told = _nobody
        self._tell_wrong(report.problems)
        for slug in report.removed:
            self.removed(slug)
        self.stock.take()
        self._arm()
        self._sweep()  # what changed before anybody watched

    def _first(self, outcome: Outcome, began: float) -> None:
        path = self.stock.path(outcome.slug)
        if outcome.failed and path:
            self.complaints[path] = outcome.problems
        self.seen(outcome)
        if not outcome.fresh:
            self.told(Rebuilt(outcome, time.monotonic() - began))

    def run(self) -> None:
        """Watch until interrupted."""
        while True:
            changed = self.events.wait(0 if self.tasks else self._patience())
            now = time.monotonic()
            if changed:
                self.heard = now
                names = {str(path) for path in changed}
                self._changed(names, now, names)
            self._work()
            self._believe(time.monotonic())
            if not (changed or self.tasks):
                self._rest(now)

    def _patience(self) -> float:
        """Return how long to wait for events: until something that was put off is due."""
        now = time.monotonic()
        due = [self.swept + SWEEP]
        put_off = [task.began for task in self.broken.values()] + ([self.left] if self.left else [])
        due += [min(self.heard + QUIET, since + PATIENCE) for since in put_off]
        due += [self.heard + IDLE] if self.unsaved else []
        return max(0.0, min(due) - now)

    def _arm(self) -> None:
        self.events.watch(self.stock.trees(), self.stock.folders())

    def _changed(self, names: set[str], now: float, named: set[str]) -> None:
        """Note what is to be built because of some paths that may have changed.

        `named` are those that somebody waits for: the user saved them just now.
        """
        builder, own = self.builder, self.builder.order.project.root / FILE
        builder.full = False
        builder.manifest.forget_looks(names)
        for name in names:
            builder.looks.seen.pop(name, None)
        if str(own) in names:
            self._reopen(Task(own, now, own=True))
        if self.stock.looks(names):
            builder.renew()
        if any(self.stock.comes_or_goes(Path(name)) for name in names):
            self._recount(now)
        wanted = self.stock.concerned(names)
        if any(self._may_mend(Path(name)) for name in names):
            wanted |= self.complaints.keys() & self.stock.sources.keys()
        self._put(wanted, now, named)

    def _put(self, paths: Iterable[Path], now: float, names: set[str]) -> None:
        """Put content files before all others that are to be built."""
        fresh = {path: Task(path, now, own=str(path) in names) for path in sorted(paths)}
        self.tasks = {**fresh, **{path: t for path, t in self.tasks.items() if path not in fresh}}

    def _may_mend(self, path: Path) -> bool:
        """Return whether a path may be what a content file that failed has missed."""
        if path in self.stock.sources:
            return False
        project = self.builder.order.project
        ours = (self.builder.order.root, project.root / ".threadpress")
        return not any(path.is_relative_to(folder) for folder in ours)

    def _recount(self, now: float) -> None:
        away = self.stock.missing
        new, gone = self.stock.count()
        if away and not self.stock.missing:  # what was to be built while it was away was dropped
            new = set(self.stock.sources)
        self._arm()
        self._put(new, now, {str(path) for path in new})
        if gone or self.stock.wrong != self.wrong:
            self.left = self.left or now

    def _reopen(self, task: Task) -> None:
        """Read threadpress.yaml again: everything may depend on it."""
        self.broken.pop(task.path, None)
        try:
            empty = task.path.is_file() and not task.path.stat().st_size
            project = open_project(task.path.parent)
        except (GeneratorError, OSError) as wrong:
            if task.hasty:
                self.broken[task.path] = task
            elif isinstance(wrong, GeneratorError):
                self.failed(wrong.problems)
            return
        if empty and task.hasty:
            self.broken[task.path] = task
            return
        self.builder.order = replace(self.builder.order, project=project)
        self.stock.order = self.builder.order
        self.builder.renew()
        self._recount(task.began)
        self._put(self.stock.sources, task.began, set())

    def _work(self) -> None:
        """Build what is to be built, until there is news."""
        flight: deque[tuple[Task, Pending]] = deque()
        most = AHEAD * getattr(self.builder.crew, "size", 1)
        while self.tasks or flight:
            while self.tasks and len(flight) < most and not self.events.heard():
                task = self.tasks.pop(next(iter(self.tasks)))
                if started := self._start(task):
                    flight.append((task, started))
            if not flight:
                return
            self._land(*flight.popleft())

    def _start(self, task: Task) -> Pending | None:
        """Hand a content file to the workers, unless that settles it already."""
        slug = self.stock.sources.get(task.path)
        if slug is None:
            return None
        task.before = stamp(task.path)
        started = self.builder.start(task.path, slug, quick=task.own)
        if isinstance(started, Outcome):
            self._done(task, started)
            return None
        if task.hasty and any(p.severity == "error" for p in started.prepared.problems):
            self.broken.setdefault(task.path, task)
            return None
        return started

    def _land(self, task: Task, started: Pending) -> None:
        """Publish what the workers made of a content file, unless it has changed meanwhile."""
        jobs = [job for _, job in started.jobs]
        ended = False
        while wait(jobs, STALE).not_done and not ended:
            ended = stamp(task.path) != task.before or task.path in self.stock.concerned(
                self.events.heard()
            )
        if ended and hasattr(self.builder.crew, "give_up"):
            self.builder.crew.give_up(jobs)
        outcome = self.builder.settle(
            started, unless=lambda: ended or stamp(task.path) != task.before
        )
        if outcome is not None:
            task.hasty = task.hasty and time.monotonic() - task.began < PATIENCE
            self._done(task, outcome)
            return
        self.builder.manifest.forget_looks([str(task.path)])
        task.tries += 1
        put_off = task.tries >= AGAIN
        (self.broken if put_off else self.tasks).setdefault(task.path, task)

    def _done(self, task: Task, outcome: Outcome) -> None:
        """Tell of a content file that was built, or put a broken one off until it is believed."""
        path = task.path
        if outcome.failed and task.hasty:
            self.broken.setdefault(path, task)
            return
        self.broken.pop(path, None)
        before = self.complaints.pop(path, None)
        if outcome.failed:
            self.complaints[path] = outcome.problems
        if outcome.draft:
            self._take_back(self.builder.withdraw(outcome.slug))
        if not outcome.fresh:
            self.unsaved = True
            self.events.watch((), self.stock.note(outcome.slug))
        self.seen(outcome)
        if is_news(task, outcome, before):
            self.told(Rebuilt(outcome, time.monotonic() - task.began))

    def _believe(self, now: float) -> None:
        """Report what is broken or gone, once it has been quiet for long enough."""
        quiet = now - self.heard >= QUIET
        for path, task in list(self.broken.items()):
            if not (quiet or now - task.began >= PATIENCE):
                continue
            del self.broken[path]
            task.hasty, task.tries = False, 0
            if path.name == FILE and path not in self.stock.sources:
                self._reopen(task)
            elif not (self.stock.missing and not path.is_file()):
                self.tasks.setdefault(path, task)
        if self.left and (quiet or now - self.left >= PATIENCE):
            self.left = 0.0
            self._tell_wrong(self.stock.wrong)
            self.complaints = {
                path: told for path, told in self.complaints.items() if path in self.stock.sources
            }
            self.listed(self.stock.sources)
            if not (self.stock.wrong or self.builder.order.paths):
                self._take_back(self.builder.outputs.forget(set(self.stock.sources.values())))
        if self.tasks:
            self._work()

    def _tell_wrong(self, problems: tuple[Problem, ...]) -> None:
        if problems and problems != self.wrong:
            self.failed(problems)
        self.wrong = problems

    def _take_back(self, slugs: Iterable[str]) -> None:
        """Tell of content files whose output was removed."""
        for slug in slugs:
            self.unsaved = True
            self.removed(slug)

    def _rest(self, now: float) -> None:
        """Do what was put off until it is quiet: write the record, scan for what was not told."""
        if self.unsaved and now - self.heard >= IDLE:
            self.builder.rough = {
                path: slug for path, slug in self.builder.rough.items() if path.is_file()
            }  # what was saved and is gone since would come back as a file that is missed
            self.builder.told = self.seen
            self.builder.finish()
            self.builder.told = _nobody
            self.unsaved = False
        if now - self.swept >= SWEEP:
            self._sweep()

    def _sweep(self) -> None:
        """Look at everything, as if nothing had been told: events may have been lost."""
        self.swept = now = time.monotonic()
        manifest = self.builder.manifest
        manifest.forget_looks()
        self._recount(now)
        stale = {
            name
            for name in self.stock.every()
            if not (manifest.same(name) or manifest.still_missing(name))
        }
        if stale:
            self._changed(stale, now, set())
        busy = {*self.tasks, *self.broken, *self.complaints, *self.builder.rough}
        self._put(self.stock.unsettled() - busy, now, set())
