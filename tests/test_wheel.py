"""What a user gets from `pip install threadpress`: the wheel, tried in a fresh environment."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAX_BYTES = 25 * 1024 * 1024
TALK = """\
---
title: Notes travel further as pictures
author: {name: Your Name, handle: "@you"}
---
Write the thought down first. Its form can wait.

---

## What helps

- One idea a slide
- Words you would say aloud
"""


def called(*command: object, folder: Path, **extra: str) -> subprocess.CompletedProcess[str]:
    """Return how a command ended, run in `folder` without a way back to the checkout."""
    surroundings = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=surroundings | extra,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    ended = called(
        sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, folder=ROOT
    )
    assert ended.returncode == 0, ended.stderr
    (built,) = folder.glob("threadpress-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the bin/ of an environment with the wheel; the rest is borrowed, so no network."""
    home = tmp_path_factory.mktemp("fresh environment")
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    ended = called(
        sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check",
        "install", "--quiet", "--no-index", "--no-deps", wheel,
        folder=home,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    (site,) = home.glob("lib/python*/site-packages")
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return home / "bin"


def test_the_wheel_holds_the_looks_and_is_small(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    sources = [
        path.relative_to(ROOT).as_posix()
        for room in ("generator", "layouts", "themes")
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]

    for source in sources:
        inside = source if source.startswith("generator/") else f"generator/{source}"
        assert inside in names
    assert wheel.stat().st_size <= MAX_BYTES


def test_the_wheel_holds_nothing_but_the_package(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}

    assert {top for top in tops if not top.endswith(".dist-info")} == {"generator"}


def test_the_installed_command_runs_from_a_foreign_folder(installed: Path, tmp_path: Path) -> None:
    ended = called(installed / "threadpress", "--version", folder=tmp_path)
    where = called(
        installed / "python", "-c", "import generator; print(generator.__file__)", folder=tmp_path
    )

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("threadpress ")
    assert where.stdout.startswith(str(installed.parent))


def test_the_installed_command_builds_a_single_file(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "talk.md").write_text(TALK, "utf-8")

    ended = called(
        installed / "threadpress", "build", "talk.md", "-o", "talk.pdf",
        folder=tmp_path, XDG_CACHE_HOME=str(tmp_path / "cache"),
    )  # fmt: skip

    assert ended.returncode == 0, ended.stderr
    assert (tmp_path / "talk.pdf").read_bytes().startswith(b"%PDF-")
    assert "Traceback" not in ended.stderr
