"""Say what is wrong with carousels before a platform or a reader does."""

import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from generator.build.manifest import CHECKS, fingerprint
from generator.checks import refused
from generator.cli import Context, _choices, _project, _record, _report
from generator.cli._crew import crew_of
from generator.cli._group import remember
from generator.cli._progress import Bar
from generator.errors import Problem, Severity

COUNTED = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@_choices.choosing
@click.option("--drafts", is_flag=True, help="Check drafts too.")
@click.option("--strict", is_flag=True, help="Warnings fail the check too.")
@click.option("--force", is_flag=True, help="Ignore every cache.")
@click.option("-j", "--jobs", type=click.IntRange(1, 256), help="Workers; all cores by default.")
@click.option("--shard", metavar="I/N", help="Only the I-th of N equal parts.")
@click.option(
    "--format",
    type=click.Choice(sorted(_report.FORMATS)),
    expose_value=False,
    callback=remember,
    help="How problems are told. Default: human.",
)
@click.pass_obj
def command(
    context: Context,
    /,
    paths: tuple[Path, ...],
    *,
    drafts: bool,
    strict: bool,
    force: bool,
    jobs: int | None,
    shard: str | None,
    **chosen: Any,  # noqa: ANN401  click's options
) -> None:
    """Say what is wrong with carousels before a platform or a reader does.

    PATHS are content files or folders; none means all of content/. Nothing is built into output/.
    `threadpress explain CODE` says more about a code.
    """
    start = time.perf_counter()
    fingerprinted = fingerprint(("check", sorted(chosen.items()), drafts))
    if not (paths or force or shard):
        known = _record.idle(context, fingerprinted, CHECKS)
        if known is not None:
            _end(context, known, start, "nothing has changed")
            _report.leave([refused(problem) for problem in known], strict=strict)
            return
    bar = Bar(wanted=context.format == "human")
    with crew_of(jobs) as crew:
        from generator.build import shards  # noqa: PLC0415  while the crew gets ready
        from generator.build.checking import check  # noqa: PLC0415
        from generator.build.order import Order  # noqa: PLC0415

        project = _project.opened(context.project, paths)
        settings = _choices.settings(**chosen)
        part = shards.shard(shard) if shard else None
        order = Order(
            project,
            paths,
            settings,
            drafts=drafts,
            force=force,
            order=fingerprinted,
            shard=part,
            checks=True,
        )
        report = check(order, lambda _outcome: bar.count(), crew, bar.expect)
    bar.end()
    fresh = sum(outcome.fresh for outcome in report.outcomes)
    done = sum(not outcome.draft for outcome in report.outcomes) - fresh
    _end(context, report.every_problem, start, f"{_carousels(done)}, {fresh} unchanged")
    _report.leave([refused(problem) for problem in report.every_problem], strict=strict)


def _end(context: Context, problems: Sequence[Problem], start: float, done: str) -> None:
    """Tell everything that was found, and how much it was."""
    every = sorted(map(refused, problems), key=_standing)
    _report.show(every, context.format)
    if context.format != "human":
        return
    found = Counter(problem.severity for problem in every if not problem.silenced)
    parts = [_many(found[severity], word) for severity, word in COUNTED.items() if found[severity]]
    silenced = sum(bool(problem.silenced) for problem in every)
    parts += [f"{silenced} silenced"] if silenced else []
    said = ", ".join(parts) or "no problems"
    _report.say(f"{said} ({done}, {_report.seconds(time.perf_counter() - start)})")


def _standing(problem: Problem) -> tuple[str, int, int]:
    """Return a problem's place, to be sorted by: what has none comes first."""
    place = problem.location
    return (place.path, place.line, place.column) if place else ("", 0, 0)


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _carousels(count: int) -> str:
    return f"{_many(count, 'thread')} checked"
