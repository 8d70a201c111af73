"""The same content gives the same bytes: in any folder, by any number of workers, under any sky."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project import SVG, Project, png
from tests.trees import tree

ROOT = Path(__file__).parents[1]
BODY = """
The first sentence leads. **Bold**, *soft*, ==marked==, `code` and a [link](https://example.com) 🚀.

---

- ❌ Before: a wall
- ✅ After: a door

---

![A grey field](p.svg)

---

![A smaller one](q.png)

Its words.

---

> Said — and written.
>
> — somebody

---

1. **One:** first
2. **Two:** second

---

| a | b |
|---|---|
| c | ü |
"""
FRONT = "title: The same, again\nbrand: sample\noutro: {lines: [Repost it], link: 'https://x.org'}"
SKIES = (
    {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Pacific/Kiritimati", "LANG": "C"},
    {"PYTHONHASHSEED": "4242", "LC_ALL": "C.UTF-8", "TZ": "America/Anchorage", "COLUMNS": "40"},
)


def built(root: Path, sky: dict[str, str], *arguments: str) -> dict[str, bytes]:
    """Return the files that a build by a process of its own wrote."""
    project = Project(root)
    settings = "targets: [linkedin, story]\nfiles: [pdf, jpeg, png, webp]\ncaption: Read it.\n"
    project.file("threadpress.yaml", settings)
    for name in ("first", "second"):
        project.thread(f"theme: {'night' if name == 'first' else 'paper'}\n{FRONT}", BODY, name)
    project.file("content/p.svg", SVG)
    project.file("content/q.png", png())
    around = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(root), **sky}
    command = [sys.executable, "-m", "generator", "build", *arguments]
    ended = subprocess.run(command, cwd=root, env=around, capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr.decode()
    return tree(root / "output")


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which one worker has built."""
    root = tmp_path_factory.mktemp("here")
    built(root, SKIES[0], "-j", "1")
    return root


def test_another_folder_hash_seed_locale_zone_and_more_workers_change_no_byte(
    here: Path, tmp_path: Path
) -> None:
    files = tree(here / "output")
    there = built(tmp_path / "a longer way" / "zu ändern", SKIES[1], "-j", "4")
    assert there.keys() == files.keys()
    assert [name for name in files if files[name] != there[name]] == []
    suffixes = {".pdf", ".jpg", ".png", ".webp", ".json", ".md", ".txt", ".zip", ".html"}
    assert {Path(name).suffix for name in files} == suffixes


def test_no_file_says_where_or_when_it_was_made(here: Path) -> None:
    for name, content in tree(here / "output").items():
        for trace in (here.name.encode(), b"pytest", b"CreationDate", b"/ModDate"):
            assert trace not in content, name


def test_building_all_anew_changes_no_byte(here: Path) -> None:
    files = tree(here / "output")
    assert built(here, SKIES[1], "--force") == files
