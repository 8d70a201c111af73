"""Make a theme of design tokens, or design tokens of a theme; list the themes."""

from pathlib import Path

import click

from generator.cli import Context, _project, _report
from generator.cli._completing import names
from generator.errors import Location, UsageError, error

MOST_BYTES = 5_000_000
"""Of a file of tokens: a large design system's has some hundred kilobytes."""


@click.group()
def command() -> None:
    """Make a theme of design tokens, or design tokens of a theme; list the themes.

    Design tokens are files of the DTCG format 2025.10 (.tokens.json), as tools for Figma and
    Style Dictionary read and write it.
    """


@command.command("list")
@click.pass_obj
def list_(context: Context) -> None:
    """List the themes that there are, with their variants."""
    from generator.library import lineage, themes  # noqa: PLC0415

    library = _project.opened(context.project, ()).library()
    for name in library.names(themes.FOLDER, lineage.FILE):
        document, _ = lineage.document(library, name, None)
        said = document.values.get("description") or document.values.get("title") or ""
        more = "".join(f", {name}/{one}" for one in lineage.variants(library, name))
        click.echo(_report.plain(f"{name}{more}  {said}"))


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("name")
@click.option("--map", "pairs", multiple=True, metavar="ROLE=TOKEN", help="Which token a role is.")
@click.option("--force", is_flag=True, help="Write over a theme that is there.")
@click.pass_obj
def import_(
    context: Context, file: Path, name: str, pairs: tuple[str, ...], *, force: bool
) -> None:
    """Make the theme NAME of the design tokens in FILE."""
    from generator import frontmatter  # noqa: PLC0415  only when something is read
    from generator.intake import slug, tokens  # noqa: PLC0415

    project = _project.opened(context.project, ())
    if not _project.is_project(project.root):
        hint = "make one with `threadpress new PATH`, or name yours with --project DIR"
        raise UsageError(
            error("project-missing", f"`{project.root}` is no content repo", hint=hint)
        )
    size = file.stat().st_size
    if size > MOST_BYTES:
        message = f"tokens of {size / 1e6:.0f} MB; at most {MOST_BYTES / 1e6:.0f} are read"
        raise UsageError(error("file-too-large", message, Location(str(file))))
    text = frontmatter.read_text(file.read_bytes(), str(file))
    found = tokens.taken(text, str(file), project.library(), slug(name), _mapped(pairs))
    path = tokens.write(project.root, name, found, force=force)
    _report.show(found.problems, context.format)
    for role, token in found.used.items():
        _report.say(_report.plain(f"  {role:<14} {token}"))
    _report.say(_report.plain(f"Made {path}"))
    _report.say(_report.plain(f"Look at it: threadpress gallery --theme {path.parent.name}"))


@command.command()
@click.argument("name", shell_complete=names("theme"))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file.")
@click.pass_obj
def export(context: Context, name: str, output: Path | None) -> None:
    """Print the theme NAME (or NAME/VARIANT) as design tokens, or write them to a file."""
    from generator import disk  # noqa: PLC0415  only when something is written
    from generator.intake import tokens  # noqa: PLC0415
    from generator.library import themes  # noqa: PLC0415

    theme, problems = themes.load(_project.opened(context.project, ()).library(), name)
    _report.show(problems, context.format)
    text = tokens.exported(theme)
    if output is None:
        click.echo(text, nl=False)
        return
    disk.write(output, text.encode())
    _report.say(_report.plain(f"Made {output}"))


def _mapped(pairs: tuple[str, ...]) -> dict[str, str]:
    """Return which token each role is, by what the command line says."""
    from generator.errors import choices  # noqa: PLC0415
    from generator.library.derive import ROLES  # noqa: PLC0415

    mapped = {}
    for pair in pairs:
        role, equals, token = pair.partition("=")
        if not equals or not token:
            raise UsageError(error("usage", f"--map {pair}: write ROLE=TOKEN"))
        if role not in ROLES:
            hint = choices(role, ROLES)
            raise UsageError(error("token-unknown", f"no colour role named `{role}`", None, hint))
        mapped[role] = token
    return mapped
