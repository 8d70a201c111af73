"""A repo built on several machines and merged: as if it had been built on one."""

import shutil
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.build.shards import Shard, shard
from generator.build.stamps import TICK
from generator.errors import UsageError
from tests.project import Ended, Project
from tests.trees import tree

SLUGS = st.lists(st.text("abcdefghij/-", min_size=1, max_size=12), unique=True, max_size=40)
WORDS = "---\ncover: false\n---\n\nWords of {}.\n"


def _repo(root: Path, count: int = 6) -> Project:
    """Return a repo of so many small carousels."""
    project = Project(root)
    project.file("threadpress.yaml", "theme: paper\n")
    for number in range(count):
        project.file(f"content/talk-{number}.md", WORDS.format(number))
    return project


def _machines(project: Project, count: int = 2) -> list[Project]:
    """Return copies of a repo, as so many machines check it out."""
    copies = [Project(project.root.with_name(f"machine-{n}")) for n in range(1, count + 1)]
    for copy in copies:
        shutil.copytree(project.root, copy.root)
    time.sleep(2 * TICK / 1e9)  # what was written this instant may be written again unnoticed
    return copies


def _merged(project: Project, machines: list[Project], *arguments: str) -> Ended:
    return project.run("merge", *(str(machine.root) for machine in machines), *arguments)


@pytest.fixture
def repo(tmp_path: Path) -> Project:
    return _repo(tmp_path / "repo")


@pytest.fixture
def machines(repo: Project) -> list[Project]:
    """Return two machines that have built their shares."""
    made = _machines(repo)
    for number, machine in enumerate(made, 1):
        machine.built("--shard", f"{number}/2")
    return made


@given(SLUGS, st.integers(1, 9))
def test_each_slug_belongs_to_one_shard_only(slugs: list[str], count: int) -> None:
    shards = [Shard(number, count) for number in range(1, count + 1)]
    assert all(sum(one.owns(slug) for one in shards) == 1 for slug in slugs)


@given(SLUGS, st.integers(1, 9))
def test_with_one_shard_more_slugs_move_to_the_new_one_only(slugs: list[str], count: int) -> None:
    for slug in slugs:
        before = [number for number in range(1, count + 1) if Shard(number, count).owns(slug)]
        after = [number for number in range(1, count + 2) if Shard(number, count + 1).owns(slug)]
        assert after in (before, [count + 1])


def test_shards_are_about_equal() -> None:
    slugs = [f"2026/post-{number}" for number in range(4000)]
    sizes = [sum(Shard(number, 4).owns(slug) for slug in slugs) for number in range(1, 5)]
    assert max(sizes) < 1.15 * min(sizes)


@pytest.mark.parametrize("text", ["", "1", "0/2", "3/2", "1/0", "a/b", "-1/2", "1/2/3", "1/99999"])
def test_what_is_no_shard_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        shard(text)


def test_a_shard_builds_its_share_and_no_more(machines: list[Project]) -> None:
    one, two = (set(machine.output) for machine in machines)
    assert one
    assert two
    assert not one & two
    assert len(one | two) == 6


def test_a_shard_leaves_alone_what_others_own(repo: Project) -> None:
    repo.built()
    before = tree(repo.root / "output")
    repo.built("--shard", "1/2")
    assert tree(repo.root / "output") == before


def test_a_shard_removes_what_is_gone_of_its_own_only(repo: Project) -> None:
    repo.built()
    for path in (repo.root / "content").iterdir():
        path.unlink()
    repo.file("content/new.md")
    repo.built("--shard", "1/2")
    left = {path.partition("/")[0] for path in repo.output} - {"new"}
    assert left
    assert all(Shard(2, 2).owns(slug) for slug in left)
    repo.built("--shard", "2/2")
    assert {path.partition("/")[0] for path in repo.output} == {"new"}


def test_a_file_that_a_shard_did_not_see_is_built_afterwards(repo: Project) -> None:
    repo.built("--shard", "1/2")
    repo.built()
    assert len(repo.output) == 6


def test_a_merge_gives_what_one_machine_would_have_built(
    repo: Project, machines: list[Project]
) -> None:
    assert _merged(repo, machines).code == 0
    merged = tree(repo.root / "output")
    repo.built("--force")
    assert tree(repo.root / "output") == merged


def test_after_a_merge_a_build_has_nothing_to_do(repo: Project, machines: list[Project]) -> None:
    assert "6 content files from 2 shards" in _merged(repo, machines).err
    assert "nothing to do" in repo.built().err


def test_what_changed_since_is_still_to_be_built(repo: Project, machines: list[Project]) -> None:
    repo.file("content/talk-3.md", WORDS.format("another"))
    assert "1 still to be built" in _merged(repo, machines).err
    assert "1 carousel, 5 unchanged" in repo.built().err


def test_what_is_gone_since_is_removed_by_the_next_build(
    repo: Project, machines: list[Project]
) -> None:
    (repo.root / "content" / "talk-3.md").unlink()
    assert _merged(repo, machines).code == 0
    repo.built()
    assert not [path for path in repo.output if path.startswith("talk-3/")]


def test_a_merge_removes_what_was_built_here_of_files_that_are_gone(repo: Project) -> None:
    repo.file("content/old.md")
    repo.built()
    (repo.root / "content" / "old.md").unlink()
    (machine,) = _machines(repo, 1)
    machine.built("--shard", "1/1", "--force")
    assert _merged(repo, [machine]).code == 0
    assert not [path for path in repo.output if path.startswith("old/")]


def test_a_machine_may_merge_the_others_into_its_own_folder(machines: list[Project]) -> None:
    first = machines[0]
    assert _merged(first, machines).code == 0
    assert "nothing to do" in first.built().err


def test_shards_that_are_missing_are_named(repo: Project) -> None:
    machine = _machines(repo, 1)[0]
    machine.built("--shard", "2/3")
    ended = _merged(repo, [machine])
    assert ended.code == 1
    assert "shards 1/3, 3/3 are not among these folders" in ended.err
    assert not repo.output


def test_a_folder_without_a_shard_is_refused(repo: Project, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ended = _merged(repo, [Project(tmp_path / "empty")])
    assert ended.code == 1
    assert "error[shard-unreadable]" in ended.err


def test_shards_of_different_builds_are_refused(repo: Project) -> None:
    one, two = _machines(repo)
    one.built("--shard", "1/2")
    two.built("--shard", "2/2", "--theme", "night")
    ended = _merged(repo, [one, two])
    assert ended.code == 1
    assert "error[shard-mismatch]" in ended.err


def test_files_that_differ_are_refused_and_nothing_is_written(repo: Project) -> None:
    one, two, again = _machines(repo, 3)
    one.built("--shard", "1/2")
    two.built("--shard", "2/2")
    for path in (again.root / "content").iterdir():
        path.write_text(WORDS.format("other things"), "utf-8")
    again.built("--shard", "1/2")
    ended = _merged(repo, [one, two, again])
    assert ended.code == 1
    assert "error[output-conflict]" in ended.err
    assert not repo.output


def test_a_file_that_got_lost_on_the_way_is_named(repo: Project, machines: list[Project]) -> None:
    lost = machines[0].root / "output" / machines[0].output[0]
    lost.unlink()
    ended = _merged(repo, machines)
    assert ended.code == 1
    assert lost.name in ended.err
    assert not repo.output


def test_with_an_output_folder_only_the_files_are_joined(
    repo: Project, machines: list[Project], tmp_path: Path
) -> None:
    assert _merged(repo, machines, "-o", str(tmp_path / "site")).code == 0
    assert sum(path.endswith(".pdf") for path in tree(tmp_path / "site")) == 6
    assert (tmp_path / "site" / "index.html").read_text("utf-8").count('class="thread"') == 6
    assert not repo.output


def test_what_was_told_of_a_carousel_is_told_again(repo: Project) -> None:
    repo.file("content/talk-2.md", WORDS.format("x") + "\n![](missing.png)\n")
    one, two = _machines(repo)
    codes = [machine.build("--shard", f"{n}/2").code for n, machine in enumerate((one, two), 1)]
    assert sorted(codes) == [0, 1]
    assert "1 still to be built" in _merged(repo, [one, two]).err
    assert repo.build().code == 1
