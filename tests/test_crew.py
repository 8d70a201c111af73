"""Workers that hang, die or swell are replaced; none of them outlives its parent."""

import ctypes
import faulthandler
import itertools
import mmap
import os
import pickle
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest

from generator.build import worker as workers
from generator.build.crew import Crew, Foreman, WorkerError
from generator.build.line import receive, send
from generator.errors import GeneratorError, error
from tests.processes import alive, all_gone, comes, program

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")


def nothing() -> None:
    """Prepare nothing."""


def named(home: str, *_: object) -> str:
    """Return a job's home: its first argument."""
    return home


@contextmanager
def crew(
    size: int = 1, deadline: float | None = None, home: Callable[..., str] | None = None
) -> Iterator[Crew]:
    """Yield a crew, and see that nothing of it is left."""
    hired = Crew(Foreman(nothing), size, home, deadline)
    pids = {hired.foreman.pid}
    try:
        yield hired
        pids |= {hired.foreman.pid} | {d._worker.pid for d in hired._desks if d._worker}  # noqa: SLF001
    finally:
        hired.shutdown(wait=False)
    assert all_gone(pids)


# --- what workers are made to do ------------------------------------------------------------------


def who(_home: str = "") -> int:
    """Return the worker's number."""
    return os.getpid()


def sleep_on(_home: str = "") -> None:
    """Never return."""
    while True:
        time.sleep(1000)


def trickle(_home: str = "") -> NoReturn:
    """Answer a byte at a time, so that each wait for one is short."""
    line = next(int(fd.name) for fd in Path("/proc/self/fd").iterdir() if _is_line(fd))
    for _ in itertools.count():
        os.write(line, b"\x01")
        time.sleep(0.05)
    raise AssertionError


def _is_line(fd: Path) -> bool:
    try:
        return str(fd.readlink()).startswith("socket:")
    except OSError:
        return False


def swell(_home: str = "") -> int:
    """Ask for more memory than there is for a worker, a little at a time."""
    return len([bytearray(2**24) for _ in range(64)])


def grow(size: int) -> int:
    """Need much memory, and give it back."""
    return len(bytearray(b"\x01") * size)


def leave(_home: str = "") -> NoReturn:
    """End the process at once."""
    os._exit(7)


def crash() -> int:
    """Read where nothing is, as a fault in a library does."""
    faulthandler.disable()
    return len(ctypes.string_at(0))


def refuse() -> NoReturn:
    """Raise what a user is told."""
    raise GeneratorError(error("test-refused", "no"))


class AwkwardError(Exception):
    """It can be sent, but not made again where it arrives."""

    def __init__(self, one: int, two: int) -> None:
        """Take two, but tell `Exception` of one."""
        super().__init__(one + two)


def fail_awkwardly() -> NoReturn:
    """Raise an exception that can't travel."""
    raise AwkwardError(1, 2)


def give_the_unsendable() -> object:
    """Return something that can't be pickled."""
    return nothing.__code__


# --- one worker -----------------------------------------------------------------------------------


def test_a_job_that_hangs_is_ended_and_the_next_is_done_by_a_new_worker() -> None:
    with crew(deadline=0.3) as hired:
        before = hired.submit(who).result()
        with pytest.raises(WorkerError, match=r"more than 0.3 s"):
            hired.submit(sleep_on).result()
        assert hired.submit(who).result() != before
        assert not alive(before)


def test_the_deadline_holds_for_the_whole_answer_not_for_each_piece_of_it() -> None:
    with crew(deadline=0.4) as hired, pytest.raises(WorkerError, match=r"more than 0.4 s"):
        hired.submit(trickle).result(timeout=20)


def test_a_worker_ends_itself_when_nobody_is_left_to_end_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers, "GRACE", 0.1)
    foreman = Foreman(nothing)
    worker = foreman.hire()
    os.kill(foreman.pid, signal.SIGKILL)
    send(worker.line, (sleep_on, (), 0.2))  # and then nobody looks at the clock
    with pytest.raises(EOFError):
        receive(worker.line, time.monotonic() + 20)
    foreman.close()
    worker.line.close()
    assert all_gone({worker.pid})


def test_a_job_that_needs_too_much_memory_is_told_and_its_worker_is_replaced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers, "MEMORY", 2**29)
    with crew() as hired:
        before = hired.submit(who).result()
        with pytest.raises(WorkerError, match=r"0.5 GiB of memory"):
            hired.submit(swell).result()
        assert hired.submit(who).result() != before
        assert all_gone({before})


def test_a_worker_that_swelled_over_a_job_is_replaced_after_it() -> None:
    with crew() as hired:
        before = hired.submit(who).result()
        assert hired.submit(grow, 1000).result() == 1000
        assert hired.submit(who).result() == before
        assert hired.submit(grow, workers.SWOLLEN).result() == workers.SWOLLEN
        assert hired.submit(who).result() != before


@pytest.mark.parametrize(("job", "told"), [(leave, "died"), (crash, "died of SIGSEGV")])
def test_a_worker_that_dies_over_a_job_is_told_and_replaced(
    job: Callable[[], object], told: str
) -> None:
    with crew() as hired:
        with pytest.raises(WorkerError, match=told):
            hired.submit(job).result()
        assert hired.submit(who).result()


def test_a_worker_that_died_while_idle_costs_no_job() -> None:
    with crew() as hired:
        before = hired.submit(who).result()
        os.kill(before, signal.SIGKILL)
        assert comes(lambda: not alive(before))
        assert hired.submit(who).result() != before


def test_what_a_job_raises_is_raised_where_it_was_asked_for() -> None:
    with crew() as hired:
        with pytest.raises(GeneratorError) as caught:
            hired.submit(refuse).result()
        assert caught.value.problems == (error("test-refused", "no"),)
        with pytest.raises(RuntimeError, match="AwkwardError: 3"):
            hired.submit(fail_awkwardly).result(timeout=20)
        assert hired.submit(who).result()


def test_a_result_that_cannot_travel_is_an_error_not_a_wait_for_ever() -> None:
    with crew() as hired:
        with pytest.raises((WorkerError, TypeError, pickle.PicklingError)):
            hired.submit(give_the_unsendable).result(timeout=20)
        with pytest.raises((TypeError, AttributeError, pickle.PicklingError)):
            hired.submit(lambda: 1).result(timeout=20)
        assert hired.submit(who).result()


def test_a_large_answer_comes_whole() -> None:
    with crew() as hired:
        assert hired.submit(bytes, 30_000_000).result() == bytes(30_000_000)


# --- many -----------------------------------------------------------------------------------------


def test_many_jobs_on_few_workers_are_all_done_though_some_are_lost() -> None:
    jobs = [leave if n % 10 == 7 else who for n in range(60)]
    with crew(size=3) as hired:
        futures = [hired.submit(job) for job in jobs]
        lost = [isinstance(future.exception(), WorkerError) for future in futures]
    assert lost == [job is leave for job in jobs]


def test_jobs_of_one_home_go_to_one_worker_and_homes_are_shared_out() -> None:
    with crew(size=2, home=named) as hired:
        asked = [hired.submit(who, home) for home in "abababab"]
        a, b = {one.result() for one in asked[::2]}, {one.result() for one in asked[1::2]}
    assert len(a) == len(b) == 1
    assert a != b


def test_a_worker_that_hangs_does_not_keep_the_others_from_their_work() -> None:
    with crew(size=2, deadline=1.0, home=named) as hired:
        slow = hired.submit(sleep_on, "slow")
        assert all(hired.submit(who, "quick").result() for _ in range(5))
        assert not slow.done()
        assert isinstance(slow.exception(), WorkerError)


def test_a_worker_is_asked_for_only_when_there_is_something_to_do() -> None:
    with crew(size=8) as hired:
        hired.submit(who).result()
        assert sum(desk._worker is not None for desk in hired._desks) == 1  # noqa: SLF001


# --- the end --------------------------------------------------------------------------------------


def test_going_home_waits_for_the_jobs_that_were_asked_for() -> None:
    hired = Crew(Foreman(nothing), 1)
    asked = [hired.submit(who) for _ in range(5)]
    hired.shutdown()
    assert len({future.result() for future in asked}) == 1
    assert all_gone({asked[0].result()})
    with pytest.raises(RuntimeError):
        hired.submit(who)


def test_going_home_at_once_loses_the_job_under_way_and_begins_no_other() -> None:
    hired = Crew(Foreman(nothing), 1)
    pid = hired.submit(who).result()
    asked = [hired.submit(sleep_on) for _ in range(3)]
    assert comes(asked[0].running)
    hired.shutdown(wait=False)
    assert all_gone({pid, hired.foreman.pid})
    assert isinstance(asked[0].exception(20), WorkerError)
    assert comes(lambda: all(future.cancelled() for future in asked[1:]))


def test_going_home_does_not_wait_for_a_foreman_that_is_still_getting_ready() -> None:
    hired = Crew(Foreman(sleep_on), 1)
    asked = hired.submit(who)
    assert comes(asked.running)
    hired.shutdown(wait=False)
    assert all_gone({hired.foreman.pid})
    assert isinstance(asked.exception(20), WorkerError)


def test_a_foreman_that_died_is_replaced_and_its_workers_work_on() -> None:
    hired = Crew(Foreman(os.getpid), 2, home=named)
    try:
        first = hired.submit(os.getpgid, 0).result()
        os.kill(hired.foreman.pid, signal.SIGKILL)
        assert comes(lambda: not alive(hired.foreman.pid))
        assert hired.submit(os.getpgid, 0).result() == first
        for _ in range(3):
            with pytest.raises(WorkerError):
                hired.submit(os._exit, 3).result()
        assert hired.submit(os.getpgid, 0).result() == first
    finally:
        hired.shutdown(wait=False)
    assert all_gone({hired.foreman.pid})


ORPHANS = """
import os, sys, time
from generator.build.crew import Crew, Foreman
def nothing(): pass
def spin():
    while True: pass
def rest():
    time.sleep(1000)
crew = Crew(Foreman(nothing), 4)
pids = [crew.foreman.pid, *(crew.submit(os.getpid).result() for _ in range(1))]
busy = [crew.submit(job) for job in (spin, rest, rest)]
while not all(desk._worker for desk in crew._desks[:3]): time.sleep(0.01)
try:
    print(*pids, *(desk._worker.pid for desk in crew._desks[:3]), flush=True)
    busy[0].result()
except KeyboardInterrupt:
    crew.shutdown(wait=False)
    sys.exit(130)
"""


@pytest.mark.parametrize("whom", ["one", "all"])
def test_no_worker_outlives_a_parent_that_was_killed_not_even_a_busy_one(whom: str) -> None:
    with program("-c", ORPHANS) as parent:
        assert parent.stdout
        pids = set(map(int, parent.stdout.readline().split()))
        assert all(map(alive, pids))
        if whom == "one":
            parent.kill()
        else:
            os.killpg(parent.pid, signal.SIGKILL)
        assert all_gone(pids)


def test_ctrl_c_ends_all_workers() -> None:
    with program("-c", ORPHANS) as parent:
        assert parent.stdout
        pids = set(map(int, parent.stdout.readline().split()))
        os.killpg(parent.pid, signal.SIGINT)
        assert parent.wait(20) == 130
        assert all_gone(pids)


def test_a_worker_leaves_no_picture_of_its_memory() -> None:
    with crew() as hired:
        assert hired.submit(_core_limit).result() == (0, 0)


def _core_limit() -> tuple[int, int]:
    import resource  # noqa: PLC0415

    return resource.getrlimit(resource.RLIMIT_CORE)


def test_a_worker_cannot_map_more_than_its_share() -> None:
    with crew() as hired, pytest.raises((OSError, WorkerError)):
        hired.submit(_map).result()


def _map() -> int:
    with mmap.mmap(-1, 3 * 2**30) as mapped:
        return len(mapped)
