"""The seeds as real input: imported as they are, built in both themes, no word lost on the way."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from generator import raster
from generator.paginate import About
from tests.project import Project, fitter_of, pages, run

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not here")
CASES = {"s000": 9, "s001": 9, "s003": 11, "s003r": 11}
"""Posts of each content file; with a cover and the brand's outro they are two slides more."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a new content repo into which the seeds were imported."""
    root = tmp_path_factory.mktemp("seeds") / "posts"
    assert run("new", str(root)).code == 0
    project = Project(root)
    (root / "content" / "hello.md").unlink()
    for name in CASES:
        extra = ["--restructure"] if name.endswith("r") else []
        ended = project.run("import", str(seed(name[1:4])), "--as", name, *extra)
        assert ended.code == 0, ended.err
    return project


def seed(number: str) -> Path:
    """Return a seed's file."""
    return next(SEEDS.glob(f"{number}_*"))


@pytest.mark.parametrize("theme", ["night", "paper"])
def test_seeds_become_carousels_that_lose_no_word(
    project: Project, theme: str, tmp_path: Path
) -> None:
    ended = project.build("--theme", theme, "-o", str(tmp_path))
    assert ended.code == 0, ended.err
    assert not re.search(r"(error|warning)\[", ended.err), ended.err
    for name, posts in CASES.items():
        text = pages((tmp_path / name / "linkedin" / f"{name}.pdf").read_bytes())
        assert len(text) == posts + 2
        there, at = squeezed(" ".join(text[1:])), 0
        for word in words(project, name):
            found = there.find(word, at)
            assert found >= 0, f"{word!r} of {name} is not there: {there[at : at + 200]!r}"
            at = found + len(word)
    assert "Your" not in pages((tmp_path / "s000/linkedin/s000.pdf").read_bytes())[0]


@pytest.mark.parametrize(("thread", "cards"), [("15", 5), ("14", 5)])
def test_the_formulas_of_a_pasted_note_look_as_when_somebody_looked(
    tmp_path: Path, same_picture: Callable[[Image.Image, str], None], thread: str, cards: int
) -> None:
    project = Project(tmp_path)
    project.file("threadpress.yaml", "")
    assert project.run("import", str(seed("002")), "--thread", thread, "--as", "note").code == 0
    carousel = project.carousel("note", theme="night")
    fitter = fitter_of(carousel)
    fitted = fitter.deck(carousel.slides)
    shown = [n for n, one in enumerate(fitted) if one.slide.layout == "formula"]
    blocks = [block for n in shown for block in fitted[n].slide.blocks if block.kind == "math"]
    assert len(blocks) == cards
    pdf = fitter.press.write([one.laid.page for one in fitted], About("Note", "en"), 1)
    for number, picture in enumerate(raster.pages(pdf, 270, which=shown), 1):
        same_picture(picture, f"note-{thread}-{number}")


def words(project: Project, name: str) -> list[str]:
    """Return the words of a content file's posts as a PDF would have them; emoji are pictures."""
    posts = [slide for slide in project.carousel(name).slides if slide.kind == "post"]
    assert len(posts) == CASES[name]
    text = " ".join(block.plain() for slide in posts for block in slide.blocks)
    found = [squeezed(word) for word in text.split() if any(sign.isalnum() for sign in word)]
    assert len(found) > 300
    return found


def squeezed(text: str) -> str:
    """Return a text without spaces, breaks, hyphens and quotes."""
    return re.sub("[\\s\u00ad\ufffe\u0002\"'\u2018-\u201d-]", "", text)
