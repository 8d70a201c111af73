"""Text where the platform lays its own buttons and captions over a slide."""

from collections.abc import Iterator

from generator.checks import Built, Check, quoted
from generator.errors import Problem, warning
from generator.model import Page, Rect, Run

CAPITALS = 0.72
"""Height of capitals by the size of a font, about: above them a line is empty."""
SPARE, OPTICAL = 24.0, 0.12
"""What may pass a margin: CSS px, as margins hold some air; and at the sides a share of a letter's
size, as large figures are moved out by the white that their first letter begins with."""
EDGES = ("top", "right", "bottom", "left")


def run(built: Built) -> Iterator[Problem]:
    """Yield a warning for each slide and edge whose margin text runs into."""
    canvas = built.carousel.canvas
    told: set[tuple[str, str]] = set()
    for number, slide, page in built.each():
        for edge in EDGES:
            safe = canvas.safe[edge]
            hits = [
                (over, text.plain())
                for text in page.texts
                if text.at.part not in ("deco", "")
                for one in text.runs
                if one.text.strip() and (over := beyond(one, page, edge, safe)) > SPARE
            ]
            for over, words in sorted(hits)[-1:]:
                if (edge, words) in told:
                    continue
                told.add((edge, words))
                message = (
                    f"slide {number}: {quoted(words)} stands {over:.0f} px into the {safe} px at "
                    f"the {edge} that {canvas.title} covers"
                )
                yield warning("safe-area", message, slide.location, "keep text away from there")


def beyond(one: Run, page: Page, edge: str, safe: float) -> float:
    """Return how many px of a run's letters lie in a margin."""
    height, side = CAPITALS * one.size, OPTICAL * one.size
    letters = Rect(one.seen.x + side, one.baseline - height, one.seen.width - 2 * side, height)
    return {
        "top": safe - letters.y,
        "right": letters.right - (page.width - safe),
        "bottom": letters.bottom - (page.height - safe),
        "left": safe - letters.x,
    }[edge]


check = Check("safe-area", run)
