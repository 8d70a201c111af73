"""Quiz questions: what is asked, what is told, and when; open questions and checklists."""

from pathlib import Path

import pytest

from generator.model import Slide
from tests.project import Project, pages

SECTION = "<!-- layout: section -->\n"
QUESTION = """Which one is right?

- [ ] the first
- [x] the second
- [ ] the third

Because it was said so."""
OPEN = "## Why is that?\n\nBecause it was said so, and nobody asked."
BARE = "What would you do?"
FRONT = "title: Quiz\ncover: false\noutro: false\nrecipe: quiz\nlang: en"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return an empty project."""
    return Project(tmp_path)


def joined(*posts: str) -> str:
    """Return posts as one body."""
    return "\n\n---\n\n".join(posts)


def slides(project: Project, body: str, front: str = FRONT) -> tuple[Slide, ...]:
    """Return the slides of a thread."""
    project.thread(front, body)
    return project.carousel().slides


def layouts(project: Project, body: str, front: str = FRONT) -> list[str]:
    """Return the layouts of a thread's slides."""
    return [slide.layout for slide in slides(project, body, front)]


def words(project: Project, body: str, front: str = FRONT) -> list[str]:
    """Return the words on each page, in one line."""
    project.thread(front, body)
    project.built()
    return [" ".join(page.split()) for page in pages(project.pdf())]


def codes(project: Project) -> list[str]:
    """Return what is told of the thread, as `place code`."""
    return [f"{one.location} {one.code}" for one in project.prepared().problems]


@pytest.mark.parametrize(
    ("body", "shape"),
    [
        (QUESTION, "quiz"),
        ("## Which one?\n\n- [x] a\n- [ ] b", "quiz"),
        ("## Three\n\nWhich one?\n\n1. [x] a\n2. [ ] b", "quiz"),
        ("To do:\n\n- [x] a\n- [ ] b", "checklist"),
        ("- [x] a\n- [ ] b", "checklist"),
        ("Which one?\n\n- a\n- b", "list"),
        ("Which one?\n\n- [x] a\n- b", "list"),
        (BARE, "question"),
        ("Think.\n\nWhat would you do?", "question"),
        ("## Then\n\nWhat would you do?", "question"),
        ("1. Why?\n2. What for?", "question"),
        ("Why? Because.", "statement"),
        (OPEN, "text"),
        ("# A part", "statement"),
        ("## No part", "statement"),
    ],
)
def test_what_a_post_asks_is_seen_from_its_markdown(
    project: Project, body: str, shape: str
) -> None:
    assert slides(project, body, "title: T\ncover: false\noutro: false")[0].shape == shape


def test_a_question_is_asked_first_and_answered_on_the_next_slide(project: Project) -> None:
    asked, told = words(project, QUESTION)
    assert "A the first B the second C the third" in asked
    assert "Because" not in asked
    assert "✓" not in asked
    assert "Because it was said so." in told
    first, second = slides(project, QUESTION)
    assert [item.checked for item in first.slots.items] == [False, False, False]
    assert [item.checked for item in second.slots.items] == [False, True, False]


@pytest.mark.parametrize(
    ("reveal", "expected"),
    [
        ("each", ["quiz", "quiz", "question", "answer", "question"]),
        ("end", ["quiz", "question", "question", "answer"]),
        ("none", ["quiz", "question", "question"]),
    ],
)
def test_answers_come_at_once_at_the_end_or_never(
    project: Project, reveal: str, expected: list[str]
) -> None:
    body = joined(QUESTION, OPEN, BARE)
    assert layouts(project, body, f"{FRONT}\nreveal: {reveal}") == expected
    hidden = [code for code in codes(project) if code.endswith("answers-hidden")]
    assert len(hidden) == (reveal == "none")


def test_the_key_holds_every_question_its_right_options_and_why(project: Project) -> None:
    several = QUESTION.replace("[ ] the third", "[x] the third[^1]") + "\n\n[^1]: A note."
    *_, key = words(project, joined(several, OPEN), f"{FRONT}\nreveal: end")
    for said in ("Answers", "Which one is right?", "B the second", "C the third", "Because it",
                 "Why is that?", "nobody asked.", "A note.", "/ 2"):  # fmt: skip
        assert said in key
    assert "the first" not in key


def test_the_key_stands_before_the_outro_unless_the_writer_places_it(project: Project) -> None:
    front = f"{FRONT}\nreveal: end".replace("outro: false", "outro: {title: Bye}")
    assert layouts(project, joined(QUESTION, "Words."), front)[-2:] == ["answer", "outro"]
    placed = f"{front}\nslides: [1, answers, 2]"
    assert layouts(project, joined(QUESTION, "Words."), placed) == ["quiz", "answer", "statement"]


def test_questions_are_counted_in_the_language_of_the_thread(project: Project) -> None:
    body = joined(QUESTION, QUESTION)
    assert "QUESTION 2 OF 2" in words(project, body)[2].upper()
    assert "FRAGE 2 VON 2" in words(project, body, FRONT.replace("en", "de"))[2].upper()
    assert "2/2" in words(project, body, FRONT.replace("lang: en", "lang: xx"))[2]
    assert "1 OF 1" not in words(project, QUESTION)[0].upper()


def test_a_quiz_in_a_plain_thread_is_a_quiz_as_well(project: Project) -> None:
    front = "title: T\ncover: false\noutro: false"
    assert layouts(project, joined(QUESTION, OPEN), front) == ["quiz", "quiz", "post"]


def test_a_question_without_a_right_option_is_told_with_its_place(project: Project) -> None:
    body = "Which?\n\n- [ ] a\n- [ ] b"
    assert layouts(project, body) == ["quiz"]
    assert codes(project) == ["content/talk.md:10:1 quiz-unanswered"]


def test_an_explanation_is_shown_even_if_no_option_is_right(project: Project) -> None:
    _, told = words(project, "Which?\n\n- [ ] a\n- [ ] b\n\nNeither of them.")
    assert "Neither of them." in told


def test_what_the_writer_chose_for_a_question_holds_for_both_its_slides(project: Project) -> None:
    body = f"<!-- kicker: Hard, layout: checklist -->\n{QUESTION}"
    made = slides(project, body)
    assert [slide.layout for slide in made] == ["checklist", "checklist"]
    assert [slide.kicker[0].text for slide in made] == ["Hard", "Hard"]


def test_thirty_options_have_letters_and_then_numbers(project: Project) -> None:
    options = "\n".join(f"- [{'x' if n == 29 else ' '}] option{n}" for n in range(30))
    found = " ".join(words(project, f"Which?\n\n{options}", f"{FRONT}\nreveal: none"))
    assert all(f"option{n}" in found for n in range(30))
    assert "A option0" in found


def test_two_questions_in_one_post_are_no_quiz(project: Project) -> None:
    assert layouts(project, f"{QUESTION}\n\n{QUESTION}") == ["post"]


def test_sections_are_numbered_if_there_are_several(project: Project) -> None:
    front = "title: T\ncover: false\noutro: false\nlang: en"
    made = slides(project, joined(f"{SECTION}# One", "Words.", f"{SECTION}# Two"), front)
    assert [(slide.layout, slide.number, slide.numbers) for slide in made] == [
        ("section", 1, 2),
        ("statement", 0, 0),
        ("section", 2, 2),
    ]


@pytest.mark.parametrize(("lang", "target"), [("ar", "story"), ("ja", "landscape")])
def test_a_quiz_fits_everywhere_in_every_direction(
    project: Project, lang: str, target: str
) -> None:
    long = QUESTION.replace("second", "second one, which has far more words than others, " * 3)
    front = FRONT.replace("lang: en", f"lang: {lang}\ntargets: [{target}]")
    project.thread(f"{front}\ntypography: {{body: 24}}", long)
    ended = project.build("--strict", "--files", "pdf")
    assert ended.code == 0, ended.err
