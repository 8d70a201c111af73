"""A cold build of eleven slides of text as a whole process, against the least that could do it."""

import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench._decks import eleven
from tests.bench._race import Case, Run, Runner, figure, threadpress

YARDSTICK = Path(__file__).with_name("yardstick.py")
MOST_KB, MOST_MIB, MOST_RATIO = 90, 130, 1.0
"""What issue 2 asks of this deck; the ratio is of the wall clock, ours to the yardstick's."""


def _runners(folder: Path) -> Sequence[Runner]:
    deck = eleven(folder)
    lean, ours = folder / "lean.pdf", folder / "ours.pdf"
    return (
        Runner("yardstick", (sys.executable, str(YARDSTICK), str(deck), str(lean)), lean),
        Runner("threadpress", threadpress("build", deck, "-o", ours, "--force"), ours),
    )


def _figures(medians: dict[str, Run]) -> Sequence[str]:
    lean, ours = medians["yardstick"], medians["threadpress"]
    return (
        figure("wall clock", ours.wall / lean.wall, MOST_RATIO, "of the yardstick's"),
        figure("CPU", ours.cpu / lean.cpu, MOST_RATIO, "of the yardstick's"),
        figure("PDF", ours.size / 1000, MOST_KB, "KB"),
        figure("peak memory", ours.memory, MOST_MIB, "MiB"),
    )


case = Case("Cold build, 11 slides of text", _runners, _figures)
