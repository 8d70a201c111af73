"""What a whole tree of processes uses: our workers are reaped by nobody who could tell.

`wait4` counts a process and the descendants that were waited for. The foreman ignores its workers'
end, so their CPU and memory would count as nothing, and a build would look three times as cheap as
it is. So /proc is read while it runs: what each process had used when it was last seen.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

PROC = Path("/proc")
INTERVAL = 0.005
"""Seconds between two looks: what a process does after the last one is missed."""
MEMORY_EVERY = 8
"""Looks between two at the memory: adding up shared pages takes the kernel a millisecond."""
KIB_PER_MIB = 1024
UTIME, STIME = 11, 12
"""Fields of /proc/PID/stat counted behind the command's name (proc(5): 14 and 15)."""


@dataclass(slots=True)
class Tree:
    """CPU seconds by process as last seen, and the most memory of all of them at once, in MiB."""

    seconds: dict[int, float] = field(default_factory=dict)
    peak: float = 0.0

    @property
    def cpu(self) -> float:
        """Return the CPU seconds of all processes that were seen."""
        return sum(self.seconds.values())


@contextmanager
def watching(pid: int) -> Iterator[Tree]:
    """Yield the Tree below a process, kept up to date until the block ends; empty without /proc."""
    tree, ended = Tree(), threading.Event()
    thread = threading.Thread(target=_watch, args=(pid, tree, ended), daemon=True)
    if PROC.is_dir():
        thread.start()
    try:
        yield tree
    finally:
        ended.set()
        if thread.ident:
            thread.join()


def _watch(root: int, tree: Tree, ended: threading.Event) -> None:
    known = {root}
    look = 0
    while not ended.is_set():
        # One that was seen stays: a worker whose parent went first belongs to init from then on.
        known |= {child for pid in known for child in _children(pid)}
        for pid in known:
            with suppress(OSError):
                tree.seconds[pid] = max(_cpu(pid), tree.seconds.get(pid, 0.0))
        if look % MEMORY_EVERY == 0:
            tree.peak = max(tree.peak, sum(_memory(pid) for pid in known))
        look += 1
        ended.wait(INTERVAL)


def _children(pid: int) -> Iterator[int]:
    with suppress(OSError):
        for task in (PROC / str(pid) / "task").iterdir():
            with suppress(OSError):
                yield from map(int, (task / "children").read_text().split())


def _cpu(pid: int) -> float:
    fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[UTIME]) + int(fields[STIME])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float:
    """Return a process' share of memory: pages that several hold are parted between them."""
    with suppress(OSError):
        for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / KIB_PER_MIB
    return 0.0
