"""From a save to the whole new PDF on the disk: one slide of 11 edited, and one of 50."""

import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench import _peers
from tests.bench._decks import MARK, eleven, fifty
from tests.bench._race import Study, figure, threadpress
from tests.bench._saves import Watcher, quantile, saves
from tests.bench.cold import YARDSTICK

SAVES_A_ROUND = 4
OF_LEAN, OF_TYPST, SPREAD, FIFTY = 0.15, 5.0, 2.5, 1.6
"""What issue 3 asks: p50 to the yardstick's and Typst's, p95 to p50, fifty slides to eleven."""
PEERS_MARK = "deep dives"
"""Words of the last post in the peers' inputs."""


def _edited(mark: str) -> Callable[[str, str], str]:
    return lambda text, word: text.replace(mark, word)


def _ours(folder: Path, make: Callable[[Path], Path], name: str) -> Watcher:
    place = folder / name.replace(" ", "-")
    place.mkdir()
    source = make(place)
    output = place / "out.pdf"
    command = threadpress("watch", source, "-o", output)
    return Watcher(name, command, source, output, _edited(MARK), place)


def _lean(folder: Path) -> Watcher:
    place = folder / "lean"
    place.mkdir()
    source, output = eleven(place), place / "out.pdf"
    command = (sys.executable, str(YARDSTICK), str(source), str(output), "--watch")
    return Watcher("yardstick", command, source, output, _edited(MARK), place)


def _peer(folder: Path, name: str) -> Watcher:
    place = folder / name
    place.mkdir()
    given = _peers.source(name, "asu")
    for path in (given, *given.parent.glob("carousel.*")):
        shutil.copy(path, place)
    source, output = place / given.name, place / "out.pdf"
    command = _peers.watcher(name, source, output)
    return Watcher(name, command, source, output, _edited(PEERS_MARK), place)


def _measure(folder: Path, rounds: int) -> Sequence[str]:
    watchers = [
        _lean(folder),
        _ours(folder, eleven, "threadpress 11"),
        _ours(folder, fifty, "threadpress 50"),
        *(_peer(folder, name) for name in _peers.known()),
    ]
    saves(watchers, SAVES_A_ROUND * rounds)
    lines = ["| | p50 ms | p95 ms | least | most |", "|---|---|---|---|---|"]
    for one in watchers:
        times = [quantile(one.took, share) * 1000 for share in (0.5, 0.95, 0.0, 1.0)]
        lines.append(f"| {one.name} | {' | '.join(f'{time:.0f}' for time in times)} |")
    middle = {one.name: quantile(one.took, 0.5) for one in watchers}
    ours, lean = middle["threadpress 11"], _peers.lean(middle)
    lines += [
        "",
        figure("p50", ours / middle[lean], OF_LEAN, f"of {lean}'s"),
        figure("p95", quantile(watchers[1].took, 0.95) / ours, SPREAD, "times p50"),
        figure("50 slides", middle["threadpress 50"] / ours, FIFTY, "times 11 slides"),
    ]
    if "typst" in middle:
        lines.append(figure("p50", ours / middle["typst"], OF_TYPST, "times Typst's"))
    return lines


case = Study("Watch: from a save to the whole new PDF", _measure)
