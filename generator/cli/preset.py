"""Save settings under a name, list what is saved, show one."""

from pathlib import Path

import click

from generator.cli import Context, _project, _report
from generator.cli._completing import names

FOLDER, HOLDS = "themes/_presets", ".yaml"


@click.group()
def command() -> None:
    """Save settings under a name, list what is saved, show one.

    A preset is a file in themes/_presets/; `preset: NAME` in a thread uses it.
    """


@command.command()
@click.argument("name")
@click.option(
    "--from",
    "source",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The content file whose looks are saved.",
)
@click.option("--force", is_flag=True, help="Write over a preset that is there.")
@click.pass_obj
def save(context: Context, name: str, source: Path, *, force: bool) -> None:
    """Save how a content file looks as the preset NAME."""
    from generator import intake  # noqa: PLC0415  only when something is saved
    from generator.build.project import load  # noqa: PLC0415
    from generator.settings.cascade import Layer, merge  # noqa: PLC0415

    project = _project.opened(context.project, (source,))
    front = load(project, project.door(), source.resolve(), source.stem).front
    layers = [Layer("front matter", front)]
    if base := front.values.get("preset"):
        place = front.place("preset")
        below, _ = project.library().document(FOLDER, str(base), HOLDS, "preset", place)
        layers.insert(0, Layer("preset", below))
    said = merge(layers, front.path).document.values
    path = intake.preset(project.root, name, said, force=force)
    _report.say(_report.plain(f"Saved {intake.shown(path)}"))
    _report.say(_report.plain(f"Use it: preset: {path.stem}"))


@command.command("list")
@click.pass_obj
def list_(context: Context) -> None:
    """List the presets that there are, each with what it is for."""
    library = _project.opened(context.project, ()).library()
    for name in library.names(FOLDER, HOLDS):
        document, _ = library.document(FOLDER, name, HOLDS, "preset", None)
        said = document.values.get("description") or ", ".join(document.values)
        click.echo(_report.plain(f"{name}  {said}"))


@command.command()
@click.argument("name", shell_complete=names("preset"))
@click.pass_obj
def show(context: Context, name: str) -> None:
    """Show what the preset NAME sets."""
    library = _project.opened(context.project, ()).library()
    _, path = library.document(FOLDER, name, HOLDS, "preset", None)
    click.echo(library.text(f"{FOLDER}/{path.name}").rstrip("\n"))
