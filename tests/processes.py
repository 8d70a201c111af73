"""Processes that a test looks after: which of them live, and what a program did when it ended."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[1]
PATIENCE = 20.0
"""Seconds after which something that should have come is given up; never how long it may take."""


def alive(pid: int) -> bool:
    """Return whether a process runs; one that ended and was not waited for does not."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except OSError:
        return False
    return told.rpartition(")")[2].split()[0] not in {"Z", "X"}


def session(leader: int) -> set[int]:
    """Return the living processes of a session."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                if os.getsid(int(entry.name)) == leader and alive(int(entry.name)):
                    found.add(int(entry.name))
    return found


def comes(true: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Return whether something comes true while there is patience left."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.01)
    return true()


def all_gone(pids: Iterable[int]) -> bool:
    """Return whether all processes end."""
    wanted = set(pids)
    return comes(lambda: not any(map(alive, wanted)))


@contextmanager
def program(
    *arguments: str, stdout: IO[str] | int = subprocess.PIPE
) -> Iterator["subprocess.Popen[str]"]:
    """Yield a Python program in a session of its own; whatever is left of it is killed."""
    child = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        with child:
            try:
                yield child
            finally:
                for pid in session(child.pid) | {child.pid}:
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
    finally:
        child.wait(PATIENCE)
