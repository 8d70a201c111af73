"""The kinds of files that a destination takes. A PDF is always good for a look."""

from collections.abc import Iterator

from generator.checks import Built, Check
from generator.errors import Problem, warning

PROOF = "pdf"


def run(built: Built) -> Iterator[Problem]:
    """Yield a warning for each kind of picture that the canvas's platform refuses."""
    canvas, place = built.carousel.canvas, built.carousel.location
    for kind in built.carousel.files:
        if kind not in canvas.accepts and kind != PROOF:
            takes = " or ".join(canvas.accepts)
            yield warning("files-refused", f"{canvas.title} takes {takes}, not {kind}", place)


check = Check("files-refused", run)
