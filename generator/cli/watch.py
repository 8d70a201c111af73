"""Build again whenever something changes."""

import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from generator.build.manifest import fingerprint
from generator.cli import Context, _choices, _project, _report
from generator.cli._crew import crew_of

MILLISECONDS = 1000


LIVING = (
    click.option("--drafts", is_flag=True, help="Drafts too."),
    click.option(
        "-j", "--jobs", type=click.IntRange(1, 256), help="Workers; all cores by default."
    ),
    click.option(
        "--poll", is_flag=True, help="Look every second: for file systems without events."
    ),
)


def living(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of those that go on until Ctrl-C."""
    for option in reversed(LIVING):
        command = option(command)
    return command


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="A folder, or one file: talk.pdf."
)
@_choices.choosing
@living
@click.pass_obj
def command(
    context: Context,
    /,
    paths: tuple[Path, ...],
    output: Path | None,
    *,
    drafts: bool,
    jobs: int | None,
    poll: bool,
    **chosen: Any,  # noqa: ANN401  click's options
) -> None:
    """Build again whenever something changes, until Ctrl-C.

    PATHS are as for `build`. A file that is broken keeps its last good output until it is mended.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    paths = tuple(path.resolve() for path in paths)
    with crew_of(jobs) as crew:
        from generator.build.order import Order  # noqa: PLC0415  while the crew gets ready
        from generator.build.pipeline import Builder  # noqa: PLC0415  while the crew gets ready
        from generator.watch import Watching  # noqa: PLC0415
        from generator.watch.events import Events  # noqa: PLC0415

        project = _project.opened(context.project, paths)
        single = _choices.single(output, paths)
        folder = _choices.folder(output, single, project, paths)
        asked = fingerprint((sorted(chosen.items()), drafts))
        settings = _choices.settings(**chosen)
        order = Order(project, paths, settings, folder, single, drafts, order=asked)
        telling = Telling(context)
        builder = Builder(order, crew, warm=True)
        events = Events(telling.announce, poll)
        watching = Watching(builder, events, telling.rebuilt, telling.removed, telling.failed)
        try:
            watching.begin()
            telling.announce(f"watching {_report.plain(str(project.root))}, Ctrl-C ends")
            watching.run()
        finally:
            events.stop()


class Telling:
    """Says one calm line a rebuild: what changed, which slides, how long."""

    def __init__(self, context: Context) -> None:
        """Take how it is to be told."""
        self.context = context

    def announce(self, text: str) -> None:
        """Say something about the watching itself."""
        if self.context.format == "human":
            _report.say(text)

    def rebuilt(self, rebuilt: Any) -> None:  # noqa: ANN401  a Rebuilt, imported lazily
        """Say what came of one content file."""
        outcome = rebuilt.outcome
        _report.show(outcome.problems, self.context.format)
        if self.context.format != "human" or outcome.draft:
            return
        took = f"{rebuilt.seconds * MILLISECONDS:.0f} ms"
        path = _report.plain(outcome.path)
        if outcome.failed:
            _report.say(f"{path}: not built; what was built before stays ({took})")
        else:
            _report.say(f"{path}: {_slides(outcome)} ({took})")

    def removed(self, slug: str) -> None:
        """Say that a content file's output went with it."""
        self.announce(f"{_report.plain(slug)}: removed")

    def failed(self, problems: Any) -> None:  # noqa: ANN401
        """Show problems that belong to no single file."""
        _report.show(problems, self.context.format)


def _slides(outcome: Any) -> str:  # noqa: ANN401  an Outcome, imported lazily
    changed = outcome.changed
    if not changed:
        return "as it was before" if outcome.written else "nothing new to see"
    if len(changed) == outcome.pages:
        return f"all {outcome.pages} slides"
    from generator.build.report import ranges  # noqa: PLC0415  it is loaded by now

    noun = "slide" if len(changed) == 1 else "slides"
    return f"{noun} {ranges(changed)} of {outcome.pages}"
