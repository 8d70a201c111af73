"""One carousel by several workers: each lays out some of its slides, one of them binds them.

A slide is laid out alone, so any worker may do it; what is sent are plates
(docs/decisions/0054-plates.md).
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from itertools import accumulate, count, pairwise
from typing import Any

from generator.build.job import Plates, Pressed, Sheaf, bind, lay, work
from generator.cache import Place
from generator.model import Carousel, Slide

LEAST = 3
"""Slides that are worth a worker of their own: its first one costs as much as three more."""
FRAME = 400
"""Letters that take as long to lay out as what each slide has besides."""


def shares(workers: int, carousels: int, carousel: Carousel) -> int:
    """Return among how many workers a carousel is parted, where there are `carousels` to make."""
    return max(1, min(workers // max(1, carousels), len(carousel.slides) // LEAST))


def shared(crew: Executor, carousel: Carousel, among: int, place: Place) -> "Future[Pressed]":
    """Return the future of a carousel that `among` workers make together."""
    sharing = _Sharing(crew, carousel, place)
    sharing.lay([Sheaf(*reach) for reach in pairwise(_borders(carousel.slides, among))])
    return sharing.future


def _borders(slides: Sequence[Slide], among: int) -> list[int]:
    """Return where to part slides so that each part takes about as long, both ends among them."""
    letters = (sum(len(block.plain()) for block in slide.blocks) for slide in slides)
    reached = list(accumulate(FRAME + count for count in letters))
    inside = [bisect_left(reached, reached[-1] * part / among) for part in range(1, among)]
    return sorted({0, *inside, len(slides)})


@dataclass(slots=True)
class _Sharing:
    crew: Executor
    carousel: Carousel
    place: Place
    future: "Future[Pressed]" = field(default_factory=Future)

    def lay(self, sheaves: Sequence[Sheaf]) -> None:
        """Have sheaves laid out side by side."""
        jobs = [self.crew.submit(lay, sheaf, self.carousel, self.place) for sheaf in sheaves]
        finished = count(1)  # counts right in several threads

        def done(_job: "Future[Plates]") -> None:
            if next(finished) == len(jobs):
                self._guard(lambda: self._laid([job.result() for job in jobs]))

        for job in jobs:
            job.add_done_callback(done)

    def _laid(self, plates: Sequence[Plates]) -> None:
        """Go on with what was laid out: bind it, or have it laid out with the right numbers."""
        if not all(each.fitted for each in plates):
            self._last(work, self.carousel, False, False, self.place)  # noqa: FBT003  a job's arguments
        elif all(each.made for each in plates):
            self._last(bind, tuple(plates), self.carousel, self.place)
        else:
            ends = [0, *accumulate(each.count for each in plates)]
            pairs = zip(plates, pairwise(ends), strict=True)
            self.lay([Sheaf(*reach, each.fitted, ends[-1], each.problems) for each, reach in pairs])

    def _last(self, job: Callable[..., Pressed], *arguments: Any) -> None:  # noqa: ANN401
        """Let the future be that of a job."""
        last = self.crew.submit(job, *arguments)
        last.add_done_callback(
            lambda done: self._guard(lambda: self.future.set_result(done.result()))
        )

    def _guard(self, go_on: Callable[[], None]) -> None:
        """Go on, in a worker's thread; what is raised belongs to whoever waits for the future."""
        try:
            go_on()
        except BaseException as fault:  # noqa: BLE001  told to the one who waits
            self.future.set_exception(fault)
