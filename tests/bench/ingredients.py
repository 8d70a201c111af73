"""What formulas, emoji and code cost beside the same slides of plain words."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from generator.build.press import Pressroom
from generator.compose.ingredients import math
from generator.compose.ingredients._mathjax import MathJax
from generator.content import blocks
from generator.errors import Location
from generator.library import builtin_root
from generator.model import Carousel
from tests.bench._race import Study, figure
from tests.project import Project
from tests.test_math import ROUNDING, TOWERS

LOAD, BLOCK, KEPT = 350, 300, 2
MOST_EMOJI, MOST_EMOJI_KB, MOST_CODE = 5, 150, 60
"""What issue 5 asks: milliseconds; a share of the deck without, KB; milliseconds."""
SLIDES, EACH = 10, 57
SIGNS = ["👇", "🚀", "🎉", "💡", "✅", "🔥", "🧵", "📌", "👩\u200d💻", "🇺🇦", "👍🏽", "1️⃣"]
LINES = "for price in prices:\n    total += price\n" * 15
SAID = "A slide of plain words, as long as a post is as a rule, so that there is something to set."


def _measure(folder: Path, rounds: int) -> Sequence[str]:
    return [*_formulas(rounds), "", *_emoji(Project(folder), rounds), *_code(folder, rounds)]


def _formulas(rounds: int) -> list[str]:
    """Measure a note's two blocks in an engine that was just started, and asked again."""
    loads, firsts, agains = [], [], []
    for _ in range(rounds):
        engine = MathJax(builtin_root() / math.SCRIPT)
        loads.append(_set(engine, "$$x$$"))
        for source in (ROUNDING, TOWERS):
            firsts.append(_set(engine, source))
            agains.append(_set(engine, source))
    return [
        figure("the engine's start, with one sign", median(loads), LOAD, "ms"),
        figure("a block of four formulas, the slower", max(firsts), BLOCK, "ms"),
        figure("the same again", median(agains), KEPT, "ms"),
    ]


def _set(engine: MathJax, source: str) -> float:
    """Return the milliseconds of CPU that the formulas of a text take."""
    formulas = blocks(source, Location("a.md", 1))
    start = time.process_time()
    for block in formulas:
        drawn, wrong = engine.svg(block.text, display=True)
        assert drawn, wrong
    return (time.process_time() - start) * 1000


def _emoji(project: Project, rounds: int) -> list[str]:
    """Compare ten slides of 57 emoji each with as many words in their place."""
    rows = [[SIGNS[(slide + at) % len(SIGNS)] for at in range(EACH)] for slide in range(SLIDES)]
    decks = {
        "plain": _deck(project, _posts([["so"] * EACH] * SLIDES)),
        "emoji": _deck(project, _posts(rows)),
    }
    times, sizes = _raced(decks, rounds)
    return [
        figure("570 emoji on ten slides", times["emoji"] / times["plain"], MOST_EMOJI,
               "of words in their place"),
        figure("their PDF", sizes["emoji"] / 1000, MOST_EMOJI_KB, "KB"),
    ]  # fmt: skip


def _posts(rows: Sequence[Sequence[str]]) -> str:
    return "\n\n---\n\n".join(" ".join(f"so {sign}" for sign in row) for row in rows)


def _code(folder: Path, rounds: int) -> list[str]:
    """Compare a slide of 30 lines of code with one of words."""
    project = Project(folder / "code")
    decks = {
        "words": _deck(project, f"{SAID}\n\n{SAID}"),
        "code": _deck(project, f"```python\n{LINES}```"),
    }
    times, _ = _raced(decks, rounds)
    more = times["code"] - times["words"]
    return [figure("30 lines of code, on two slides", more, MOST_CODE, "ms more than one of words")]


def _deck(project: Project, body: str) -> Carousel:
    """Return a carousel on the canvas that holds most: neither is tried in smaller type."""
    front = "title: T\ncover: false\noutro: false\ntargets: story\nfiles: [pdf]"
    project.thread(front, body)
    return project.carousel()


def _raced(decks: Mapping[str, Carousel], rounds: int) -> tuple[dict[str, float], dict[str, int]]:
    """Return the median milliseconds of CPU of each deck in a press that knows the look."""
    times: dict[str, list[float]] = {name: [] for name in decks}
    sizes = {}
    for turn in range(rounds + 1):
        for name, deck in decks.items():
            start = time.process_time()
            pressed = _ROOM.press(deck)
            times[name].append((time.process_time() - start) * 1000)
            assert pressed.artifacts, pressed.problems
            sizes[name] = len(pressed.artifacts[0].content)
        if not turn:  # the first round warms up
            times = {name: [] for name in decks}
    return {name: median(took) for name, took in times.items()}, sizes


_ROOM = Pressroom()


case = Study("What formulas, emoji and code cost", _measure)
