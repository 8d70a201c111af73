"""Recipes that sort posts into parts, and the ones that there are: nothing lost, nothing added."""

from pathlib import Path

import pytest

from generator.library import builtin_root
from generator.model import Slide
from tests.project import Project, pages

POSTS = """## Answer

It keeps what it was asked. Then it forgets, and all that it was asked has to be asked once more.

---

## ⚠️ Limits & Caveats

It forgets too late. Nobody notices, and so it goes on as if nothing at all had happened.

---

## Follow-up 1: What belongs to a key?

All that the answer depends on, and nothing else.

---

## Key ideas

- Keep it short
- Keep it true

---

Which is it?

- [x] this
- [ ] that

So it is.

---

# A part

---

1. Why this?
2. Why that?
"""
NAMES = sorted(path.stem for path in builtin_root().glob("layouts/_recipes/*.yaml"))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return an empty project."""
    return Project(tmp_path)


def plain(slide: Slide) -> str:
    """Return a slide in short: its layout, its kicker, its heading or lead."""
    kicker, heading = (
        "".join(span.plain() for span in run)
        for run in (slide.kicker, slide.slots.heading or slide.slots.lead)
    )
    return f"{slide.layout}: {kicker + ' / ' if kicker else ''}{heading}"


def made(project: Project, recipe: str, body: str = POSTS) -> list[str]:
    """Return the slides that a recipe gives, in short."""
    project.thread(f"title: What is it?\nrecipe: {recipe}\noutro: {{title: Bye}}", body)
    return [plain(slide) for slide in project.carousel().slides]


def told(project: Project) -> list[str]:
    """Return what is told of the thread, as `place code`."""
    return [f"{one.location} {one.code}" for one in project.prepared().problems]


def recipe(project: Project, text: str) -> None:
    """Write a recipe of the user's own."""
    project.file("layouts/_recipes/own.yaml", text)


def test_an_interview_turns_known_headings_into_kickers(project: Project) -> None:
    assert made(project, "interview") == [
        "question: What is it?",
        "post: Answer / It keeps what it was asked.",
        "post: ⚠️ Limits & Caveats / It forgets too late.",
        "post: Follow-up 1: / What belongs to a key?",
        "list: Key ideas",
        "quiz: Which is it?",
        "quiz: Which is it?",
        "statement: A part",
        "question: ",
        "outro: Bye",
    ]


def test_a_lesson_ends_with_its_quiz_and_the_answers(project: Project) -> None:
    found = made(project, "lesson")
    assert found[-3:] == ["quiz: Which is it?", "answer: ", "outro: Bye"]
    assert "summary: Key ideas" in found


def test_tips_are_counted(project: Project) -> None:
    body = "What helps?\n\n---\n\nSit down.\n\n---\n\n## Write\n\nEvery day, a little."
    project.thread("title: T\nrecipe: tips\nlang: en\ncover: false\noutro: false", body)
    counted = [(slide.number, slide.numbers) for slide in project.carousel().slides]
    assert counted == [(0, 0), (1, 2), (2, 2)]
    project.built()
    assert "TIP 2 OF 2" in " ".join(list(pages(project.pdf()))[2].split()).upper()


def test_a_recap_shows_every_list_as_a_summary(project: Project) -> None:
    assert "summary: Key ideas" in made(project, "recap")


@pytest.mark.parametrize("name", NAMES)
def test_no_recipe_loses_a_word_or_adds_one(project: Project, name: str) -> None:
    front = f"title: T\nrecipe: {name}\ncover: false\noutro: false\nlang: xx"
    project.thread(front, POSTS)
    project.built()
    shown = " ".join(" ".join(pages(project.pdf())).split()).casefold()
    for line in POSTS.splitlines():
        words = line.lstrip("#-0123456789. ").removeprefix("[x] ").removeprefix("[ ] ")
        words = words.replace("⚠️", "").replace(":", "").casefold()
        assert all(word in shown for word in words.split()), line
    assert not [code for code in told(project) if code.endswith("post-unused")]


def test_parts_stand_where_slides_names_them_and_posts_gives_the_others(project: Project) -> None:
    recipe(project, "parts:\n  keys: {heading: [key ideas]}\nslides: [keys, posts]")
    found = made(project, "own")
    assert found[0] == "list: Key ideas"
    assert found[1] == "post: Answer"
    assert found.count("list: Key ideas") == 1


def test_a_part_gives_a_layout_and_a_kicker_unless_the_post_says_otherwise(
    project: Project,
) -> None:
    recipe(
        project,
        "parts:\n  all: {shape: [text, list], layout: post, kicker: Look}\nslides: [all]",
    )
    body = "<!-- kicker: Mine, layout: list -->\n- a\n- b\n\n---\n\n- c\n- d"
    assert made(project, "own", body) == ["list: Mine / ", "post: Look / "]


def test_a_part_may_be_the_first_or_the_last_post(project: Project) -> None:
    recipe(
        project,
        "parts:\n  end: {place: last}\n  start: {place: first, shape: [quote]}\n"
        "slides: [end, posts]",
    )
    assert made(project, "own", "One.\n\n---\n\nTwo.") == ["statement: Two.", "statement: One."]


def test_posts_that_a_recipe_leaves_out_are_told(project: Project) -> None:
    recipe(project, "slides: [cover, 1]")
    made(project, "own", "One.\n\n---\n\nTwo.")
    assert told(project) == ["content/talk.md:10:1 post-unused"]


def test_a_heading_begins_with_a_word_not_with_a_part_of_one(project: Project) -> None:
    recipe(project, "parts:\n  limits: {heading: [limit], layout: quote}\nslides: [posts]")
    assert made(project, "own", "## Limitless\n\nOne word more.") == ["post: Limitless"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("slides: [cover, keyz]\nparts:\n  keys: {shape: [list]}", "post-unknown"),
        ("slides: [posts]\nparts:\n  keys: {layout: papper}", "layout-unknown"),
        ("slides: [posts]\nlayouts: {list: papper}", "layout-unknown"),
        ("slides: [posts]\nparts:\n  keys: {shap: [list]}", "key-unknown"),
        ("slides: [posts]\nreveal: later", "value-invalid"),
        ("slides: [{psot: 1}]", "key-unknown"),
    ],
)
def test_what_a_recipe_gets_wrong_is_told_with_its_file(
    project: Project, text: str, code: str
) -> None:
    recipe(project, text)
    project.thread("recipe: own", "Words.")
    (problem,) = project.prepared().problems
    assert problem.code == code
    assert str(problem.location).startswith("layouts/_recipes/own.yaml")
