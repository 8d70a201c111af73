"""Zips and folders are read without being unpacked, and what no honest one holds is an error."""

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from generator import importers
from generator.errors import GeneratorError
from generator.fetch import Folder, LooseFiles, Zip, archive, archives
from tests.imports import packed, tweet, unpacked, x_files


def code(content: bytes) -> str:
    """Return what is said of a zip."""
    with pytest.raises(GeneratorError) as caught:
        Zip(io.BytesIO(content), "x.zip")
    (problem,) = caught.value.problems
    assert str(problem.location) == "x.zip"
    return problem.code


def zipped(*names: str) -> bytes:
    """Return a zip of files with these names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return made.getvalue()


@pytest.mark.parametrize("name", ["/", "../x", "/etc/x", "a/../../x", "C:/x", "a\\x", "x\0.js"])
def test_a_path_that_leads_out_is_an_error(name: str) -> None:
    content = zipped("data/tweets.js", name.replace("\0", "z"))
    if "\0" in name:
        content = content.replace(b"xz.js", b"x\0.js")
    assert code(content) == "archive-unsafe"


def test_a_link_is_an_error() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        entry = zipfile.ZipInfo("data/tweets.js")
        entry.create_system = 3
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(entry, "/etc/passwd")
    assert code(made.getvalue()) == "archive-unsafe"


@pytest.mark.parametrize("entries", [1_000_000, 65_535])
def test_a_zip_of_a_million_files_is_refused_before_they_are_read(entries: int) -> None:
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65_535, 65_535, 2**32 - 1, 2**32 - 1, 0)
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, entries, entries, 10**9, 0)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, 0, 1)
    assert code(record + locator + end) == "archive-unsafe"


@pytest.mark.parametrize("cut", [4, 30, 60])
def test_a_zip_that_is_cut_off_is_told(cut: int) -> None:
    content = zipped("data/tweets.js", "data/account.js")
    assert code(content[:-cut]) == "archive-broken"


def test_a_file_that_grows_beyond_what_it_may_have_is_refused(tmp_path: Path) -> None:
    bomb = packed(tmp_path / "bomb.zip", {"data/tweets.js": b"0" * 30_000_000})
    made = archive(bomb, "bomb.zip")
    assert made is not None
    with pytest.raises(GeneratorError) as caught:
        made.read("data/tweets.js")
    assert caught.value.problems[0].code == "file-too-large"


def test_a_bomb_of_spaces_is_let_go_of_piece_by_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_STREAMED", 5_000_000)
    spaces = b"window.YTD.tweets.part0 = [" + b" " * 6_000_000
    files = x_files(tweet(1, "x"), **{"data/tweets.js": spaces})
    made = archive(packed(tmp_path / "x.zip", files), "x")
    assert made is not None
    with pytest.raises(GeneratorError) as caught:
        importers.offers(made, "x")
    assert caught.value.problems[0].code == "file-too-large"


def test_a_damaged_file_in_a_zip_is_told_with_its_name(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {"a.txt": b"words " * 100})
    content = bytearray(path.read_bytes())
    content[40] ^= 0xFF
    made = Zip(io.BytesIO(bytes(content)), "x.zip")
    with pytest.raises(GeneratorError) as caught:
        list(made.pieces("a.txt"))
    assert str(caught.value.problems[0].location) == "x.zip/a.txt"


def test_links_in_a_folder_are_passed_over(tmp_path: Path) -> None:
    folder = unpacked(tmp_path / "x", {"a.txt": "a"})
    (folder / "b.txt").symlink_to(folder / "a.txt")
    (folder / "c").symlink_to(tmp_path)
    made = Folder(folder, "x")
    assert list(made.sizes) == ["a.txt"]
    with pytest.raises(GeneratorError):
        made.read("b.txt")


def test_zip_folder_and_memory_give_the_same(tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {"a/b.txt": b"words", "c.txt": b""}
    made = [
        archive(packed(tmp_path / "x.zip", files), "x"),
        archive(unpacked(tmp_path / "x", files), "x"),
        LooseFiles({"a/b.txt": b"words", "c.txt": b""}, "x"),
    ]
    for one in made:
        assert one is not None
        assert dict(one.sizes) == {"a/b.txt": 5, "c.txt": 0}
        assert one.read("a/b.txt") == b"".join(one.pieces("a/b.txt")) == b"words"
        with pytest.raises(GeneratorError):
            one.read("../x")


def test_what_macos_and_packages_put_beside_files_is_passed_over(tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {"a.md": b"x", "._a.md": b"x", "__MACOSX/._a.md": b"x"}
    unpacked(tmp_path / "x", {".git/b.md": "x", "node_modules/p/c.md": "x"})
    for path in (packed(tmp_path / "x.zip", files), unpacked(tmp_path / "x", files)):
        made = archive(path, "x")
        assert made is not None
        assert list(made.sizes) == ["a.md"]


def test_a_file_that_is_no_archive_is_none(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("words")
    assert archive(tmp_path / "x.txt", "x.txt") is None
