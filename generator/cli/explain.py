"""Say where every setting of a content file comes from."""

from pathlib import Path
from typing import Any

import click

from generator.cli import Context, _choices, _report


@click.command()
@click.argument("what", type=str)
@_choices.choosing
@click.pass_obj
def command(context: Context, /, what: str, **chosen: Any) -> None:  # noqa: ANN401
    """Say where every setting of a content file comes from.

    WHAT is a content file. Each line is a setting, its value, and the layer and place that set it.
    """
    from generator.build.project import sources  # noqa: PLC0415
    from generator.settings.explain import explained  # noqa: PLC0415
    from generator.settings.resolve import Given, brand_names, resolve, targets  # noqa: PLC0415

    paths = (Path(what),)
    project = _choices.opened(context.project, paths)
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
