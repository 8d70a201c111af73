"""Content files -> carousels -> artifacts -> output/. One bad file never stops the rest."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator import disk
from generator.build.outputs import Outputs
from generator.build.prepare import Prepared, prepare
from generator.build.press import Pressed, Pressroom
from generator.build.project import Project, sources
from generator.errors import GeneratorError, Problem, Severity, SurroundingsError
from generator.model import Artifact, Carousel, Document


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: which files, with which settings, where to."""

    project: Project
    paths: tuple[Path, ...] = ()
    command: Document = field(default_factory=lambda: Document({}, {}, "command line"))
    output: Path | None = None
    single: Path | None = None
    drafts: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one content file."""

    slug: str
    path: str
    written: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()
    pages: int = 0
    draft: bool = False
    timings: dict[str, float] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """Return whether an error kept it, or one of its carousels, from being built."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a build; `problems` belong to no single content file."""

    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def every_problem(self) -> tuple[Problem, ...]:
        """Return all problems, those of the files among them."""
        return (*self.problems, *(p for outcome in self.outcomes for p in outcome.problems))


FULL = "disk-full"
Told = Callable[[Outcome], None]


def build(order: Order, told: Told = lambda _outcome: None) -> Report:
    """Build what the order names; `told` hears of each content file when it is done."""
    found, wrong = sources(order.project, order.paths)
    outputs = _outputs(order)
    room = Pressroom()
    outcomes: list[Outcome] = []
    problems = list(wrong)
    for source in found:
        prepared = prepare(order.project, source, order.command)
        outcome = _built(order, prepared, room, outputs)
        outcomes.append(outcome)
        told(outcome)
        if any(problem.code == FULL for problem in outcome.problems):
            break  # nothing more can be written: the others would fail alike
    if not order.single:
        if not order.paths and not wrong:
            outputs.forget(outcome.slug for outcome in outcomes)
        outputs.save()
    return Report(tuple(outcomes), tuple(problems))


def _outputs(order: Order) -> Outputs:
    root = order.output or order.project.root / "output"
    cache = None if order.single or order.output else disk.cache_dir(order.project.root)
    return Outputs.of(root, cache)


def _built(order: Order, prepared: Prepared, room: Pressroom, outputs: Outputs) -> Outcome:
    source = prepared.source
    outcome = Outcome(source.slug, source.path, problems=prepared.problems)
    if prepared.draft and not order.drafts:
        return replace(outcome, draft=True)
    if outcome.failed or not prepared.carousels:
        return outcome
    pressed = [(carousel, room.press(carousel)) for carousel in _wanted(order, prepared)]
    return _published(order, outcome, pressed, outputs)


def _wanted(order: Order, prepared: Prepared) -> Sequence[Carousel]:
    """Return the carousels to press: for a single output file the first, by one exporter."""
    if not order.single:
        return prepared.carousels
    first = prepared.carousels[0]
    suffix = order.single.suffix.lstrip(".").lower()
    return (
        replace(
            first, files=({"jpg": "jpeg"}.get(suffix, suffix),), folder="", stem=order.single.stem
        ),
    )


def _published(
    order: Order, outcome: Outcome, pressed: Iterable[tuple[Carousel, Pressed]], outputs: Outputs
) -> Outcome:
    artifacts: list[Artifact] = []
    kept: list[str] = []
    problems = list(outcome.problems)
    timings: dict[str, float] = {}
    pages = 0
    for carousel, result in pressed:
        problems += result.problems
        artifacts += result.artifacts
        pages += result.pages
        if result.failed:
            kept.append(carousel.folder)
        for stage, seconds in result.timings.items():
            timings[stage] = timings.get(stage, 0.0) + seconds
    try:
        written = _write(order, outcome.slug, artifacts, kept, outputs)
    except GeneratorError as wrong:
        written = ()
        problems += wrong.problems
    return replace(
        outcome,
        written=written,
        problems=tuple(dict.fromkeys(problems)),
        pages=pages,
        timings=timings,
    )


def _write(
    order: Order, slug: str, artifacts: list[Artifact], kept: list[str], outputs: Outputs
) -> tuple[Path, ...]:
    if order.single:
        if not artifacts:
            return ()
        disk.write(order.single, artifacts[0].content)
        return (order.single,)
    return outputs.publish(slug, artifacts, tuple(kept))


__all__ = ["Order", "Outcome", "Report", "SurroundingsError", "build"]
