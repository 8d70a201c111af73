"""`threadpress gallery` shows every look, ours and one's own, and a thread in every theme."""

import re
from contextlib import nullcontext
from pathlib import Path

import pytest
from PIL import Image

from generator.build.inline import Inline
from generator.library import BUILT_IN, Library, builtin_root, lineage, themes
from tests.project import Project, run

OWN = """colors: {bg: "#101010", fg: "#f0f0f0", accent: "#ffb224"}
fonts: {text: {family: inter}}
variants:
  light: {colors: {bg: "#ffffff", fg: "#111111", accent: "#8a4b00"}}
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project with a theme and a layout of its own."""
    project = Project(tmp_path)
    project.file("threadpress.yaml", "")
    project.file("themes/own/theme.yaml", OWN)
    return project


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the gallery be made in this process."""
    monkeypatch.setattr("generator.cli.gallery.crew_of", lambda _jobs: nullcontext(Inline()))


def test_a_gallery_is_one_page_and_a_sheet_for_each_theme(project: Project) -> None:
    ended = project.run("gallery", "--theme", "own", "--layout", "quote", "--layout", "list")
    assert ended.code == 0, ended.err
    assert project.output == ["_gallery/index.html", "_gallery/layouts-own.png"]
    page = (project.root / "output/_gallery/index.html").read_text("utf-8")
    assert set(re.findall(r'data-label="([a-z-]+)"', page)) == {"quote", "list"}
    assert not re.findall(r"""(?:src|href)=["'](?!data:)""", page)
    with Image.open(project.root / "output/_gallery/layouts-own.png") as sheet:
        assert sheet.width > 2 * 360


def test_a_layout_of_ones_own_hangs_there_too(project: Project) -> None:
    assert project.run("new", "layout", "verdict").code == 0
    assert project.run("new", "theme", "dawn").code == 0
    ended = project.run("gallery", "--theme", "dawn", "--layout", "verdict")
    assert ended.code == 0, ended.err
    assert "2 slides" in ended.err


def test_one_thread_hangs_in_every_theme_and_variant(project: Project) -> None:
    file = project.thread("cover: false\noutro: false", "A word.")
    ended = project.run("gallery", "--content", str(file))
    assert ended.code == 0, ended.err
    library = Library((("", project.root), (BUILT_IN, builtin_root())))
    names = library.names(themes.FOLDER, lineage.FILE)
    variants = [f"{name}/{one}" for name in names for one in lineage.variants(library, name)]
    page = (project.root / "output/_gallery/index.html").read_text("utf-8")
    assert sorted(re.findall(r'data-theme="([^"]+)"', page)) == sorted([*names, *variants])
    assert "own/light" in variants


def test_a_broken_theme_is_told_and_the_others_hang(project: Project) -> None:
    project.file("themes/broken/theme.yaml", "colors: {bg: nothing}\n")
    wanted = ("--theme", "own", "--theme", "broken", "--layout", "quote")
    ended = project.run("gallery", *wanted)
    assert ended.code == 1
    assert "themes/broken/theme.yaml" in ended.err
    assert "_gallery/layouts-own.png" in project.output


def test_a_layout_that_is_not_there_is_named(project: Project) -> None:
    ended = project.run("gallery", "--layout", "qoute")
    assert ended.code == 1
    assert "did you mean `quote`" in ended.err
    assert "index.html" not in ended.err
    assert not (project.root / "output/_gallery").exists()


def test_a_gallery_needs_no_project(tmp_path: Path) -> None:
    out = tmp_path / "hung"
    ended = run("gallery", "--theme", "night", "--layout", "statement", "-o", str(out))
    assert ended.code == 0, ended.err
    assert (out / "index.html").is_file()
