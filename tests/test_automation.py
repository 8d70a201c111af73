"""What surrounds the command: hooks, the action, the image, completion. They say what is true."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from click.shell_completion import ShellComplete

from generator import packages
from generator.cli import _libraries, threadpress
from tests.project import Project, run

ROOT = Path(__file__).parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = [step for step in ACTION["runs"]["steps"] if "run" in step]
APT = re.compile(r"apt-get (?:-qq )?install -y --no-install-recommends ([^\n&\\]+)")
PAGE = (ROOT / "docs" / "automation.md").read_text("utf-8")


def wanted() -> set[str]:
    """Return the packages that hold what WeasyPrint loads."""
    return set(packages.line(_libraries.NAMES, "apt").partition("recommends ")[2].split())


def options(name: str) -> set[str]:
    """Return the options of a command."""
    command = threadpress.get_command(click.Context(threadpress), name)
    assert command is not None, name
    return {option for param in command.params for option in param.opts}


def test_the_image_installs_what_doctor_would_name_and_git() -> None:
    (line,) = APT.findall((ROOT / "Dockerfile").read_text("utf-8"))
    assert set(line.split()) == wanted() | {"git"}


def test_the_image_copies_what_there_is_and_runs_as_nobody_special() -> None:
    text = (ROOT / "Dockerfile").read_text("utf-8")
    let_in = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE))
    copied = {
        name
        for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE)
        for name in line.split()
    }
    assert copied == let_in
    assert all((ROOT / name).exists() for name in copied)
    last = text.rpartition("\nFROM ")[2]
    assert last.index("\nUSER threadpress") < last.index("\nENTRYPOINT")


@pytest.mark.parametrize("file", ["Dockerfile", "action.yml"])
def test_image_and_action_take_every_version_that_is_locked(file: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    (script,) = re.findall(r"sed -nE '([^']+)'", text)
    lock = ROOT / "requirements.lock"
    pinned = subprocess.run(
        ["sed", "-nE", script, lock], capture_output=True, text=True, check=True
    )
    lines = re.findall(r"^[A-Za-z0-9].*==.*", lock.read_text(), re.MULTILINE)
    assert [line.rstrip(" \\") for line in lines] == [
        line.strip() for line in pinned.stdout.splitlines()
    ]


def test_the_action_installs_what_doctor_would_name() -> None:
    (line,) = APT.findall(next(step["run"] for step in STEPS if step["name"] == "Install"))
    assert set(line.split()) == wanted()


@pytest.mark.parametrize("step", STEPS, ids=[step["name"] for step in STEPS])
def test_a_step_of_the_action_is_sound_and_runs_nothing_that_a_stranger_wrote(
    step: dict[str, Any],
) -> None:
    assert "${{" not in step["run"], "values come in by the environment, never as code"
    checked = subprocess.run(
        [shutil.which("shellcheck", path=Path(sys.executable).parent) or "shellcheck", "-s", "bash",
         "-e", "SC2016", "-"],
        input=f"set -eo pipefail\n{step['run']}",
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert not checked.stdout
    for name, rest in re.findall(r"\bthreadpress (build|check|diff)\b([^|\n]*)", step["run"]):
        assert set(re.findall(r"(?<!\S)--?[a-z][\w-]*", rest)) <= options(name)


def test_the_example_of_a_workflow_gives_inputs_that_there_are() -> None:
    blocks = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    (workflow,) = [one for one in map(yaml.safe_load, blocks) if "jobs" in one]
    (ours,) = [one for one in workflow["jobs"]["build"]["steps"] if "threadpress@" in one["uses"]]
    assert set(ours["with"]) <= set(ACTION["inputs"])
    for name in ACTION["inputs"]:
        assert f"`{name}`" in PAGE


def _compare(project: Project, script: str, **extra: str) -> str:
    """Run a step of the action in a repo, with our command on the path; return the outputs."""
    outputs = project.root.parent / "outputs"
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    surroundings = {"PATH": path, "GITHUB_OUTPUT": str(outputs), "RUNNER_TEMP": str(outputs.parent),
                    "GITHUB_SHA": "abc", "GITHUB_SERVER_URL": "https://example.org",
                    "GITHUB_REPOSITORY": "you/posts", "NUMBER": "7", "BRANCH": "",
                    **extra}  # fmt: skip
    subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],
        cwd=project.root,
        env=os.environ | surroundings,
        check=True,
    )
    return outputs.read_text()


def test_the_action_compares_a_merge_with_what_it_goes_into_and_pushes_pictures(
    tmp_path: Path,
) -> None:
    remote, project = tmp_path / "remote.git", Project(tmp_path / "posts")
    project.thread("title: A talk\ncover: false", "First words.")
    git = [
        "git",
        "-C",
        str(project.root),
        "-c",
        "user.name=you",
        "-c",
        "user.email=you@example.org",
    ]
    for command in ("init -q -b main", "add -A", "commit -q -m one", f"init -q --bare {remote}",
                    f"remote add origin {remote}"):  # fmt: skip
        subprocess.run([*git, *command.split()], check=True)
    project.thread("title: A talk\ncover: false", "Other words.")
    subprocess.run([*git, "commit", "-q", "-a", "-m", "two"], check=True)
    steps = {step["name"]: step["run"] for step in STEPS}
    said = _compare(project, steps["Compare"], BRANCH="slides")
    review = tmp_path / "review"
    assert said.strip() == f"folder={review}"
    place = "7/abc/talk-linkedin.jpg"
    assert (
        f"](https://example.org/you/posts/raw/slides/{place})" in (review / "report.md").read_text()
    )
    for _ in range(2):  # the second time the branch is there
        _compare(
            project, steps["Keep the pictures in a branch"], BRANCH="slides", REVIEW=str(review)
        )
    pushed = ["git", "-C", str(remote), "ls-tree", "-r", "--name-only", "slides"]
    assert subprocess.check_output(pushed, text=True).split() == [place]
    state = subprocess.check_output([*git, "status", "--porcelain", "-uno"], text=True)
    assert not state


def test_the_hooks_are_what_pre_commit_takes_and_run_commands_that_there_are() -> None:
    manifest = ROOT / ".pre-commit-hooks.yaml"
    subprocess.run([sys.executable, "-m", "pre_commit", "validate-manifest", manifest], check=True)
    for hook in yaml.safe_load(manifest.read_text()):
        assert hook["entry"].split()[1] in threadpress.list_commands(click.Context(threadpress))
        assert hook["id"] in PAGE


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_what_a_shell_takes(shell: str) -> None:
    ended = run("completion", shell)
    assert ended.code == 0
    assert "_THREADPRESS_COMPLETE" in ended.out
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=ended.out, text=True, check=True)


def completed(arguments: list[str], begun: str) -> list[str]:
    """Return what a shell would be offered."""
    asked = ShellComplete(threadpress, {}, "threadpress", "_THREADPRESS_COMPLETE")
    return [item.value for item in asked.get_completions(arguments, begun)]


def test_commands_options_and_names_of_looks_are_completed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(tmp_path)
    project.file("threadpress.yaml", "theme: paper\n")
    project.file("themes/nightfall/theme.yaml", "extends: night\ntitle: Nightfall\n")
    monkeypatch.chdir(tmp_path)
    assert "diff" in completed([], "di")
    assert "--exit-code" in completed(["diff"], "--ex")
    assert {"night", "night/light", "nightfall"} <= set(completed(["build", "--theme"], "night"))
    assert "instagram" in completed(["build", "--target"], "insta")
    assert completed(["build", "--files"], "pdf,p") == ["pdf,png", "pdf,pptx"]
    assert completed(["gallery", "--layout"], "stat") == ["stat", "statement", "stats"]
    assert completed(["new"], "th") == ["th", "thread", "theme"]  # a path, or what `new` makes
    assert completed(["explain"], "contrast-l") == ["contrast-l", "contrast-locked", "contrast-low"]
    assert completed(["explain"], "") == [""]
    assert completed(["schema"], "th") == ["threadpress", "theme"]
    assert completed(["theme", "export"], "nightf") == ["nightfall", "nightfall/light"]
    assert "bluesky" in completed(["import", "--from"], "blue")


def test_branches_and_tags_are_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Project(tmp_path).file("threadpress.yaml", "")
    monkeypatch.chdir(tmp_path)
    assert completed(["diff"], "") == []  # no repository
    who = ("-c", "user.name=Your Name", "-c", "user.email=you@example.org")
    first = (*who, "commit", "-q", "--allow-empty", "-m", "First")
    for asked in (("init", "-q", "-b", "trunk"), first):
        subprocess.run(["git", *asked], check=True)
    assert completed(["diff"], "t") == ["trunk"]


def test_a_broken_project_is_completed_in_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "threadpress.yaml").write_text("theme: [\n")
    monkeypatch.chdir(tmp_path)
    assert completed(["build", "--theme"], "n") == []
