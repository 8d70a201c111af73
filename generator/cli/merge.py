"""Join what several machines built with `build --shard`."""

from pathlib import Path

import click

from generator.cli import _project, _report
from generator.cli._group import Context
from generator.errors import Severity


@click.command
@click.argument(
    "folders",
    nargs=-1,
    required=True,
    metavar="DIR...",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Only the files, into this folder, instead of into the project.",
)
@click.pass_obj
def command(context: Context | None, folders: tuple[Path, ...], output: Path | None) -> None:
    """Join what several machines built with `build --shard` into this project.

    Each DIR is a project's folder with the output/ and .threadpress/ that a machine left. All
    shards have to be there. A `build` of the same sources has nothing to do afterwards.
    """
    from generator.build import shards  # noqa: PLC0415  only when something is merged

    context = context or Context()
    project = _project.opened(context.project, ())
    merged = shards.merge(project, [folder.resolve() for folder in folders], output)
    _report.show(merged.problems, context.format)
    if context.format == "human":
        _report.say(_told(len(merged.slugs), len(folders), len(merged.unbuilt)))
    if any(problem.severity is Severity.ERROR for problem in merged.problems):
        raise SystemExit(1)


def _told(carousels: int, shards: int, unbuilt: int) -> str:
    """Return in words what was merged."""
    noun = "content file" if carousels == 1 else "content files"
    said = f"{carousels} {noun} from {shards} {'shard' if shards == 1 else 'shards'}"
    return f"{said}; {unbuilt} still to be built" if unbuilt else said
