"""A worker process: one job after another, within a limit of memory and a time."""

import contextlib
import gc
import os
import pickle
import resource
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator.build.line import receive, send

MEMORY = 2 * 1024**3
"""Bytes of address space of a worker (reliability.md, promise 2)."""
SWOLLEN = 512 * 1024**2
"""Bytes: a worker that has needed as many more is replaced, as few of them come back."""
TIDY_EVERY = 10
"""Jobs between two looks for garbage of 10 to 25 ms; without, a worker grows by 50 kB a deck, as
boxes point at one another and Python looks seldom. Nobody waits meanwhile."""
GRACE = 2.0
"""Seconds past a job's deadline after which a worker ends itself, if nobody else did."""
BYTES_OF_MAXRSS = 1 if sys.platform == "darwin" else 1024
Work = Callable[..., Any]


class WorkerError(Exception):
    """A worker was lost over a job; the message says how."""


def serve(line: socket.socket) -> None:
    """Do one job after another until the line is closed. Never returns."""
    status = 1
    try:
        _limit()
        most = _peak() + SWOLLEN  # a fork begins with the peak of what it was forked from
        stays, done = True, 0
        while stays:
            work, arguments, deadline = receive(line)
            signal.setitimer(signal.ITIMER_REAL, deadline + GRACE)
            answer = _answer(work, arguments, most)
            stays = answer[1]
            send(line, answer)
            signal.setitimer(signal.ITIMER_REAL, 0)
            done += 1
            if not done % TIDY_EVERY:
                gc.collect()
        status = 0
    except (OSError, EOFError):
        status = 0  # the parent is gone
    finally:
        os._exit(status)


def _limit() -> None:
    """Take no more memory than is allowed, and leave no picture of it when that is the end."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    # what was forked along with us, an engine or a test run, is not the carousel's to answer for
    wanted = max(MEMORY, _mapped() + MEMORY // 2)
    limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    with contextlib.suppress(ValueError, OSError):  # macOS knows no such limit
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _mapped() -> int:
    """Return the bytes of address space that this process has; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError):
        return 0
    return pages * resource.getpagesize()


def _answer(work: Work, arguments: tuple[Any, ...], most: int) -> tuple[bool, bool, Any]:
    """Return whether a job was done, whether this worker stays for another, and what came of it."""
    try:
        result = work(*arguments)
    except MemoryError:
        return False, False, f"it needed more than {MEMORY / 1024**3:g} GiB of memory"
    except Exception as fault:  # noqa: BLE001  told to the parent, which raises it there
        return False, True, _portable(fault)
    return True, _peak() < most, result


def _peak() -> int:
    """Return the most bytes of memory that this process has had at any time."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * BYTES_OF_MAXRSS


def _portable(fault: Exception) -> Exception:
    """Return an exception with its traceback as a note, or what it says if it can't travel."""
    told = "".join(traceback.format_exception(fault, limit=-3))
    fault.add_note(told)
    try:
        pickle.loads(pickle.dumps(fault))  # noqa: S301  our own
    except Exception:  # noqa: BLE001  whatever a foreign exception thinks of
        fault = RuntimeError(f"{type(fault).__name__}: {fault}")
        fault.add_note(told)
    return fault
