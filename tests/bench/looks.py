"""What looks cost: each pattern, layout and theme against the plain ones; fonts; the gallery."""

import subprocess
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from generator.build.gallery.plan import Plan, Shot, Wish
from generator.build.press import Pressroom
from generator.build.project import open_project
from generator.library import themes
from generator.model import Carousel, Pattern
from tests.bench._race import ROOT, Study, figure, surroundings, threadpress

MOST_PATTERN, MOST_PATTERN_KB = 1.25, 40
MOST_MEDIAN, MOST_SLIDE = 1.3, 3.0
MOST_FONTS_MB, MOST_GALLERY = 8, 60
"""What issue 4 asks: shares of a plain deck's and a plain slide's time, MB of fonts, seconds."""
PLAIN_LAYOUT, PLAIN_THEME = "post", "night"


def _measure(folder: Path, rounds: int) -> Sequence[str]:
    plan = Plan(open_project(folder), Wish())
    lines = [*_patterns(plan, rounds), "", *_slides(plan, rounds), ""]
    size = sum(file.stat().st_size for file in (ROOT / "themes").rglob("*.ttf")) / 1e6
    start = time.perf_counter()
    subprocess.run(
        threadpress("gallery", "-o", folder / "gallery"),
        cwd=folder,
        env={**surroundings(), "PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,
        check=True,
    )
    took = time.perf_counter() - start
    return [
        *lines,
        figure("fonts", size, MOST_FONTS_MB, "MB"),
        figure("the whole gallery", took, MOST_GALLERY, "s"),
    ]


def _patterns(plan: Plan, rounds: int) -> list[str]:
    """Compare a deck of posts on each pattern with the same deck on a plain ground."""
    (shot,) = plan._samples("", PLAIN_THEME, (PLAIN_LAYOUT,))  # noqa: SLF001  as the gallery does
    names = plan.library.names(themes.PATTERNS, ".svg.jinja")
    decks = {name: _on(shot.carousel, name) for name in names}
    times, sizes = _raced(decks, rounds)
    shares = {name: times[name] / times["none"] for name in names if name != "none"}
    worst = max(shares, key=lambda name: shares[name])
    largest = max(shares, key=lambda name: sizes[name])
    more = (sizes[largest] - sizes["none"]) / 1000
    return [
        figure(f"costliest pattern ({worst})", shares[worst], MOST_PATTERN, "of a plain deck"),
        figure(f"heaviest pattern ({largest})", more, MOST_PATTERN_KB, "KB more"),
    ]


def _on(carousel: Carousel, name: str) -> Carousel:
    slides = carousel.slides * 4
    kept = tuple(replace(slide, pattern=Pattern(name)) for slide in slides)
    return replace(carousel, slides=kept, files=("pdf",))


def _slides(plan: Plan, rounds: int) -> list[str]:
    """Compare a slide of every layout in every theme with the plain layout in the same theme."""
    shots = [shot for shot in plan.looks() if shot.wall == "layouts"]
    decks = {(shot.theme, shot.label): _four(shot) for shot in shots}
    times, _ = _raced(decks, max(1, rounds // 2))
    each = {key: took / len(decks[key].slides) for key, took in times.items()}
    shares = {key: took / each[key[0], PLAIN_LAYOUT] for key, took in each.items()}
    worst = max(shares, key=lambda key: shares[key])
    in_theme = {key[0]: each[key] / each[PLAIN_THEME, PLAIN_LAYOUT]
                for key in each if key[1] == PLAIN_LAYOUT}  # fmt: skip
    slowest = max(in_theme, key=lambda name: in_theme[name])
    return [
        figure("a slide, median", median(shares.values()), MOST_MEDIAN, "of a plain one"),
        figure(f"costliest slide ({' '.join(worst)})", shares[worst], MOST_SLIDE, "of a plain one"),
        f"- costliest theme: {slowest}, {in_theme[slowest]:.2f} of {PLAIN_THEME}",
    ]


def _four(shot: Shot) -> Carousel:
    return replace(shot.carousel, slides=shot.carousel.slides * 2, files=("pdf",))


def _raced(
    decks: "dict[object, Carousel]", rounds: int
) -> "tuple[dict[object, float], dict[object, int]]":
    """Return the median seconds of CPU of each deck in a warm press, and the size of its PDF."""
    times: dict[object, list[float]] = {key: [] for key in decks}
    sizes: dict[object, int] = {}
    for turn in range(rounds + 1):
        for key, deck in decks.items():
            took, size = _pressed(deck)
            sizes[key] = size
            if turn:  # the first round warms up
                times[key].append(took)
    return {key: median(took) for key, took in times.items()}, sizes


_room = Pressroom()


def _pressed(deck: Carousel) -> tuple[float, int]:
    start = time.process_time()
    pressed = _room.press(deck)
    took = time.process_time() - start
    return took, sum(len(file.content) for file in pressed.artifacts)


case = Study("What looks cost", _measure)
