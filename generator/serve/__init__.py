"""The local preview: a watch whose carousels can be looked at in a browser while they change."""

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from generator.build.pipeline import Builder
from generator.build.prepare import Prepared, prepare
from generator.build.project import load
from generator.build.proof import Proof, prove
from generator.build.report import Outcome
from generator.errors import GeneratorError, Problem
from generator.library import Library
from generator.model import Carousel
from generator.serve.answers import Answers
from generator.serve.decks import Deck, Reel
from generator.serve.listening import Listening, bound
from generator.serve.pictures import Pictures
from generator.serve.shelf import Shelf
from generator.serve.streams import Streams
from generator.watch import Rebuilt, Watching
from generator.watch.events import Events

__all__ = ["Serving"]


@dataclass(slots=True)
class Serving:
    """A preview of what a builder builds. `drawers` draw slides out of files that are there.

    The server answers in a thread; `run` watches in the caller's until it is interrupted.
    """

    builder: Builder
    events: Events
    drawers: Executor
    told: Callable[[Rebuilt], None]
    removed: Callable[[str], None]
    failed: Callable[[tuple[Problem, ...]], None]
    streams: Streams = field(default_factory=Streams)
    shelf: Shelf = field(init=False)
    pictures: Pictures = field(init=False)
    watching: Watching = field(init=False)
    answers: Answers = field(init=False)
    _listening: Listening | None = None
    _described: set[str] = field(default_factory=set)
    _library: Library | None = None

    def __post_init__(self) -> None:
        """Put up the shelf, and listen to what the watch tells."""
        self.shelf = Shelf(self.builder.order.root.resolve(), self.streams.send)
        self.pictures = Pictures(self.shelf, self.drawers)
        self.answers = Answers(self.shelf, self.pictures, self.streams, self.open, self.failed)
        self.builder.taken = self._taken
        self.watching = Watching(
            self.builder, self.events, self.told, self._removed, self._failed,
            seen=self._seen, listed=self._listed,
        )  # fmt: skip

    def listen(self, port: int) -> str:
        """Begin to answer on `port` or the next that is free; return the preview's address."""
        place = bound(port)
        number = place.getsockname()[1]
        self._listening = Listening(self.answers.guarded(number), place)
        self._listening.start()
        return f"http://127.0.0.1:{number}/"

    def run(self) -> None:
        """Build what is not up to date, then watch, until interrupted."""
        self.watching.begin()
        threading.Thread(target=self._describe, daemon=True, name="descriptions").start()
        self.watching.run()

    def stop(self) -> None:
        """End the server and all streams."""
        self.streams.end()
        if self._listening:
            self._listening.stop()
        self.events.stop()

    def open(self, deck: Deck, reel: Reel) -> None:
        """Draw a carousel that somebody begins to look at: its slides are warm from then on."""
        if reel.carousel is None:
            self._describe_one(deck)
        if reel.carousel and deck.state != "waiting" and not reel.proved:
            self._prove(deck.slug, deck.turn, reel.carousel)

    def _listed(self, sources: Any) -> None:  # noqa: ANN401
        shown = self.builder.order.project.shown
        self.shelf.listed({slug: shown(path) for path, slug in sources.items()})
        for slug, entry in self.builder.manifest.entries.items():
            self.shelf.recall(slug, entry.writes)

    def _taken(self, prepared: Prepared) -> None:
        turn = self.shelf.take(prepared)
        self._described.add(prepared.source.slug)
        for carousel in prepared.carousels:
            if self.shelf.looked_at(carousel.folder):
                self._prove(prepared.source.slug, turn, carousel)

    def _prove(self, slug: str, turn: int, carousel: Carousel) -> None:
        known = self.pictures.holds(self.shelf.known(carousel.folder))
        job = self.builder.crew.submit(prove, carousel, known, self.builder.place)
        job.add_done_callback(partial(self._proved, slug, carousel.folder, turn))

    def _proved(self, slug: str, key: str, turn: int, job: "Future[Proof]") -> None:
        if job.cancelled() or job.exception():
            return  # whoever builds it will be told
        proof = job.result()
        self.pictures.take(proof)
        self.shelf.proved(slug, key, turn, proof)

    def _seen(self, outcome: Outcome) -> None:
        entry = self.builder.manifest.entries.get(outcome.slug)
        self.shelf.settle(outcome, entry.writes if entry else {})
        self.shelf.notice(self.watching.wrong)
        deck = self.shelf.decks.get(outcome.slug)
        if deck and outcome.failed and not deck.title:
            self._read(deck, self.builder.looks.library)
        if deck is None or outcome.failed:
            return
        late = [one for one in deck.reels.values() if self._late(one)]
        if late and outcome.fresh:  # what is shown is a state that was never written
            self._read(deck, self.builder.looks.library)
        for reel in late:
            if reel.carousel:
                self._prove(deck.slug, deck.turn, reel.carousel)

    def _late(self, reel: Reel) -> bool:
        """Return whether somebody looks at what is not what was built."""
        return self.shelf.looked_at(reel.key) and not (reel.proved and reel.sharp)

    def _removed(self, slug: str) -> None:
        self.shelf.remove(slug)
        self.removed(slug)

    def _failed(self, problems: tuple[Problem, ...]) -> None:
        self.shelf.notice(problems)
        self.failed(problems)

    def _describe(self) -> None:
        """Read the content files that were not built, for their titles and slides."""
        for deck in list(self.shelf.decks.values()):
            if deck.slug not in self._described:
                self._describe_one(deck)

    def _describe_one(self, deck: Deck) -> None:
        if deck.slug not in self._described:
            self._described.add(deck.slug)
            self._library = self._library or self.builder.order.project.library()
            self._read(deck, self._library)

    def _read(self, deck: Deck, library: Library) -> None:
        """Read a content file that is not built, for what it would become."""
        project = self.builder.order.project
        path = self.watching.stock.path(deck.slug)
        if path is None:
            return
        try:
            source = load(project, project.door(), path, deck.slug)
        except GeneratorError:
            return  # the watch tells it
        prepared = prepare(project, source, self.builder.order.command, library)
        if prepared.carousels:
            self.shelf.take(prepared, again=False)
            return
        written = prepared.thread.title if prepared.thread else source.front.values.get("title")
        if isinstance(written, str):  # it can't be built, and has a name all the same
            self.shelf.call(deck.slug, written)
