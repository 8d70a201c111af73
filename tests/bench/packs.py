"""What packs and the page of all carousels add to a build: the same decks with and without."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from generator.build.inline import Inline
from generator.build.order import Order
from generator.build.pipeline import Builder
from generator.build.prepare import Prepared, prepare
from generator.build.project import open_project
from tests.bench._decks import batch
from tests.bench._race import Study

DECKS = 4


def without(*given: object) -> Prepared:
    """Return what `prepare` gives, of which nothing goes into a pack."""
    made = prepare(*given)  # type: ignore[arg-type]  # handed on as they came
    return replace(made, carousels=tuple(replace(one, beside=()) for one in made.carousels))


def _cpu(root: Path, prepared: Callable[..., Prepared]) -> float:
    """Return the seconds of this process that a build of all decks takes."""
    order = Order(open_project(root), force=True, order="bench")
    with patch("generator.build.pipeline.prepare", prepared):
        begins = time.process_time()
        Builder(order, Inline()).everything()
        return time.process_time() - begins


def _figures(folder: Path, rounds: int) -> Iterator[str]:
    batch(folder / "content", DECKS)
    for files in ("pdf", "jpeg"):
        (folder / "threadpress.yaml").write_text(f"files: [{files}]\n", "utf-8")
        took: dict[str, list[float]] = {"without": [], "with": []}
        _cpu(folder, prepare)  # engine and fonts are warm from here on
        for _ in range(rounds):
            took["without"].append(_cpu(folder, without))
            took["with"].append(_cpu(folder, prepare))
        plain, whole = (statistics.median(took[name]) / DECKS for name in ("without", "with"))
        yield (
            f"- a deck of 11 slides as {files}: {plain * 1000:.0f} ms of CPU without a pack, "
            f"{whole * 1000:.0f} ms with: {whole / plain:.2f}"
        )


def measure(folder: Path, rounds: int) -> Sequence[str]:
    """Return medians of interleaved rounds, and their ratio."""
    return list(_figures(folder, rounds))


case = Study("Packs, and the page of all carousels", measure)
