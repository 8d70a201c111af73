"""The one script: what it says on a machine that lacks something."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WITHOUT_ENSUREPIP = "import sys\nsys.modules['ensurepip'] = None\n"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return a checkout in a folder with a space in its name, as far as `dev` needs one."""
    folder = tmp_path / "a clone"
    shutil.copytree(ROOT / "generator" / "cli", folder / "generator" / "cli")
    for name in ("dev", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def dev(folder: Path, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """Return how `./dev` ended in `folder`."""
    return subprocess.run(
        ["./dev", *arguments],
        cwd=folder,
        env=os.environ | extra,
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_names_every_command(clone: Path) -> None:
    ended = dev(clone)

    assert ended.returncode == 0
    for name in ("carousels", "test", "lint", "fmt", "docs", "lock", "setup", "help"):
        assert f"\n  {name} " in ended.stdout


def test_a_command_that_is_none_is_a_usage_error(clone: Path) -> None:
    ended = dev(clone, "carousel")

    assert ended.returncode == 2
    assert "no command named carousel" in ended.stderr


def test_an_interpreter_that_is_none_is_named(clone: Path) -> None:
    ended = dev(clone, "setup", PYTHON="/nowhere/python3")

    assert ended.returncode == 3
    assert "/nowhere/python3" in ended.stderr
    assert not (clone / ".venv").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="this is about Debian")
def test_where_nothing_may_be_installed_the_exact_command_is_told(
    clone: Path, tmp_path: Path
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "sitecustomize.py").write_text(WITHOUT_ENSUREPIP, "utf-8")
    for name in ("apt-get", "sudo"):  # both refuse
        (tools / name).write_text("#!/bin/sh\nexit 100\n", "utf-8")
        (tools / name).chmod(0o755)

    ended = dev(
        clone,
        "carousels",
        PYTHON=sys.executable,
        PYTHONPATH=str(tools),
        PATH=f"{tools}{os.pathsep}{os.environ['PATH']}",
    )

    assert ended.returncode == 3
    assert "apt-get install -y --no-install-recommends python3-venv" in ended.stderr
    assert not (clone / ".venv").exists()


def test_what_a_setup_was_for_is_remembered(clone: Path) -> None:
    python = clone / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    version = subprocess.run([python, "-V"], capture_output=True, text=True, check=True).stdout
    inputs = (clone / "requirements.lock").read_bytes() + (clone / "pyproject.toml").read_bytes()
    summed = subprocess.run(["cksum"], input=inputs, capture_output=True, check=True).stdout
    (clone / ".venv" / "set-up-for").write_text(f"{clone}\n{version}{summed.decode()}", "utf-8")

    ended = dev(clone, "setup", PIP_NO_INDEX="1")

    assert (ended.returncode, ended.stderr) == (0, "All is set up.\n")
