"""`threadpress preset` keeps how a thread looks under a name."""

from pathlib import Path

import pytest

from tests.project import Project

LOOKS = """title: About lamps
preset: sample
theme: paper
typography: {body: 20}
cover: {kicker: Note, layout: cover, align: center}
outro: {title: Bye, lines: [Come back soon]}
caption: Words of this thread only
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project with a thread that sets its looks."""
    project = Project(tmp_path)
    project.file("threadpress.yaml", "")
    project.thread(LOOKS, name="lamps")
    return project


def saved(project: Project, *arguments: str) -> tuple[int, str]:
    """Save the thread's looks, and return the exit code and what the file then says."""
    source = str(project.root / "content/lamps.md")
    ended = project.run("preset", "save", "warm", "--from", source, *arguments)
    file = project.root / "themes/_presets/warm.yaml"
    return ended.code, file.read_text("utf-8") if file.exists() else ended.err


def test_a_preset_keeps_looks_and_no_words_of_the_thread(project: Project) -> None:
    code, text = saved(project)
    assert code == 0
    assert "theme: paper" in text
    assert "kicker" not in text
    assert "lamps" not in text
    assert "caption" not in text
    assert "Come back soon" in text


def test_what_the_threads_own_preset_sets_is_kept_below(project: Project) -> None:
    _, text = saved(project)
    assert "typography: {title: 40, body: 20}" in text
    assert "name: dots" in text


def test_a_saved_preset_is_used_by_its_name(project: Project) -> None:
    saved(project)
    project.thread("preset: warm", name="other")
    assert project.carousel("other").theme.name == "paper"


def test_a_preset_is_not_written_over_unasked(project: Project) -> None:
    saved(project)
    project.thread(LOOKS.replace("paper", "night"), name="lamps")
    assert saved(project)[0] == 2
    assert "night" in saved(project, "--force")[1]


def test_a_thread_without_looks_gives_no_preset(project: Project) -> None:
    project.thread("title: Plain", name="lamps")
    code, err = saved(project)
    assert code == 1
    assert "preset-empty" in err


def test_presets_are_listed_and_shown(project: Project) -> None:
    saved(project)
    assert {line.split()[0] for line in project.run("preset", "list").out.splitlines()} >= {
        "sample",
        "warm",
    }
    assert "theme: paper" in project.run("preset", "show", "warm").out
    assert project.run("preset", "show", "wram").code == 1
