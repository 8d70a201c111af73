"""Clean removes what was built, and nothing else."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import threadpress


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project that was built once."""
    root = tmp_path / "my posts"
    for name in (
        "threadpress.yaml",
        "content/talk.md",
        "output/.gitignore",
        "output/talk/linkedin/talk.pdf",
        "output/talk/instagram/01.jpg",
        ".threadpress/.gitignore",
        ".threadpress/fit/ab.json",
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, "utf-8")
    return root


def clean(project: Path) -> Result:
    """Return how `threadpress clean` ended."""
    return CliRunner().invoke(threadpress, ["clean", "--project", str(project)])


def left(project: Path) -> set[str]:
    """Return the files that are there, and the empty folders."""
    return {
        path.relative_to(project).as_posix()
        for path in project.rglob("*")
        if not path.is_dir() or not any(path.iterdir())
    }


def test_what_was_built_goes_and_the_sources_stay(project: Path) -> None:
    ended = clean(project)

    assert ended.exit_code == 0
    assert ended.stderr == "Removed 2 files from output/ and 1 file of the cache.\n"
    assert left(project) == {"threadpress.yaml", "content/talk.md", "output/.gitignore"}


def test_schemas_stay_where_editors_look_for_them(project: Path) -> None:
    schema = project / ".threadpress/schemas/theme.json"
    schema.parent.mkdir()
    schema.write_text("{}", "utf-8")
    clean(project)
    assert left(project) >= {".threadpress/.gitignore", ".threadpress/schemas/theme.json"}
    assert not (project / ".threadpress/fit").exists()


def test_cleaning_twice_is_as_good_as_once(project: Path) -> None:
    clean(project)
    ended = clean(project)

    assert ended.exit_code == 0
    assert ended.stderr == "Removed no files from output/ and no files of the cache.\n"


def test_the_project_is_found_upward(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project / "content")

    ended = CliRunner().invoke(threadpress, ["clean"])

    assert ended.exit_code == 0
    assert not (project / "output" / "talk").exists()


def test_a_folder_that_is_no_project_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "thesis.pdf").write_bytes(b"mine")
    monkeypatch.chdir(tmp_path)

    ended = CliRunner().invoke(threadpress, ["clean"])

    assert ended.exit_code == 2
    assert "error[project-missing]" in ended.stderr
    assert (tmp_path / "output" / "thesis.pdf").exists()


@pytest.mark.parametrize("folder", ["output", ".threadpress"])
def test_a_folder_that_is_a_link_is_refused(project: Path, tmp_path: Path, folder: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "letter.pdf").write_bytes(b"mine")
    (project / folder).rename(tmp_path / "moved")
    (project / folder).symlink_to(elsewhere)

    ended = clean(project)

    assert ended.exit_code == 1
    assert "error[output-outside]" in ended.stderr
    assert (elsewhere / "letter.pdf").exists()
    assert (project / "output").exists()


def test_what_a_link_in_output_leads_to_stays(project: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "letter.pdf").write_bytes(b"mine")
    (project / "output" / "link").symlink_to(elsewhere)

    ended = clean(project)

    assert ended.exit_code == 0
    assert (elsewhere / "letter.pdf").exists()
