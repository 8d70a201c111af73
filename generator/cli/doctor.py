"""Look at what this machine has and lacks, and say how to get it."""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from generator.cli import _project, _report, _surroundings
from generator.cli._group import Context
from generator.errors import Severity, SurroundingsError


@click.command
@click.pass_obj
def command(context: Context | None) -> None:
    """Look at what this machine has and lacks, and say how to get it.

    Shared libraries, fonts, the cache, bytecode, and one page made for a try in a child process.
    The exit code is 3 when something is missing that a build needs.
    """
    context = context or Context()
    problems = []
    for finding in _findings(context.project or _project.nearest(Path.cwd())):
        _tell(finding, context.format)
        problems += [finding.problem] if finding.problem else []
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise SurroundingsError(*problems)
    _report.show(problems, context.format)
    if context.format == "human":
        _report.say("All that a build needs is here.")


def _findings(project: Path | None) -> Iterator[_surroundings.Finding]:
    """Yield all there is to look at, the quick things first."""
    yield from _surroundings.python()
    yield from _surroundings.libraries()
    yield from _surroundings.formulas()
    yield from _surroundings.cache(project)
    yield from _surroundings.bytecode()
    yield from _surroundings.render()


def _tell(finding: _surroundings.Finding, form: str) -> None:
    """Write one finding: a line for people, an object on stdout for programs."""
    if form == "json":
        entry = {"name": finding.name, "found": finding.found, "good": finding.problem is None}
        click.echo(json.dumps(entry))
    elif form == "human":
        mark = finding.problem.severity if finding.problem else "ok"
        _report.say(f"{mark:>7}  {_report.plain(f'{finding.name}: {finding.found}')}")
