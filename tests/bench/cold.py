"""A cold build of eleven slides of text as a whole process, against the least that could do it."""

import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench import _peers
from tests.bench._decks import eleven
from tests.bench._race import Case, Run, Runner, figure, threadpress

YARDSTICK = Path(__file__).with_name("yardstick.py")
MOST_KB, MOST_MIB, OF_LEAN, OF_MARP = 50, 130, 0.35, 0.15
"""What issue 3 asks of this deck; the last two are shares of the others' wall clock."""


def _runners(folder: Path) -> Sequence[Runner]:
    deck = eleven(folder)
    lean, ours = folder / "lean.pdf", folder / "ours.pdf"
    return (
        Runner("yardstick", (sys.executable, str(YARDSTICK), str(deck), str(lean)), lean),
        Runner("threadpress", threadpress("build", deck, "-o", ours, "--force"), ours),
        *_peers.runners("build", "asu", folder),
    )


def _figures(medians: dict[str, Run]) -> Sequence[str]:
    name = _peers.lean(medians)
    lean, ours = medians[name], medians["threadpress"]
    lines = [
        figure("wall clock", ours.wall / lean.wall, OF_LEAN, f"of {name}'s"),
        f"- CPU: {ours.cpu / lean.cpu:.2f} of {name}'s",
        figure("PDF", ours.size / 1000, MOST_KB, "KB"),
        figure("peak memory", ours.memory, MOST_MIB, "MiB"),
    ]
    if "marp" in medians:
        lines.append(figure("wall clock", ours.wall / medians["marp"].wall, OF_MARP, "of Marp's"))
    return lines


case = Case("Cold build, 11 slides of text", _runners, _figures)
