"""What a warm press keeps between two builds of a carousel, and what it lets go."""

from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from generator.build import desks
from generator.build.press import Pressroom
from generator.paginate import Press
from tests.incremental import THEME
from tests.project import Project, png

POSTS = "# {0}\n\nSome words.\n\n---\n\n- a\n- b\n\n---\n\n![x](pic.png)\n\nMore words."


def edited(room: Pressroom, project: Project, words: str = "Words") -> Press:
    """Return the press after a build of these words."""
    project.thread("theme: mine", POSTS.format(words))
    assert not room.press(project.carousel(), quick=True).failed
    (found,) = room.desks.presses.values()
    return found


def repo(root: Path) -> Project:
    """Return a project with a theme of its own and a picture."""
    project = Project(root)
    project.file("themes/mine/theme.yaml", THEME)
    project.file("content/pic.png", png())
    return project


def test_pages_of_words_that_are_gone_are_dropped(tmp_path: Path) -> None:
    room, project = Pressroom(warm=True), repo(tmp_path)
    first = len(edited(room, project)._pages)  # noqa: SLF001  what it holds is the matter
    for number in range(4):
        kept = edited(room, project, f"Words {number}")
    assert len(kept._pages) == first  # noqa: SLF001


def test_sheets_of_looks_that_are_gone_are_dropped(tmp_path: Path) -> None:
    room, project = Pressroom(warm=True), repo(tmp_path)
    first = len(edited(room, project)._sheets)  # noqa: SLF001
    for number in range(1, 4):
        project.file("themes/mine/theme.css", f".region {{ outline-width: {number}px }}")
        kept = edited(room, project)
    assert len(kept._sheets) <= first + 1  # noqa: SLF001  a theme.css came into being


def test_pictures_that_were_edited_too_often_are_all_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room, project = Pressroom(warm=True), repo(tmp_path)
    before = edited(room, project)
    assert edited(room, project, "Others") is before
    monkeypatch.setattr(desks, "MOST_MADE", 0)
    assert edited(room, project) is not before


def test_a_picture_that_changes_while_its_deck_is_pressed_is_read_again(tmp_path: Path) -> None:
    room, project = Pressroom(warm=True), repo(tmp_path)
    edited(room, project)
    stock = Press.write

    def late(*given: Any, **named: Any) -> bytes:  # noqa: ANN401
        project.file("content/pic.png", png(3, 2))
        return stock(*given, **named)

    project.file("content/pic.png", png(2, 3))
    carousel = project.carousel()
    with patch.object(Press, "write", late):
        stale = room.press(carousel)
    fresh, wanted = room.press(carousel), Pressroom().press(carousel)
    assert fresh.artifacts == wanted.artifacts != stale.artifacts


def test_a_deck_that_is_still_warm_knows_its_pictures_whatever_was_pressed_since(
    tmp_path: Path,
) -> None:
    room, project = Pressroom(warm=True), Project(tmp_path)
    picture = str(project.file("content/pic.png", png()))
    project.thread("title: T", "![x](pic.png)\n\n---\n\nWords.", name="shown")
    project.thread("title: T", "Words.", name="plain")
    for name in ("shown", "plain", "shown"):
        read = room.press(project.carousel(name), quick=True).read
        assert (picture in read) == (name == "shown")
