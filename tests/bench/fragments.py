"""Writing the PDF after a change to one slide: WeasyPrint's own writer against fragments.

`python -m tests.bench.fragments [ROUNDS]`, in one warm process. It prints CPU times and ratios.
"""

import gc
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from generator.build.order import Order
from generator.build.pipeline import build
from generator.build.project import open_project
from generator.paginate import About, LaidOut, Press
from tests.bench._decks import eleven

ROUNDS = 15
SLIDES = (11, 50)


@dataclass(slots=True)
class Deck:
    """The slides of a real build: what they were laid out from, and what they became."""

    press: Press
    slides: list[tuple[Any, ...]]
    pages: list[Any]
    about: About
    scale: float

    def edited(self, place: int, turn: int) -> list[Any]:
        """Return the pages after an edit to one slide."""
        html, *around = self.slides[place]
        head, tag, tail = html.rpartition("</p>")
        words = " and some words more" * (turn % 3)
        page = self.press.lay_out(f"{head} {turn}{words}{tag}{tail}", *around).page
        return [*self.pages[:place], page, *self.pages[place + 1 :]]


def deck(count: int) -> Deck:
    """Return the deck of eleven slides, its middle repeated until there are `count`."""
    laid: dict[int, tuple[Any, ...]] = {}
    made: list[Deck] = []
    lay_out, write = Press.lay_out, Press.write

    def laying(press: Press, *slide: Any) -> LaidOut:  # noqa: ANN401
        result = lay_out(press, *slide)
        laid[id(result.page)] = (*slide, result)
        return result

    def writing(press: Press, pages: Sequence[Any], *about: Any, **more: Any) -> bytes:  # noqa: ANN401
        slides = [laid[id(page)][:-1] for page in pages]
        made.append(Deck(press, slides, list(pages), *about))
        return write(press, pages, *about, **more)

    Press.lay_out, Press.write = laying, writing  # type: ignore[method-assign, assignment]
    try:
        with TemporaryDirectory() as folder:
            path = eleven(Path(folder))
            build(Order(open_project(path.parent), (path,), single=Path(folder, "x.pdf")))
    finally:
        Press.lay_out, Press.write = lay_out, write  # type: ignore[method-assign]
    found = made[0]
    middle = found.slides[1:-1]
    while len(found.slides) < count:
        found.slides[-1:-1] = middle[: count - len(found.slides)]
    found.pages = [found.press.lay_out(*slide).page for slide in found.slides]
    return found


def document(deck_: Deck, pages: Sequence[Any]) -> Any:  # noqa: ANN401
    """Return the document that a press would write."""
    from weasyprint.document import Document  # noqa: PLC0415

    from generator.paginate import _metadata  # noqa: PLC0415

    around = deck_.press._url_fetcher(), deck_.press._font_config()  # noqa: SLF001
    return Document(list(pages), _metadata(deck_.about), *around, {}, None)


def medians(deck_: Deck, rounds: int) -> dict[str, tuple[float, int]]:
    """Return milliseconds of CPU and bytes by writer, medians of interleaved rounds."""
    from generator.paginate.fragments import Assembler  # noqa: PLC0415

    assembler = Assembler()
    options = {"zoom": deck_.scale, "pdf_variant": "pdf/ua-1"}
    writers: dict[str, Callable[[Any], bytes]] = {
        "stock": lambda made: made.write_pdf(**options) or b"",
        "exact": lambda made: assembler.write(made, deck_.scale) or b"",
        "quick": lambda made: assembler.write(made, deck_.scale, quick=True) or b"",
    }
    assembler.write(document(deck_, deck_.pages), deck_.scale)
    taken: dict[str, list[float]] = {name: [] for name in writers}
    sizes = {}
    for turn in range(rounds):
        for name, write in writers.items():
            made = document(deck_, deck_.edited(len(deck_.pages) // 2, turn))
            gc.collect()
            start = time.process_time()
            sizes[name] = len(write(made))
            taken[name].append((time.process_time() - start) * 1000)
    return {name: (median(taken[name]), sizes[name]) for name in writers}


def main() -> None:
    """Print a line for each writer and number of slides."""
    rounds = int(sys.argv[1]) if sys.argv[1:] else ROUNDS
    for count in SLIDES:
        found = medians(deck(count), rounds)
        whole, _ = found["stock"]
        for name, (took, size) in found.items():
            sys.stdout.write(
                f"{count} slides, one changed, {name}: {took:.1f} ms CPU,"
                f" {took / whole:.2f} of stock, {size} bytes\n"
            )


if __name__ == "__main__":
    main()
