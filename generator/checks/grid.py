"""A cover whose words the profile's grid cuts off: it shows a part of the first slide only."""

from collections.abc import Iterator

from generator.checks import Built, Check, quoted
from generator.checks.safe import EDGES, beyond
from generator.errors import Problem, warning

ROUNDING = 2.0
"""CSS px: what the grid cuts off is gone, so that there is no air to be had."""


def run(built: Built) -> Iterator[Problem]:
    """Yield a warning if words of the first slide stand where the grid crops it."""
    canvas = built.carousel.canvas
    for number, slide, page in built.each():
        if number > 1:
            return
        for edge in EDGES:
            crop = canvas.crop[edge]
            hits = [
                (over, text.plain())
                for text in page.texts
                if crop and text.at.part == "region"
                for one in text.runs
                if one.text.strip() and (over := beyond(one, page, edge, crop)) > ROUNDING
            ]
            for over, words in sorted(hits)[-1:]:
                message = (
                    f"{canvas.title}'s grid cuts {over:.0f} px off {quoted(words)} at the {edge}"
                )
                hint = f"keep the cover's words {crop} px away from there"
                yield warning("grid-crop", message, slide.location, hint)


check = Check("grid-crop", run)
