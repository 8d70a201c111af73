"""The kinds of pictures that a destination takes. What is no picture goes elsewhere."""

from collections.abc import Iterator

from generator.checks import Built, Check
from generator.errors import Problem, warning

PICTURES = frozenset({"jpeg", "png", "webp", "gif", "avif"})


def run(built: Built) -> Iterator[Problem]:
    """Yield a warning for each kind of picture that the canvas's platform refuses."""
    canvas, place = built.carousel.canvas, built.carousel.location
    for kind in built.carousel.files:
        if kind in PICTURES and kind not in canvas.accepts:
            takes = " or ".join(canvas.accepts)
            message = f"{canvas.title} takes {takes}, not {kind}"
            hint = f"`targets: {{{canvas.name}: {{files: [{canvas.accepts[0]}]}}}}`"
            yield warning("files-refused", message, place, hint)


check = Check("files-refused", run, always=True)
