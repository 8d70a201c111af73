"""Posts of two to four pictures on one slide: none of them and none of their words is lost."""

from pathlib import Path

import pytest

from generator.content import blocks, shape_of, slots_of
from generator.errors import Location
from generator.model import Span
from tests.project import SVG, Project, alts, pages

HILL = "![A hill](hill.svg)"
LAKE = '![A lake](lake.svg "The lake")'
PLACE = Location("case.md", 1)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project with pictures of three forms."""
    project = Project(tmp_path)
    for name, size in {"hill": "400", "lake": "900", "tower": "200"}.items():
        project.file(f"content/{name}.svg", SVG.replace('width="400"', f'width="{size}"'))
    return project


@pytest.mark.parametrize(
    ("markdown", "shape"),
    [
        (f"{HILL}\n{LAKE}", "gallery"),
        (f"# Two\n\n{HILL}\n\n{LAKE}", "gallery"),
        (f"{HILL} {LAKE}\n\nA few words.", "gallery"),
        (f"{HILL}\n\n{LAKE}\n\n{HILL}\n\n{LAKE}", "gallery"),
        (f"{HILL}\n\nIn the evening\n\n{LAKE}\n\nAt noon", "gallery"),
        (HILL, "image"),
        (f"{HILL}\n\n" * 5, "text"),
        (f"{HILL}\n\n{LAKE}\n\n- one\n- two", "text"),
        (f"{HILL}\n\n{LAKE}\n\n{'word ' * 70}", "text"),
        (f"{HILL}\n\nA paragraph that is too long to be a caption of anything.\n\n{LAKE}", "text"),
    ],
)
def test_a_post_of_a_few_pictures_is_a_gallery(markdown: str, shape: str) -> None:
    assert shape_of(blocks(markdown, PLACE)) == shape


def said(spans: tuple[Span, ...]) -> str:
    """Return the words of spans."""
    return "".join(span.plain() for span in spans)


def test_a_short_paragraph_below_each_picture_is_its_caption() -> None:
    post = blocks(f"# Two\n\n{HILL}\n\nIn the evening\n\n{LAKE}\n\nAt noon", PLACE)
    captions = [said(shot.caption) for shot in slots_of(post, "gallery").shots]
    assert captions == ["In the evening", "At noon"]


def test_words_before_the_pictures_lead_and_words_after_them_follow() -> None:
    slots = slots_of(blocks(f"Before.\n\n{HILL}\n\n{LAKE}\n\nAfter.", PLACE), "gallery")
    assert said(slots.lead) == "Before."
    assert [block.plain() for block in slots.tail] == ["After."]


@pytest.mark.parametrize("target", ["linkedin", "linkedin-square", "story", "landscape"])
@pytest.mark.parametrize("count", [2, 3, 4])
def test_every_picture_and_caption_is_on_the_slide(
    project: Project, target: str, count: int
) -> None:
    shown = [HILL, LAKE, "![A tower](tower.svg)", "![Another hill](hill.svg)"][:count]
    front = f"cover: false\nfiles: [pdf]\ntargets: [{target}]"
    project.thread(front, "## Views\n\n" + "\n".join(shown))
    assert project.built("--strict").problems == []
    pdf = project.pdf(f"talk/{target}/talk.pdf")
    assert alts(pdf) == ["A hill", "A lake", "A tower", "Another hill"][:count]
    (page,) = pages(pdf)
    assert page.count("Views") == page.count("The lake") == 1


def test_the_layout_gallery_takes_any_post(project: Project) -> None:
    bodies = ["Words.", "- one\n- two", HILL, f"{HILL}\n{LAKE}\n" * 3]
    body = "\n\n---\n\n".join(f"<!-- layout: gallery -->\n{text}" for text in bodies)
    project.thread("cover: false", body)
    project.built()
    assert len(alts(project.pdf())) == 7


def test_a_gallery_with_large_type_still_shows_everything(project: Project) -> None:
    text = "Three sentences stand here. They are set in the largest type. Nothing of it is lost."
    body = f"## A long heading for two pictures\n\n{HILL}\n{LAKE}\n\n{text}"
    project.thread("cover: false\ntypography: {body: 24, title: 48}", body)
    project.built()
    assert set(alts(project.pdf())) == {"A hill", "A lake"}
