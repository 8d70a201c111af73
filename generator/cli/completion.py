"""Print what makes a shell complete our commands, options and names."""

import click
from click.shell_completion import ShellComplete, get_completion_class

from generator.cli import threadpress

ASKS = "_THREADPRESS_COMPLETE"
"""The variable by which a shell asks, as click has it."""


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print what makes a shell complete our commands, options and names.

    bash: eval "$(threadpress completion bash)" in ~/.bashrc; docs/automation.md has the others.
    """
    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101  the choices are click's own
    # bash's own source() starts a bash to ask for its version
    click.echo(ShellComplete.source(kind(threadpress, {}, "threadpress", ASKS)))
