"""One carousel becomes its artifacts: composed, fitted, laid out, exported, checked."""

import pickle
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from generator import checks, exporters, raster
from generator.build.album import Album
from generator.build.desks import Desk, Desks
from generator.build.job import NOWHERE, Plates, Pressed, Sheaf
from generator.build.proof import Proof, framed, printed
from generator.cache import Cache, Findings, Place
from generator.checks import Built
from generator.errors import GeneratorError, Problem
from generator.exporters import Deck
from generator.fit import Fitted, Fitter
from generator.model import Artifact, Carousel
from generator.paginate import About, LaidOut, PlateError, contents, warm_up
from generator.rooms import modules

QUICK_FROM = 20
"""Pages from which packing a PDF well takes longer than a change of one slide."""
NOT_LAID = LaidOut(None, ())


@dataclass(frozen=True, slots=True)
class _Laid:
    """A carousel laid out: at which desk, and what there is to tell of it."""

    desk: Desk
    fitted: list[Fitted]
    told: list[Problem]

    @property
    def pages(self) -> tuple[Any, ...]:
        """Return the engine's pages, one for each slide."""
        return tuple(one.laid.page for one in self.fitted)


@dataclass(slots=True)
class Pressroom:
    """Presses carousels one after another; fonts, parsed CSS and pictures are kept between them.

    With `warm`, pages, composed slides and slide pictures are kept too; `place` is the cache's.
    `thorough` asks the checks that cost something.
    """

    warm: bool = False
    place: Place = NOWHERE
    thorough: bool = False
    cache: Cache = field(init=False)
    desks: Desks = field(init=False)

    def __post_init__(self) -> None:
        """Open the cache."""
        self.cache = Cache(self.place)
        self.desks = Desks(self.warm, self.cache)

    def press(self, carousel: Carousel, *, quick: bool = False) -> Pressed:
        """Return the carousel's artifacts, or the problems that it failed on."""
        pressed = self._pressed(carousel, quick=quick)
        return replace(pressed, findings=self.cache.taken())

    def _pressed(self, carousel: Carousel, *, quick: bool) -> Pressed:
        timings: dict[str, float] = {}
        try:
            laid = self._laid_out(carousel, timings)
            return self._written(carousel, laid, timings, quick=quick)
        except GeneratorError as wrong:
            self.desks.forget(carousel)
            located = [p.at(carousel.location) if carousel.location else p for p in wrong.problems]
            return Pressed(problems=tuple(dict.fromkeys(located)), timings=timings)

    def proof(self, carousel: Carousel, known: frozenset[str]) -> Proof:
        """Return a picture of each slide, before anything is written; none of those `known`.

        Nothing comes of a carousel that fails: what is wrong is told when it is pressed.
        """
        try:
            laid = self._laid_out(carousel, {})
            desk, pages = laid.desk, laid.pages
            fresh = [n for n, page in enumerate(pages) if id(page) not in desk.prints]
            if fresh:
                pdf = desk.press.write(pages, _about(carousel), carousel.canvas.scale, quick=True)
                drawn = printed(pdf, carousel.canvas, fresh)
                desk.prints |= {id(pages[n]): one for n, one in zip(fresh, drawn, strict=True)}
        except GeneratorError:
            self.desks.forget(carousel)
            return Proof()
        desk.proofed = pages
        alive = {id(page) for page in pages}
        desk.prints = {key: one for key, one in desk.prints.items() if key in alive}
        self.desks.keep(carousel, desk)
        frames = (framed(one.slide, desk.prints[id(one.laid.page)], known) for one in laid.fitted)
        return Proof(tuple(frames))

    def lay(self, carousel: Carousel, sheaf: Sheaf) -> Plates:
        """Return some slides of a carousel as plates."""
        began = time.perf_counter()
        try:
            desk = self.desks.at(carousel)
            press = desk.press
            fitter = Fitter(desk.composer, press, self.cache)
            fitted = _laid(fitter, carousel, sheaf)
            if press.door.refused:
                raise GeneratorError(*press.door.refused)  # noqa: TRY301
            made = b""
            if sheaf.fitted or len(fitted) == sheaf.end - sheaf.first:
                files = [face.file for face in carousel.faces]
                plates = press.plates([one.laid for one in fitted], carousel.canvas.scale, files)
                pairs = zip(fitted, plates, strict=True)
                made = pickle.dumps([replace(one, laid=laid) for one, laid in pairs])
        except (GeneratorError, PlateError):  # one worker is to make it all, and tells
            self.desks.forget(carousel)
            return Plates(findings=self.cache.taken())
        return Plates(
            len(fitted),
            pickle.dumps([replace(one, laid=NOT_LAID) for one in fitted]),
            made,
            (*sheaf.problems, *fitter.problems),
            *desk.used,
            self.cache.taken(),
            time.perf_counter() - began,
        )

    def bind(self, carousel: Carousel, plates: tuple[Plates, ...]) -> Pressed:
        """Return the artifacts of a carousel whose slides were laid out elsewhere."""
        fitted = [one for each in plates for one in pickle.loads(each.made)]  # noqa: S301  our own
        told = [problem for each in plates for problem in each.problems]
        told += [problem for one in fitted for problem in one.laid.problems]
        timings = {"slides": sum(each.seconds for each in plates)}
        try:
            laid = _Laid(self.desks.at(carousel), fitted, told)
            pressed = self._written(carousel, laid, timings, quick=False)
        except PlateError:
            return self.press(carousel)
        return replace(
            pressed,
            read=pressed.read.union(*(each.read for each in plates)),
            missed=pressed.missed.union(*(each.missed for each in plates)),
            findings=_together(self.cache.taken(), *(each.findings for each in plates)),
        )

    def _laid_out(self, carousel: Carousel, timings: dict[str, float]) -> _Laid:
        """Return the carousel's slides as pages; what the engine was refused fails it."""
        desk = self.desks.at(carousel)
        refused = desk.press.door.refused
        fitter = Fitter(desk.composer, desk.press, self.cache)
        try:
            with _timed(timings, "slides"):
                fitted = fitter.deck(carousel.slides)
        except GeneratorError as wrong:
            raise GeneratorError(*wrong.problems, *refused) from wrong
        told = [*fitter.problems, *(p for one in fitted for p in one.laid.problems)]
        if refused:  # the engine swallows what its fetcher raises
            raise GeneratorError(*refused, *told)
        return _Laid(desk, fitted, told)

    def _written(
        self, carousel: Carousel, laid: _Laid, timings: dict[str, float], *, quick: bool
    ) -> Pressed:
        desk, pages = laid.desk, laid.pages
        before = {id(page) for page in desk.pages}
        with _timed(timings, "pdf"):
            packed = not (quick and len(pages) > QUICK_FROM)
            pdf = desk.press.write(pages, _about(carousel), carousel.canvas.scale, quick=not packed)
        keys = [one.laid.key for one in laid.fitted]
        album = Album(self.cache, carousel.canvas, pages, keys, desk.pictures)
        read = cache(lambda: tuple(map(contents, pages)))
        slides = tuple(one.slide for one in laid.fitted)
        deck = Deck(carousel, slides, pdf, read, render=desk.composer.page)
        files = tuple(_exported(deck, album, timings))
        beside = () if quick or self.thorough else tuple(_beside(deck, files, timings))
        grounds = cache(lambda: tuple(raster.pages(pdf, *_size(carousel), words=False)))
        named = {made.url: file for file, made in desk.composer.darkroom.made.items()}
        built = Built(carousel, files, deck.slides, read, grounds, named)
        told = [*laid.told, *checks.found(built, thorough=self.thorough)]
        pressed = Pressed(
            (*files, *beside),
            tuple(dict.fromkeys(told)),
            timings,
            len(pages),
            tuple(n for n, page in enumerate(pages, 1) if id(page) not in before),
            *desk.used,
            not packed or (quick and bool(carousel.beside)),
        )
        self._keep(carousel, laid)
        return pressed

    def _keep(self, carousel: Carousel, laid: _Laid) -> None:
        if not self.warm:
            return
        desk = laid.desk
        desk.pages = laid.pages
        alive = {id(page) for page in desk.pages}
        desk.pictures = {key: one for key, one in desk.pictures.items() if key[0] in alive}
        self.desks.keep(carousel, desk)


def _laid(fitter: Fitter, carousel: Carousel, sheaf: Sheaf) -> list[Fitted]:
    if sheaf.fitted:
        known = pickle.loads(sheaf.fitted)  # noqa: S301  our own
        return fitter.again(known, sheaf.first + 1, sheaf.total)
    slides = carousel.slides[sheaf.first : sheaf.end]
    return fitter.sheaf(slides, sheaf.first + 1, len(carousel.slides))


def _together(*findings: Findings) -> Findings:
    new = {name: content for each in findings for name, content in each.new.items()}
    return Findings(new, frozenset().union(*(each.used for each in findings)))


def _size(carousel: Carousel) -> tuple[int, int]:
    return carousel.canvas.page_width, carousel.canvas.page_height


def _about(carousel: Carousel) -> About:
    return About(carousel.title, carousel.lang, carousel.speaker)


def _exported(deck: Deck, album: Album, timings: dict[str, float]) -> Iterator[Artifact]:
    """Yield the files that are asked for; a picture of a page that stayed is not drawn again."""
    carousel = deck.carousel
    for name in carousel.files:
        exporter = exporters.named(name, carousel.location)
        known = album.known(name) if exporter.a_page else {}
        with _timed(timings, name):
            files = exporter.export(replace(deck, known=known))
        if exporter.a_page:
            album.keep(name, [file.content for file in files])
        yield from (_placed(carousel, file) for file in files)


def _beside(deck: Deck, files: Sequence[Artifact], timings: dict[str, float]) -> Iterator[Artifact]:
    """Yield what goes with the files into the pack, and what shows them in a small picture."""
    deck, wanted = replace(deck, made=tuple(files)), deck.carousel.beside
    for name, exporter in exporters.beside():
        if name in wanted:
            with _timed(timings, "pack"):
                made = exporter.export(deck)
            yield from (_placed(deck.carousel, file) for file in made)


def _placed(carousel: Carousel, file: Artifact) -> Artifact:
    """Return a file of a carousel under its path below output/."""
    return Artifact(f"{carousel.folder}/{file.path}", file.content)


@contextmanager
def _timed(timings: dict[str, float], stage: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    timings[stage] = timings.get(stage, 0.0) + time.perf_counter() - start


@cache
def room(*, warm: bool, place: Place, thorough: bool = False) -> Pressroom:
    """Return the one pressroom of a worker process."""
    return Pressroom(warm, place, thorough)


def warm_worker() -> None:
    """Import all that pressing needs, before there is anything to press."""
    warm_up()
    for name in ("checks", "exporters", "compose", "compose.ingredients", "content.shapes"):
        list(modules(f"generator.{name}"))
