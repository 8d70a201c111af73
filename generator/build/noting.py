"""What the manifest keeps of a content file that was built: what it was made from, and came to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.build import manifest as records
from generator.build.job import Pressed
from generator.build.manifest import Entry, Manifest
from generator.build.order import Order
from generator.build.prepare import Prepared
from generator.build.project import FILE as PROJECT_FILE
from generator.build.report import Outcome
from generator.build.stamps import Stamp, steady
from generator.model import Carousel, Source

if TYPE_CHECKING:
    from concurrent.futures import Future


@dataclass(slots=True)
class Pending:
    """A content file that workers are busy with; `seen`: what was new when it was read.

    `since` is when the looks were read that it wears.
    """

    prepared: Prepared
    seen: Mapping[str, Stamp]
    jobs: "list[tuple[Carousel, Future[Pressed]]]"
    since: int


@dataclass(frozen=True, slots=True)
class Notes:
    """Writes down, for the next build, what came of content files."""

    order: Order
    manifest: Manifest

    def built(
        self,
        pending: Pending,
        outcome: Outcome,
        pressed: Sequence[Pressed],
        writes: dict[str, list[int]],
    ) -> Mapping[str, Stamp]:
        """Note what a content file came to, and return the stamps of what it was made from.

        What failed, is not made well yet, or changed meanwhile is built anew the next time.
        """
        prepared, project = pending.prepared, self.order.project
        own = str(project.root / PROJECT_FILE)
        files = {prepared.source.file, *({own} if project.digest else ())}
        read = prepared.read.union(files, *(one.read for one in pressed))
        missed = prepared.missed.union({own} - files, *(one.missed for one in pressed))
        stamps = steady(read, pending.since, self.manifest.stamps, pending.seen)
        if own in stamps and stamps[own][4] != project.digest:
            del stamps[own]  # it was read before all others, and has changed since
        hasty = any(one.hasty for one in pressed)
        settled = not outcome.failed and not hasty and len(stamps) == len(read)
        entry = Entry(
            outcome.path,
            self.order.order if settled else "",
            {path: stamps[path][4] if path in stamps else "" for path in sorted(read)},
            sorted(missed),
            writes,
            [records.told(problem) for problem in outcome.problems],
            outcome.pages,
        )
        self.manifest.note(outcome.slug, entry, stamps)
        return stamps

    def draft(self, source: Source, seen: Mapping[str, Stamp], since: int) -> Entry:
        """Return what to keep of a draft, so that a build with nothing to do need not read it."""
        stamps = steady([source.file], since, self.manifest.stamps, seen)
        reads = {path: stamp[4] for path, stamp in stamps.items()}
        self.manifest.stamps |= stamps
        order = self.order.order if reads else ""  # it may have changed meanwhile
        return Entry(source.path, order, reads, [], {}, draft=True)
