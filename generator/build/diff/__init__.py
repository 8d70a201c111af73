"""Two states of a project side by side: which slides of which carousels changed, with pictures.

What can't have changed is not looked at: git says which files differ, the manifest and the store
which carousels are made from them. An earlier state is read through git into the cache folder.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from generator import disk
from generator.build import manifest as records
from generator.build.diff.git import Git
from generator.build.diff.pairing import Change, Drawn, changes
from generator.build.diff.pressing import Pressing, slides
from generator.build.diff.report import NAME, Comparison, Difference, Status, markdown, plain, told
from generator.build.diff.revision import put
from generator.build.diff.sheet import sheets
from generator.build.diff.sides import Edits, Side, carousels, edits, moved
from generator.build.job import Pressed
from generator.build.order import Order
from generator.build.project import open_project
from generator.errors import GeneratorError, Problem, SurroundingsError, error
from generator.model import Artifact, Carousel

__all__ = ["Comparison", "Diff", "Difference", "plain", "told"]

FOLDER = "_diff"
"""Below output/: no slug begins like that."""
WORKING = "working tree"
REUSED = b"thread:"
"""What stands in a content file that has another one's posts."""
AHEAD = 4
"""Carousels that are under way for each worker: memory stays flat."""


@dataclass(slots=True)
class Pair:
    """A carousel in both states, or in one, and the jobs that press them; `was` its old folder."""

    name: str
    before: Carousel | None = None
    after: Carousel | None = None
    was: str = ""
    old: "Future[Pressed] | None" = None
    new: "Future[Pressed] | None" = None
    failed: bool = False


@dataclass
class Diff:
    """Compares two states of the project of an order; `revision` is REV, A..B or A...B."""

    order: Order
    revision: str
    git: Git = field(init=False)
    before: Side = field(init=False)
    after: Side = field(init=False)
    edits: Edits = field(init=False)
    known: Edits = field(init=False)
    manifest: records.Manifest = field(init=False)
    problems: list[Problem] = field(default_factory=list)
    affected: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Read both states, and find out which content files may give something else."""
        root = self.order.project.root
        self.git = Git(root)
        old, new, names = self._commits()
        trees = self.git.tree(old), self.git.tree(new) if new else ""
        self.before = self._side(trees[0], names[0])
        self.after = self._side(trees[1], names[1]) if new else self._working()
        empty = self.git.ask("hash-object", "-t", "tree", "--stdin").decode().strip()
        self.edits = edits(self.git, trees[0] or empty, (trees[1] or empty) if new else "")
        # what the manifest knows is about the working tree
        self.known = edits(self.git, trees[1] or empty, "") if new else self.edits
        cache = self.order.cache
        self.manifest = records.load(cache, root)
        slugs = sorted({*self.before.sources, *self.after.sources})
        slugs = slugs if self.edits else []
        self.affected = tuple(slug for slug in slugs if self._may_differ(slug))

    def _commits(self) -> tuple[str, str, tuple[str, str]]:
        """Return both commits, the second empty for the working tree, and what they are called."""
        for dots in ("...", ".."):
            one, found, other = self.revision.partition(dots)
            if found:
                names = one or "HEAD", other or "HEAD"
                old, new = map(self.git.commit, names)
                return (self.git.base(old, new) if dots == "..." else old), new, names
        return self.git.commit(self.revision), "", (self.revision, WORKING)

    def _side(self, tree: str, label: str) -> Side:
        cache = disk.cache_dir(self.order.project.root)
        if cache is None:
            message = f"`{self.order.project.root}` can't be written to"
            hint = "an earlier state is put into .threadpress/ there"
            raise SurroundingsError(error("output-read-only", message, None, hint))
        folder, problems = put(self.git, tree, label, cache)
        self.problems += problems
        side = Side(label, self.order.project, self.order.command, self.order.drafts)
        try:
            side.project = open_project(folder)
        except GeneratorError as wrong:
            raise type(wrong)(*map(side.placed, wrong.problems)) from None
        return side

    def _working(self) -> Side:
        return Side("", self.order.project, self.order.command, self.order.drafts)

    def _may_differ(self, slug: str) -> bool:
        """Return whether a content file, or anything that it is known to be made from, differs."""
        path, old = self.after.sources.get(slug), self.before.sources.get(slug)
        if path is None or old is None or self.edits.touch(self.after.project.root, [str(path)]):
            return True
        if self.edits.words_only:
            return REUSED in path.read_bytes()  # the posts of another file
        root = self.order.project.root
        entry = self.manifest.entries.get(slug)
        here = root / path.relative_to(self.after.project.root)
        shown = here.relative_to(root).as_posix()
        if entry is None or not self.manifest.fresh(
            slug, shown, self.order.order, self.order.project.root / "output"
        ):
            return True
        read = (*entry.made_from, *entry.misses, *entry.looks.misses)
        return self.edits.touch(root, read) or self.known.touch(root, read)

    def compare(
        self, crew: Executor, on_one: Callable[[], None] = lambda: None
    ) -> tuple[Comparison, dict[str, bytes]]:
        """Return what differs, and the contact sheets by name."""
        pressing = Pressing(self.order, self.manifest, crew)
        waiting: deque[Pair] = deque()
        found: list[Difference] = []
        pictures: dict[str, bytes] = {}

        def settle(pair: Pair) -> None:
            difference, drawn = self._settled(pair, pressing)
            found.extend([difference] if difference else [])
            pictures.update(drawn)

        for slug in self.affected:
            waiting.extend(self._pairs(slug, pressing))
            while len(waiting) > AHEAD * getattr(crew, "size", 1):
                settle(waiting.popleft())
            on_one()
        for pair in waiting:
            settle(pair)
        pressing.end()
        return self._compared(found), pictures

    def _compared(self, found: list[Difference]) -> Comparison:
        problems = [*self.problems, *self.before.problems, *self.after.problems]
        differ = {self._slug_of(one.name) for one in found}
        names = self.before.label, self.after.label or WORKING
        same = len(self.after.sources.keys() - differ)
        return Comparison(*names, tuple(found), same, tuple(dict.fromkeys(problems)))

    def _slug_of(self, name: str) -> str:
        slugs = {*self.before.sources, *self.after.sources}
        return max((one for one in slugs if name.startswith(f"{one}/")), key=len, default="")

    @cached_property
    def _renamed(self) -> Mapping[str, str]:
        """Return the slugs of content files that were renamed, as new to old one."""
        old = {self.before.project.shown(path): slug for slug, path in self.before.sources.items()}
        new = {self.after.project.shown(path): slug for slug, path in self.after.sources.items()}
        pairs = self.edits.renamed.items()
        return {new[to]: old[was] for to, was in pairs if to in new and was in old}

    def _pairs(self, slug: str, pressing: Pressing) -> Iterator[Pair]:
        """Yield a content file's carousels in both states, on their way to the workers."""
        if slug in self._renamed.values() and slug not in self.after.sources:
            return  # told where it is now
        was = self._renamed.get(slug, slug)
        was = slug if slug in self.before.sources else was
        old, new = carousels(self.before, was), carousels(self.after, slug)
        self.problems += new.problems or old.problems
        olds = {f"{slug}{name.removeprefix(was)}": one for name, one in old.made.items()}
        for name in sorted({*olds, *new.made}):
            before, after = olds.get(name), new.made.get(name)
            if (before is None and old.problems) or (after is None and new.problems):
                yield Pair(name, failed=True)
                continue
            pair = Pair(name, before, after, before.folder if before and was != slug else "")
            alike = before and after and self._alike(before, after)
            if alike and self.edits.words_only:
                continue
            if after:
                pair.new = pressing.start(self.after, after)
            if before and not alike:
                pair.old = pressing.start(self.before, before)
            yield pair

    def _alike(self, before: Carousel, after: Carousel) -> bool:
        """Return whether two carousels are made of the same but, perhaps, other files."""
        ways = str(self.before.project.root), str(self.after.project.root)
        return moved(before, *ways) == after

    def _settled(
        self, pair: Pair, pressing: Pressing
    ) -> tuple[Difference | None, dict[str, bytes]]:
        """Return what became of a carousel, and its contact sheets by name; nothing if nothing."""
        if pair.failed:
            return Difference(pair.name, "failed"), {}
        new = pair.after and pair.new and pressing.settle(self.after, pair.after, pair.new)
        if new and pair.before and not pair.old:
            read = (*new.read, *new.missed)
            if not new.failed and not self.edits.touch(self.after.project.root, read):
                return None, {}
            pair.old = pressing.start(self.before, pair.before)
        old = pair.before and pair.old and pressing.settle(self.before, pair.before, pair.old)
        wrong = [one for side, pressed in ((self.before, old), (self.after, new))
                 for one in (pressed.problems if pressed and pressed.failed else ())
                 for one in [side.placed(one)]]  # fmt: skip
        self.problems += wrong
        if wrong:
            return Difference(pair.name, "failed"), {}
        return _difference(pair, old or None, new or None)

    def publish(
        self, folder: Path | None, comparison: Comparison, pictures: Mapping[str, bytes], link: str
    ) -> Path:
        """Write the report and its pictures into a folder, and return the report's path."""
        own = self.order.project.root / "output" / FOLDER
        text = markdown(comparison, link)
        files = [Artifact(name, content) for name, content in pictures.items()]
        made = [Artifact(NAME, text.encode()), *files]
        disk.publish(folder or own, made)
        if folder is None:
            disk.sweep(own, [own / one.path for one in made])
        return (folder or own) / NAME


def _difference(
    pair: Pair, old: Pressed | None, new: Pressed | None
) -> tuple[Difference | None, dict[str, bytes]]:
    """Return how the slides of two states differ; both have the same bytes if nothing does."""
    before = slides(pair.before, old) if pair.before and old else ()
    after = slides(pair.after, new) if pair.after and new else ()
    counts = old.pages if old else 0, new.pages if new else 0
    if [one.content for one in before] == [one.content for one in after]:
        return _renamed(pair, *counts), {}
    drawn = Drawn(before, pair.before.canvas) if pair.before else None
    now = Drawn(after, pair.after.canvas) if pair.after else None
    found = _changes(drawn, now)
    if not found:
        return _renamed(pair, *counts), {}
    names = pair.name.replace("/", "-")
    hung = sheets(drawn, now, found)
    pictures = {f"{names}{f'-{at}' if at > 1 else ''}.jpg": one for at, one in enumerate(hung, 1)}
    status: Status = "added" if drawn is None else "removed" if now is None else "changed"
    return Difference(pair.name, status, found, *counts, pair.was, tuple(pictures)), pictures


def _renamed(pair: Pair, before: int, after: int) -> Difference | None:
    """Return that a carousel has another name and the same slides; nothing if all is the same."""
    return Difference(pair.name, "renamed", (), before, after, pair.was) if pair.was else None


def _changes(before: Drawn | None, after: Drawn | None) -> tuple[Change, ...]:
    """Return what became of the slides of a carousel; of a new or a removed one all are."""
    if before and after:
        return changes(before, after)
    if after:
        return tuple(Change("added", None, number) for number in range(1, after.count + 1))
    count = before.count if before else 0
    return tuple(Change("removed", number, None) for number in range(1, count + 1))
