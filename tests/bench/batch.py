"""Fifty decks of eleven slides in one call, on all cores, against one process of the yardstick."""

import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench import _peers
from tests.bench._decks import batch
from tests.bench._race import Case, Run, Runner, figure, threadpress
from tests.bench.cold import YARDSTICK

DECKS = 50
OF_LEAN, OF_MARP = 1 / 2.5, 1 / 5.5
"""What issue 3 asks of two cores, as shares of the others' wall clock."""


def _runners(folder: Path) -> Sequence[Runner]:
    decks = batch(folder / "decks", DECKS)
    lean, ours = folder / "lean", folder / "ours"
    return (
        Runner("yardstick", (sys.executable, str(YARDSTICK), str(decks), str(lean)), lean),
        Runner("threadpress", threadpress("build", decks, "-o", ours, "--force"), ours),
        *_peers.runners("batch", f"b{DECKS}", folder),
    )


def _figures(medians: dict[str, Run]) -> Sequence[str]:
    ours = medians["threadpress"].wall
    lines = [f"- {name}: {DECKS / run.wall:.2f} decks a second" for name, run in medians.items()]
    lean = _peers.lean(medians)
    lines.append(figure("wall", ours / medians[lean].wall, OF_LEAN, f"of {lean}'s"))
    if "marp" in medians:
        lines.append(figure("wall", ours / medians["marp"].wall, OF_MARP, "of Marp's"))
    return lines


case = Case(f"Batch: {DECKS} decks of 11 slides in one call", _runners, _figures)
