"""List the JSON Schemas that editors check by, or print one."""

import click

from generator.cli import Context, _project, _report
from generator.cli._completing import schemas, words
from generator.errors import GeneratorError, UsageError, choices, error


@click.command()
@click.argument("name", required=False, shell_complete=words(schemas))
@click.option("--write", is_flag=True, help="Put all into .threadpress/schemas, for editors.")
@click.pass_obj
def command(context: Context, name: str | None, *, write: bool) -> None:
    """List the JSON Schemas that editors check by, or print one.

    NAME is one of those listed. The names of the looks that the project has stand in it.
    """
    from generator.build import schemas as files  # noqa: PLC0415  pydantic, when it is needed
    from generator.settings.json_schema import KINDS  # noqa: PLC0415

    if name and name not in KINDS:
        message = f"there is no schema `{name}`"
        raise UsageError(error("schema-unknown", message, hint=choices(name, KINDS)))
    project = _project.opened(context.project, ())
    if write:
        put = files.put(project)
        if put is None:
            message = f"`{project.root}` can't be written to"
            raise GeneratorError(error("output-read-only", message))
        _report.say(_report.plain(f"Wrote {len(KINDS)} schemas into {put}"))
    if name:
        click.echo(files.text(files.made(project, name)[name]), nl=False)
    elif not write:
        _list(context.format)


def _list(form: str) -> None:
    import json  # noqa: PLC0415

    from generator.settings.json_schema import KINDS  # noqa: PLC0415

    for name, kind in KINDS.items():
        if form == "json":
            click.echo(json.dumps({"name": name, "title": kind.title, "files": kind.files}))
        else:
            click.echo(f"{name:<13} {kind.title:<30} {' '.join(kind.files)}".rstrip())
