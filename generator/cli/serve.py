"""Look at the carousels in a browser while you write."""

import signal
import webbrowser
from pathlib import Path
from typing import Any

import click

from generator.build.manifest import fingerprint
from generator.cli import Context, _choices, _project
from generator.cli._crew import crew_of
from generator.cli.watch import Telling, living

PORT = 4321


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@_choices.choosing
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True,
    help="Where to listen; the next free one if it is in use.",
)  # fmt: skip
@click.option("--open", "opens", is_flag=True, help="Open the page in a browser.")
@living
@click.pass_obj
def command(
    context: Context,
    /,
    paths: tuple[Path, ...],
    *,
    port: int,
    opens: bool,
    drafts: bool,
    jobs: int | None,
    poll: bool,
    **chosen: Any,  # noqa: ANN401  click's options
) -> None:
    """Look at the carousels in a browser while you write, until Ctrl-C.

    It builds as `watch` does, and shows each slide as soon as it is drawn. PATHS are as for
    `build`. Only this machine can reach the page.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    paths = tuple(path.resolve() for path in paths)
    with crew_of(jobs) as crew:
        from generator.build.crew import Crew  # noqa: PLC0415  while the crew gets ready
        from generator.build.order import Order  # noqa: PLC0415
        from generator.build.pipeline import Builder  # noqa: PLC0415
        from generator.build.project import find_sources  # noqa: PLC0415
        from generator.serve import Serving  # noqa: PLC0415
        from generator.watch.events import Events  # noqa: PLC0415

        project = _project.opened(context.project, paths)
        find_sources(project, paths)  # told before an address is, if there is nothing to show
        folder = _choices.folder(None, None, project, paths)
        settings, asked = _choices.settings(**chosen), fingerprint((sorted(chosen.items()), drafts))
        order = Order(project, paths, settings, folder, None, drafts, order=asked)
        telling = Telling(context)
        builder = Builder(order, crew, warm=True)
        events = Events(telling.announce, poll)
        drawers = Crew(crew.foreman, 1)
        serving = Serving(
            builder, events, drawers, telling.rebuilt, telling.removed, telling.failed
        )
        try:
            address = serving.listen(port)
            if port and f":{port}/" not in address:
                telling.announce(f"port {port} is in use")
            telling.announce(f"look at {address}, Ctrl-C ends")
            if opens:
                webbrowser.open(address)
            serving.run()
        finally:
            serving.stop()
            drawers.shutdown(wait=False)
