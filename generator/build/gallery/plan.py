"""What hangs in the gallery: which sample in which theme, pattern by pattern, every canvas."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from generator.build.prepare import prepare
from generator.build.project import Project, load
from generator.errors import GeneratorError, Location, Problem, Severity, choices, error
from generator.library import Library, canvases, layouts, lineage, themes
from generator.model import Canvas, Carousel, Slide, Source, Value
from generator.settings.resolve import command_line

DRAWN, MOST_BYTES = 360, 14_000
"""Pixels of a picture's shorter side, a contact sheet's and a phone's measure; and what it may
weigh: the page holds more than a thousand."""
DARK_AND_LIGHT = ("night", "paper")
"""The themes that patterns and canvases are shown in."""
ON_PATTERNS = ("cover", "statement")
ON_CANVASES = ("cover", "post", "list")
TARGET = "linkedin"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to see; nothing said is everything."""

    themes: tuple[str, ...] = ()
    layouts: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    brand: str = ""


@dataclass(frozen=True, slots=True)
class Shot:
    """A carousel that is shown: on which wall (layouts, patterns, canvases …), and its labels."""

    wall: str
    theme: str
    label: str
    carousel: Carousel


@dataclass(slots=True)
class Plan:
    """The shots of a gallery, and what is wrong with looks that could not be prepared."""

    project: Project
    wish: Wish
    library: Library = field(init=False)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Open the library once for all shots."""
        self.library = self.project.library()

    def looks(self) -> Iterator[Shot]:
        """Yield every layout in every theme, every pattern, every canvas."""
        names = self._chosen("layout", layouts.FOLDER, layouts.FILE, self.wish.layouts)
        chosen = self.wish.themes or self._themes()
        for theme in chosen:
            yield from self._samples("layouts", theme, names)
        if self.wish.layouts:
            return
        for theme in self.wish.themes or DARK_AND_LIGHT:
            for pattern in self.library.names(themes.PATTERNS, ".svg.jinja"):
                yield from self._samples("patterns", theme, ON_PATTERNS, pattern, pattern=pattern)
            for target in self._targets():
                yield from self._samples("canvases", theme, ON_CANVASES, target, targets=[target])

    def thread(self, file: Path) -> Iterator[Shot]:
        """Yield one thread in every theme, on each of its targets."""
        source = load(self.project, self.project.door(), file.resolve(), file.stem)
        for theme in self.wish.themes or tuple(chain(self._themes(), self._variants())):
            for carousel in self._prepared(source, theme=theme):
                yield Shot("themes", theme, theme, _small(carousel, carousel.slides))

    def _themes(self) -> tuple[str, ...]:
        return self.library.names(themes.FOLDER, lineage.FILE)

    def _variants(self) -> Iterator[str]:
        for name in self._themes():
            try:
                yield from (f"{name}/{one}" for one in lineage.variants(self.library, name))
            except GeneratorError as wrong:
                self.problems += wrong.problems

    def _targets(self) -> tuple[str, ...]:
        return self._chosen("target", canvases.FOLDER, canvases.FILE, self.wish.targets)

    def _chosen(
        self, what: str, folder: str, holds: str, wanted: tuple[str, ...]
    ) -> tuple[str, ...]:
        known = self.library.names(folder, holds)
        wrong = [
            error(f"{what}-unknown", f"no {what} named `{name}`", None, choices(name, known))
            for name in wanted if name not in known
        ]  # fmt: skip
        if wrong:
            raise GeneratorError(*wrong)
        return wanted or known

    def _samples(
        self, wall: str, theme: str, names: Iterable[str], label: str = "", **more: Value
    ) -> Iterator[Shot]:
        """Yield the slides of samples that show the layout that the sample belongs to."""
        settings: dict[str, Value] = {"targets": [TARGET], "theme": theme, **more}
        if self.wish.brand:
            settings["brand"] = self.wish.brand
        for name in names:
            sample = self.library.find(f"{layouts.FOLDER}/{name}/sample.md")
            if sample is None:
                continue
            source = load(self.project, self.project.door(), sample, name)
            for carousel in self._prepared(source, **settings):
                own = tuple(slide for slide in carousel.slides if slide.layout == name)
                if own:
                    yield Shot(wall, theme, label or name, _small(carousel, own))

    def _prepared(self, source: Source, **settings: Value) -> Sequence[Carousel]:
        """Return a file's carousels; what is said of it as a thread is no matter here."""
        prepared = prepare(
            self.project, source, command_line(tuple(settings.items())), self.library
        )
        self.problems += [one for one in prepared.problems if one.severity is Severity.ERROR]
        return prepared.carousels


def planned(project: Project, wish: Wish, content: Path | None) -> tuple[list[Shot], list[Problem]]:
    """Return what is to be shown, and what is wrong with looks that can't be."""
    plan = Plan(project, wish)
    shots = list(plan.thread(content) if content else plan.looks())
    return shots, list(dict.fromkeys(plan.problems))


def _small(carousel: Carousel, slides: tuple[Slide, ...]) -> Carousel:
    """Return the carousel with these slides, drawn small; it is laid out as ever."""
    canvas = carousel.canvas
    return replace(
        carousel,
        slides=slides,
        canvas=_drawn(canvas),
        files=("jpeg",),
        beside=(),
        location=carousel.location or Location(carousel.title),
    )


def _drawn(canvas: Canvas) -> Canvas:
    """Return a canvas whose pictures are small; it has no limits and takes what is drawn."""
    share = DRAWN / min(canvas.width, canvas.height)
    return replace(
        canvas,
        width=round(canvas.width * share),
        height=round(canvas.height * share),
        limits={"max_file_bytes": MOST_BYTES},
        accepts=("jpeg",),
    )
