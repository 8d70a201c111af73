"""Pictures with too few pixels for the size that they are shown at."""

from collections.abc import Iterator

from generator.checks import Built, Check
from generator.errors import Problem, warning
from generator.model import Figure

MOST = 1.5
"""Delivered pixels that one of the picture's may become; from there on edges look soft."""


def run(built: Built) -> Iterator[Problem]:
    """Yield a warning for each picture that is drawn much larger than it is."""
    told: set[str] = set()
    scale = built.carousel.canvas.scale
    for number, slide, page in built.each():
        for figure in page.figures:
            file = built.pictures.get(figure.url, "")
            wide = figure.drawn.width * scale
            if not file or file in told or not _soft(figure, wide):
                continue
            told.add(file)
            name = file.rpartition("/")[2]
            message = (
                f"slide {number}: {name} is {figure.pixels[0]:.0f} px wide and shown at "
                f"{wide:.0f} px, so it looks soft"
            )
            hint = f"take a picture that is at least {wide:.0f} px wide"
            yield warning("picture-small", message, slide.location, hint)


def _soft(figure: Figure, wide: float) -> bool:
    return not figure.vector and figure.pixels[0] > 0 and wide > MOST * figure.pixels[0]


check = Check("picture-small", run)
