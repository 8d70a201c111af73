"""Stylesheets that are parsed once for all processes."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from generator.paginate.seams import _shelf
from tests import torture

COUNT = """
import tinycss2
counted, parse = [], tinycss2.parse_stylesheet
def counting(text, *rest, **named):
    counted.append(text)
    return parse(text, *rest, **named)
tinycss2.parse_stylesheet = counting
from generator.fetch import Door
from generator.paginate import Press
laid = Press(Door(())).lay_out('<!doctype html><html lang="en"><title>T</title><p class="a">x', (
    {css!r},), 100, 100)
(body,) = laid.page._page_box.children[0].children
print(len(counted), len(laid.problems), body.children[0].style["color"].coordinates[0])
"""


def parsed(cache: Path, css: str = ".a { color: rgb(255 0 0); colour: blue }") -> list[str]:
    """Return how many sheets a new process parses, how many faults it tells, how red it is."""
    found = subprocess.run(
        [sys.executable, "-W", "error", "-c", COUNT.format(css=css)],
        check=True,
        cwd=torture.ROOT,
        env=os.environ | {"XDG_CACHE_HOME": str(cache)},
        capture_output=True,
        text=True,
    )
    return found.stdout.split()


def kept(cache: Path) -> list[Path]:
    """Return the files on the shelf."""
    return sorted((cache / "threadpress" / _shelf.FOLDER).iterdir())


def test_pages_are_the_same() -> None:
    assert torture.differences("sheets") == []


def test_a_sheet_is_parsed_by_the_first_process_only_and_its_faults_are_told_by_all(
    tmp_path: Path,
) -> None:
    first, second = parsed(tmp_path), parsed(tmp_path)
    assert (int(first[0]), int(second[0])) == (5, 0)  # three of WeasyPrint's, the page's and ours
    assert first[1:] == second[1:]
    assert first[1] == "1"


def test_a_changed_sheet_is_parsed_anew(tmp_path: Path) -> None:
    parsed(tmp_path)
    assert parsed(tmp_path, ".a { color: rgb(0 0 255) }")[0] == "1"


def test_a_sheet_that_imports_another_is_parsed_each_time(tmp_path: Path) -> None:
    css = '@import "made/none.css"; .a { color: rgb(255 0 0) }'
    assert parsed(tmp_path, css)[0] == "5"
    assert parsed(tmp_path, css)[0] == "1"


@pytest.mark.parametrize("content", [b"", b"nonsense" * 20, None], ids=["empty", "other", "cut"])
def test_broken_files_are_made_anew(tmp_path: Path, content: bytes | None) -> None:
    whole = parsed(tmp_path)
    for path in kept(tmp_path):
        path.write_bytes(path.read_bytes()[:-9] if content is None else content)
    assert parsed(tmp_path) == whole
    assert parsed(tmp_path) == ["0", *whole[1:]]


def test_nobody_else_may_write_where_pickles_lie(tmp_path: Path) -> None:
    parsed(tmp_path)
    folder = tmp_path / "threadpress" / _shelf.FOLDER
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700


def test_a_cache_that_can_not_be_written_changes_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    whole = parsed(tmp_path / "free")
    assert parsed(blocked) == whole
    assert parsed(blocked) == whole


@pytest.fixture
def _shelf_of_its_own() -> None:
    _shelf.folder.cache_clear()


@pytest.mark.usefixtures("_shelf_of_its_own")
def test_the_shelf_gives_back_what_was_put_there() -> None:
    name = _shelf.key("a", 1)
    assert _shelf.get(name) is None
    _shelf.put(name, {"one": (1, 2)})
    assert _shelf.get(name) == {"one": (1, 2)}
    assert _shelf.key("a", 2) != name


@pytest.mark.usefixtures("_shelf_of_its_own")
def test_what_can_not_be_pickled_is_not_kept() -> None:
    _shelf.put("function", lambda: None)
    assert _shelf.get("function") is None


@pytest.mark.usefixtures("_shelf_of_its_own")
def test_the_oldest_go_when_the_shelf_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_shelf, "MOST", 3)
    for number in range(5):
        _shelf.put(f"n{number}", number)
        folder = _shelf.folder()
        assert folder is not None
        os.utime(folder / f"n{number}", (number, number))
    assert [_shelf.get(f"n{number}") for number in range(5)] == [None, None, 2, 3, 4]
