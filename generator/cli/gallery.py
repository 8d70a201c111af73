"""Show every theme, layout, pattern and canvas; or one thread in every theme."""

import time
from pathlib import Path

import click

from generator.cli import Context, _project, _report
from generator.cli._completing import names
from generator.cli._crew import crew_of
from generator.cli._progress import Bar
from generator.errors import Severity


@click.command()
@click.option(
    "--content",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="One thread in every theme, instead of the samples.",
)
@click.option(
    "--theme",
    "themes",
    multiple=True,
    shell_complete=names("theme"),
    help="Only this theme; may be repeated.",
)
@click.option(
    "--layout",
    "layouts",
    multiple=True,
    shell_complete=names("layout"),
    help="Only this layout; may be repeated.",
)
@click.option(
    "--target",
    "targets",
    multiple=True,
    shell_complete=names("target"),
    help="Only this canvas; may be repeated.",
)
@click.option(
    "--brand",
    default="",
    shell_complete=names("brand"),
    help="In whose name; else the samples' own.",
)
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="A folder.")
@click.option("-j", "--jobs", type=click.IntRange(1, 256), help="Workers; all cores by default.")
@click.pass_obj
def command(  # noqa: PLR0917  click's options
    context: Context,
    content: Path | None,
    themes: tuple[str, ...],
    layouts: tuple[str, ...],
    targets: tuple[str, ...],
    brand: str,
    output: Path | None,
    jobs: int | None,
) -> None:
    """Show every theme, layout, pattern and canvas; or one thread in every theme.

    Makes contact sheets (PNG) and one page, index.html, in output/_gallery or where -o says.
    """
    start = time.perf_counter()
    with crew_of(jobs) as crew:
        from generator.build import gallery  # noqa: PLC0415  while the crew gets ready

        project = _project.opened(context.project, (content,) if content else ())
        wish = gallery.Wish(themes, layouts, targets, brand)
        shots, problems = gallery.planned(project, wish, content)
        bar = Bar(wanted=context.format == "human")
        bar.expect(len(shots))
        shown, wrong = gallery.shoot(shots, crew, bar.count)
        bar.end()
    problems += [one for one in wrong if one.severity is not Severity.INFO]
    _report.show(problems, context.format)
    if shown:
        folder = output or gallery.folder_of(project)
        made = gallery.hang(folder, shown, content.stem if content else "Gallery")
        slides = sum(len(one.pictures) for one in shown)
        took = time.perf_counter() - start
        sheets = f"{len(made) - 1} sheet{'s' if len(made) != 2 else ''}"  # noqa: PLR2004  and the page
        where = _report.plain(str(folder))
        _report.say(f"{slides} slides on {sheets}, {where}/index.html, in {took:.1f} s")
    if any(one.severity is Severity.ERROR for one in problems):
        raise SystemExit(1)
