"""One carousel becomes its artifacts: composed, fitted, laid out, exported, checked."""

import pickle
import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from generator import checks, exporters, raster
from generator.build.album import Album
from generator.build.job import NOWHERE, Plates, Pressed, Sheaf
from generator.build.proof import Proof, framed, printed
from generator.build.stamps import now, stamp
from generator.cache import Cache, Findings, Place
from generator.checks import Built
from generator.compose import Composer
from generator.errors import GeneratorError, Problem
from generator.exporters import Deck
from generator.fetch import Door
from generator.fit import Fitted, Fitter
from generator.library import Library
from generator.model import Artifact, Carousel
from generator.paginate import About, LaidOut, PlateError, Press, contents, warm_up
from generator.rooms import modules

WARM_PAGES = 400
"""Pages that a warm worker keeps: eight decks of fifty. One is some 0.2 MB."""
QUICK_FROM = 20
"""Pages from which packing a PDF well takes longer than a change of one slide."""
CHANGED: list[int] = [0]
"""A stamp that no file has."""
MOST_MADE = 64_000_000
"""Bytes of pictures and codes that were made for slides: then all begins anew. The composers and
the engine know them by name, and each version of a picture that is edited leaves one behind."""
NOT_LAID = LaidOut(None, ())
WARM_DESKS = 8
"""Carousels whose composed slides and pictures a warm worker keeps."""


@dataclass(slots=True)
class _Desk:
    """What is kept of a carousel for the next time: its composer, its pages, their pictures."""

    carousel: Carousel
    composer: Composer
    stamps: dict[str, Any] = field(default_factory=dict)
    began: int = field(default_factory=now)
    pages: tuple[Any, ...] = ()
    asked: frozenset[Any] = frozenset()
    pictures: dict[tuple[int, str], bytes] = field(default_factory=dict)
    proofed: tuple[Any, ...] = ()
    prints: dict[int, bytes] = field(default_factory=dict)

    def still(self, carousel: Carousel) -> bool:
        """Return whether only slides differ, and no file that was read has changed."""
        return replace(carousel, slides=()) == self.carousel and all(
            stamp(path) == was for path, was in self.stamps.items()
        )


@dataclass(frozen=True, slots=True)
class _Laid:
    """A carousel laid out: on which press, at which desk, and what there is to tell of it."""

    press: Press
    desk: _Desk
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
    presses: dict[object, Press] = field(default_factory=dict)
    desks: "OrderedDict[str, _Desk]" = field(default_factory=OrderedDict)

    def __post_init__(self) -> None:
        """Open the cache."""
        self.cache = Cache(self.place)

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
            self._forget(carousel)
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
                pdf = laid.press.write(pages, _about(carousel), carousel.canvas.scale, quick=True)
                drawn = printed(pdf, carousel.canvas, fresh)
                desk.prints |= {id(pages[n]): one for n, one in zip(fresh, drawn, strict=True)}
        except GeneratorError:
            self._forget(carousel)
            return Proof()
        desk.proofed = pages
        alive = {id(page) for page in pages}
        desk.prints = {key: one for key, one in desk.prints.items() if key in alive}
        self._stay(carousel, laid.press, desk)
        frames = (framed(one.slide, desk.prints[id(one.laid.page)], known) for one in laid.fitted)
        return Proof(tuple(frames))

    def lay(self, carousel: Carousel, sheaf: Sheaf) -> Plates:
        """Return some slides of a carousel as plates."""
        began = time.perf_counter()
        try:
            press = self._press(carousel)
            press.door.refused.clear()
            desk = self._desk(carousel, press.door)
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
            self._forget(carousel)
            return Plates(findings=self.cache.taken())
        return Plates(
            len(fitted),
            pickle.dumps([replace(one, laid=NOT_LAID) for one in fitted]),
            made,
            (*sheaf.problems, *fitter.problems),
            *_used(desk, press),
            self.cache.taken(),
            time.perf_counter() - began,
        )

    def bind(self, carousel: Carousel, plates: tuple[Plates, ...]) -> Pressed:
        """Return the artifacts of a carousel whose slides were laid out elsewhere."""
        press = self._press(carousel)
        fitted = [one for each in plates for one in pickle.loads(each.made)]  # noqa: S301  our own
        told = [problem for each in plates for problem in each.problems]
        told += [problem for one in fitted for problem in one.laid.problems]
        timings = {"slides": sum(each.seconds for each in plates)}
        desk = self._desk(carousel, press.door)
        try:
            laid = _Laid(press, desk, fitted, told)
            pressed = self._written(carousel, laid, timings, quick=False)
        except PlateError:
            return self.press(carousel)
        return replace(
            pressed,
            read=pressed.read.union(*(each.read for each in plates)),
            missed=pressed.missed.union(*(each.missed for each in plates)),
            findings=_together(self.cache.taken(), *(each.findings for each in plates)),
        )

    def _press(self, carousel: Carousel) -> Press:
        """Return the press for a carousel's folders and fonts; other fonts want a new one."""
        key = (carousel.roots, *(str(stamp(face.file)) for face in carousel.faces))
        if key in self.presses and self.presses[key].door.weight > MOST_MADE:
            del self.presses[key]
            self.desks.clear()
        if key not in self.presses:
            roots = tuple((name, Path(path)) for name, path in carousel.roots)
            self.presses[key] = Press(Door(roots), WARM_PAGES if self.warm else 0)
        return self.presses[key]

    def _forget(self, carousel: Carousel) -> None:
        """Drop what a failed carousel used: the engine remembers a failed picture as none."""
        self.desks.pop(carousel.folder, None)
        for key in [key for key, press in self.presses.items() if press.door.refused]:
            del self.presses[key]

    def _desk(self, carousel: Carousel, door: Door) -> _Desk:
        desk = self.desks.get(carousel.folder)
        if desk and desk.composer.door is door and desk.still(carousel):
            desk.composer.carousel = carousel
            desk.began = now()
            return desk
        door.files.clear()
        library = Library(tuple((name, Path(path)) for name, path in carousel.roots))
        return _Desk(replace(carousel, slides=()), Composer(carousel, library, door, self.cache))

    def _laid_out(self, carousel: Carousel, timings: dict[str, float]) -> _Laid:
        """Return the carousel's slides as pages; what the engine was refused fails it."""
        press = self._press(carousel)
        door = press.door
        door.refused.clear()
        desk = self._desk(carousel, door)
        fitter = Fitter(desk.composer, press, self.cache)
        try:
            with _timed(timings, "slides"):
                fitted = fitter.deck(carousel.slides)
        except GeneratorError as wrong:
            raise GeneratorError(*wrong.problems, *door.refused) from wrong
        told = [*fitter.problems, *(p for one in fitted for p in one.laid.problems)]
        if door.refused:  # the engine swallows what its fetcher raises
            raise GeneratorError(*door.refused, *told)
        return _Laid(press, desk, fitted, told)

    def _written(
        self, carousel: Carousel, laid: _Laid, timings: dict[str, float], *, quick: bool
    ) -> Pressed:
        press, desk, pages = laid.press, laid.desk, laid.pages
        before = {id(page) for page in desk.pages}
        with _timed(timings, "pdf"):
            packed = not (quick and len(pages) > QUICK_FROM)
            pdf = press.write(pages, _about(carousel), carousel.canvas.scale, quick=not packed)
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
            *_used(desk, press),
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
        self._stay(carousel, laid.press, desk)

    def _stay(self, carousel: Carousel, press: Press, desk: _Desk) -> None:
        """Keep a desk as it is, until a file that it was made from changes."""
        files = frozenset().union(*_used(desk, press))
        desk.stamps = {path: desk.stamps.get(path) or _before(path, desk.began) for path in files}
        self.desks[carousel.folder] = desk
        self.desks.move_to_end(carousel.folder)
        while len(self.desks) > WARM_DESKS:
            self.desks.popitem(last=False)
        # an edit leaves pages behind that nobody will ask for again, 0.3 MB each, and a change of
        # the looks parsed sheets, of half a megabyte each
        desk.asked = press.turn()
        press.retain(frozenset().union(*(one.asked for one in self.desks.values())))


def _before(path: str, began: int) -> list[int] | None:
    """Return a file's stamp; one that changed after a desk began may have been read before."""
    found = stamp(path)
    return CHANGED if found and max(found[:2]) >= began else found


def _laid(fitter: Fitter, carousel: Carousel, sheaf: Sheaf) -> list[Fitted]:
    if sheaf.fitted:
        known = pickle.loads(sheaf.fitted)  # noqa: S301  our own
        return fitter.again(known, sheaf.first + 1, sheaf.total)
    slides = carousel.slides[sheaf.first : sheaf.end]
    return fitter.sheaf(slides, sheaf.first + 1, len(carousel.slides))


def _used(desk: _Desk, press: Press) -> tuple[frozenset[str], frozenset[str]]:
    """Return the files that a carousel was made from, and those that were looked for in vain."""
    library = desk.composer.library
    read = frozenset(map(str, library.read)).union(press.door.files)
    return read, frozenset(map(str, library.missed))


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
