"""Paths that may have changed, from watchdog: gathered, never judged."""

import os
import queue
import time
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from watchdog import events as kinds
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
CHANGES: list[type[kinds.FileSystemEvent]] = [
    kinds.FileCreatedEvent, kinds.FileModifiedEvent, kinds.FileClosedEvent, kinds.FileMovedEvent,
    kinds.FileDeletedEvent, kinds.DirCreatedEvent, kinds.DirMovedEvent, kinds.DirDeletedEvent,
]  # fmt: skip
"""Not those of opening and reading: ours are among them, and would rebuild for ever. Not that of a
changed folder either: what changed in it has events of its own."""


class _Handler(kinds.FileSystemEventHandler):
    def __init__(self, heard: "queue.SimpleQueue[str]") -> None:
        self.heard = heard

    def on_any_event(self, event: kinds.FileSystemEvent) -> None:
        """Keep the paths of an event."""
        if not isinstance(event, tuple(CHANGES)):
            return
        for path in (event.src_path, event.dest_path):
            if path:
                self.heard.put(os.fsdecode(path))


@dataclass(slots=True)
class _Watch:
    """A folder that is watched: with all below it or not, and which folder it was then."""

    watched: ObservedWatch
    deep: bool
    identity: tuple[int, int]


@dataclass(slots=True)
class Events:
    """The changes in some trees, and in some folders without those below them."""

    announce: Callable[[str], None]
    polling: bool = False
    _heard: "queue.SimpleQueue[str]" = field(default_factory=queue.SimpleQueue)
    _early: set[str] = field(default_factory=set)
    _observer: BaseObserver | None = None
    _watches: dict[Path, _Watch] = field(default_factory=dict)

    def watch(self, trees: Iterable[Path], folders: Iterable[Path] = ()) -> None:
        """Watch these too, and anew what is not the folder any more that it was."""
        wanted = dict.fromkeys((folder for folder in folders if folder.is_dir()), False)
        wanted |= dict.fromkeys((tree for tree in trees if tree.is_dir()), True)
        if not self.polling and any(map(on_network, wanted)):
            self._poll("the folder is on a network")
        for folder in [folder for folder in self._watches if not self._stands(folder)]:
            self._drop(folder)
        deep = [folder for folder, whole in wanted.items() if whole]
        deep += [folder for folder, one in self._watches.items() if one.deep]
        for folder, whole in wanted.items():
            above = any(tree != folder and folder.is_relative_to(tree) for tree in deep)
            known = self._watches.get(folder)
            if not above and (known is None or (whole and not known.deep)):
                self._add(folder, deep=whole)

    def wait(self, seconds: float) -> set[Path]:
        """Return the paths that were told of within some seconds, as soon as there are any."""
        until = time.monotonic() + seconds
        while not self.heard() and (left := until - time.monotonic()) > 0:
            try:
                self._early.add(self._heard.get(timeout=left))
            except queue.Empty:
                break
        if not self._early:
            return set()
        until = time.monotonic() + GATHER
        while len(self._early) < MOST and (left := until - time.monotonic()) > 0:
            try:
                self._early.add(self._heard.get(timeout=left))
            except queue.Empty:
                break
        paths, self._early = self._early, set()
        return {Path(path) for path in paths}

    def heard(self) -> set[str]:
        """Return the paths that `wait` would return at once, and leave them to it."""
        while len(self._early) < MOST:
            try:
                self._early.add(self._heard.get_nowait())
            except queue.Empty:
                break
        return self._early

    def stop(self) -> None:
        """Stop watching."""
        if self._observer is not None:
            self._observer.stop()
            self._observer.join(timeout=1)

    def _stands(self, folder: Path) -> bool:
        """Return whether a watched folder is still the same one, and watched."""
        watch = self._watches[folder]
        emitters = {emitter.watch: emitter for emitter in self._running().emitters}
        emitter = emitters.get(watch.watched)
        return emitter is not None and emitter.is_alive() and watch.identity == _identity(folder)

    def _running(self) -> BaseObserver:
        if self._observer is None:
            # it warns of its own bookkeeping when a folder moves away and comes back
            warnings.filterwarnings("ignore", category=RuntimeWarning, module="watchdog")
            made: Any = PollingObserver(timeout=POLLING) if self.polling else Observer()
            made.start()
            self._observer = made
        return self._observer

    def _add(self, folder: Path, *, deep: bool) -> None:
        if folder in self._watches:
            self._drop(folder)
        identity = _identity(folder)
        try:
            watched = self._running().schedule(
                _Handler(self._heard), str(folder), recursive=deep, event_filter=CHANGES
            )
        except FileNotFoundError:
            return  # it went just now
        except OSError as full:
            if self.polling:
                raise
            self._poll(f"the system has no more watches ({full.strerror})")
            self._add(folder, deep=deep)
            return
        self._watches[folder] = _Watch(watched, deep, identity)

    def _drop(self, folder: Path) -> None:
        watch = self._watches.pop(folder)
        try:
            self._running().unschedule(watch.watched)
        except (KeyError, OSError, RuntimeError):
            return  # its emitter ended with the folder

    def _poll(self, why: str) -> None:
        """Look every second from now on, and say so."""
        self.announce(f"{why}: looking every {POLLING:g} s instead")
        watches = dict(self._watches)
        self.stop()
        self._observer = None
        self._watches = {}
        self.polling = True
        for folder, watch in watches.items():
            self._add(folder, deep=watch.deep)


def _identity(folder: Path) -> tuple[int, int]:
    """Return what tells a folder from another one of that name; zeros if there is none."""
    try:
        status = folder.stat()
    except OSError:
        return 0, 0
    return status.st_dev, status.st_ino


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
