"""Say where every setting of a content file comes from, or what a code means."""

import re
from pathlib import Path
from typing import Any

import click

from generator.cli import Context, _choices, _project, _report
from generator.cli._completing import code_or_file
from generator.errors import UsageError, error

CODE = re.compile(r"[a-z][a-z0-9-]*")


@click.command()
@click.argument("what", type=str, shell_complete=code_or_file)
@_choices.choosing
@click.pass_obj
def command(context: Context, /, what: str, **chosen: Any) -> None:  # noqa: ANN401
    """Say where every setting of a content file comes from, or what a code means.

    WHAT is a content file: each line is a setting, its value, and the layer and place that set it.
    Or it is a code, as in `warning[contrast-low]`.
    """
    if CODE.fullmatch(what) and not Path(what).exists():
        _explain(what)
        return
    from generator.build.project import sources  # noqa: PLC0415
    from generator.settings.explain import explained  # noqa: PLC0415
    from generator.settings.resolve import Given, brand_names, resolve, targets  # noqa: PLC0415

    paths = (Path(what),)
    project = _project.opened(context.project, paths)
    found, wrong = sources(project, paths)
    _report.show(wrong, context.format)
    for source in found:
        library = project.library()
        given = Given(project.given, source.front, _choices.settings(**chosen))
        for brand in brand_names(library, given):
            for target in targets(library, given):
                resolved = resolve(library, given, target, brand)
                click.echo(
                    _report.plain(f"# {source.path} for {target}{f' by {brand}' if brand else ''}")
                )
                for line in explained(resolved):
                    click.echo(_report.plain(line))
                _report.show(resolved.problems, context.format)
    if wrong:
        raise SystemExit(1)


def _explain(code: str) -> None:
    """Print what a code means, and what the guide says of it besides."""
    from generator.settings import codes  # noqa: PLC0415  only where a code is asked about

    known = codes.every()
    if code not in known:
        message = f"there is no code and no file `{code}`"
        raise UsageError(error("code-unknown", message, None, codes.near(code)))
    click.echo(f"{code}: {known[code]}")
    if more := codes.sections().get(code):
        click.echo(f"\n{more}")
