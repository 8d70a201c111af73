"""Text that is too small on a phone, where most slides are read."""

from collections.abc import Iterator

from generator.checks import Built, Check, quoted
from generator.errors import Problem, warning
from generator.model import FLOORS, Run, Text

PHONE = 375
"""CSS px that the width of a slide gets on a phone."""
RAISED = frozenset({"sub", "sup"})
"""Signs beside other letters, which are read with them."""
ROUNDING = 0.5


def run(built: Built) -> Iterator[Problem]:
    """Yield a warning for each slide with text under the floor, naming the smallest."""
    told: set[str] = set()
    for number, slide, page in built.each():
        small = [
            (one.size, text.plain())
            for text in page.texts
            for one in text.runs
            if one.size < _floor(text) - ROUNDING and _counts(text, one)
        ]
        for size, words in sorted(small)[:1]:
            if words in told:
                continue
            told.add(words)
            shown = f"{size:.0f} px, {size * PHONE / page.width:.1f} px on a phone"
            message = f"slide {number}: {quoted(words)} is set in {shown}"
            hint = "shorten the post, or give its text more room with another layout"
            yield warning("text-small", message, slide.location, hint)


def _floor(text: Text) -> float:
    return FLOORS["meta" if text.at.part in ("head", "foot") else "body"]


def _counts(text: Text, one: Run) -> bool:
    return text.at.part not in ("deco", "") and not one.drawn and one.tag not in RAISED


check = Check("text-small", run)
