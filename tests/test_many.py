"""Many carousels in one repo: all are built that have to be, and what they share is kept once."""

from pathlib import Path

import pytest

from generator.build import manifest
from tests.project import Project

COUNT = 24
"""More than are prepared ahead for the workers: later ones are looked at when some are done."""


@pytest.fixture
def repo(tmp_path: Path) -> Project:
    """Return a built repo of many carousels in one theme of its own."""
    project = Project(tmp_path)
    project.file("threadpress.yaml", "theme: paper\n")
    for number in range(COUNT):
        project.file(f"content/talk-{number:02}.md", f"---\ncover: false\n---\n\nWords {number}.\n")
    project.built()
    return project


def test_a_look_that_changes_is_seen_on_all_of_them(repo: Project) -> None:
    before = {path: repo.pdf(path) for path in repo.output}
    repo.file("themes/_patterns/dots.svg.jinja", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    repo.file("threadpress.yaml", "theme: night\n")
    assert f"{COUNT} carousels" in repo.built().err
    assert not [path for path in repo.output if repo.pdf(path) == before[path]]


def test_one_edit_builds_one_of_them(repo: Project) -> None:
    repo.built()
    repo.file("content/talk-07.md", "---\ncover: false\n---\n\nOther words.\n")
    assert f"1 carousel, {COUNT - 1} unchanged" in repo.built().err


def test_a_folder_that_goes_takes_its_output_and_no_other(repo: Project) -> None:
    for number in range(12):
        (repo.root / "content" / f"talk-{number:02}.md").unlink()
    assert "12 removed" in repo.built().err
    assert len(repo.output) == COUNT - 12


def test_the_looks_that_they_share_are_written_down_once(repo: Project) -> None:
    kept = manifest.load(repo.root / ".threadpress", repo.root)
    assert len(kept.entries) == COUNT
    assert len({id(entry.looks) for entry in kept.entries.values()}) == 1
    assert all(len(entry.reads) == 1 for entry in kept.entries.values())
