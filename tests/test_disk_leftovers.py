"""What is no longer wanted, and where the cache lies."""

import errno
from pathlib import Path

import pytest

from generator import disk
from generator.errors import GeneratorError
from generator.model import Artifact
from tests.trees import code, failing, tree

# --- what is no longer wanted ---------------------------------------------------------------------


def test_a_removed_file_takes_the_folders_along_that_it_empties(tmp_path: Path) -> None:
    disk.publish(tmp_path, [Artifact("a/b/c/1.jpg", b"1"), Artifact("a/2.jpg", b"2")])
    assert disk.remove(tmp_path / "a" / "b" / "c" / "1.jpg", tmp_path)
    assert not (tmp_path / "a" / "b").exists()
    assert disk.remove(tmp_path / "a" / "2.jpg", tmp_path)
    assert tmp_path.exists()
    assert not list(tmp_path.iterdir())


def test_removing_what_is_not_there_is_no_mistake(tmp_path: Path) -> None:
    assert not disk.remove(tmp_path / "a" / "1.jpg", tmp_path)


def test_nothing_outside_is_removed(tmp_path: Path) -> None:
    root = tmp_path / "output"
    root.mkdir()
    (tmp_path / "mine.txt").write_bytes(b"mine")
    for path in (tmp_path / "mine.txt", root / ".." / "mine.txt", root):
        with pytest.raises(GeneratorError) as trouble:
            disk.remove(path, root)
        assert code(trouble) == "output-outside"
    assert tree(tmp_path) == {"mine.txt": b"mine"}


def test_sweeping_leaves_what_is_kept_and_the_gitignore(tmp_path: Path) -> None:
    disk.write(tmp_path / ".gitignore", b"*\n")
    disk.publish(tmp_path, [Artifact(f"{slug}/1.jpg", b"1") for slug in ("old", "new", "newer")])
    gone = disk.sweep(tmp_path, {tmp_path / "new" / "1.jpg", tmp_path / "x" / ".." / "newer/1.jpg"})
    assert gone == (tmp_path / "old" / "1.jpg",)
    assert set(tree(tmp_path)) == {".gitignore", "new/1.jpg", "newer/1.jpg"}
    assert not (tmp_path / "old").exists()


def test_sweeping_a_folder_that_is_not_there_is_no_mistake(tmp_path: Path) -> None:
    assert disk.sweep(tmp_path / "output", ()) == ()


# --- the cache ------------------------------------------------------------------------------------


def test_a_projects_cache_is_private_and_ignores_itself(tmp_path: Path) -> None:
    folder = disk.cache_dir(tmp_path)
    assert folder == tmp_path / ".threadpress"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert tree(tmp_path) == {".threadpress/.gitignore": b"*\n"}


def test_a_cache_that_others_may_read_is_made_private(tmp_path: Path) -> None:
    (tmp_path / ".threadpress").mkdir(mode=0o755)
    folder = disk.cache_dir(tmp_path)
    assert folder
    assert folder.stat().st_mode & 0o777 == 0o700


def test_without_a_project_the_cache_lies_with_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert disk.cache_dir(None) == tmp_path / "cache" / "threadpress"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert disk.cache_dir(None) == tmp_path / ".cache" / "threadpress"


def test_where_nothing_can_be_written_there_is_no_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert disk.cache_dir(tmp_path / "file") is None
    monkeypatch.setattr("pathlib.Path.mkdir", failing(errno.EROFS))
    assert disk.cache_dir(tmp_path) is None


def test_a_cache_that_is_a_link_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / ".threadpress").symlink_to("../elsewhere")
    assert disk.cache_dir(tmp_path / "project") is None
    assert not tree(tmp_path)
