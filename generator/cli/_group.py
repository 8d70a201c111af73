"""The group that finds its commands in this room, and the options that all of them share."""

import ast
import copy
import importlib
import pkgutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator import __version__
from generator.cli import _report
from generator.errors import GeneratorError, choices

if TYPE_CHECKING:
    from generator.web import Web

ROOM = Path(__file__).parent
INTERRUPTED = 130
"""128 + SIGINT: what a shell reports for a program that Ctrl-C ended."""


@dataclass(frozen=True, slots=True)
class Context:
    """What every command gets as `ctx.obj`: the options that stand before or after its name.

    `web` is asked instead of the internet: whoever starts the command from Python may give one.
    """

    project: Path | None = None
    format: str = "human"
    web: "Web | None" = None


def remember(ctx: click.Context, option: click.Parameter, given: Any) -> None:  # noqa: ANN401 (click's own signature)
    """Keep a shared option in ctx.obj, here and at the root, where problems are shown."""
    known = ctx.obj or Context()
    if given is not None and option.name:
        known = replace(known, **{option.name: given})
    ctx.obj = ctx.find_root().obj = known


def _shared() -> list[click.Parameter]:
    """Return the options that may stand before a command's name as well as after it."""
    folder = click.Path(exists=True, file_okay=False, path_type=Path)
    return [
        click.Option(
            ["--project"],
            type=folder,
            expose_value=False,
            callback=remember,
            help="The content repo. Default: the nearest folder upward with threadpress.yaml.",
        ),
        click.Option(
            ["--format"],
            type=click.Choice(sorted(_report.FORMATS.keys() - {_report.SARIF})),
            expose_value=False,
            callback=remember,
            help="How problems are told. Default: human.",
        ),
    ]


def _modules() -> dict[str, str]:
    """Return the commands by name: `import_.py` is import, `a_b.py` is a-b, `_x.py` is none."""
    names = sorted(found.name for found in pkgutil.iter_modules([str(ROOM)]))
    return {
        name.removesuffix("_").replace("_", "-"): name for name in names if not name.startswith("_")
    }


def _summary(module: str) -> str:
    """Return the first line of a module's docstring, read from its text: nothing is imported."""
    text = (ROOM / f"{module}.py").read_text("utf-8")
    return (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0]


class Group(click.Group):
    """A click group whose commands are the public modules of this room."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """Return the names of all commands."""
        return list(_modules())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (click's signature)
        """Return the command of that name, which imports its module and no other."""
        module = _modules().get(cmd_name)
        if module is None:
            return None
        command: click.Command = importlib.import_module(f"generator.cli.{module}").command
        known = {option for param in command.params for option in param.opts}
        command = copy.copy(command)
        command.name = cmd_name
        command.params = [
            *command.params,
            *(option for option in _shared() if not known.intersection(option.opts)),
        ]
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that `args` begin with; an unknown one gets a hint."""
        name = args[0]
        if not name.startswith("-") and name not in _modules():
            ctx.fail(f"no command named `{name}`: {choices(name, _modules())}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 (click's signature)
        """Write the commands with a line each, without importing one of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _summary(module)) for name, module in _modules().items()])

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 (click's own signature)
        """Run the command: problems are shown in the format asked for, never as a traceback."""
        try:
            return super().invoke(ctx)
        except GeneratorError as failure:
            _report.show(failure.problems, ctx.obj.format)
            ctx.exit(failure.exit_code)
        except (KeyboardInterrupt, click.Abort):
            ctx.exit(INTERRUPTED)


def _threadpress() -> None:
    """Turn threads and notes, kept as Markdown, into carousels.

    Start with `threadpress new my-posts`, or build one file: `threadpress build talk.md`.
    """


threadpress = Group(
    "threadpress",
    callback=_threadpress,
    help=_threadpress.__doc__,
    params=_shared(),
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
)
click.version_option(__version__, "-V", "--version", message="%(prog)s %(version)s")(threadpress)
