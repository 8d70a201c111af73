"""Warm worker processes: one that hangs, dies or swells is killed and replaced, the others go on.

A worker does one job at a time, under a limit of memory that it sets itself and a deadline that
the parent keeps. The crew is shaped like a `concurrent.futures.Executor`, so that another one can
stand in its place.
"""

import signal
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from functools import partial
from queue import SimpleQueue
from typing import Any

from generator.build.foreman import Foreman, Worker
from generator.build.worker import Work, WorkerError

__all__ = ["Crew", "Foreman", "WorkerError"]

DEADLINE = 30.0
"""Seconds that a job may take (reliability.md, promise 2)."""
FAREWELL = 1.0
"""Seconds that a thread gets to see that its worker was killed."""
LOST = "its worker died: out of memory, or a fault in a library"


@dataclass(slots=True)
class Job:
    """Something to do: a function by name and its arguments, and whom to tell."""

    work: Work
    arguments: tuple[Any, ...]
    future: "Future[Any]" = field(default_factory=Future)


class Crew(Executor):
    """Worker processes behind as many threads, each of which speaks with one of them.

    `home` names a job's carousel by its arguments: jobs of one home go to one worker, where the
    pages of that carousel are warm.
    """

    def __init__(
        self,
        foreman: Foreman,
        size: int,
        home: Callable[..., str] | None = None,
        deadline: float | None = None,
    ) -> None:
        """Take a foreman that has been forked already, and hire `size` workers when needed."""
        self.foreman = foreman
        self.size = max(1, size)
        self.home = home
        self.deadline = DEADLINE if deadline is None else deadline
        self._desks = [_Desk(foreman, self.deadline) for _ in range(self.size)]
        self._homes: dict[str, _Desk] = {}
        self._closed = False

    def submit(self, work: Work, /, *arguments: Any, **named: Any) -> "Future[Any]":  # noqa: ANN401  Executor's signature
        """Return the future of a job."""
        if self._closed:
            message = "the crew has been sent home"
            raise RuntimeError(message)
        job = Job(partial(work, **named) if named else work, arguments)
        home = self.home(*arguments) if self.home else ""
        desk = self._homes.get(home) or min(self._desks, key=lambda one: one.load)
        if home:
            self._homes[home] = desk
        desk.put(job)
        return job.future

    def give_up(self, futures: Iterable["Future[Any]"]) -> None:
        """End the workers that are busy with these jobs: nobody wants what comes of them."""
        unwanted = set(futures)
        for future in unwanted:
            future.cancel()
        for desk in self._desks:
            desk.give_up(unwanted)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002  Executor's signature
        """End all workers; `wait` lets all jobs finish first, else those under way are lost."""
        self._closed = True
        finish = wait and not cancel_futures
        for desk in self._desks:
            desk.close(finish=finish)
        if not finish:
            self.foreman.close()
        for desk in self._desks:
            desk.join(None if finish else FAREWELL)
        if finish:
            self.foreman.close()


class _Desk:
    """A queue, the thread that empties it, and the worker that does what it says."""

    def __init__(self, foreman: Foreman, deadline: float) -> None:
        self.foreman = foreman
        self.deadline = deadline
        self.load = 0
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._worker: Worker | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._closed = False
        self._job: Job | None = None

    def put(self, job: Job) -> None:
        with self._lock:
            self.load += 1
        self._queue.put(job)
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, daemon=True)
            self._thread.start()

    def give_up(self, unwanted: "set[Future[Any]]") -> None:
        with self._lock:
            if self._worker and self._job and self._job.future in unwanted:
                self._worker.kill()

    def close(self, *, finish: bool) -> None:
        self._queue.put(None)
        if not finish:
            with self._lock:
                self._closed = True
                if self._worker:
                    self._worker.kill()

    def join(self, seconds: float | None) -> None:
        if self._thread:
            self._thread.join(seconds)

    def _serve(self) -> None:
        while job := self._queue.get():
            if not self._closed and job.future.set_running_or_notify_cancel():
                self._job = job
                self._do(job)
                self._job = None
            else:
                job.future.cancel()
            with self._lock:
                self.load -= 1
        self._bury()

    def _do(self, job: Job) -> None:
        try:
            stays, result = self._seated().call(job.work, job.arguments, self.deadline)
        except TimeoutError:
            self._bury()
            job.future.set_exception(WorkerError(f"it took more than {self.deadline:g} s"))
        except (OSError, EOFError):
            job.future.set_exception(WorkerError(_cause(self._bury())))
        except WorkerError as lost:
            self._bury()
            job.future.set_exception(lost)
        except Exception as fault:  # noqa: BLE001  told to whoever asked for the job
            job.future.set_exception(fault)
        else:
            if not stays:
                self._bury()
            job.future.set_result(result)

    def _seated(self) -> Worker:
        """Return a living worker: a new one if there is none, or none any more."""
        if self._worker and not self._worker.gone:
            return self._worker
        self._bury()
        worker = self.foreman.hire()
        with self._lock:
            self._worker = worker
            if self._closed:
                worker.kill()
        return worker

    def _bury(self) -> int:
        """End the worker and return what it died of."""
        with self._lock:
            worker, self._worker = self._worker, None
        return self.foreman.bury(worker) if worker else 0


def _cause(number: int) -> str:
    """Return what is to be told of a worker that was ended by a signal."""
    if number in (0, signal.SIGKILL):  # it may have been us who killed it, to be sure
        return LOST
    return (
        f"its worker died of {signal.Signals(number).name}: out of memory, or a fault in a library"
    )
