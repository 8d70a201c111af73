"""output/index.html: everything that was built, on one page that needs no server."""

import re
from pathlib import Path

import pytest

from generator.build.index import page
from tests.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project of two threads."""
    made = Project(tmp_path / "project")
    made.thread("title: One & all\ncaption: Read <it>.", name="one")
    made.thread("title: Two\ntargets: [linkedin, instagram]\nlang: de", name="deep/two")
    return made


def shown(project: Project) -> str:
    """Return the page."""
    return (project.root / "output" / "index.html").read_text("utf-8")


def links(text: str) -> list[str]:
    """Return all addresses on a page, those that are asked for at once among them."""
    return re.findall(r'(?:href|src)="([^"]*)"', text)


def test_the_page_shows_each_carousel_with_its_files_pack_and_caption(project: Project) -> None:
    project.built()
    text = shown(project)
    assert re.findall(r'data-target="(\w+)"', text) == ["instagram", "linkedin", "linkedin"]
    assert re.findall(r"<h2[^>]*>([^<]*)", text) == ["Two", "One &amp; all"]
    assert "Read &lt;it&gt;." in text
    assert {"one/linkedin/one.pdf", "one/linkedin/one-linkedin.zip"} <= set(links(text))


def test_all_that_the_page_names_is_there_and_nothing_is_elsewhere(project: Project) -> None:
    project.built()
    named = links(shown(project))
    assert len(named) > 10
    assert all((project.root / "output" / path).is_file() for path in named)


def test_a_click_on_a_slide_opens_what_is_turned_in_a_browser_not_a_text(tmp_path: Path) -> None:
    made = Project(tmp_path)
    made.thread("files: [txt, html]")
    made.built()
    assert 'class="strip" href="talk/linkedin/talk.html"' in shown(made)


def test_the_page_follows_what_is_built_and_what_goes(project: Project) -> None:
    project.built()
    (project.root / "content" / "deep" / "two.md").unlink()
    project.thread("title: Three", name="three")
    project.built()
    assert re.findall(r"<h2[^>]*>([^<]*)", shown(project)) == ["One &amp; all", "Three"]
    for path in (project.root / "content").glob("*.md"):
        path.unlink()
    project.file("content/_note.md")
    project.built()
    assert project.everything == []


def test_one_file_that_is_built_alone_leaves_the_others_on_the_page(project: Project) -> None:
    project.built()
    project.thread("title: Another", name="one")
    project.built(str(project.root / "content" / "one.md"))
    assert re.findall(r"<h2[^>]*>([^<]*)", shown(project)) == ["Two", "Another"]


def test_a_page_that_is_gone_or_changed_is_written_again(project: Project) -> None:
    project.built()
    text, path = shown(project), project.root / "output" / "index.html"
    path.unlink()
    assert "nothing to do" not in project.built().err
    assert shown(project) == text
    path.write_text(text.replace("Two", "Twelve"), "utf-8")
    project.built()
    assert shown(project) == text
    assert "nothing to do" in project.built().err


def test_somebody_elses_page_stays_and_that_is_told(project: Project) -> None:
    project.file("output/index.html", "<title>Mine</title>")
    ended = project.built()
    assert "warning[index-foreign]" in ended.err
    assert shown(project) == "<title>Mine</title>"


def test_a_folder_of_its_own_gets_a_page_if_all_is_built_there(
    project: Project, tmp_path: Path
) -> None:
    project.built("-o", str(tmp_path / "site"))
    assert (tmp_path / "site" / "index.html").is_file()
    project.built(str(project.root / "content" / "one.md"), "-o", str(tmp_path / "part"))
    assert not (tmp_path / "part" / "index.html").exists()


def test_without_carousels_there_is_no_page() -> None:
    assert page([]) == b""
