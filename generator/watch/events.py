"""Paths that may have changed, from watchdog: gathered, never judged."""

import queue
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

GATHER = 0.002
"""Seconds that events which come together are gathered: a save is up to six of them."""
MOST = 10_000
"""Paths of one gathering; a checkout of a large branch gives more and is taken in portions."""
POLLING = 1.0
"""Seconds between looks where the system tells nothing."""
NETWORK = ("nfs", "cifs", "smb", "9p", "fuse.sshfs", "vboxsf", "virtiofs", "afs")
"""File systems on which other machines' changes raise no events here."""
HINTS = ("opened", "closed_no_write")
"""Events of reading: ours among them. Taken for changes they would rebuild for ever."""


class _Handler(FileSystemEventHandler):
    def __init__(self, heard: "queue.SimpleQueue[str]") -> None:
        self.heard = heard

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Keep the paths of an event that is not about reading."""
        if event.event_type in HINTS:
            return
        for path in (event.src_path, event.dest_path):
            if path:
                self.heard.put(
                    path if isinstance(path, str) else bytes(path).decode(errors="replace")
                )


@dataclass(slots=True)
class Events:
    """The changes in some folders, not in those below them."""

    announce: Callable[[str], None]
    polling: bool = False
    _heard: "queue.SimpleQueue[str]" = field(default_factory=queue.SimpleQueue)
    _observer: BaseObserver | None = None
    _watched: dict[Path, ObservedWatch] = field(default_factory=dict)

    def watch(self, folders: Iterable[Path]) -> None:
        """Watch these folders, and no others from now on."""
        wanted = {folder for folder in folders if folder.is_dir()}
        if not self.polling and any(map(on_network, wanted)):
            self._poll("the folder is on a network")
        for folder in set(self._watched) - wanted:
            self._drop(folder)
        for folder in sorted(wanted - set(self._watched)):
            self._add(folder)

    def wait(self, seconds: float) -> set[Path]:
        """Return the paths that were told of within some seconds, as soon as there are any."""
        try:
            first = self._heard.get(timeout=max(seconds, GATHER))
        except queue.Empty:
            return set()
        paths = {first}
        until = time.monotonic() + GATHER
        while len(paths) < MOST:
            try:
                paths.add(self._heard.get(timeout=max(0.0, until - time.monotonic())))
            except queue.Empty:
                break
        return {Path(path) for path in paths}

    def mend(self) -> None:
        """Watch anew what is not watched any more: a folder that was deleted and made again."""
        for folder in [folder for folder in self._watched if not self._alive(folder)]:
            self._drop(folder)
            if folder.is_dir():
                self._add(folder)

    def stop(self) -> None:
        """Stop watching."""
        if self._observer is not None:
            self._observer.stop()
            self._observer.join(timeout=1)

    def _alive(self, folder: Path) -> bool:
        emitters = {emitter.watch: emitter for emitter in self._running().emitters}
        emitter = emitters.get(self._watched[folder])
        return emitter is not None and emitter.is_alive() and folder.is_dir()

    def _running(self) -> BaseObserver:
        if self._observer is None:
            made: Any = PollingObserver(timeout=POLLING) if self.polling else Observer()
            made.start()
            self._observer = made
        return self._observer

    def _add(self, folder: Path) -> None:
        try:
            handler = _Handler(self._heard)
            self._watched[folder] = self._running().schedule(handler, str(folder))
        except OSError as full:
            if self.polling:
                raise
            self._poll(f"the system has no more watches ({full.strerror})")

    def _drop(self, folder: Path) -> None:
        watched = self._watched.pop(folder)
        try:
            self._running().unschedule(watched)
        except (KeyError, OSError, RuntimeError):
            return  # its emitter ended with the folder

    def _poll(self, why: str) -> None:
        """Look every second from now on, and say so."""
        self.announce(f"{why}: looking every {POLLING:g} s instead")
        folders = set(self._watched)
        self.stop()
        self._observer = None
        self._watched = {}
        self.polling = True
        for folder in folders:
            self._add(folder)


def on_network(folder: Path) -> bool:
    """Return whether a folder lies on a file system that other machines write to."""
    try:
        mounts = Path("/proc/mounts").read_text("utf-8", "replace").splitlines()
    except OSError:
        return False
    best, kind = "", ""
    for line in mounts:
        _, where, found, *_ = line.split(" ")
        inside = str(folder) == where or str(folder).startswith(where.rstrip("/") + "/")
        if inside and len(where) >= len(best):
            best, kind = where, found
    return kind.startswith(NETWORK)
