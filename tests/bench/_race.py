"""Whole processes raced against each other: interleaved rounds, medians, ratios to the first."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench._tree import KIB_PER_MIB, watching

ROOT = Path(__file__).parents[2]
RSS_PER_MIB = KIB_PER_MIB if sys.platform == "linux" else KIB_PER_MIB**2
"""`ru_maxrss` counts KiB on Linux, bytes on macOS."""


@dataclass(frozen=True, slots=True)
class Runner:
    """Something to race: a command line, and the file or folder that it writes, if it does.

    `folder` is where it is started. `kept`: what it wrote stays from one round to the next.
    """

    name: str
    command: tuple[str, ...]
    output: Path | None = None
    folder: Path | None = None
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took: seconds of wall clock and of CPU, MiB at its peak, bytes written.

    CPU and memory are those of all its processes. Where there is no /proc they are those of the
    processes that were waited for, which leaves our workers out.
    """

    wall: float
    cpu: float
    memory: float
    size: int


@dataclass(frozen=True, slots=True)
class Study:
    """A benchmark that is no race: `measure(folder, rounds)` returns the lines to print."""

    title: str
    measure: Callable[[Path, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Case:
    """One benchmark: `runners(folder)` prepares what is raced; the first is the yardstick.

    `figures` turns the medians by runner into lines that say how they stand to what was asked.
    """

    title: str
    runners: Callable[[Path], Sequence[Runner]]
    figures: Callable[[dict[str, Run]], Sequence[str]] = lambda _medians: ()


def threadpress(*arguments: str | Path) -> tuple[str, ...]:
    """Return the command line that starts our program as a user would: cold, in a process."""
    return (sys.executable, "-m", "generator", *map(str, arguments))


def surroundings() -> dict[str, str]:
    """Return the environment of what is measured: bytecode is kept, as where we are installed."""
    unwanted = {"PYTHONDONTWRITEBYTECODE", "THREADPRESS_STOCK"}
    return {name: text for name, text in os.environ.items() if name not in unwanted}


def race(runners: Sequence[Runner], rounds: int) -> dict[str, Run]:
    """Return each runner's medians over `rounds` interleaved rounds, after one that warms up.

    Raises SystemExit if a run fails or writes nothing: a fast failure is no result.
    """
    runs: dict[str, list[Run]] = {runner.name: [] for runner in runners}
    for number in range(rounds + 1):
        for runner in runners:
            found = _run(runner)
            if number:
                runs[runner.name].append(found)
    return {name: _medians(found) for name, found in runs.items()}


def table(medians: dict[str, Run]) -> str:
    """Return the medians as a Markdown table; a ratio over 1 is quicker than the yardstick."""
    first = next(iter(medians.values()))
    lines = [
        "| | wall s | cpu s | MiB | bytes | wall ratio | cpu ratio |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {name} | {run.wall:.2f} | {run.cpu:.2f} | {run.memory:.0f} | {run.size} "
        f"| {first.wall / run.wall:.2f} | {first.cpu / run.cpu:.2f} |"
        for name, run in medians.items()
    ]
    return "\n".join(lines)


def figure(what: str, found: float, wanted: float, unit: str) -> str:
    """Return a line that says a figure, what it should be at most, and whether it is."""
    verdict = "ok" if found <= wanted else "MISSED"
    return f"- {what}: {found:.2f} {unit}, wanted at most {wanted:g}: {verdict}"


def _run(runner: Runner) -> Run:
    if runner.output and not runner.kept:
        _remove(runner.output)
    start = time.perf_counter()
    # This process stays small on purpose: Linux counts what the parent held at the fork as well.
    child = subprocess.Popen(
        runner.command,
        cwd=runner.folder or ROOT,
        env={**surroundings(), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    with watching(child.pid) as tree:
        told = child.stderr.read() if child.stderr else ""
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    size = _size(runner.output) if runner.output else 0
    if child.returncode or (runner.output and not size):
        message = f"{runner.name} failed with {child.returncode}:\n{told}"
        raise SystemExit(message)
    # What was waited for is exact, what was seen is whole: the larger of them is nearer the truth.
    cpu = max(used.ru_utime + used.ru_stime, tree.cpu)
    return Run(wall, cpu, tree.peak or used.ru_maxrss / RSS_PER_MIB, size)


def _files(output: Path) -> list[Path]:
    if output.is_dir():
        return [path for path in output.rglob("*") if path.is_file()]
    return [output] if output.exists() else []


def _size(output: Path) -> int:
    return sum(path.stat().st_size for path in _files(output))


def _remove(output: Path) -> None:
    for path in _files(output):
        path.unlink()


def _medians(runs: Sequence[Run]) -> Run:
    return Run(
        wall=median(run.wall for run in runs),
        cpu=median(run.cpu for run in runs),
        memory=median(run.memory for run in runs),
        size=round(median(run.size for run in runs)),
    )
