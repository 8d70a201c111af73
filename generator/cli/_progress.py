"""A progress bar, on a terminal and only where there is something to wait for."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

FEW = 4
"""Content files up to which the lines themselves show how it goes."""


class Bar:
    """Counts content files as they are done; silent without a terminal."""

    def __init__(self, *, wanted: bool) -> None:
        """Take whether people are to see it; rich is imported only when they do."""
        self.wanted = wanted and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def expect(self, count: int, doing: str = "building", few: int = FEW) -> None:
        """Show the bar, if so many things are worth one."""
        if not self.wanted or count <= few:
            return
        from rich.console import Console  # noqa: PLC0415  30 ms, on a terminal only
        from rich.progress import Progress  # noqa: PLC0415

        self._progress = Progress(console=Console(stderr=True), transient=True)
        self._task = self._progress.add_task(doing, total=count)
        self._progress.start()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Step aside while lines are written, then count one more as done."""
        if self._progress is None or self._task is None:
            yield
            return
        self._progress.stop()
        yield
        self._progress.advance(self._task)
        self._progress.start()

    def count(self) -> None:
        """Count one more as done."""
        if self._progress is not None and self._task is not None:
            self._progress.advance(self._task)

    def end(self) -> None:
        """Take the bar away."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None
