"""Content files -> carousels -> artifacts -> output/. One bad file never stops the rest."""

from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator import checks, disk, exporters
from generator.build import manifest as records
from generator.build import results, single
from generator.build.crew import WorkerError
from generator.build.index import Index, page
from generator.build.inline import Inline
from generator.build.job import Pressed, examine, work
from generator.build.journal import Journal
from generator.build.looks import Looks
from generator.build.manifest import Entry, Manifest
from generator.build.noting import Notes, Pending
from generator.build.order import Order
from generator.build.outputs import Outputs
from generator.build.packs import packed
from generator.build.prepare import Prepared, prepare
from generator.build.project import find_sources, load
from generator.build.report import Outcome, Report, replayed
from generator.build.sharing import shared, shares
from generator.build.stamps import now
from generator.build.store import FOLDER as STORE
from generator.build.store import Store
from generator.cache import Place
from generator.checks import Written
from generator.errors import GeneratorError, Problem, error
from generator.model import Artifact, Carousel, Source
from generator.settings import silence

AHEAD = 4
"""Content files that are prepared ahead for each worker: none of them waits, memory stays flat."""
FULL = "disk-full"


Told = Callable[[Outcome], None]


def build(
    order: Order,
    told: Told = lambda _outcome: None,
    crew: Executor | None = None,
    expected: Callable[[int], None] = lambda _count: None,
) -> Report:
    """Build what the order names; `told` hears of each content file when it is done.

    `expected` hears first of how many there are.
    """
    return Builder(order, crew or Inline(), told, expected).everything()


@dataclass(slots=True)
class Builder:
    """Builds content files of one project, once or again and again.

    `warm`: workers keep pages, and a slide that did not change is not laid out again. What was
    started `quick` has no pack yet, and its PDF may be larger: `finish` has all made well. `taken`
    hears of each content file when it was read, before workers begin with it.
    """

    order: Order
    crew: Executor
    told: Told = lambda _outcome: None
    expected: Callable[[int], None] = lambda _count: None
    warm: bool = False
    taken: Callable[[Prepared], None] = lambda _prepared: None
    manifest: Manifest = field(init=False)
    outputs: Outputs = field(init=False)
    index: Index = field(init=False)
    store: Store = field(init=False)
    place: Place = field(init=False)
    looks: Looks = field(init=False)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    drafts: dict[str, Entry] = field(default_factory=dict)
    rough: dict[Path, str] = field(default_factory=dict)
    full: bool = False
    crowd: int = 1

    def __post_init__(self) -> None:
        """Take up what was built before."""
        order = self.order
        cache = order.cache
        self.manifest = records.load(cache, order.project.root, order.record)
        self.outputs = Outputs(order.root, self.manifest, Journal(order.journal))
        self.outputs.recover()
        self.index = Index(order.root, self.manifest)
        self.store = Store(cache / STORE if cache and order.order else None, order.order)
        folder = str(self.store.folder or "")
        self.place = Place(folder, records.fingerprint("cache"), not order.force)
        self.renew()

    def renew(self) -> None:
        """Read looks anew from now on: what is read once serves all content files."""
        self.looks = Looks(self.order.project)

    @property
    def notes(self) -> Notes:
        """Return what writes down what came of content files."""
        return Notes(self.order, self.manifest)

    def everything(self) -> Report:
        """Build all content files that the order names, and remove the output of those gone."""
        found, wrong = find_sources(self.order.project, self.order.paths)
        shard = self.order.shard
        found = shard.share(found) if shard else found
        self.outcomes.clear()
        self.some(found)
        removed: tuple[str, ...] = ()
        if not self.order.single and not self.order.paths and not wrong:
            others = {one for one in self.manifest.entries if shard and not shard.owns(one)}
            removed = self.outputs.forget(others.union(found.values()) - self.drafts.keys())
            self.manifest.entries |= self.drafts
            failed = self.full or any(outcome.failed for outcome in self.outcomes.values())
            self.manifest.look_at(None if failed or shard else self.order.project.content)
        wrong += self.show()
        self.save()
        outcomes = tuple(self.outcomes[slug] for slug in found.values() if slug in self.outcomes)
        return Report(outcomes, tuple(wrong), removed)

    def some(self, found: Mapping[Path, str]) -> None:
        """Build content files; as many are under way as keep the workers busy."""
        self.expected(len(found))
        self.crowd = len(found)
        pending: deque[Pending] = deque()
        for path, slug in found.items():
            if self.full:
                break
            started = self.start(path, slug)
            if isinstance(started, Pending):
                pending.append(started)
            else:
                self.tell(started)
            if len(pending) >= AHEAD * getattr(self.crew, "size", 1):
                self.settle(pending.popleft())
        for waiting in pending:
            self.settle(waiting)

    def start(self, path: Path, slug: str, *, quick: bool = False) -> Pending | Outcome:
        """Return a content file that is on its way to the workers, or what came of it already."""
        project, order = self.order.project, self.order
        shown = project.shown(path)
        fresh = not order.force and order.cache and not order.single
        if fresh and self.manifest.fresh(slug, shown, order.order, order.root):
            if self.manifest.entries[slug].draft:
                self.drafts[slug] = self.manifest.entries[slug]
            return replayed(slug, self.manifest.entries[slug])
        entry = self.manifest.entries.get(slug)
        seen = self.looks.changed({str(path), *(entry.made_from if entry else ())})
        since = self.looks.since
        try:
            source = load(project, project.door(), path, slug)
        except GeneratorError as wrong:
            return Outcome(slug, shown, problems=wrong.problems)
        prepared = self._prepared(source)
        outcome = Outcome(slug, shown, problems=prepared.problems)
        if prepared.draft and not order.drafts:
            self.drafts[slug] = self.notes.draft(source, seen, since)
            return replace(outcome, draft=True, problems=())
        if not prepared.carousels or (order.single and prepared.failed):
            return outcome
        self.taken(prepared)
        wanted = self._wanted(prepared)
        jobs = [(one, self._submitted(one, len(wanted), quick=quick)) for one in wanted]
        return Pending(prepared, seen, jobs, since)

    def _prepared(self, source: Source) -> Prepared:
        """Return a content file's carousels, and what there is to tell of what is written."""
        project = self.order.project
        prepared = prepare(project, source, self.order.command, self.looks.library)
        if not self.order.checks or not prepared.thread:
            return prepared
        written = Written(source, prepared.thread, prepared.carousels, project.given)
        return replace(prepared, problems=(*prepared.problems, *checks.read(written)))

    def withdraw(self, slug: str) -> tuple[str, ...]:
        """Remove the output of a file that is a draft now; return its slug if it had any."""
        entry = self.manifest.entries.get(slug)
        had = entry is not None and bool(entry.writes)
        if had:
            self.outputs.forget(self.manifest.entries.keys() - {slug})
        if slug in self.drafts:
            self.manifest.entries[slug] = self.drafts[slug]
        return (slug,) if had else ()

    def _submitted(self, carousel: Carousel, siblings: int, *, quick: bool) -> "Future[Pressed]":
        known = None if self.order.force else self.store.find(carousel, self.manifest.now)
        if known is None:
            if self.order.checks:
                return self.crew.submit(examine, carousel, self.warm, quick, self.place)
            workers = 1 if self.warm else getattr(self.crew, "size", 1)
            if exporters.measuring(carousel.files):
                workers = 1  # plates have no boxes
            count = shares(workers, self.crowd * siblings, carousel)
            if count > 1:
                return shared(self.crew, carousel, count, self.place)
            return self.crew.submit(work, carousel, self.warm, quick, self.place)
        future: Future[Pressed] = Future()
        future.set_result(known)
        return future

    def _wanted(self, prepared: Prepared) -> tuple[Carousel, ...]:
        """Return the carousels to press: for a single output file the first."""
        alone = self.order.single
        return (single.wanted(prepared.carousels[0], alone),) if alone else prepared.carousels

    def settle(
        self, pending: Pending, unless: Callable[[], bool] = lambda: False
    ) -> Outcome | None:
        """Publish what came of a content file's carousels, and tell; nothing if it is out of date.

        `unless` is asked just before anything is written.
        """
        source = pending.prepared.source
        pressed = [(carousel, results.result(carousel, job)) for carousel, job in pending.jobs]
        problems = [*pending.prepared.problems, *(p for _, one in pressed for p in one.problems)]
        problems = silence.applied(problems, pending.prepared.silences, all_told=self.order.checks)
        if unless():
            return None
        written: tuple[Path, ...] = ()
        writes: dict[str, list[int]] = {}
        try:
            written, writes = self._publish(pending.prepared, pressed)
        except GeneratorError as wrong:
            problems += wrong.problems
        made = results.outcome(source, [one for _, one in pressed], written, problems)
        self._note(pending, made, pressed, writes)
        if any(one.hasty for _, one in pressed):
            self.rough[Path(source.file)] = source.slug
        self.tell(made)
        return made

    def _publish(
        self, prepared: Prepared, pressed: list[tuple[Carousel, Pressed]]
    ) -> tuple[tuple[Path, ...], dict[str, list[int]]]:
        artifacts: list[Artifact] = [made for _, one in pressed for made in one.artifacts]
        if self.order.checks:
            return (), {}
        if self.order.single:
            return single.written(self.order.single, artifacts, prepared.source), {}
        for carousel, one in pressed:
            if carousel.beside and not (one.failed or one.hasty):
                artifacts += packed(carousel, prepared.sources, one.artifacts, one.pages)
        failed = [carousel.folder for carousel, one in pressed if one.failed or one.hasty]
        source = prepared.source
        return self.outputs.publish(
            source.slug, source.path, artifacts, (*prepared.failed, *failed)
        )

    def _note(
        self,
        pending: Pending,
        outcome: Outcome,
        pressed: list[tuple[Carousel, Pressed]],
        writes: dict[str, list[int]],
    ) -> None:
        """Keep what came of a content file."""
        pressed = [(carousel, results.whole(carousel, one)) for carousel, one in pressed]
        stamps = self.notes.built(pending, outcome, [one for _, one in pressed], writes)
        for carousel, one in pressed:
            self.store.put_down(one.findings)
            if one.timings and not one.hasty and stamps.keys() >= one.read:
                self.store.keep(carousel, one, {path: stamps[path][4] for path in one.read})

    def tell(self, outcome: Outcome) -> None:
        """Keep an outcome and tell of it."""
        self.outcomes[outcome.slug] = outcome
        self.full = self.full or any(problem.code == FULL for problem in outcome.problems)
        self.told(outcome)

    def finish(self) -> None:
        """Do what was put off while changes came one after another."""
        rough, self.rough = self.rough, {}
        self.some(rough)
        self.show()
        self.save()

    def show(self) -> tuple[Problem, ...]:
        """Write the page of all that was built, unless it is as it was or only part is known."""
        order = self.order
        part = order.checks or (order.cache is None and (order.paths or order.shard))
        if order.single or part or self.full or (cards := self.index.wanted()) is None:
            return ()
        try:
            return self.index.publish(self.crew.submit(page, cards).result())
        except GeneratorError as wrong:
            return wrong.problems
        except WorkerError as lost:
            message = f"the page of all carousels can't be written: {lost}"
            return (error("worker-lost", message),)

    def save(self) -> None:
        """Write down what came of it all."""
        cache = self.order.cache
        if cache and not self.full:
            disk.write(cache / self.order.record, self.manifest.dump(now()), lasting=False)
            self.outputs.journal.done()
            self.store.prune()
        self.outputs.journal.close()
