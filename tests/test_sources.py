"""Sources are found by their place below content/, and named by it."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import content
from generator.build import project
from generator.errors import GeneratorError


def _make(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("Words.\n", encoding="utf-8")


def _slugs(root: Path) -> list[str]:
    return [found.slug for found in content.discover(root).found]


def test_every_markdown_file_is_a_source(tmp_path: Path) -> None:
    _make(tmp_path, "a.md", "2026/Launch Day.md", "2026/deep/c.md", "pic.png", "notes.txt")
    assert _slugs(tmp_path) == ["2026/deep/c", "2026/launch-day", "a"]


def test_names_that_begin_with_a_line_or_dot_are_none(tmp_path: Path) -> None:
    _make(tmp_path, "_draft.md", ".hidden.md", "_parts/a.md", ".git/b.md", "c.md")
    assert _slugs(tmp_path) == ["c"]


def test_a_bundle_is_one_source(tmp_path: Path) -> None:
    _make(tmp_path, "talk/index.md", "talk/notes.md", "talk/more/x.md", "other.md")
    assert _slugs(tmp_path) == ["other", "talk"]


def test_an_index_of_everything_is_a_source_like_any(tmp_path: Path) -> None:
    _make(tmp_path, "index.md", "other.md")
    assert _slugs(tmp_path) == ["index", "other"]


def test_two_files_with_one_slug_are_both_named_and_not_built(tmp_path: Path) -> None:
    _make(tmp_path, "my talk.md", "My-Talk.md", "other.md")
    discovery = content.discover(tmp_path)
    assert [found.slug for found in discovery.found] == ["other"]
    (problem,) = discovery.problems
    assert problem.code == "slug-duplicate"
    assert "my talk.md" in f"{problem.location} {problem.message}"
    assert "My-Talk.md" in f"{problem.location} {problem.message}"


def test_a_bundle_and_a_file_may_have_one_slug_too(tmp_path: Path) -> None:
    _make(tmp_path, "talk/index.md", "talk.md")
    assert [each.code for each in content.discover(tmp_path).problems] == ["slug-duplicate"]


def test_links_that_lead_out_are_passed_over(tmp_path: Path) -> None:
    _make(tmp_path, "outside/secret.md", "content/a.md")
    (tmp_path / "content/out.md").symlink_to(tmp_path / "outside/secret.md")
    (tmp_path / "content/folder").symlink_to(tmp_path / "outside")
    (tmp_path / "content/loop").symlink_to(tmp_path / "content")
    (tmp_path / "content/inside.md").symlink_to(tmp_path / "content/a.md")
    assert _slugs(tmp_path / "content") == ["a", "inside"]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Launch.md", "launch"),
        ("2026/My big launch!.md", "2026/my-big-launch"),
        ("Über uns.md", "über-uns"),
        ("हिन्दी पाठ.md", "हिन्दी-पाठ"),
        ("日本語.md", "日本語"),
        ("a_b--c.md", "a_b-c"),
        ("v1.2.md", "v1-2"),
        ("talk/index.md", "talk"),
        ("../../etc/passwd.md", "etc/passwd"),
        ("/abs.md", "abs"),
    ],
)
def test_a_slug_is_the_path_in_small_letters(name: str, slug: str) -> None:
    assert content.slug_of(name) == slug


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("!!!.md", "slug-empty"),
        ("con.md", "slug-reserved"),
        ("NUL.md", "slug-reserved"),
        ("a/COM1.md", "slug-reserved"),
        ("lpt9/index.md", "slug-reserved"),
    ],
)
def test_names_that_no_folder_can_bear_are_refused(name: str, code: str) -> None:
    with pytest.raises(GeneratorError) as told:
        content.slug_of(name, "content/" + name)
    (problem,) = told.value.problems
    assert (problem.code, str(problem.location)) == (code, "content/" + name)


@given(st.text(max_size=30))
def test_a_slug_is_safe_and_its_own_slug(name: str) -> None:
    try:
        slug = content.slug_of(name + ".md")
    except GeneratorError:
        return
    assert content.slug_of(slug + ".md") == slug
    assert slug == unicodedata.normalize("NFC", slug)
    assert not any(part in ("", ".", "..") for part in slug.split("/"))
    assert not set(slug) & set(' .\\:*?"<>|\x00~$%&')


def test_a_bundle_outside_of_a_project_is_called_as_its_folder(tmp_path: Path) -> None:
    _make(tmp_path, "talk/index.md")
    alone = project.open_project(tmp_path / "talk")
    found, problems = project.find_sources(alone, [tmp_path / "talk" / "index.md"])
    assert (list(found.values()), problems) == (["talk"], [])
