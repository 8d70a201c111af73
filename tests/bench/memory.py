"""The memory of a worker over five hundred decks of eleven slides, which has to be flat."""

import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tests.bench._decks import batch
from tests.bench._race import ROOT, Study, figure, surroundings, threadpress
from tests.bench._tree import KIB_PER_MIB, PROC

DECKS = 500
INTERVAL = 0.25
MOST_MIB, MOST_GROWTH = 130, 1.05


def _measure(folder: Path, _rounds: int) -> Sequence[str]:
    if not PROC.is_dir():
        return ["There is no /proc here."]
    decks = batch(folder / "decks", DECKS)
    build = subprocess.Popen(
        threadpress("build", decks, "-o", folder / "out", "--force", "-j", "1"),
        cwd=folder,
        env={**surroundings(), "PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,
    )
    seen: list[float] = []
    while build.poll() is None:
        seen.append(max(map(_resident, _below(build.pid)), default=0.0))
        time.sleep(INTERVAL)
    quarter = max(1, len(seen) // 4)
    parts = [median(seen[at : at + quarter]) for at in range(0, 4 * quarter, quarter)]
    shown = ", ".join(f"{part:.0f}" for part in parts)
    return [
        f"Resident MiB of the worker, medians of each quarter: {shown}.",
        "",
        figure("most", max(seen), MOST_MIB, "MiB"),
        figure("last quarter", parts[3] / parts[1], MOST_GROWTH, "times the second"),
    ]


def _below(pid: int) -> set[int]:
    """Return the processes below one, whatever generation."""
    found: set[int] = set()
    for task in (PROC / str(pid) / "task").glob("*/children"):
        try:
            children = {int(child) for child in task.read_text().split()}
        except OSError:  # it ended just now
            continue
        found |= children.union(*map(_below, children))
    return found


def _resident(pid: int) -> float:
    try:
        lines = (PROC / str(pid) / "status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / KIB_PER_MIB for line in lines if "VmRSS" in line), 0.0)


case = Study(f"Memory of a worker over {DECKS} decks", _measure)
