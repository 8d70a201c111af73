"""Repos of 10 to 10,000 carousels: cold, nothing to do, another theme, one edit, one in watch."""

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from tests.bench._decks import MARK, repo
from tests.bench._race import ROOT, Study, figure, surroundings, threadpress
from tests.bench._saves import Watcher, quantile, saves

SIZES = tuple(map(int, os.environ.get("BENCH_SIZES", "10,100,1000,10000").split(",")))
"""The largest takes minutes: BENCH_SIZES=10,100,1000 leaves it out."""
SAVES_A_ROUND = 4
MOST_RATIO = 1.5
EDITED = "content/000/note-00007.md"


def _measure(folder: Path, rounds: int) -> Sequence[str]:
    repos = {size: repo(folder / str(size), size) for size in SIZES}
    rows = {size: [_build(root)] for size, root in repos.items()}
    idle = _rounds(repos, rounds, _nothing)
    edit = _rounds(repos, rounds, _edit)
    for size, root in repos.items():
        rows[size] += [idle[size], edit[size], _themed(root)]
    watchers = [_watcher(root, size) for size, root in repos.items()]
    saves(watchers, SAVES_A_ROUND * rounds)
    lines = [
        "| carousels | cold s | nothing to do s | one edit s | theme s | edit in watch, p50 ms |",
        "|---|---|---|---|---|---|",
    ]
    for (size, times), one in zip(rows.items(), watchers, strict=True):
        shown = " | ".join(f"{took:.2f}" for took in times)
        lines.append(f"| {size} | {shown} | {quantile(one.took, 0.5) * 1000:.0f} |")
    first, last = (quantile(one.took, 0.5) for one in (watchers[0], watchers[-1]))
    what = f"one edit in {SIZES[-1]:,} in watch"
    return [*lines, "", figure(what, last / first, MOST_RATIO, f"times that in {SIZES[0]}")]


def _build(root: Path) -> float:
    start = time.perf_counter()
    subprocess.run(
        threadpress("build"),
        cwd=root,
        env={**surroundings(), "PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - start


def _rounds(
    repos: dict[int, Path], rounds: int, before: Callable[[Path, int], None]
) -> dict[int, float]:
    """Return the median seconds of builds, interleaved; `before` changes something first."""
    took: dict[int, list[float]] = {size: [] for size in repos}
    for turn in range(rounds):
        for size, root in repos.items():
            before(root, turn)
            took[size].append(_build(root))
    return {size: median(times) for size, times in took.items()}


def _nothing(_root: Path, _turn: int) -> None:
    """Change nothing."""


def _edit(root: Path, turn: int) -> None:
    path = root / EDITED
    path.write_text(path.read_text("utf-8") + f"\nTurn {turn}.\n", "utf-8")


def _themed(root: Path) -> float:
    (root / "threadpress.yaml").write_text("theme: paper\n", "utf-8")
    return _build(root)


def _watcher(root: Path, size: int) -> Watcher:
    source = root / EDITED
    output = root / "output/000/note-00007/linkedin/note-00007.pdf"
    return Watcher(
        str(size),
        threadpress("watch", "-j", "1"),
        source,
        output,
        lambda text, word: text.replace(MARK, word),
        root,
    )


case = Study("Scale: what grows with the repo", _measure)
