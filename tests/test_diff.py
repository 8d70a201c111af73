"""What a change does to slides is shown before it is merged, from git, and nothing is touched."""

import json
import os
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from generator.build.diff.pairing import boxes
from generator.build.diff.report import Comparison, Difference, markdown
from tests.project import Ended, Project
from tests.trees import tree

POSTS = ["First words.", "- one\n- two\n- three", "> Said by you."]
REPORT = "output/_diff/report.md"


def git(folder: Path, *arguments: str) -> str:
    """Return what git says, asked as somebody without settings of their own."""
    who = {f"GIT_{role}_{what}": "you@example.org" for role in ("AUTHOR", "COMMITTER")
           for what in ("NAME", "EMAIL")}  # fmt: skip
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    ran = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**os.environ, **who, **alone},
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.strip()


def commit(project: Project, message: str = "A state") -> None:
    """Commit all that is there."""
    git(project.root, "add", "-A")
    git(project.root, "commit", "-q", "-m", message)


def posts(project: Project, *words: str, name: str = "talk") -> None:
    """Write a thread of these posts, without a cover."""
    project.thread("title: A talk\ncover: false", "\n\n---\n\n".join(words), name)


def diff(project: Project, *arguments: str) -> Ended:
    """Return how `threadpress diff` ended, with one worker."""
    return project.run("diff", "-j", "1", *arguments)


def told(ended: Ended) -> dict[str, str]:
    """Return what is told of each carousel."""
    lines = [line.partition(": ") for line in ended.err.splitlines()]
    return {name: what for name, colon, what in lines if colon and "/" in name}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a repo of two threads, committed."""
    made = Project(tmp_path / "repo")
    made.file("threadpress.yaml", "theme: paper\ntargets: [linkedin]\n")
    made.file(".gitignore", "output/\n.threadpress/\n")
    posts(made, *POSTS)
    posts(made, "Other words.", name="other")
    git(made.root, "init", "-q", "-b", "main")
    commit(made)
    return made


def test_a_changed_slide_is_named_and_shown_beside_what_it_was(project: Project) -> None:
    posts(project, POSTS[0], "- one\n- two\n- four", POSTS[2])
    ended = diff(project)
    assert ended.code == 0, ended.err
    assert told(ended) == {"talk/linkedin": "slide 2 changed"}
    assert "1 carousel differs, 1 thread the same" in ended.err
    report = (project.root / REPORT).read_text()
    assert "| `talk/linkedin` | 3 | slide 2 changed |" in report
    assert "](talk-linkedin.jpg)" in report
    with Image.open(project.root / "output/_diff/talk-linkedin.jpg") as sheet:
        assert sheet.width > 2 * 300


def test_nothing_changed_costs_no_worker_and_says_so(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = project.file("output/kept.txt", "What was published, in git.")
    git(project.root, "add", "-f", "output")
    commit(project)
    kept.unlink()
    monkeypatch.setattr("generator.cli.diff.crew_of", None)
    ended = diff(project, "--exit-code")
    assert ended.code == 0
    assert "no carousels differ, 2 threads the same" in ended.err
    assert "no carousels differ" in (project.root / REPORT).read_text()


def test_exit_code_is_1_on_demand(project: Project) -> None:
    (project.root / "content/other.md").unlink()
    assert diff(project).code == 0
    assert diff(project, "--exit-code").code == 1


def test_slides_that_came_went_and_moved_are_told_apart(project: Project) -> None:
    posts(project, POSTS[2], POSTS[0], POSTS[1], name="turned")
    posts(project, *POSTS, "Gone soon.", name="shorter")
    commit(project)
    posts(project, POSTS[0], POSTS[1], POSTS[2], name="turned")
    posts(project, *POSTS, name="shorter")
    posts(project, POSTS[0], "New words in between.", *POSTS[1:])
    found = told(diff(project))
    assert found["talk/linkedin"].startswith("slide 2 added")
    assert found["shorter/linkedin"].startswith("slide 4 removed")
    assert found["turned/linkedin"].startswith("slide 1 moved to 3")


def test_threads_that_came_went_or_were_renamed_are_told(project: Project) -> None:
    content = project.root / "content"
    (content / "talk.md").rename(content / "speech.md")
    (content / "other.md").unlink()
    posts(project, "All new.", name="fresh")
    ended = diff(project)
    assert told(ended) == {
        "fresh/linkedin": "added, 1 slide",
        "other/linkedin": "removed, 1 slide",
        "speech/linkedin": "renamed from talk/linkedin",
    }
    assert "| `speech/linkedin` | 3 |" in (project.root / REPORT).read_text()


def test_a_changed_look_is_found_in_all_threads_that_have_it(project: Project) -> None:
    project.file("threadpress.yaml", "theme: night\ntargets: [linkedin]\n")
    found = told(diff(project))
    assert found == {
        "other/linkedin": "slide 1 changed",
        "talk/linkedin": "slides 1-3 changed",
    }


def test_two_revisions_are_compared_without_the_working_tree(project: Project) -> None:
    posts(project, "Other words!", name="other")
    commit(project)
    posts(project, "Never committed.", name="other")
    ended = diff(project, "HEAD~1..HEAD", "--format", "json")
    (line,) = [json.loads(one) for one in ended.out.splitlines() if "carousel" in one]
    assert line["carousel"] == "other/linkedin"
    assert line["slides"] == [{"status": "changed", "before": 1, "after": 1}]
    assert line["sheets"] == ["other-linkedin.jpg"]


def test_three_dots_compare_with_where_a_branch_began(project: Project) -> None:
    git(project.root, "checkout", "-q", "-b", "mine")
    posts(project, "My words.", name="other")
    commit(project)
    git(project.root, "checkout", "-q", "main")
    posts(project, "Their words, a talk.")
    commit(project)
    assert told(diff(project, "main...mine")) == {"other/linkedin": "slide 1 changed"}


def test_the_users_files_and_git_itself_stay_as_they_are(project: Project) -> None:
    posts(project, "Staged.", name="other")
    git(project.root, "add", "-A")
    posts(project, "Not staged.", name="other")
    project.file("content/new.md", "Not in git.")
    index = (project.root / ".git/index").read_bytes()
    before = tree(project.root / "content"), git(project.root, "status", "--porcelain")
    assert diff(project).code == 0
    assert (tree(project.root / "content"), git(project.root, "status", "--porcelain")) == before
    assert (project.root / ".git/index").read_bytes() == index


def test_a_thread_that_fails_on_one_side_is_told_and_the_rest_compared(project: Project) -> None:
    project.file("content/other.md", "---\nttle: x\n---\nWords.\n")
    posts(project, "First words.", *POSTS[1:2], "> Said by me.")
    ended = diff(project)
    assert ended.code == 1
    assert ended.problems == ["content/other.md:2:1: error[key-unknown]"]
    assert told(ended)["other/linkedin"].startswith("can't be compared")
    assert told(ended)["talk/linkedin"] == "slide 3 changed"
    commit(project)
    posts(project, "Mended.", name="other")
    mended = diff(project)
    assert mended.code == 0, "what was wrong once does not fail what is right now"
    assert mended.problems == ["HEAD:content/other.md:2:1: error[key-unknown]"]


@pytest.mark.parametrize(
    "revision", ["no-such", "--output=x", "HEAD..-x", "HEAD:content", "", "a b"]
)
def test_a_revision_that_is_none_is_refused_and_never_an_option(
    project: Project, revision: str
) -> None:
    ended = diff(project, "--", revision)
    assert ended.code == 2
    assert ended.problems == ["error[revision-unknown]"]
    assert not (project.root / "x").exists()


def test_a_mistyped_branch_gets_its_hint(project: Project) -> None:
    assert "did you mean `main`" in diff(project, "mian").told("error[revision-unknown]")


def test_a_shallow_clone_says_how_to_get_what_came_before(project: Project) -> None:
    posts(project, "Second state.")
    commit(project)
    shallow = Project(project.root.with_name("shallow"))
    url = f"file://{project.root}"
    git(project.root, "clone", "-q", "--depth", "1", url, str(shallow.root))
    said = diff(shallow, "HEAD~1").told("error[revision-unknown]")
    assert "git fetch --unshallow" in said


def test_without_a_repo_or_git_it_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = Project(tmp_path / "alone")
    alone.thread()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    ended = diff(alone)
    assert (ended.code, ended.problems) == (2, ["error[git-repo-missing]"])
    monkeypatch.setenv("PATH", str(tmp_path))
    ended = diff(alone)
    assert (ended.code, ended.problems) == (3, ["error[git-missing]"])


def test_a_repo_without_a_commit_says_so(tmp_path: Path) -> None:
    new = Project(tmp_path)
    new.thread()
    git(tmp_path, "init", "-q")
    assert "no commit yet" in diff(new).told("error[revision-unknown]")


def test_what_git_does_not_hold_itself_is_told(project: Project) -> None:
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 9\n"
    project.file("content/curve.png", pointer)
    outside = project.root / "content/outside.md"
    outside.symlink_to("../../elsewhere.md")
    commit(project)
    outside.unlink()
    ended = diff(project)
    assert set(ended.problems) >= {
        "HEAD:content/curve.png: warning[lfs-missing]",
        "HEAD:content/outside.md: warning[revision-link]",
    }


def test_a_submodule_is_read_at_the_commit_that_the_revision_names(project: Project) -> None:
    vendor = Project(project.root.with_name("vendor"))
    vendor.file(
        "themes/acme/theme.yaml", "extends: paper\ntokens: {color: {background: '#ffffff'}}\n"
    )
    git(vendor.root, "init", "-q")
    commit(vendor)
    git(project.root, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add",
        str(vendor.root), "vendor")  # fmt: skip
    commit(project)
    posts(project, "New words.", name="other")
    assert not diff(project).problems
    bare = Project(project.root.with_name("bare"))
    git(project.root, "clone", "-q", str(project.root), str(bare.root))
    posts(bare, "New words.", name="other")
    ended = diff(bare)
    assert ended.problems == ["HEAD:vendor: warning[submodule-missing]"]
    assert "git submodule update --init" in ended.told(ended.problems[0])


def test_pictures_are_linked_where_they_will_lie(project: Project, tmp_path: Path) -> None:
    posts(project, "New words.", name="other")
    assert (
        diff(project, "-o", str(tmp_path / "for-ci"), "--link", "https://example.org/x/").code == 0
    )
    report = (tmp_path / "for-ci/report.md").read_text()
    assert "](https://example.org/x/other-linkedin.jpg)" in report


def test_names_say_nothing_to_markdown() -> None:
    odd = Difference("a`b|c/<x>", "removed", (), 1, 0, sheets=("a.jpg",))
    report = markdown(Comparison("HEAD", "`|", (odd,), 0))
    assert "| `abc/<x>` | 1 → 0 | removed, 1 slide |" in report
    assert "### a\\`b\\|c/\\<x\\>" in report


def test_what_differs_is_outlined_and_what_lies_apart_gets_its_own_line() -> None:
    old, new = Image.new("RGB", (540, 675)), Image.new("RGB", (540, 675))
    new.paste((200, 0, 0), (20, 20, 40, 30))
    new.paste((0, 0, 200), (400, 600, 420, 610))
    assert boxes(old, new) == ((12, 12, 48, 36), (396, 600, 420, 612))
    stream = BytesIO()
    new.save(stream, "PNG")
    assert not boxes(new, Image.open(stream))
