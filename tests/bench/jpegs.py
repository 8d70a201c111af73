"""What eleven JPEG slides take beside the PDF of the same deck."""

from collections.abc import Sequence
from pathlib import Path

from tests.bench._decks import eleven
from tests.bench._race import Case, Run, Runner, figure, threadpress

MOST_SECONDS = 1.2
"""What issue 2 grants for eleven slides."""


def _runners(folder: Path) -> Sequence[Runner]:
    deck = eleven(folder)
    return tuple(
        Runner(
            files,
            threadpress("build", deck, "-o", folder / files, "--files", files, "--force"),
            folder / files,
        )
        for files in ("pdf", "pdf,jpeg")
    )


def _figures(medians: dict[str, Run]) -> Sequence[str]:
    more = medians["pdf,jpeg"].wall - medians["pdf"].wall
    return (figure("11 JPEG slides", more, MOST_SECONDS, "s more"),)


case = Case("JPEG slides beside the PDF", _runners, _figures)
