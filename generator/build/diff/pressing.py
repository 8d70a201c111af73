"""Carousels of both states, taken from the store or pressed; an earlier state's are kept as well.

The store knows carousels by paths in the project. Those of an earlier state, which lies in the
cache folder, are asked for and kept as if they lay in the project: what was built before an edit is
known when the edit is compared with it.
"""

import os
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.build import manifest as records
from generator.build import stamps
from generator.build.crew import WorkerError
from generator.build.diff.sides import Side, moved
from generator.build.job import Pressed, work
from generator.build.manifest import Manifest
from generator.build.order import Order
from generator.build.store import FOLDER, Store
from generator.cache import Place
from generator.errors import GeneratorError, error
from generator.model import Artifact, Carousel

BEFORE = "before"
"""Both states of a carousel are pressed at the same time, by different workers."""
PICTURES = frozenset({"jpeg", "png", "webp"})


@dataclass(slots=True)
class Pressing:
    """Presses carousels of both states of an order's project."""

    order: Order
    manifest: Manifest
    crew: Executor
    store: Store = field(init=False)
    place: Place = field(init=False)
    since: int = field(init=False)

    def __post_init__(self) -> None:
        """Open the store of the project."""
        cache = self.order.cache
        folder = cache / FOLDER if cache else None
        self.store = Store(folder, self.order.order)
        kept = str(folder or "")
        self.place = Place(kept, records.fingerprint("cache"), not self.order.force)
        self.since = stamps.now()

    def start(self, side: Side, carousel: Carousel) -> "Future[Pressed]":
        """Return the future of a carousel, which is there already if the store knows it."""
        carousel = comparable(carousel)
        known = None if self.order.force else self._known(side, carousel)
        if known is not None:
            future: Future[Pressed] = Future()
            future.set_result(known)
            return future
        home = f"{BEFORE}/{carousel.folder}" if side.label else carousel.folder
        return self.crew.submit(work, replace(carousel, folder=home), False, False, self.place)  # noqa: FBT003 (a job's arguments)

    def settle(self, side: Side, carousel: Carousel, job: "Future[Pressed]") -> Pressed:
        """Return what came of a carousel; what was pressed is kept in the store."""
        carousel = comparable(carousel)
        try:
            pressed = job.result()
        except GeneratorError as wrong:
            return Pressed(problems=wrong.problems)
        except WorkerError as lost:
            message = f"the carousel can't be built: {lost}"
            return Pressed(problems=(error("worker-lost", message, carousel.location),))
        pressed = replace(pressed, read=pressed.read.union(one.file for one in carousel.faces))
        if pressed.timings and not pressed.failed:
            self._keep(side, carousel, pressed)
        return pressed

    def end(self) -> None:
        """Have the store look after its size."""
        self.store.prune()

    def _known(self, side: Side, carousel: Carousel) -> Pressed | None:
        """Return what the store has of a carousel; no file may be there that was not there then."""
        there = self._there(side)
        found = self.store.find(self._here(side, carousel), lambda path: self._now(path, there))
        if found is None:
            return None
        found = replace(
            found, read=self._back(side, found.read), missed=self._back(side, found.missed)
        )
        return None if any(map(os.path.lexists, found.missed)) else found

    def _now(self, path: str, there: Path) -> str:
        """Return the hash of what a state has in the place of a file of the project."""
        root = self.order.project.root
        if there == root or not Path(path).is_relative_to(root):
            return self.manifest.now(path)
        return stamps.digest(there / Path(path).relative_to(root))

    def _keep(self, side: Side, carousel: Carousel, pressed: Pressed) -> None:
        known = self.manifest.stamps
        read = stamps.steady(pressed.read, self.since, known, {})
        self.store.put_down(pressed.findings)
        if read.keys() < pressed.read:
            return  # something changed meanwhile
        files = [
            Artifact(f"{carousel.folder}/{_name(one)}", one.content) for one in pressed.artifacts
        ]
        here = replace(
            pressed, artifacts=tuple(files), missed=moved(pressed.missed, *self._ways(side))
        )
        hashes = {moved(path, *self._ways(side)): was[4] for path, was in read.items()}
        self.store.keep(self._here(side, carousel), here, hashes)

    def _here(self, side: Side, carousel: Carousel) -> Carousel:
        return moved(carousel, *self._ways(side)) if side.label else carousel

    def _back(self, side: Side, paths: frozenset[str]) -> frozenset[str]:
        there, here = self._ways(side)
        return moved(paths, here, there)

    def _ways(self, side: Side) -> tuple[str, str]:
        return str(self._there(side)), str(self.order.project.root)

    @staticmethod
    def _there(side: Side) -> Path:
        return side.project.root


def comparable(carousel: Carousel) -> Carousel:
    """Return the carousel with the files that slides are compared by, as it is if it has some."""
    kinds = {*carousel.files}
    if "pdf" in kinds or kinds & PICTURES:
        return carousel
    return replace(carousel, files=("pdf",))


def slides(carousel: Carousel, pressed: Pressed) -> tuple[Artifact, ...]:
    """Return the files that show a carousel's slides: its PDF, else its pictures of one kind."""
    pdf = [one for one in pressed.artifacts if _name(one) == f"{carousel.stem}.pdf"]
    if pdf:
        return tuple(pdf)
    numbered = [one for one in pressed.artifacts if _name(one).partition(".")[0].isdigit()]
    kind = next((one.path.rpartition(".")[2] for one in numbered), "")
    return tuple(one for one in numbered if one.path.endswith(f".{kind}"))


def _name(artifact: Artifact) -> str:
    return artifact.path.rpartition("/")[2]
