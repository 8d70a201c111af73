"""Python code run in a process of its own, which can be killed with all that it started."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import generator

KILLED = -signal.SIGKILL


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: its exit code (KILLED when its time was up), what it wrote."""

    code: int
    out: str
    err: str

    @property
    def last_words(self) -> str:
        """Return the last line that it wrote to stderr: of a traceback, what went wrong."""
        lines = self.err.strip().splitlines()
        return lines[-1] if lines else f"it ended with {self.code} and said nothing"


def run(code: str, seconds: float) -> Ended:
    """Return how Python code ended that got `seconds` to run; it sees the same generator."""
    place = str(Path(generator.__file__).resolve().parent.parent)
    paths = os.pathsep.join(path for path in (place, os.environ.get("PYTHONPATH")) if path)
    child = subprocess.Popen(  # noqa: S603 (our own interpreter and code)
        # -P: a json.py in the user's folder is not the library
        [sys.executable, "-P", "-c", code],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        env={**os.environ, "PYTHONPATH": paths},
        start_new_session=True,
    )
    try:
        out, err = child.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        _kill(child)
        return Ended(KILLED, "", f"it was ended after {seconds:g} s")
    except BaseException:  # Ctrl-C must leave no process
        _kill(child)
        raise
    return Ended(child.returncode, out, err)


def _kill(child: subprocess.Popen[str]) -> None:
    """End a child and its own children, and take in what is left of it."""
    os.killpg(child.pid, signal.SIGKILL)
    child.communicate()
