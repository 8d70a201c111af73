"""Options that choose what is built: the same for build, list and explain."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from generator.cli._completing import kinds, names
from generator.errors import GeneratorError, Location, error
from generator.model import Document, Value

CHOOSING = (
    click.option(
        "--target",
        "targets",
        multiple=True,
        shell_complete=names("target"),
        help="Canvas to build for; may be repeated.",
    ),
    click.option(
        "--theme", shell_complete=names("theme"), help="Theme instead of the one that is set."
    ),
    click.option(
        "--brand",
        shell_complete=names("brand"),
        help="NAME or NAME/PROFILE; `all` for one carousel a brand.",
    ),
    click.option("--preset", shell_complete=names("preset"), help="Saved settings to use."),
    click.option(
        "--files",
        shell_complete=kinds,
        help="What to make instead of the canvas' files: pdf,jpeg,png.",
    ),
    click.option(
        "--set",
        "sets",
        multiple=True,
        metavar="KEY=VALUE",
        help="Any setting, as `typography.body=20`.",
    ),
)


def choosing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that choose."""
    for option in reversed(CHOOSING):
        command = option(command)
    return command


def settings(
    *,
    targets: tuple[str, ...],
    theme: str | None,
    brand: str | None,
    preset: str | None,
    files: str | None,
    sets: tuple[str, ...],
) -> Document:
    """Return the command line's settings, strongest of all layers."""
    from generator.settings.resolve import command_line  # noqa: PLC0415  only when something is built

    pairs: list[tuple[str, Value]] = [("targets", list(targets))] if targets else []
    pairs += [
        (key, value)
        for key, value in (("theme", theme), ("brand", brand), ("preset", preset))
        if value
    ]
    if files:
        pairs.append(("files", [name.strip() for name in files.split(",") if name.strip()]))
    return command_line([*pairs, *(_pair(text) for text in sets)])


def _pair(text: str) -> tuple[str, Value]:
    from generator import frontmatter  # noqa: PLC0415

    key, equals, value = text.partition("=")
    if not equals or not key:
        message = f"--set {text}: write KEY=VALUE"
        raise click.UsageError(message)
    try:
        read = frontmatter.parse(f"value: {value}", "command line").values.get("value")
    except GeneratorError as wrong:
        told = [
            error(p.code, f"--set {text}: {p.message}", Location("command line"), p.hint)
            for p in wrong.problems
        ]
        raise GeneratorError(*told) from None
    return key, read


def single(output: Path | None, paths: tuple[Path, ...]) -> Path | None:
    """Return the one file that `-o` names, None where it names a folder or nothing."""
    if not output or not output.suffix or output.is_dir():
        return None
    if len(paths) != 1 or paths[0].is_dir():
        message = f"-o {output} is one file: name one content file"
        raise click.UsageError(message)
    from generator import exporters  # noqa: PLC0415  only when one file is named

    exporters.by_suffix(output.suffix)
    return output


def folder(
    output: Path | None,
    single: Path | None,
    project: Any,  # noqa: ANN401  a Project, imported lazily
    paths: tuple[Path, ...],
) -> Path | None:
    """Return where the tree of files goes, None for the project's output/."""
    if single:
        return None
    if output is None and paths and not (project.root / "threadpress.yaml").is_file():
        return Path.cwd() / "output" if not (project.root / "content").is_dir() else None
    return output
