"""A file is as it was, or it is not: stamps, the record of what was read, the journal."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.build.job import Pressed
from generator.build.journal import Journal
from generator.build.manifest import NAME, Entry, Manifest, load
from generator.build.outputs import Outputs
from generator.build.stamps import RACY, digest, now, recent, stamp, steady
from generator.build.store import Store
from generator.errors import Location, error, warning
from generator.model import Artifact, Carousel
from tests.incremental import TICK

ORDER = "as ever"


def settled(path: Path) -> str:
    """Let a file be old enough to be trusted, and return its name."""
    time.sleep(TICK)
    return str(path)


# --- stamps ---------------------------------------------------------------------------------------


def test_a_file_that_was_there_before_is_steady(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    path = settled(tmp_path / "a")
    assert steady([path], now(), {}, {}) == {path: [*(stamp(path) or []), digest(path)]}


def test_a_file_that_changed_meanwhile_is_not_steady(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    path = settled(tmp_path / "a")
    began = now()
    seen = recent([path], began)
    assert seen == {}
    (tmp_path / "a").write_text("b")
    assert steady([path], began, {}, seen) == {}


def test_a_file_that_changed_just_before_it_was_read_is_steady_if_it_stays(tmp_path: Path) -> None:
    path = str(tmp_path / "a")
    began = now()
    Path(path).write_text("a")
    seen = recent([path], began)
    assert steady([path], began, {}, seen) == seen != {}
    Path(path).write_text("b")
    assert steady([path], began, {}, seen) == {}


def test_a_file_that_is_gone_is_not_steady(tmp_path: Path) -> None:
    assert steady([str(tmp_path / "a")], now(), {}, {}) == {}


def test_the_hash_of_a_folder_is_that_of_its_names(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    before = digest(tmp_path)
    (tmp_path / "a").write_text("b")
    assert digest(tmp_path) == before
    (tmp_path / "b").write_text("b")
    assert digest(tmp_path) != before


# --- the manifest ---------------------------------------------------------------------------------


def noted(root: Path, *names: str) -> Manifest:
    """Return a manifest that knows of one content file, made from some files."""
    manifest = Manifest(root)
    paths = [str(root / name) for name in names]
    time.sleep(TICK)
    stamps = steady(paths, now(), {}, {})
    reads = {path: str(was[4]) for path, was in stamps.items()}
    told = [["error", "some-code", "Wrong.", ["a.md", 3, 8], "mend it", ""]]
    missed = [str(root / "missed")]
    manifest.note("talk", Entry("talk.md", ORDER, reads, missed, {}, told, 3), stamps)
    return manifest


def kept(manifest: Manifest, folder: Path) -> Manifest:
    """Return a manifest as the next build finds it."""
    (folder / NAME).write_bytes(manifest.dump(now()))
    return load(folder, manifest.root)


def fresh(manifest: Manifest) -> bool:
    """Return whether the one content file is up to date, asked anew."""
    manifest.forget_looks()
    return manifest.fresh("talk", "talk.md", ORDER, manifest.root)


def test_a_manifest_says_after_loading_what_it_said_before(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "talk.md").write_text("a")
    (tmp_path / "theme.css").write_text("b")
    manifest = noted(tmp_path, "content/talk.md", "theme.css")
    again = kept(manifest, tmp_path)
    assert again.entries.keys() == {"talk"}
    assert fresh(manifest)
    assert fresh(again)
    entry = again.entries["talk"]
    assert sorted(entry.made_from) == [
        str(tmp_path / "content/talk.md"),
        str(tmp_path / "theme.css"),
    ]
    assert entry.told == manifest.entries["talk"].told


@pytest.mark.parametrize("again", [False, True], ids=["in one run", "in the next"])
def test_any_change_makes_a_content_file_stale(tmp_path: Path, again: bool) -> None:  # noqa: FBT001  a parameter of the test
    for change in (
        lambda: (tmp_path / "a").write_text("2"),
        (tmp_path / "a").unlink,
        lambda: (tmp_path / "missed").write_text("here"),
        lambda: (tmp_path / "missed").symlink_to("nowhere"),
    ):
        (tmp_path / "a").write_text("1")
        (tmp_path / "missed").unlink(missing_ok=True)
        manifest = noted(tmp_path, "a")
        manifest = kept(manifest, tmp_path) if again else manifest
        assert fresh(manifest)
        change()
        assert not fresh(manifest)


@given(st.lists(st.sampled_from(["write", "same", "touch", "back", "wait"]), max_size=8))
def test_stale_means_that_the_content_differs_whatever_was_done_to_a_file(
    tmp_path_factory: pytest.TempPathFactory, deeds: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("deeds")
    path = folder / "a"
    path.write_text("0")
    manifest = kept(noted(folder, "a"), folder)
    first = path.stat()
    for number, deed in enumerate(deeds):
        if deed == "write":
            path.write_text(str(number % 3))
        elif deed == "same":
            path.write_bytes(path.read_bytes())
        elif deed == "touch":
            path.touch()
        elif deed == "back":
            os.utime(path, ns=(first.st_atime_ns, first.st_mtime_ns))
        else:
            time.sleep(0.001)
        assert fresh(manifest) == (path.read_text() == "0")


def test_what_was_written_long_before_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_text("a")
    manifest = noted(tmp_path, "a")
    manifest.taken = now() + 2 * RACY
    monkeypatch.setattr("generator.build.manifest.digest", lambda _: pytest.fail("it was read"))
    assert fresh(manifest)


def test_the_paths_of_another_order_or_another_file_are_stale(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    manifest = noted(tmp_path, "a")
    assert not manifest.fresh("talk", "Talk.md", ORDER, tmp_path)
    assert not manifest.fresh("talk", "talk.md", "otherwise", tmp_path)
    assert not manifest.fresh("other", "talk.md", ORDER, tmp_path)


# --- the store ------------------------------------------------------------------------------------


class Drawn:
    """Stands for a carousel: only its `repr` is asked for."""

    def __init__(self, name: str) -> None:
        """Take what makes it this one."""
        self.name = name

    def __repr__(self) -> str:
        """Return what makes it this one."""
        return self.name


def carousel(name: str) -> Carousel:
    """Return something that is told apart as carousels are."""
    return Drawn(name)  # type: ignore[return-value]  # nothing but its repr is used


PRESSED = Pressed(
    (Artifact("talk/talk.pdf", b"%PDF"), Artifact("talk/01.jpg", b"jpeg")),
    (warning("some-code", "Look.", Location("a.md", 3), "do it"),),
    pages=2,
    missed=frozenset({"/nowhere/at/all"}),
)


def test_a_store_gives_back_what_was_kept_while_all_files_are_the_same(tmp_path: Path) -> None:
    store = Store(tmp_path / "objects", ORDER)
    hashes = {"a": "1", "b": "2"}
    store.keep(carousel("one"), PRESSED, hashes)
    found = Store(tmp_path / "objects", ORDER).find(carousel("one"), hashes.__getitem__)
    assert found
    assert (found.artifacts, found.problems, found.pages) == (
        PRESSED.artifacts, PRESSED.problems, 2,
    )  # fmt: skip
    assert (found.read, found.missed) == (frozenset("ab"), PRESSED.missed)
    assert store.find(carousel("one"), {"a": "1", "b": "3"}.__getitem__) is None
    assert store.find(carousel("two"), hashes.__getitem__) is None
    assert (
        Store(tmp_path / "objects", "otherwise").find(carousel("one"), hashes.__getitem__) is None
    )


def test_a_store_keeps_several_states_of_one_carousel_and_those_in_use_longest(
    tmp_path: Path,
) -> None:
    store = Store(tmp_path / "objects", ORDER)
    for number in range(30):
        store.keep(carousel("one"), PRESSED, {"a": str(number)})
        assert store.find(carousel("one"), lambda _: "0")
    assert store.find(carousel("one"), lambda _: "29")
    assert store.find(carousel("one"), lambda _: "5") is None


def test_a_store_tells_nothing_when_a_file_came_that_was_missed(tmp_path: Path) -> None:
    store = Store(tmp_path / "objects", ORDER)
    (tmp_path / "came").touch()
    missed = Pressed(PRESSED.artifacts, missed=frozenset({str(tmp_path / "came")}))
    store.keep(carousel("one"), missed, {})
    assert store.find(carousel("one"), lambda _: "") is None


def test_a_failure_is_not_kept(tmp_path: Path) -> None:
    store = Store(tmp_path / "objects", ORDER)
    store.keep(carousel("one"), Pressed(problems=(error("some-code", "Wrong."),)), {})
    assert not (tmp_path / "objects").exists()


def test_the_least_recently_used_goes_first(tmp_path: Path) -> None:
    store = Store(tmp_path / "objects", ORDER)
    for number in range(6):
        made = Pressed((Artifact("a.pdf", bytes([number]) * 10_000),))
        store.keep(carousel(str(number)), made, {})
        for path in (tmp_path / "objects").rglob("*"):
            if path.is_file() and path.stat().st_mtime > time.time() - 100:
                os.utime(path, (1_000_000 + number, 1_000_000 + number))
    assert store.find(carousel("0"), lambda _: "")
    store.prune(25_000)
    found = {n for n in range(6) if store.find(carousel(str(n)), lambda _: "")}
    assert found == {0, 5}
    total = sum(path.stat().st_size for path in (tmp_path / "objects").rglob("*") if path.is_file())
    assert total < 26_000


def test_a_store_without_a_folder_keeps_and_finds_nothing() -> None:
    store = Store(None, ORDER)
    store.keep(carousel("one"), PRESSED, {})
    store.prune()
    assert store.find(carousel("one"), lambda _: "") is None


# --- the journal ----------------------------------------------------------------------------------


def test_a_journal_tells_what_a_build_planned_that_is_no_more(tmp_path: Path) -> None:
    running = Journal(tmp_path)
    running.plan("talk", "content/talk.md", ["talk/a.pdf"])
    assert list(Journal(tmp_path).left()) == []
    assert running._file  # noqa: SLF001  its process ends
    running._file.close()  # noqa: SLF001
    after = Journal(tmp_path)
    assert list(after.left()) == [("talk", "content/talk.md", ["talk/a.pdf"])]
    after.done()
    assert list(tmp_path.iterdir()) == []


def test_a_journal_that_was_cut_off_tells_what_is_whole(tmp_path: Path) -> None:
    (tmp_path / "journal-1-0.jsonl").write_text('["a", "a.md", ["a.pdf"]]\n["b", "b.md", ["b')
    (tmp_path / "journal-2-0.jsonl").write_bytes(b'[1, 2, 3]\n{}\n\xff\n["c", "c.md", []]\n')
    told = list(Journal(tmp_path).left())
    assert told == [("a", "a.md", ["a.pdf"]), ("c", "c.md", [])]


def test_what_a_crash_left_is_removed_with_its_file_but_nothing_outside(tmp_path: Path) -> None:
    output, cache = tmp_path / "output", tmp_path / "cache"
    for path in (output / "a" / "a.pdf", output / "mine.txt", tmp_path / "b.txt"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    cache.mkdir()
    (cache / "journal-1-0.jsonl").write_text(
        '["a", "a.md", ["a/a.pdf", "../b.txt", "/etc/hosts"]]\n'
    )
    outputs = Outputs(output, Manifest(tmp_path), Journal(cache))
    outputs.recover()
    assert outputs.forget(set()) == ("a",)
    assert sorted(path.name for path in tmp_path.rglob("*.[pt]*")) == ["b.txt", "mine.txt"]


def test_a_build_without_a_cache_has_no_journal() -> None:
    journal = Journal(None)
    journal.plan("talk", "talk.md", ["a"])
    assert list(journal.left()) == []
    journal.done()
