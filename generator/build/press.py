"""One carousel becomes its artifacts: composed, fitted, laid out, exported, checked."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import cast

from generator.checks import Built, Check
from generator.compose import Composer
from generator.errors import GeneratorError, Location, Problem, Severity, choices, error
from generator.exporters import Exporter, Options
from generator.fetch import Door
from generator.fit import Fitted, Fitter
from generator.library import Library
from generator.model import Artifact, Carousel
from generator.paginate import About, Press, warm_up
from generator.rooms import modules, parts


@dataclass(frozen=True, slots=True)
class Pressed:
    """What came of a carousel: its artifacts, what there is to tell, seconds by stage."""

    artifacts: tuple[Artifact, ...] = ()
    problems: tuple[Problem, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)
    pages: int = 0
    read: frozenset[str] = frozenset()
    missed: frozenset[str] = frozenset()

    @property
    def failed(self) -> bool:
        """Return whether an error kept the carousel from being built."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass(slots=True)
class Pressroom:
    """Presses carousels one after another; fonts, parsed CSS and pictures are kept between them."""

    presses: dict[tuple[tuple[str, str], ...], Press] = field(default_factory=dict)

    def press(self, carousel: Carousel, on_slide: Callable[[], None] = lambda: None) -> Pressed:
        """Return the carousel's artifacts, or the problems that it failed on."""
        timings: dict[str, float] = {}
        door: Door | None = None
        try:
            press = self._press(carousel)
            door = press.door
            door.refused.clear()
            door.files.clear()
            library = Library(tuple((name, Path(path)) for name, path in carousel.roots))
            fitter = Fitter(Composer(carousel, library, door), press, [], on_slide)
            with _timed(timings, "slides"):
                fitted = fitter.deck(carousel.slides)
            told = [*fitter.problems, *_engine(fitted)]
            if door.refused:  # the engine swallows what its fetcher raises
                self.presses.pop(carousel.roots)  # and remembers a failed picture as none at all
                return Pressed(problems=(*door.refused, *told), timings=timings)
            pressed = _written(carousel, press, fitted, told, timings)
            return _recorded(pressed, library, door)
        except GeneratorError as wrong:
            problems = wrong.problems if door is None else (*wrong.problems, *door.refused)
            located = [
                problem.at(carousel.location) if carousel.location else problem
                for problem in problems
            ]
            return Pressed(problems=tuple(dict.fromkeys(located)), timings=timings)

    def _press(self, carousel: Carousel) -> Press:
        if carousel.roots not in self.presses:
            roots = tuple((name, Path(path)) for name, path in carousel.roots)
            self.presses[carousel.roots] = Press(Door(roots))
        return self.presses[carousel.roots]


def _recorded(pressed: Pressed, library: Library, door: Door) -> Pressed:
    """Return the result with the files that it was made from, and those that would have been."""
    read = frozenset(map(str, library.read)).union(door.files)
    return replace(pressed, read=read, missed=frozenset(map(str, library.missed)))


@cache
def room() -> Pressroom:
    """Return the one pressroom of a worker process."""
    return Pressroom()


def warm() -> None:
    """Import all that pressing needs, before there is anything to press."""
    warm_up()
    for name in ("checks", "exporters", "compose.ingredients", "content.shapes"):
        list(modules(f"generator.{name}"))


def work(carousel: Carousel) -> Pressed:
    """Press a carousel in a worker process."""
    return room().press(carousel)


def _written(
    carousel: Carousel,
    press: Press,
    fitted: list[Fitted],
    told: list[Problem],
    timings: dict[str, float],
) -> Pressed:
    canvas = carousel.canvas
    about = About(carousel.title, carousel.lang, carousel.speaker)
    with _timed(timings, "pdf"):
        pdf = press.write([one.laid.page for one in fitted], about, canvas.scale)
    made: list[Artifact] = []
    for name in carousel.files:
        with _timed(timings, name):
            exporter = exporter_named(name, carousel.location)
            options = Options(canvas.limits.get("max_file_bytes", 0))
            files = exporter.export(pdf, carousel.stem, canvas.width, canvas.height, options)
        made += [Artifact(f"{carousel.folder}/{file.path}", file.content) for file in files]
    built = Built(carousel, tuple(made), len(fitted))
    checks = cast("dict[str, Check]", parts("generator.checks", "check"))
    told += [problem for check in checks.values() for problem in check.run(built)]
    return Pressed(tuple(made), tuple(dict.fromkeys(told)), timings, len(fitted))


def exporters() -> dict[str, Exporter]:
    """Return all exporters by name."""
    return cast("dict[str, Exporter]", parts("generator.exporters", "exporter"))


def exporter_named(name: str, asked: Location | None) -> Exporter:
    """Return the exporter of that name, or tell which there are."""
    known = exporters()
    if name not in known:
        message, hint = f"no exporter makes `{name}`", choices(name, known)
        raise GeneratorError(error("file-kind-unknown", message, asked, hint))
    return known[name]


def _engine(fitted: list[Fitted]) -> Iterator[Problem]:
    for one in fitted:
        yield from one.laid.problems


@contextmanager
def _timed(timings: dict[str, float], stage: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    timings[stage] = timings.get(stage, 0.0) + time.perf_counter() - start
