"""Show which slides changed since a revision, before and after, for a pull request."""

import json
import time
from pathlib import Path
from typing import Any

import click

from generator.build.manifest import fingerprint
from generator.cli import Context, _choices, _project, _report
from generator.cli._completing import revisions, words
from generator.cli._crew import crew_of
from generator.cli._progress import Bar


@click.command()
@click.argument("revision", metavar="[REV | A..B]", default="HEAD", shell_complete=words(revisions))
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="A folder.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 if anything differs.")
@click.option("--link", default="", metavar="URL", help="Where the pictures will lie.")
@_choices.choosing
@click.option("--drafts", is_flag=True, help="Compare drafts too.")
@click.option("--force", is_flag=True, help="Ignore every cache.")
@click.option("-j", "--jobs", type=click.IntRange(1, 256), help="Workers; all cores by default.")
@click.pass_obj
def command(
    context: Context,
    /,
    revision: str,
    output: Path | None,
    link: str,
    *,
    exit_code: bool,
    drafts: bool,
    force: bool,
    jobs: int | None,
    **chosen: Any,  # noqa: ANN401  click's options
) -> None:
    """Show which slides changed since a revision, before and after, for a pull request.

    REV is compared with the working tree, A..B one revision with another, A...B what B changed
    since it left A. Without it, HEAD. Writes contact sheets and report.md into output/_diff.
    """
    from generator.build.diff import Diff  # noqa: PLC0415  when it is needed
    from generator.build.order import Order  # noqa: PLC0415

    start = time.perf_counter()
    project = _project.opened(context.project, ())
    asked = fingerprint((sorted(chosen.items()), drafts))
    settings = _choices.settings(**chosen)
    order = Order(project, command=settings, drafts=drafts, force=force, order=asked)
    diff = Diff(order, revision)
    bar = Bar(wanted=context.format == "human")
    if diff.affected:
        with crew_of(jobs) as crew:
            bar.expect(len(diff.affected))
            comparison, pictures = diff.compare(crew, bar.count)
    else:
        from generator.build.inline import Inline  # noqa: PLC0415  nothing is pressed

        comparison, pictures = diff.compare(Inline())
    bar.end()
    path = diff.publish(output, comparison, pictures, link)
    _tell(context.format, comparison, path, time.perf_counter() - start)
    if comparison.failed or (exit_code and comparison.differences):
        raise SystemExit(1)


def _tell(form: str, comparison: Any, path: Path, took: float) -> None:  # noqa: ANN401  a Comparison, imported lazily
    from generator.build.diff import plain, told  # noqa: PLC0415

    _report.show(comparison.problems, form)
    for one in comparison.differences:
        if form == "json":
            click.echo(json.dumps(plain(one), ensure_ascii=False))
        else:
            _report.say(_report.plain(f"{one.name}: {told(one)}"))
    count = len(comparison.differences)
    differ = "1 carousel differs" if count == 1 else f"{count or 'no'} carousels differ"
    same = f"{comparison.same} thread{'' if comparison.same == 1 else 's'} the same"
    _report.say(_report.plain(f"{differ}, {same}, {path}, in {took:.2f} s"))
