"""Words that pass the edge of the page, or of a box that cuts off what does not fit."""

from collections.abc import Iterator

from generator.checks import Built, Check, quoted
from generator.errors import Problem, warning
from generator.model import Page, Rect, Run

LEAST = 0.12
"""Share of a letter's size that may be out of sight: a side bearing, an overhang."""
LETTERS = (0.25, 0.8)
"""Where a line's letters stand in the height of its font, from the top; above and below is air."""


def run(built: Built) -> Iterator[Problem]:
    """Yield a warning for each text of which something can't be seen; a frame's text once."""
    told: set[str] = set()
    for number, slide, page in built.each():
        for text in page.texts:
            if text.at.part in ("deco", "") or text.at.angle or text.plain() in told:
                continue
            if any(_cut(one, page) for one in text.runs if one.text.strip()):
                told |= {text.plain()} if text.at.part != "region" else set()
                message = f"slide {number}: {quoted(text.plain())} is cut off"
                hint = "shorten it, or set it smaller"
                yield warning("text-cut", message, slide.location, hint)


def _cut(one: Run, page: Page) -> bool:
    """Return whether a part of a run's letters is out of sight."""
    top, bottom = (one.rect.y + share * one.rect.height for share in LETTERS)
    letters = Rect(one.rect.x, top, one.rect.width, bottom - top)
    seen = letters.common(one.seen).common(Rect(0, 0, page.width, page.height))
    spare = LEAST * one.size
    return seen.width < letters.width - spare or seen.height < letters.height - spare


check = Check("text-cut", run)
