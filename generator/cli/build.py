"""Turn content files into carousels in output/."""

import time
from pathlib import Path
from typing import Any

import click

from generator.cli import Context, _choices, _report
from generator.errors import Problem, Severity

SECONDS = 10
"""Below so many seconds a time is shown with two decimals."""


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="A folder, or one file: talk.pdf."
)
@_choices.choosing
@click.option("--drafts", is_flag=True, help="Build drafts too.")
@click.option("--strict", is_flag=True, help="Warnings fail the build too.")
@click.option("--force", is_flag=True, help="Ignore every cache.")
@click.option("--timings", is_flag=True, help="Show where the time went.")
@click.pass_obj
def command(
    context: Context,
    /,
    paths: tuple[Path, ...],
    output: Path | None,
    *,
    drafts: bool,
    strict: bool,
    force: bool,  # noqa: ARG001  every build is a whole one until there is a cache
    timings: bool,
    **chosen: Any,  # noqa: ANN401  click's options
) -> None:
    """Turn content files into carousels in output/.

    PATHS are content files or folders; none means all of content/. A single file needs no project:
    `threadpress build talk.md -o talk.pdf`.
    """
    from generator.build.pipeline import Order, build  # noqa: PLC0415  heavy: only when something is built

    start = time.perf_counter()
    project = _choices.opened(context.project, paths)
    single = output if output and output.suffix and not output.is_dir() else None
    if single and len(paths) != 1:
        message = f"-o {single} is one file: name one content file"
        raise click.UsageError(message)
    order = Order(
        project,
        paths,
        _choices.settings(**chosen),
        _folder(output, single, project, paths),
        single,
        drafts,
    )
    told = _Telling(context, timings=timings)
    report = build(order, told.outcome)
    _report.show(report.problems, context.format)
    told.end(time.perf_counter() - start)
    _leave(report.every_problem, strict=strict)


def _folder(
    output: Path | None,
    single: Path | None,
    project: Any,  # noqa: ANN401  a Project, imported lazily
    paths: tuple[Path, ...],
) -> Path | None:
    """Return where the tree of files goes, None for the project's output/."""
    if single:
        return None
    if output is None and paths and not (project.root / "threadpress.yaml").is_file():
        return Path.cwd() / "output" if not (project.root / "content").is_dir() else None
    return output


class _Telling:
    """Says what came of each content file as it is done."""

    def __init__(self, context: Context, *, timings: bool) -> None:
        self.context = context
        self.timings = timings
        self.built = self.failed = self.slides = 0

    def outcome(self, outcome: Any) -> None:  # noqa: ANN401  an Outcome, imported lazily
        """Say one line for a content file, after its problems."""
        _report.show(outcome.problems, self.context.format)
        if outcome.draft:
            return
        if outcome.failed:
            self.failed += 1
            return
        self.built += 1
        self.slides += outcome.pages
        if self.context.format == "human":
            _report.say(
                f"{_report.plain(outcome.path)}: {outcome.pages} slides, {_where(outcome.written)}"
            )
            if self.timings:
                parts = (f"{stage} {_seconds(took)}" for stage, took in outcome.timings.items())
                _report.say(f"  {', '.join(parts)}")

    def end(self, took: float) -> None:
        """Say how it went as a whole."""
        if self.context.format == "human":
            failed = f", {self.failed} failed" if self.failed else ""
            noun = "carousel" if self.built == 1 else "carousels"
            _report.say(f"{self.built} {noun}{failed} in {_seconds(took)}")


def _where(written: tuple[Path, ...]) -> str:
    if not written:
        return "nothing new"
    return ", ".join(sorted({_report.plain(_near(path)) for path in _shortened(written)}))


def _shortened(written: tuple[Path, ...]) -> set[Path]:
    """Return single files as they are, numbered slide images as their folder."""
    return {path.parent if path.stem.isdigit() else path for path in written}


def _near(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _seconds(took: float) -> str:
    return f"{took:.2f} s" if took < SECONDS else f"{took:.0f} s"


def _leave(problems: tuple[Problem, ...], *, strict: bool) -> None:
    codes = {problem.code for problem in problems if problem.severity is Severity.ERROR}
    if codes & _report.SURROUNDINGS:
        raise SystemExit(3)
    if codes or (strict and any(problem.severity is Severity.WARNING for problem in problems)):
        raise SystemExit(1)
