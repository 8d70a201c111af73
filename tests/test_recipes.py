"""From a thread to its slides: cover, posts and outro, or as the writer arranged them."""

from pathlib import Path

import pytest

from generator.model import Slide
from tests.project import SVG, Project

THREE = "First words.\n\n---\n\n<!-- id: x-2 -->\nSecond words.\n\n---\n\nThird words."
OUTRO = "outro: {title: Bye, lines: [Save it]}"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project with a picture."""
    project = Project(tmp_path)
    project.file("content/hill.svg", SVG)
    return project


def shown(slide: Slide) -> str:
    """Return a slide in short: its kind, its layout, its words."""
    words = " / ".join(block.plain() for block in slide.blocks)
    heading = "".join(span.plain() for span in slide.slots.heading)
    kind = slide.kind if slide.kind != "post" else ",".join(map(str, slide.posts)) or "text"
    return f"{kind} {slide.layout}: {words or heading}"


def slides(project: Project, front: str, body: str = THREE) -> list[str]:
    """Return the slides of a thread in short."""
    project.thread(front, body)
    return [shown(slide) for slide in project.carousel().slides]


def infos(project: Project) -> list[str]:
    """Return what is told of a thread, as `place code`."""
    return [f"{problem.location} {problem.code}" for problem in project.prepared().problems]


POSTS = ["1 statement: First words.", "2 statement: Second words.", "3 statement: Third words."]


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("title: Hi", ["cover cover: Hi", *POSTS]),
        (f"title: Hi\n{OUTRO}", ["cover cover: Hi", *POSTS, "outro outro: Bye"]),
        ("cover: false", POSTS),
        (f"cover: false\n{OUTRO}", [*POSTS, "outro outro: Bye"]),
        ("cover: false\noutro: false\nbrand: sample", POSTS),
        ("cover: false\noutro: {}", POSTS),
        ("cover: false\noutro: {lines: []}", POSTS),
        ("cover: {title: Else}", ["cover cover: Else", *POSTS]),
    ],
    ids=["no outro set", "an outro", "no cover", "no cover, an outro", "the brand's outro refused",
         "an empty outro", "an outro without lines", "a title for the cover alone"],
)  # fmt: skip
def test_a_thread_gives_a_cover_its_posts_and_an_outro(
    project: Project, front: str, expected: list[str]
) -> None:
    assert slides(project, front) == expected


@pytest.mark.parametrize(
    ("arranged", "expected"),
    [
        ("[cover, 1, 2, 3]", ["cover cover: First words.", *POSTS]),
        ("[3, 1]", [POSTS[2], POSTS[0]]),
        ("[1, 1]", [POSTS[0], POSTS[0]]),
        ("[x-2]", [POSTS[1]]),
        ("['2']", [POSTS[1]]),
        ("[{post: x-2}]", [POSTS[1]]),
        ("[{posts: [1, x-2]}]", ["1,2 post: First words. / Second words."]),
        ("[posts]", POSTS),
        ("[1, {text: 'A **new** line'}]", [POSTS[0], "text statement: A new line"]),
        ("[{post: 1, layout: quote}]", ["1 quote: First words."]),
        ("[{layout: image, image: hill.svg}]", ["text image: "]),
        ("[{post: 1, image: hill.svg}]", ["1 image-text: First words."]),
        ("[1, outro]", [POSTS[0]]),
    ],
)
def test_the_writer_arranges_posts_into_slides(
    project: Project, arranged: str, expected: list[str]
) -> None:
    assert slides(project, f"slides: {arranged}") == expected


def test_posts_that_an_arrangement_leaves_out_are_only_told(project: Project) -> None:
    project.thread("slides: [cover, 2]", THREE)
    assert infos(project) == ["content/talk.md:4:1 post-unused", "content/talk.md:13:1 post-unused"]


def test_a_recipe_leaves_out_no_post_and_tells_nothing(project: Project) -> None:
    project.thread("title: Hi", THREE)
    assert infos(project) == []


def test_an_entry_wins_over_the_posts_comment_and_the_comment_over_the_front_matter(
    project: Project,
) -> None:
    project.thread(
        "pattern: grid\nalign: left\nslides: [{post: 1, pattern: glow}, 1, 2]",
        "<!-- pattern: dots, align: center, kicker: New -->\nFirst.\n\n---\n\nSecond.",
    )
    found = [
        (slide.pattern and slide.pattern.name, slide.align, len(slide.kicker))
        for slide in project.carousel().slides
    ]
    assert found == [("glow", "center", 1), ("dots", "center", 1), ("grid", "left", 0)]


def test_joined_posts_take_each_others_settings_the_later_ones_first(project: Project) -> None:
    project.thread(
        "slides: [{posts: [1, 2]}]",
        "<!-- pattern: dots, align: center -->\nOne.\n\n---\n\n<!-- pattern: grid -->\nTwo.",
    )
    (slide,) = project.carousel().slides
    assert slide.pattern
    assert (slide.pattern.name, slide.align, slide.posts) == ("grid", "center", (1, 2))


def test_a_picture_that_is_still_to_come_is_listed_and_no_box_is_drawn(project: Project) -> None:
    project.thread(body="<!-- wants: picture -->\nWords.\n\n---\n\nMore.")
    (slide, _) = [slide for slide in project.carousel().slides if slide.kind == "post"]
    assert slide.image is None
    assert infos(project) == ["content/talk.md:4:1 picture-to-come"]
    project.thread(
        "slides: [{post: 1, image: hill.svg}, 2]",
        "<!-- wants: picture -->\nWords.\n\n---\n\nMore.",
    )
    assert infos(project) == []


def test_pictures_lie_beside_the_file_that_names_them(project: Project) -> None:
    project.file("content/deep/index.md", "![A hill](own.svg)\n")
    project.file("content/deep/own.svg", SVG)
    project.file("themes/_brands/acme/brand.yaml", "outro: {title: Bye, image: bye.svg}")
    project.file("themes/_brands/acme/bye.svg", SVG)
    project.file("threadpress.yaml", "brand: acme\ncover: {image: shared/cover.svg}")
    project.file("shared/cover.svg", SVG)
    slides = project.carousel("deep/index").slides
    files = [Path(image.file) for slide in slides if (image := slide.image or slide.slots.image)]
    assert [file.relative_to(project.root).as_posix() for file in files] == [
        "shared/cover.svg", "content/deep/own.svg", "themes/_brands/acme/bye.svg",
    ]  # fmt: skip


def test_another_files_posts_come_with_author_language_and_pictures(project: Project) -> None:
    project.file("content/deep/own.svg", SVG)
    project.file(
        "content/deep/index.md",
        "---\ntitle: One\nauthor: {name: Your Name}\nlang: de\ntheme: paper\n---\n"
        "<!-- image: own.svg, pattern: dots -->\nWords.\n\n---\n\n![A hill](own.svg)\n",
    )
    project.file("content/again.md", "---\nthread: deep/index.md\ncover: {image: hill.svg}\n---\n")
    carousel = project.carousel("again")
    images = [slide.image or slide.slots.image for slide in carousel.slides]
    assert [image and Path(image.file).name for image in images] == [
        "hill.svg", "own.svg", "own.svg",
    ]  # fmt: skip
    assert (carousel.speaker, carousel.lang, carousel.theme.name) == ("Your Name", "de", "night")
    assert carousel.title == "Words."


def test_the_frame_shows_the_author_else_the_brand(project: Project) -> None:
    project.file("themes/_brands/acme/brand.yaml", "name: Acme\nhandle: '@acme'\navatar: a.svg")
    project.file("themes/_brands/acme/a.svg", SVG)
    project.thread("brand: acme")
    one = project.carousel()
    project.thread("brand: acme\nauthor: {name: Your Name}")
    other = project.carousel()
    assert (one.speaker, one.handle, Path(one.avatar).name) == ("Acme", "@acme", "a.svg")
    assert (other.speaker, other.handle, other.avatar) == ("Your Name", "", "")


@pytest.mark.parametrize(
    ("front", "body", "title"),
    [
        ("title: Said", "# Heading\n\nWords.", "Said"),
        ("lang: en", "# Heading\n\nWords.", "Heading"),
        ("lang: en", "Why is that so? Because.", "Why is that so?"),
        ("lang: en", "Short words first. And more.", "Short words first."),
        ("lang: en", "Without an end " * 12, "My talk"),
    ],
)
def test_a_title_is_said_or_a_heading_or_the_hook_or_the_name(
    project: Project, front: str, body: str, title: str
) -> None:
    project.thread(front, body, "my-talk")
    carousel = project.carousel("my-talk")
    assert carousel.title == title
    assert "".join(span.plain() for span in carousel.slides[0].slots.heading) == title


def test_words_of_an_outro_find_their_icons(project: Project) -> None:
    project.thread(
        "outro: {lines: [Repost this, Save it, Follow @you, Something else,"
        " {text: Call, icon: phone}]}"
    )
    lines = project.carousel().slides[-1].slots.lines
    assert [line.icon for line in lines] == [
        "repost", "bookmark", "user-plus", "arrow-right", "phone",
    ]  # fmt: skip


def test_more_slides_than_a_platform_takes_are_an_error(project: Project) -> None:
    entries = ", ".join(["1"] * 301)
    project.thread(f"slides: [{entries}]")
    prepared = project.prepared()
    assert prepared.carousels == ()
    assert [problem.code for problem in prepared.problems] == ["slides-many"]
