"""What an option or argument takes, for shells that complete it: names of looks, codes, files."""

from collections.abc import Callable, Iterable
from contextlib import suppress

import click
from click.shell_completion import CompletionItem

from generator.cli import _project
from generator.errors import GeneratorError

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]
Known = Callable[[click.Context], Iterable[str]]
FILE = "file"
"""What click calls whatever the shell itself completes."""


def words(known: Known, *, or_a_file: bool = False) -> Complete:
    """Return what completes one of the words that are known, or the path of a file.

    Somebody is typing: what is wrong with their project is told when they are done.
    """

    def complete(
        ctx: click.Context, _parameter: click.Parameter, begun: str
    ) -> list[CompletionItem]:
        found: list[CompletionItem] = [CompletionItem(begun, type=FILE)] if or_a_file else []
        with suppress(GeneratorError):
            found += [CompletionItem(name) for name in known(ctx) if name.startswith(begun)]
        return found

    return complete


def names(kind: str) -> Complete:
    """Return what completes the name of a look: a theme, layout, brand, preset or target."""

    def known(ctx: click.Context) -> Iterable[str]:
        from generator.settings import vocabulary  # noqa: PLC0415  when a shell asks

        project = _project.opened(getattr(ctx.find_root().obj, "project", None), ())
        return vocabulary.names(project.library(), (), ())[kind]

    return words(known)


def kinds(ctx: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return what completes the last of the kinds of files in a list with commas."""

    def known(_ctx: click.Context) -> Iterable[str]:
        from generator import exporters  # noqa: PLC0415  when a shell asks

        listed, comma, _ = begun.rpartition(",")
        taken = listed.split(",")
        return (f"{listed}{comma}{name}" for name in exporters.kinds() if name not in taken)

    return words(known)(ctx, parameter, begun)


def code_or_file(
    ctx: click.Context, parameter: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Return what completes a code that was begun, or the path of a file."""

    def known(_ctx: click.Context) -> Iterable[str]:
        from generator.settings import codes  # noqa: PLC0415  when a shell asks

        return codes.every() if begun else ()  # three hundred would hide the files

    return words(known, or_a_file=True)(ctx, parameter, begun)


def schemas(_ctx: click.Context) -> Iterable[str]:
    """Return the kinds of files that have a schema."""
    from generator.settings.json_schema import KINDS  # noqa: PLC0415  when a shell asks

    return KINDS


def revisions(ctx: click.Context) -> Iterable[str]:
    """Return the branches and tags of the repository around a project."""
    from generator.build.diff.git import Git  # noqa: PLC0415  when a shell asks

    project = _project.opened(getattr(ctx.find_root().obj, "project", None), ())
    return Git(project.root).names()
