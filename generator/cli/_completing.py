"""The names of looks that an option takes, for shells that complete them."""

from collections.abc import Callable
from contextlib import suppress

import click

from generator.errors import GeneratorError

Complete = Callable[[click.Context, click.Parameter, str], list[str]]


def names(kind: str) -> Complete:
    """Return what completes the name of a look: a theme, brand, preset or target."""

    def complete(ctx: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
        from generator.cli import _choices  # noqa: PLC0415  it has options that complete
        from generator.settings import vocabulary  # noqa: PLC0415  when a shell asks

        found: tuple[str, ...] = ()
        with suppress(
            GeneratorError
        ):  # somebody is typing: what is wrong is told when they are done
            project = _choices.opened(getattr(ctx.find_root().obj, "project", None), ())
            found = vocabulary.names(project.library(), (), ())[kind]
        return [name for name in found if name.startswith(begun)]

    return complete
