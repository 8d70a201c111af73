"""The one writer: whole or not at all, never outside its folder, and told when it can't."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import disk
from generator.errors import GeneratorError, SurroundingsError
from generator.model import Artifact
from tests.trees import code, failing, tree

STALE = ".threadpress-999999999-0123abcd-7.tmp"


# --- one file -------------------------------------------------------------------------------------


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    assert disk.write(tmp_path / "a" / "b" / "deck.pdf", b"%PDF")
    assert tree(tmp_path) == {"a/b/deck.pdf": b"%PDF"}


def test_the_same_bytes_are_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "deck.pdf"
    disk.write(path, b"old")
    before = path.stat()
    assert not disk.write(path, b"old")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert disk.write(path, b"new")
    assert path.read_bytes() == b"new"


def test_a_reader_of_the_old_file_reads_on(tmp_path: Path) -> None:
    path = tmp_path / "deck.pdf"
    disk.write(path, b"old bytes")
    with path.open("rb") as reader:
        assert reader.read(3) == b"old"
        disk.write(path, b"NEW BYTES")
        assert reader.read() == b" bytes"


def test_the_umask_decides_who_may_read(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        disk.write(tmp_path / "deck.pdf", b"%PDF")
    finally:
        os.umask(mask)
    assert (tmp_path / "deck.pdf").stat().st_mode & 0o777 == 0o640


def test_a_link_is_replaced_and_what_it_names_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_bytes(b"mine")
    (tmp_path / "deck.pdf").symlink_to("mine.txt")
    assert disk.write(tmp_path / "deck.pdf", b"mine")
    assert not (tmp_path / "deck.pdf").is_symlink()
    assert tree(tmp_path) == {"deck.pdf": b"mine", "mine.txt": b"mine"}


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EDQUOT, "disk-full"),
        (errno.EACCES, "output-read-only"),
        (errno.EROFS, "output-read-only"),
        (errno.EPERM, "output-read-only"),
        (errno.ENAMETOOLONG, "path-too-long"),
        (errno.EIO, "disk-error"),
    ],
)
@pytest.mark.parametrize("call", ["os.fsync", "pathlib.Path.replace", "pathlib.Path.mkdir"])
def test_what_the_system_refuses_is_told_and_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, expected: str, call: str
) -> None:
    path = tmp_path / "deck.pdf"
    disk.write(path, b"old")
    monkeypatch.setattr(call, failing(number))
    with pytest.raises(SurroundingsError) as trouble:
        disk.write(path, b"new")
    monkeypatch.undo()
    assert code(trouble) == expected
    assert str(path) in trouble.value.problems[0].message
    assert tree(tmp_path) == {"deck.pdf": b"old"}


def test_a_file_system_that_is_full_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    script = (
        "import resource, signal, sys; from pathlib import Path; from generator import disk;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000));"
        "disk.write(Path(sys.argv[1]), bytes(5000))"
    )
    (tmp_path / "deck.pdf").write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-c", script, tmp_path / "deck.pdf"],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        check=False,
    )
    assert b"SurroundingsError" in done.stderr
    assert tree(tmp_path) == {"deck.pdf": b"old"}


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(SurroundingsError) as trouble:
        disk.write(tmp_path / f"{'x' * 300}.pdf", b"%PDF")
    assert code(trouble) == "path-too-long"
    assert not tree(tmp_path)


def test_a_folder_where_the_file_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "deck.pdf").mkdir()
    with pytest.raises(SurroundingsError) as trouble:
        disk.write(tmp_path / "deck.pdf", b"%PDF")
    assert code(trouble) == "disk-error"
    assert not tree(tmp_path)


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "launch").write_bytes(b"mine")
    with pytest.raises(SurroundingsError):
        disk.write(tmp_path / "launch" / "deck.pdf", b"%PDF")
    assert tree(tmp_path) == {"launch": b"mine"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o500)
    with pytest.raises(SurroundingsError) as trouble:
        disk.write(tmp_path / "out" / "deck.pdf", b"%PDF")
    assert code(trouble) == "output-read-only"


def test_a_process_that_is_killed_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    script = (
        "import sys; from itertools import cycle; from pathlib import Path\n"
        "from generator import disk; from generator.model import Artifact\n"
        "for letter in cycle((b'a', b'b')):\n"
        "    disk.publish(Path(sys.argv[1]), [Artifact('deck.pdf', letter * 300_000)])\n"
        "    print(flush=True)\n"
    )
    for _time in range(5):
        with subprocess.Popen(
            [sys.executable, "-c", script, tmp_path],
            cwd=Path(__file__).parents[1],
            stdout=subprocess.PIPE,
        ) as writer:
            assert writer.stdout
            for _line in range(3):
                writer.stdout.readline()
            writer.send_signal(signal.SIGKILL)
        content = (tmp_path / "deck.pdf").read_bytes()
        assert content in {b"a" * 300_000, b"b" * 300_000}
    disk.publish(tmp_path, [Artifact("deck.pdf", b"last")])
    assert tree(tmp_path) == {"deck.pdf": b"last"}


# --- a carousel's files ---------------------------------------------------------------------------


def test_publishing_returns_what_changed(tmp_path: Path) -> None:
    root = tmp_path / "output"
    artifacts = [
        Artifact("launch/linkedin/launch.pdf", b"%PDF"),
        Artifact("launch/ig/01.jpg", b"j"),
    ]
    assert disk.publish(root, artifacts) == (
        root / "launch" / "linkedin" / "launch.pdf",
        root / "launch" / "ig" / "01.jpg",
    )
    assert disk.publish(root, artifacts) == ()
    artifacts[1] = Artifact("launch/ig/01.jpg", b"k")
    assert disk.publish(root, artifacts) == (root / "launch" / "ig" / "01.jpg",)


def test_a_full_disk_leaves_all_files_of_the_carousel_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk.publish(tmp_path, [Artifact(f"launch/{n}.jpg", b"old") for n in range(4)])
    calls = 0

    def full_at_the_third(descriptor: int) -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), descriptor)

    monkeypatch.setattr("os.fsync", full_at_the_third)
    with pytest.raises(SurroundingsError) as trouble:
        disk.publish(tmp_path, [Artifact(f"launch/{n}.jpg", b"new") for n in range(4)])
    assert code(trouble) == "disk-full"
    assert set(tree(tmp_path).values()) == {b"old"}
    assert len(tree(tmp_path)) == 4


@pytest.mark.parametrize(
    "path",
    [
        "../evil.pdf",
        "launch/../../evil.pdf",
        "/tmp/evil.pdf",  # noqa: S108  (never written)
        "launch//evil.pdf",
        "launch/./evil.pdf",
        "launch/",
        "",
        ".",
        "..",
        "launch\\..\\..\\evil.pdf",
        "C:evil.pdf",
        "evil\0.pdf",
    ],
)
def test_an_artifact_that_leads_out_is_refused_before_anything_is_written(
    tmp_path: Path, path: str
) -> None:
    root = tmp_path / "output"
    with pytest.raises(GeneratorError) as trouble:
        disk.publish(root, [Artifact("good.pdf", b"%PDF"), Artifact(path, b"evil")])
    assert code(trouble) == "output-outside"
    assert not tree(tmp_path)


def test_a_link_in_output_that_leads_outside_is_not_followed(tmp_path: Path) -> None:
    root, mine = tmp_path / "output", tmp_path / "mine"
    root.mkdir()
    mine.mkdir()
    (mine / "deck.pdf").write_bytes(b"mine")
    (root / "launch").symlink_to("../mine", target_is_directory=True)
    for attempt in (
        lambda: disk.publish(root, [Artifact("launch/deck.pdf", b"ours")]),
        lambda: disk.remove(root / "launch" / "deck.pdf", root),
    ):
        with pytest.raises(GeneratorError) as trouble:
            attempt()
        assert code(trouble) == "output-outside"
    assert disk.sweep(root, ()) == ()
    assert tree(mine) == {"deck.pdf": b"mine"}


def test_output_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "output").symlink_to("elsewhere")
    disk.publish(tmp_path / "output", [Artifact("launch/deck.pdf", b"%PDF")])
    assert tree(tmp_path / "elsewhere") == {"launch/deck.pdf": b"%PDF"}
    assert disk.sweep(tmp_path / "output", ()) == (tmp_path / "output" / "launch" / "deck.pdf",)
    assert (tmp_path / "output").is_symlink()


def test_what_a_crash_left_is_swept_when_its_folder_is_next_published(tmp_path: Path) -> None:
    running = f".threadpress-{os.getppid()}-0123abcd-7.tmp"
    reused = f".threadpress-{os.getpid()}-0123abcd-7.tmp"
    foreign = ".threadpress-notes.tmp"
    for name in (STALE, running, reused, foreign):
        (tmp_path / name).write_bytes(b"half")
    disk.publish(tmp_path, [Artifact("deck.pdf", b"%PDF")])
    assert set(tree(tmp_path)) == {"deck.pdf", running, foreign}


def test_what_is_under_way_for_an_hour_is_stale_whoever_bears_its_number(tmp_path: Path) -> None:
    old = tmp_path / f".threadpress-{os.getppid()}-0123abcd-7.tmp"
    old.write_bytes(b"half")
    os.utime(old, (0, 0))
    disk.publish(tmp_path, [Artifact("deck.pdf", b"%PDF")])
    assert set(tree(tmp_path)) == {"deck.pdf"}


NAMES = st.lists(
    st.sampled_from(["..", ".", "", "a", "b.pdf", "\\", "\0", "C:", " ", "ü", "out"]), max_size=5
).map("/".join)


@settings(max_examples=60)
@given(st.lists(NAMES, max_size=3))
def test_no_spelling_of_a_path_writes_outside(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    around = tmp_path_factory.mktemp("around")
    root = around / "in" / "output"
    root.mkdir(parents=True)
    (root / "out").symlink_to("../..", target_is_directory=True)
    try:
        disk.publish(root, [Artifact(name, b"x") for name in names])
    except GeneratorError as trouble:
        assert trouble.problems  # noqa: PT017  (either outcome is right)
    assert all(path.startswith("in/output/") for path in tree(around))
