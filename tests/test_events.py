"""Paths that may have changed: each is named, none is judged."""

import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.watch import events as room
from generator.watch.events import Events, on_network
from tests.processes import comes

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="counts on inotify")


@pytest.fixture
def events() -> Iterator[Events]:
    """Return events that nobody has asked for yet."""
    made = Events(lambda _: None)
    yield made
    made.stop()


def named(events: Events, *paths: Path) -> bool:
    """Return whether all these paths are named within some time."""
    found: set[Path] = set()

    def all_of_them() -> bool:
        found.update(events.wait(0.05))
        return set(paths) <= found

    return comes(all_of_them)


def test_a_change_in_a_tree_is_named_however_deep_it_is(tmp_path: Path, events: Events) -> None:
    (tmp_path / "one" / "two").mkdir(parents=True)
    events.watch([tmp_path])
    (tmp_path / "a.md").write_text("a")
    (tmp_path / "one" / "two" / "b.md").write_text("b")
    assert named(events, tmp_path / "a.md", tmp_path / "one" / "two" / "b.md")


def test_a_folder_is_watched_without_those_below_it(tmp_path: Path, events: Events) -> None:
    (tmp_path / "below").mkdir()
    events.watch([], [tmp_path])
    (tmp_path / "below" / "b.md").write_text("b")
    (tmp_path / "a.md").write_text("a")
    assert events.wait(5) == {tmp_path / "a.md"}


def test_both_names_of_a_file_that_moved_are_named(tmp_path: Path, events: Events) -> None:
    (tmp_path / "a.md").write_text("a")
    events.watch([tmp_path])
    (tmp_path / "a.md").rename(tmp_path / "b.md")
    assert named(events, tmp_path / "a.md", tmp_path / "b.md")


def test_what_is_in_a_folder_that_comes_is_watched_too(tmp_path: Path, events: Events) -> None:
    events.watch([tmp_path])
    (tmp_path / "new" / "deep").mkdir(parents=True)
    assert named(events, tmp_path / "new")
    assert comes(lambda: _heard_of(events, tmp_path / "new" / "deep" / "a.md"))


def _heard_of(events: Events, path: Path) -> bool:
    path.write_text(str(time.monotonic_ns()))
    return path in events.wait(0.1)


def test_reading_names_nothing(tmp_path: Path, events: Events) -> None:
    path = tmp_path / "a.md"
    path.write_text("a")
    events.watch([tmp_path])
    for _ in range(3):
        path.read_text()
        os.listdir(tmp_path)  # noqa: PTH208  just the call that an editor makes
    assert events.wait(0.2) == set()


def test_what_was_heard_stays_for_who_waits(tmp_path: Path, events: Events) -> None:
    events.watch([tmp_path])
    (tmp_path / "a.md").write_text("a")
    assert comes(lambda: str(tmp_path / "a.md") in events.heard())
    assert tmp_path / "a.md" in events.wait(0)
    assert events.heard() == set()


def test_a_folder_that_was_exchanged_is_watched_anew(tmp_path: Path, events: Events) -> None:
    folder = tmp_path / "content"
    folder.mkdir()
    events.watch([folder])
    for _ in range(3):
        shutil.rmtree(folder)
        folder.mkdir()
        assert comes(lambda: _watched(events, folder))


def _watched(events: Events, folder: Path) -> bool:
    """Return whether a file in a folder is heard of, watching it as often as something is heard.

    It may bear the number of the one that went, until it is heard that it did.
    """
    events.watch([folder])
    return _heard_of(events, folder / "a.md")


def test_a_folder_that_is_not_there_is_passed_over(tmp_path: Path, events: Events) -> None:
    events.watch([tmp_path / "none"], [tmp_path / "none either"])
    assert events.wait(0) == set()


def test_a_hundred_folders_take_no_hundred_threads(tmp_path: Path, events: Events) -> None:
    before = threading.active_count()
    for number in range(100):
        (tmp_path / f"{number}").mkdir()
    events.watch([tmp_path], tmp_path.iterdir())
    assert threading.active_count() - before < 6
    (tmp_path / "57" / "a.md").write_text("a")
    assert named(events, tmp_path / "57" / "a.md")


def test_network_mounts_are_polled_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(room, "on_network", lambda _: True)
    monkeypatch.setattr(room, "POLLING", 0.05)
    events = Events(told.append)
    try:
        events.watch([tmp_path])
        (tmp_path / "a.md").write_text("a")
        assert named(events, tmp_path / "a.md")
        assert told == ["the folder is on a network: looking every 0.05 s instead"]
    finally:
        events.stop()


def test_this_folder_is_on_no_network(tmp_path: Path) -> None:
    assert not on_network(tmp_path)
