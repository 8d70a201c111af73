"""A slide that is set much smaller than the others: its post is too long beside them."""

from collections import Counter
from collections.abc import Iterator
from statistics import median

from generator.checks import Built, Check
from generator.errors import Problem, info
from generator.model import Page

LEAST_SLIDES = 4
"""Slides with running text from which there is a usual size."""
LEAST = 0.72
"""Share of the usual size under which a reader sees the text jump."""
LETTERS = 60
"""Letters from which a slide has running text."""
SET_SMALLER = ("top", "code", "grid")
"""What has a size of its own beside running text: headings, code, tables."""


def run(built: Built) -> Iterator[Problem]:
    """Yield an info for each slide whose text is much smaller than the deck's."""
    sizes = {number: _size(page) for number, slide, page in built.each() if slide.kind == "post"}
    known = [size for size in sizes.values() if size]
    if len(known) < LEAST_SLIDES:
        return
    usual = median(known)
    for number, slide in enumerate(built.slides, 1):
        size = sizes.get(number, 0.0)
        if size and size < LEAST * usual:
            message = f"slide {number} is set in {size:.0f} px, most others in {usual:.0f} px"
            hint = "shorten the post, or part it with `---`"
            yield info("slides-uneven", message, slide.location, hint)


def _size(page: Page) -> float:
    """Return the size that most letters of a page's content have; 0 if there are few."""
    letters: Counter[float] = Counter()
    for text in page.texts:
        if text.at.part == "region" and not any(map(text.at.inside, SET_SMALLER)):
            for one in text.runs:
                if not one.drawn:
                    letters[round(one.size, 1)] += len(one.text.strip())
    if letters.total() < LETTERS:
        return 0.0
    return letters.most_common(1)[0][0]


check = Check("slides-uneven", run)
