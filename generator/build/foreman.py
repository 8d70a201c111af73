"""The foreman: the process that workers are forked from, with the engine imported already.

It is forked before anything heavy is imported; it imports the engine while its parent
still reads files, and forks a worker whenever one is asked for. When its parent is gone, however
it went, it ends its workers, busy ones too, and itself.
"""

import contextlib
import errno
import importlib
import os
import signal
import socket
import struct
import sys
import threading
import time
import warnings
from pathlib import Path
from typing import Any

from generator.build.line import receive, receive_number, send, send_number
from generator.build.worker import GRACE, Work, WorkerError, serve

START = 30.0
"""Seconds for the foreman to import the engine; on a cold disk that takes some."""
ORDER = struct.Struct("!cq")
FORK, BURY = b"F", b"B"


class Worker:
    """A worker process as its parent knows it: a line to it, and its number."""

    def __init__(self, line: socket.socket, pid: int) -> None:
        """Take the parent's end of the line."""
        self.line = line
        self.pid = pid

    @property
    def gone(self) -> bool:
        """Return whether an idle worker has ended meanwhile: the system may have needed room."""
        self.line.settimeout(0)
        try:
            return not self.line.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            return True

    def call(self, work: Work, arguments: tuple[Any, ...], deadline: float) -> tuple[bool, Any]:
        """Return (whether the worker stays, result) of a job, or raise what the job raised.

        Raises TimeoutError when the deadline is past, EOFError when the worker ended over it.
        """
        until = time.monotonic() + deadline
        self.line.settimeout(deadline)
        send(self.line, (work, arguments, deadline))
        done, stays, result = receive(self.line, until)
        if done:
            return stays, result
        if not stays:
            raise WorkerError(result)
        raise result

    def kill(self) -> None:
        """End the worker, whatever it is doing; its number stays its own until it is buried."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)


class Foreman:
    """The process that workers are forked from: it has the engine imported, no more."""

    def __init__(self, prepare: Work) -> None:
        """Fork it; `prepare` is run in it at once, meanwhile this process goes on."""
        self.prepare = prepare
        self._lock = threading.Lock()
        self._ready = self._closed = False
        self.line, self.pid = _forked(prepare)

    def hire(self) -> Worker:
        """Return a new worker; the first one has to wait until the foreman is prepared."""
        with self._lock:
            try:
                return self._hire()
            except (OSError, EOFError):
                if self._closed:
                    raise
                self._end()  # somebody killed it
                self.line, self.pid = _spawned(self.prepare)
                return self._hire()

    def _hire(self) -> Worker:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            with theirs:
                socket.send_fds(self.line, [ORDER.pack(FORK, 0)], [theirs.fileno()])
                pid = receive_number(self.line, START)
        except BaseException:
            ours.close()
            raise
        if pid <= 1:  # to kill number 0 is to kill oneself
            raise OSError(errno.EPROTO, os.strerror(errno.EPROTO))
        self._ready = True
        return Worker(ours, pid)

    def bury(self, worker: Worker) -> int:
        """End a worker for good and return the number of the signal that it died of, 0 of none."""
        worker.kill()
        worker.line.close()
        with self._lock:
            try:
                self.line.sendall(ORDER.pack(BURY, worker.pid))
                return receive_number(self.line, START)
            except (OSError, EOFError):
                # the foreman is gone, or its answer would be taken for that to another question
                self.line.close()
        return 0

    def close(self) -> None:
        """End the foreman and all of its workers, even if somebody waits for a new one."""
        self._closed = True
        with contextlib.suppress(OSError):
            self.line.shutdown(socket.SHUT_RDWR)
        with self._lock:
            self._end()

    def _end(self) -> None:
        self.line.close()
        if not self.pid:
            return  # its number may be somebody else's by now
        if not self._ready:  # it has no workers that are at work, and may be importing for long
            _kill(self.pid)
        self._ready = False
        until = time.monotonic() + GRACE / 2
        while not _reaped(self.pid):
            if time.monotonic() > until:
                _kill(self.pid)
            time.sleep(0.001)
        self.pid = 0


def _forked(prepare: Work) -> tuple[socket.socket, int]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    with warnings.catch_warnings():
        # a test runner has threads; the foreman takes no lock that one of them may hold
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid == 0:
        ours.close()
        stand(theirs, prepare)
    theirs.close()
    return ours, pid


def _spawned(prepare: Work) -> tuple[socket.socket, int]:
    """Start a foreman from nothing: the threads of a crew at work forbid to fork."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    place = str(Path(__file__).resolve().parents[2])
    paths = os.pathsep.join(filter(None, (place, *sys.path)))
    code = f"from {__name__} import stand_in; stand_in()"
    with theirs:
        theirs.set_inheritable(True)
        named = (str(theirs.fileno()), prepare.__module__, prepare.__qualname__)
        arguments = [sys.executable, "-P", "-c", code, *named]
        environment = {**os.environ, "PYTHONPATH": paths}
        pid = os.posix_spawn(sys.executable, arguments, environment)
    return ours, pid


def stand_in() -> None:
    """Be a foreman: the arguments name the line and what prepares it. Never returns."""
    number, module, name = sys.argv[1:]
    line = socket.socket(fileno=int(number))
    line.set_inheritable(False)
    stand(line, getattr(importlib.import_module(module), name))


def stand(line: socket.socket, prepare: Work) -> None:
    """Fork a worker whenever one is asked for, until the parent is gone. Never returns."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    workers: set[int] = set()
    status = 1
    try:
        prepare()
        _obey(line, workers)
        status = 0
    except OSError:
        status = 0  # the parent is gone
    finally:
        for pid in workers:
            _kill(pid)
        for pid in workers:
            os.waitpid(pid, 0)
        os._exit(status)


def _obey(line: socket.socket, workers: set[int]) -> None:
    while True:
        order, lines, _, _ = socket.recv_fds(line, ORDER.size, 1)
        if len(order) < ORDER.size:
            return
        what, number = ORDER.unpack(order)
        if what == FORK:
            with socket.socket(fileno=lines[0]) as theirs:
                number = os.fork()
                if number == 0:
                    line.close()
                    serve(theirs)
            workers.add(number)
            send_number(line, number)
        elif number in workers:
            workers.discard(number)
            _, how = os.waitpid(number, 0)
            send_number(line, os.WTERMSIG(how) if os.WIFSIGNALED(how) else 0)


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _reaped(pid: int) -> bool:
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return True
