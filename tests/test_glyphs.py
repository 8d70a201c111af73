"""Letters that no font has are named, with the post that holds them and the packages to install."""

from pathlib import Path
from unittest.mock import patch

import pytest

from generator import packages
from generator.paginate import _glyphs
from tests.project import Project

NOBODYS = "\U000f1234"
"""A letter of a private use area: no font of ours, and hardly any other, has it."""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return an empty project."""
    return Project(tmp_path)


def test_a_letter_that_no_font_has_is_named_at_its_post(project: Project) -> None:
    project.thread("files: [pdf]", f"Fine words.\n\n---\n\nTwo odd {NOBODYS} words.")
    ended = project.built()
    assert ended.problems == ["content/talk.md:8:1: warning[glyph-missing]"]
    said = ended.told("content/talk.md:8:1: warning[glyph-missing]")
    assert said.startswith(f"no font here has {NOBODYS}: they are drawn as boxes\n")
    assert "damaged" in said


def test_each_post_that_holds_it_is_named(project: Project) -> None:
    project.thread("files: [pdf]\ncover: false", f"One {NOBODYS}.\n\n---\n\nTwo {NOBODYS}.")
    assert project.built().problems == [
        f"content/talk.md:{line}:1: warning[glyph-missing]" for line in (5, 9)
    ]


def test_letters_that_the_fonts_have_and_emoji_are_not_named(project: Project) -> None:
    project.thread("files: [pdf]", "Ελλάδα, Київ, “quotes” — 1 → 2 … ½ ≤ √2 · 😀 👩‍👩‍👧 🇩🇪 1️⃣ ✅")
    assert not project.built().problems


def test_a_page_of_plain_letters_is_not_even_looked_at(project: Project) -> None:
    project.thread("files: [pdf]\ncover: false", "Plain words, naïve ones too.")
    with patch.object(_glyphs, "texts", side_effect=AssertionError):
        project.built()


def test_the_packages_that_have_the_letters_are_named() -> None:
    problem = _glyphs._lacking(["日", "ह", "ि"])  # noqa: SLF001
    assert "no font here has 日 ह ि (Chinese, Japanese, Korean, Devanagari)" in problem.message
    assert problem.hint == (
        f"to install one: {packages.line(['Chinese, Japanese, Korean', 'Devanagari'])}"
    )


@pytest.mark.parametrize(
    ("letter", "script"),
    [
        ("ع", "Arabic"),
        ("ह", "Devanagari"),
        ("ी", "Devanagari"),
        ("ก", "Thai"),
        ("ש", "Hebrew"),
        ("ქ", "Georgian"),
        ("日", "Chinese, Japanese, Korean"),
        ("か", "Chinese, Japanese, Korean"),
        ("한", "Chinese, Japanese, Korean"),
        ("♜", "symbols"),
        (NOBODYS, ""),
    ],
)
def test_a_letter_is_of_a_script(letter: str, script: str) -> None:
    assert packages.script(letter) == script


@pytest.mark.parametrize(
    ("installer", "named"),
    [
        ("apt", "fonts-noto-core"),
        ("dnf", "google-noto-sans-thai-fonts"),
        ("apk", "font-noto-thai"),
        ("pacman", "noto-fonts"),
        ("brew", "font-noto-sans-thai"),
    ],
)
def test_fonts_are_called_as_each_system_calls_them(installer: str, named: str) -> None:
    assert packages.line(["Thai"], installer).endswith(f" {named}")
