"""Warm worker processes: one that hangs, dies or swells is killed and replaced, the others go on.

A foreman is forked before anything heavy is imported; it imports the engine while its parent still
reads files, and forks a worker whenever one is asked for. A worker does one job at a time, under a
limit of memory that it sets itself and a deadline that the parent keeps. It is shaped like a
`concurrent.futures.Executor`, so that another one can stand in its place.
"""

import contextlib
import os
import pickle
import resource
import signal
import socket
import struct
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from functools import partial
from queue import SimpleQueue
from typing import Any

MEMORY = 2 * 1024**3
"""Bytes of address space of a worker (reliability.md, promise 2)."""
DEADLINE = 30.0
"""Seconds that a job may take (the same promise)."""
HEADER = struct.Struct("!Q")
FORK, READY = b"fork", b"ready"
Work = Callable[..., Any]


class WorkerError(Exception):
    """A worker was lost over a job; the message says how."""


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
        foreman: "Foreman",
        size: int,
        home: Callable[..., str] | None = None,
        deadline: float = DEADLINE,
    ) -> None:
        """Take a foreman that has been forked already, and hire `size` workers when needed."""
        self.foreman = foreman
        self.size = max(1, size)
        self.home = home
        self.deadline = deadline
        self._desks = [_Desk(foreman, deadline) for _ in range(self.size)]
        self._homes: dict[str, _Desk] = {}

    def submit(self, work: Work, /, *arguments: Any, **named: Any) -> "Future[Any]":  # noqa: ANN401  Executor's signature
        """Return the future of a job."""
        job = Job(partial(work, **named) if named else work, arguments)
        home = self.home(*arguments) if self.home else ""
        desk = self._homes.get(home) or min(self._desks, key=lambda one: one.load)
        if home:
            self._homes[home] = desk
        desk.put(job)
        return job.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002  Executor's signature
        """End all workers; `wait` lets jobs under way finish first."""
        for desk in self._desks:
            desk.close(finish=wait and not cancel_futures)
        self.foreman.close()


class _Desk:
    """A queue, the thread that empties it, and the worker that does what it says."""

    def __init__(self, foreman: "Foreman", deadline: float) -> None:
        self.foreman = foreman
        self.deadline = deadline
        self.load = 0
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._worker: Worker | None = None
        self._thread: threading.Thread | None = None
        self._closed = False

    def put(self, job: Job) -> None:
        self.load += 1
        self._queue.put(job)
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, daemon=True)
            self._thread.start()

    def close(self, *, finish: bool) -> None:
        self._closed = True
        self._queue.put(None)
        if not finish and self._worker:
            self._worker.kill()
        if self._thread:
            self._thread.join(timeout=self.deadline if finish else 1)
        if self._worker:
            self._worker.kill()

    def _serve(self) -> None:
        while job := self._queue.get():
            if job.future.set_running_or_notify_cancel():
                self._do(job)
            self.load -= 1

    def _do(self, job: Job) -> None:
        try:
            if self._worker is None:
                self._worker = self.foreman.hire()
            done, result = self._worker.call((job.work, job.arguments), self.deadline)
        except (OSError, EOFError, pickle.PickleError) as lost:
            how = self._lose(lost)
            job.future.set_exception(WorkerError(how))
            return
        if done:
            job.future.set_result(result)
        else:
            job.future.set_exception(result)

    def _lose(self, lost: Exception) -> str:
        if self._worker:
            self._worker.kill()
            self._worker = None
        if isinstance(lost, TimeoutError):
            return f"it took more than {self.deadline:g} s"
        return "its worker died: out of memory, or a fault in a library"


class Worker:
    """A worker process as its parent knows it: a line to it, and its number."""

    def __init__(self, line: socket.socket, pid: int) -> None:
        """Take the parent's end of the line."""
        self.line = line
        self.pid = pid

    def call(self, message: object, deadline: float) -> tuple[bool, Any]:
        """Return (True, result) or (False, exception) of a job; raise if the worker is lost."""
        self.line.settimeout(deadline)
        _send(self.line, message)
        answer = _receive(self.line)
        return bool(answer[0]), answer[1]

    def kill(self) -> None:
        """End the worker, whatever it is doing."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self.line.close()


class Foreman:
    """The process that workers are forked from: it has the engine imported, no more."""

    def __init__(self, prepare: Work) -> None:
        """Fork it; `prepare` is run in it at once, meanwhile this process goes on."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        self._lock = threading.Lock()
        self.pid = os.fork()
        if self.pid == 0:
            ours.close()
            _foreman(theirs, prepare)
        theirs.close()
        self.line = ours

    def hire(self) -> Worker:
        """Return a new worker; the first one has to wait until the foreman is prepared."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with self._lock:
            socket.send_fds(self.line, [FORK], [theirs.fileno()])
            theirs.close()
            pid = HEADER.unpack(_exactly(self.line, HEADER.size))[0]
        return Worker(ours, pid)

    def close(self) -> None:
        """End the foreman."""
        self.line.close()
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)


def _foreman(line: socket.socket, prepare: Work) -> None:
    """Fork a worker for each line that comes in, until the parent hangs up. Never returns."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # workers are not waited for
    status = 1
    try:
        prepare()
        while True:
            word, lines, _, _ = socket.recv_fds(line, len(FORK), 1)
            if word != FORK:
                break
            theirs = socket.socket(fileno=lines[0])
            pid = os.fork()
            if pid == 0:
                line.close()
                _worker(theirs)
            theirs.close()
            line.sendall(HEADER.pack(pid))
        status = 0
    except (OSError, KeyboardInterrupt):
        status = 0
    finally:
        os._exit(status)


def _worker(line: socket.socket) -> None:
    """Do one job after another until the line is closed. Never returns."""
    status = 1
    try:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
        while True:
            work, arguments = _receive(line)
            _send(line, _done(work, arguments))
    except (OSError, EOFError):
        status = 0
    finally:
        os._exit(status)


def _done(work: Work, arguments: tuple[Any, ...]) -> tuple[bool, Any]:
    try:
        return True, work(*arguments)
    except Exception as fault:  # noqa: BLE001  told to the parent, which raises it there
        return False, fault


def _send(line: socket.socket, message: object) -> None:
    content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    line.sendall(HEADER.pack(len(content)) + content)


def _receive(line: socket.socket) -> Any:  # noqa: ANN401  whatever was sent
    size = HEADER.unpack(_exactly(line, HEADER.size))[0]
    return pickle.loads(_exactly(line, size))  # noqa: S301  between our own processes


def _exactly(line: socket.socket, size: int) -> bytes:
    content = bytearray()
    while len(content) < size:
        piece = line.recv(min(size - len(content), 1 << 20))
        if not piece:
            raise EOFError
        content += piece
    return bytes(content)
