"""What eleven JPEG slides take beside the PDF of the same deck."""

from collections.abc import Sequence
from pathlib import Path

from tests.bench import _peers
from tests.bench._decks import eleven
from tests.bench._race import Case, Run, Runner, figure, threadpress

MOST_SECONDS, OF_TYPST = 1.2, 0.5
"""What issue 2 grants for eleven slides, and issue 3: the CPU, as a share of Typst's for PNG."""


def _runners(folder: Path) -> Sequence[Runner]:
    deck = eleven(folder)
    ours = (
        Runner(
            files,
            threadpress("build", deck, "-o", folder / files, "--files", files, "--force"),
            folder / files,
        )
        for files in ("pdf", "pdf,jpeg")
    )
    return (*ours, *(peer for peer in _peers.runners("png", "asu", folder) if peer.name == "typst"))


def _figures(medians: dict[str, Run]) -> Sequence[str]:
    more = medians["pdf,jpeg"].wall - medians["pdf"].wall
    lines = [figure("11 JPEG slides", more, MOST_SECONDS, "s more")]
    if "typst" in medians:
        cpu = medians["pdf,jpeg"].cpu - medians["pdf"].cpu
        lines.append(figure("CPU", cpu / medians["typst"].cpu, OF_TYPST, "of Typst's PNG"))
    return lines


case = Case("JPEG slides beside the PDF", _runners, _figures)
