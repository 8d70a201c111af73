"""A watch in a thread of the test's process: what it told, and whether it has come to rest."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from generator import watch as watch_room
from generator.build.order import Order
from generator.build.pipeline import Builder
from generator.build.project import open_project
from generator.errors import Problem
from generator.watch import Rebuilt, Watching
from generator.watch.events import Events
from tests.incremental import TICK, Counting, build
from tests.processes import comes
from tests.project import Project, words
from tests.trees import tree

IDLE = 0.1
"""Seconds after which a watch does what it has put off: a second would be long for a test."""


class EndedError(Exception):
    """The test is over."""


@dataclass(slots=True)
class Ending(Events):
    """Events that end the watch when the test says so, and that count how often it looked."""

    over: bool = False
    looks: int = 0

    def wait(self, seconds: float) -> set[Path]:
        """Return paths, in portions so short that an end is noticed soon."""
        self.looks += 1
        if self.over:
            raise EndedError
        return Events.wait(self, min(seconds, 0.05))


@dataclass(slots=True)
class Session:
    """What a watch told, in order."""

    project: Project
    events: Ending
    watching: Watching
    announced: list[str]
    lines: list[str] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)

    def told(self, rebuilt: Rebuilt) -> None:
        """Keep what is told of a content file."""
        outcome = rebuilt.outcome
        if not outcome.draft:
            codes = ",".join(problem.code for problem in outcome.problems)
            self.lines.append(f"{outcome.slug}: {codes or 'built'}")

    def removed(self, slug: str) -> None:
        """Keep that a content file's output went."""
        self.lines.append(f"{slug}: removed")

    def failed(self, problems: tuple[Problem, ...]) -> None:
        """Keep what belongs to no single file."""
        self.lines += [problem.code for problem in problems]

    def tells(self, *lines: str) -> bool:
        """Return whether it tells these lines, and forget all that it told."""
        found = comes(lambda: all(line in self.lines for line in lines) or bool(self.faults))
        told, self.lines[:] = list(self.lines), []
        assert not self.faults
        assert found, f"{lines} not in {told}"
        return True

    def shows(self, text: str, slug: str = "talk") -> bool:
        """Return whether a carousel comes to show a text."""

        def shown() -> bool:
            try:
                return text in words(self.project.pdf(f"{slug}/linkedin/{slug}.pdf"))
            except FileNotFoundError:
                return False

        assert comes(lambda: shown() or bool(self.faults)), self.lines
        assert not self.faults
        return True

    def rests(self) -> list[str]:
        """Return what it told until it had nothing more to do, and forget it."""
        assert comes(lambda: not self._busy())
        told, self.lines[:] = list(self.lines), []
        assert not self.faults
        return told

    def _busy(self) -> bool:
        """Return whether anything is put off; it must be so for a few looks in a row."""
        if self.faults:
            return False
        until = self.events.looks + 4
        while self.events.looks < until:
            watching = self.watching
            put_off = watching.left or watching.unsaved
            if watching.tasks or watching.broken or put_off:
                return True
            time.sleep(0.01)
        return False


@contextmanager
def watching(
    project: Project,
    crew: Executor | None = None,
    *,
    poll: bool = False,
    paths: tuple[Path, ...] = (),
    single: Path | None = None,
) -> Iterator[Session]:
    """Yield a watch that has built everything and watches."""
    order = Order(open_project(project.root), paths=paths, single=single, order="as ever")
    announced: list[str] = []
    events = Ending(announced.append, poll)
    builder = Builder(order, crew or Counting(), warm=True)
    watch = Watching(builder, events, lambda _: None, lambda _: None, lambda _: None)
    session = Session(project, events, watch, announced)
    watch.told, watch.removed, watch.failed = session.told, session.removed, session.failed

    def run() -> None:
        try:
            watch.run()
        except EndedError:
            builder.finish()
        except BaseException as fault:  # noqa: BLE001  told to the test
            session.faults.append(fault)

    time.sleep(TICK)
    was, watch_room.IDLE = watch_room.IDLE, IDLE
    watch.begin()
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    session.rests()
    try:
        yield session
    finally:
        events.over = True
        thread.join(20)
        events.stop()
        watch_room.IDLE = was
    assert not thread.is_alive()
    assert not session.faults, session.faults


def clean(project: Project) -> dict[str, bytes]:
    """Return what a clean build of a project gives, made from a copy of it elsewhere."""
    copy = Project(project.root.parent / "clean")
    shutil.rmtree(copy.root, ignore_errors=True)
    ours = shutil.ignore_patterns("output", ".threadpress", ".git")
    shutil.copytree(project.root, copy.root, ignore=ours)
    build(copy)
    return tree(copy.root / "output")


def saves(path: Path) -> dict[str, Callable[[bytes], None]]:
    """Return the ways in which editors save a file."""
    temporary, backup = path.with_name(f".{path.name}.tmp"), path.with_name(f"{path.name}~")

    def in_two_steps(content: bytes) -> None:
        with path.open("wb") as file:
            file.flush()
            half = len(content) // 2
            file.write(content[:half])
            file.flush()
            file.write(content[half:])

    def by_replacing(content: bytes) -> None:
        temporary.write_bytes(content)
        temporary.replace(path)

    def like_vim(content: bytes) -> None:
        path.rename(backup)
        path.write_bytes(content)
        backup.unlink()

    def like_an_ide(content: bytes) -> None:
        temporary.write_bytes(content)
        path.rename(backup)
        temporary.rename(path)
        backup.unlink()

    def anew(content: bytes) -> None:
        path.unlink()
        path.write_bytes(content)

    return {
        "in two steps": in_two_steps,
        "by replacing": by_replacing,
        "like vim": like_vim,
        "like an IDE": like_an_ide,
        "anew": anew,
    }


__all__ = ["Ending", "Session", "clean", "saves", "watch_room", "watching"]
