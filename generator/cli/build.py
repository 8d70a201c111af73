"""Turn content files into carousels in output/."""

import os
import time
from pathlib import Path
from typing import Any

import click

from generator.build.manifest import fingerprint
from generator.cli import Context, _choices, _project, _record, _report
from generator.cli._crew import crew_of
from generator.cli._progress import Bar
from generator.errors import Problem

MOST_PLACES = 8
"""Files and folders that are named one by one when a carousel is done."""


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="A folder, or one file: talk.pdf."
)
@_choices.choosing
@click.option("--drafts", is_flag=True, help="Build drafts too.")
@click.option("--strict", is_flag=True, help="Warnings fail the build too.")
@click.option("--force", is_flag=True, help="Ignore every cache.")
@click.option("-j", "--jobs", type=click.IntRange(1, 256), help="Workers; all cores by default.")
@click.option("--timings", is_flag=True, help="Show where the time went.")
@click.option("--shard", metavar="I/N", help="Only the I-th of N equal parts; see `merge`.")
@click.pass_obj
def command(
    context: Context,
    /,
    paths: tuple[Path, ...],
    output: Path | None,
    *,
    drafts: bool,
    strict: bool,
    force: bool,
    timings: bool,
    jobs: int | None,
    shard: str | None,
    **chosen: Any,  # noqa: ANN401  click's options
) -> None:
    """Turn content files into carousels in output/.

    PATHS are content files or folders; none means all of content/. A single file needs no project:
    `threadpress build talk.md -o talk.pdf`.
    """
    start = time.perf_counter()
    single = _choices.single(output, paths)
    told = _Telling(context, timings=timings)
    asked = (sorted(chosen.items()), drafts)
    fingerprinted = fingerprint(asked)
    whole = not (paths or output or force or shard)
    if whole and (problems := _record.idle(context, fingerprinted)) is not None:
        told.idle(problems, time.perf_counter() - start)
        _report.leave(problems, strict=strict)
        return
    with crew_of(jobs) as crew:
        from generator.build import shards  # noqa: PLC0415  while the crew gets ready
        from generator.build.order import Order  # noqa: PLC0415
        from generator.build.pipeline import build  # noqa: PLC0415

        project = _project.opened(context.project, paths)
        settings = _choices.settings(**chosen)
        folder = _choices.folder(output, single, project, paths)
        part = shards.shard(shard) if shard else None
        order = Order(project, paths, settings, folder, single, drafts, force, fingerprinted, part)
        report = build(order, told.outcome, crew, told.bar.expect)
        if part and order.cache:
            shards.leave(project, part, asked)
    told.end(report, time.perf_counter() - start)
    _report.leave(report.every_problem, strict=strict)


class _Telling:
    """Says what came of each content file as it is done."""

    def __init__(self, context: Context, *, timings: bool) -> None:
        self.context = context
        self.timings = timings
        self.bar = Bar(wanted=context.format == "human")
        self.built = self.failed = self.fresh = 0

    def outcome(self, outcome: Any) -> None:  # noqa: ANN401  an Outcome, imported lazily
        """Say one line for a content file, after its problems."""
        with self.bar.aside():
            self._outcome(outcome)

    def _outcome(self, outcome: Any) -> None:  # noqa: ANN401  an Outcome, imported lazily
        _report.show(outcome.problems, self.context.format)
        if outcome.draft:
            return
        if outcome.fresh:
            self.fresh += 1
            return
        self.failed += outcome.failed
        self.built += not outcome.failed
        if outcome.failed and not outcome.written:
            return
        if self.context.format == "human":
            path, where = _report.plain(outcome.path), _where(outcome.written)
            _report.say(f"{path}: {_slides(outcome.pages)}, {where}")
            if self.timings:
                seconds = _report.seconds
                parts = (f"{stage} {seconds(took)}" for stage, took in outcome.timings.items())
                _report.say(f"  {', '.join(parts)}")

    def idle(self, problems: tuple[Problem, ...], took: float) -> None:
        """Say that there was nothing to do, and again what was told before."""
        _report.show(problems, self.context.format)
        if self.context.format == "human":
            _report.say(f"nothing to do ({_report.seconds(took)})")

    def end(self, report: Any, took: float) -> None:  # noqa: ANN401  a Report, imported lazily
        """Say how it went as a whole."""
        self.bar.end()
        _report.show(report.problems, self.context.format)
        if self.context.format != "human":
            return
        parts = [f"{self.built} carousel{'' if self.built == 1 else 's'}"]
        parts += [f"{self.fresh} unchanged"] if self.fresh else []
        parts += [f"{self.failed} failed"] if self.failed else []
        parts += [f"{len(report.removed)} removed"] if report.removed else []
        _report.say(f"{', '.join(parts)} in {_report.seconds(took)}")


def _slides(count: int) -> str:
    return "1 slide" if count == 1 else f"{count} slides"


def _where(written: tuple[Path, ...]) -> str:
    if not written:
        return "nothing new"
    shown = _shortened(written)
    if len(shown) > MOST_PLACES:
        folder = Path(os.path.commonpath(shown))
        return f"{len(written)} files in {_report.plain(_near(folder))}"
    return ", ".join(sorted({_report.plain(_near(path)) for path in shown}))


def _shortened(written: tuple[Path, ...]) -> set[Path]:
    """Return single files as they are, numbered slide images as their folder.

    What goes with them into the pack is not named, unless it is all that is new.
    """
    from generator.build.packs import BESIDE  # noqa: PLC0415  only when something was built

    named = [path for path in written if path.name not in BESIDE]
    files = [path for path in named if path.suffix != ".zip"]
    return {path.parent if path.stem.isdigit() else path for path in files or named or written}


def _near(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
