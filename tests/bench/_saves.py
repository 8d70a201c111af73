"""Saves in a watched file, and how long it takes until the whole new PDF lies on the disk."""

import contextlib
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench._race import ROOT, surroundings

PATIENCE = 120.0
"""Seconds that a first build, or an edit, may take."""
POLL = 0.001
REST = 0.8
"""Seconds between two saves: an editor's, not a machine's."""
END = b"%%EOF"


@dataclass(slots=True)
class Watcher:
    """A program that watches `source` and writes `output`; `edit` puts a new word into it."""

    name: str
    command: tuple[str, ...]
    source: Path
    output: Path
    edit: Callable[[str, str], str]
    folder: Path = ROOT
    took: list[float] = field(default_factory=list)
    _text: str = ""

    def save(self, word: str) -> None:
        """Save the source with a new word and note how long the PDF took."""
        self._text = self._text or self.source.read_text("utf-8")
        before = _seen(self.output)
        start = time.perf_counter()
        self.source.write_text(self.edit(self._text, word), "utf-8")
        _wait(lambda: _seen(self.output) != before and _whole(self.output), self.name)
        self.took.append(time.perf_counter() - start)


@contextlib.contextmanager
def watching(watchers: Sequence[Watcher]) -> Iterator[None]:
    """Run these programs until the block ends; it begins when all have written their PDF."""
    running: list[subprocess.Popen[Any]] = []
    # A file, not a pipe: what nobody reads must not block who writes.
    with tempfile.TemporaryFile() as told:
        try:
            for one in watchers:
                running.append(_started(one, told))
                _wait(lambda one=one: _whole(one.output), one.name)  # type: ignore[misc]
            time.sleep(2)
            yield
        finally:
            for child in running:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGTERM)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.wait(5)
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGKILL)


def saves(watchers: Sequence[Watcher], count: int) -> None:
    """Save in each of the watched files in turn, so often; the first round is not counted."""
    with watching(watchers):
        for turn in range(count + 1):
            for one in watchers:
                one.save(f"Word{turn + 1}x")
                time.sleep(REST)
                if not turn:
                    one.took.clear()


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of all values does not pass."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def _started(one: Watcher, told: Any) -> subprocess.Popen[Any]:  # noqa: ANN401  an open file
    return subprocess.Popen(
        one.command,
        cwd=one.folder,
        env={**surroundings(), "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=told,
        stderr=told,
        start_new_session=True,
    )


def _seen(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_mtime_ns, found.st_ino


def _whole(path: Path) -> bool:
    try:
        return path.read_bytes().rstrip().endswith(END)
    except FileNotFoundError:
        return False


def _wait(until: Callable[[], bool], name: str) -> None:
    start = time.perf_counter()
    while not until():
        if time.perf_counter() - start > PATIENCE:
            message = f"{name} did not write its PDF within {PATIENCE:g} s"
            raise SystemExit(message)
        time.sleep(POLL)
