"""What a post needs beside its slides: caption, alt texts, transcript, manifest, and one zip."""

import hashlib
import json
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.project import SVG, Project
from tests.watching import watching

BODY = """
A first post with **bold** words.

---

## What it shows

![A grey field](field.svg)

1. **One:** first
2. **Two:** second
"""
FRONT = "title: The ==same== again\ntargets: [linkedin, instagram]\ncover: {kicker: A kicker}"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project of one thread for two targets."""
    made = Project(tmp_path / "project")
    made.file("content/field.svg", SVG)
    made.thread(FRONT, BODY)
    return made


def packed(project: Project, target: str = "linkedin") -> zipfile.ZipFile:
    """Return the zip of a target."""
    return zipfile.ZipFile(project.root / "output" / "talk" / target / f"talk-{target}.zip")


def manifest(project: Project, target: str = "linkedin") -> dict[str, Any]:
    """Return what a pack says of itself."""
    text = (project.root / "output" / "talk" / target / "manifest.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def test_a_target_gets_its_files_and_a_pack_of_all_that_its_post_needs(project: Project) -> None:
    project.built()
    assert project.everything == [
        "index.html",
        *(f"talk/instagram/0{number}.jpg" for number in (1, 2, 3)),
        "talk/instagram/alt.json",
        "talk/instagram/manifest.json",
        "talk/instagram/preview.jpg",
        "talk/instagram/talk-instagram.zip",
        "talk/instagram/transcript.md",
        "talk/linkedin/alt.json",
        "talk/linkedin/manifest.json",
        "talk/linkedin/preview.jpg",
        "talk/linkedin/talk-linkedin.zip",
        "talk/linkedin/talk.pdf",
        "talk/linkedin/transcript.md",
    ]


def test_a_zip_holds_the_files_in_upload_order_as_they_are_and_no_time(project: Project) -> None:
    project.built()
    with packed(project, "instagram") as archive:
        names = archive.namelist()
        assert names[:3] == ["01.jpg", "02.jpg", "03.jpg"]
        assert names[3:] == ["alt.json", "transcript.md", "manifest.json"]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        folder = project.root / "output" / "talk" / "instagram"
        assert all(archive.read(name) == (folder / name).read_bytes() for name in names)


def test_a_manifest_names_each_file_with_its_size_and_hash(project: Project) -> None:
    project.built()
    (pdf, *_) = manifest(project)["files"]
    content = project.pdf()
    assert pdf == {
        "name": "talk.pdf",
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def test_a_manifest_says_what_it_was_made_from_as_git_would(project: Project) -> None:
    project.thread("thread: talk.md", "", "again")
    project.built()
    path = project.root / "output" / "again" / "linkedin" / "manifest.json"
    named = json.loads(path.read_text("utf-8"))["sources"]
    assert [one["path"] for one in named] == ["content/again.md", "content/talk.md"]
    for one in named:
        asked = ["git", "hash-object", "--no-filters", str(project.root / one["path"])]
        said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
        assert one["blob"] == said.strip()


def test_an_alt_text_says_what_a_slide_says_and_shows(project: Project) -> None:
    project.built()
    path = project.root / "output" / "talk" / "instagram" / "alt.json"
    slides = json.loads(path.read_text("utf-8"))["slides"]
    assert slides[0] == {
        "slide": 1, "file": "01.jpg", "alt": "A kicker\nThe same again", "pictures": [],
    }  # fmt: skip
    assert slides[2]["alt"] == "What it shows\nA grey field\n1. One: first\n2. Two: second"
    assert slides[2]["pictures"] == ["A grey field"]


def test_a_transcript_has_every_slide_below_its_number(project: Project) -> None:
    project.built()
    path = project.root / "output" / "talk" / "linkedin" / "transcript.md"
    assert path.read_text("utf-8") == (
        "# The same again\n\n## 1\n\nA kicker\n\n### The ==same== again\n\n"
        "## 2\n\nA first post with **bold** words.\n\n"
        "## 3\n\n### What it shows\n\n[A grey field]\n\n1. **One:** first\n2. **Two:** second\n"
    )


def test_a_preview_shows_all_slides_side_by_side(project: Project) -> None:
    project.built()
    with Image.open(project.root / "output" / "talk" / "linkedin" / "preview.jpg") as picture:
        assert picture.size == (3 * 240, 300)


def caption(project: Project, target: str = "linkedin") -> str | None:
    """Return the caption of a target, if there is one."""
    path = project.root / "output" / "talk" / target / "caption.txt"
    return path.read_text("utf-8") if path.exists() else None


def test_a_caption_is_the_writers_own_for_all_targets_or_for_each(project: Project) -> None:
    project.thread(f"{FRONT}\ncaption: |\n  Read it. #words\n\n  Or not.", BODY)
    project.built()
    assert caption(project) == caption(project, "instagram") == "Read it. #words\n\nOr not.\n"
    project.thread(f"{FRONT}\ncaption: {{instagram: Look at it.}}", BODY)
    project.built()
    assert (caption(project), caption(project, "instagram")) == (None, "Look at it.\n")
    with packed(project) as archive:
        assert "caption.txt" not in archive.namelist()


def test_a_caption_for_a_target_that_is_not_there_is_told(project: Project) -> None:
    project.thread(f"{FRONT}\ncaption: {{linkdin: Oh.}}", BODY)
    told = project.build()
    assert told.code == 1
    assert "`linkedin`" in told.told("content/talk.md:5:11: error[target-unknown]")


def test_a_caption_that_is_too_long_is_told_and_never_cut(project: Project) -> None:
    words = "word " * 500 + "#a #b #c #d #e #f"
    project.thread(f"{FRONT}\ncaption: '{words}'", BODY)
    ended = project.built()
    assert ended.problems == [
        "content/talk.md:5:1: warning[caption-long]",
        "content/talk.md:5:1: warning[caption-hashtags]",
    ]
    told = ended.told("content/talk.md:5:1: warning[caption-long]")
    assert "2,517 characters; Instagram carousel takes 2,200" in told
    assert caption(project, "instagram") == f"{words}\n"


def test_x_weighs_a_caption(project: Project) -> None:
    project.thread(f"targets: x\nfiles: [pdf]\ncaption: {'日本' * 71}", "Words.")
    assert project.built().problems == ["content/talk.md:4:1: warning[caption-long]"]


def test_one_file_alone_has_no_pack(project: Project, tmp_path: Path) -> None:
    content, single = project.root / "content" / "talk.md", tmp_path / "talk.pdf"
    project.built(str(content), "-o", str(single))
    assert single.is_file()
    assert project.everything == []


def test_watch_writes_the_slides_at_once_and_the_pack_when_it_is_quiet(project: Project) -> None:
    with watching(project) as watch:
        before = manifest(project)
        project.thread(FRONT, BODY.replace("A first post", "Another post"))
        assert watch.shows("Another post")
        watch.rests()
        after = manifest(project)
        assert after != before
        assert after["files"][0]["sha256"] == hashlib.sha256(project.pdf()).hexdigest()


def test_a_pack_goes_with_its_target(project: Project) -> None:
    project.built()
    project.thread(FRONT.replace(", instagram", ""), BODY)
    project.built()
    assert not [path for path in project.everything if "instagram" in path]
