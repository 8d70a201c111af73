"""Counters and 🧵👇 are left out on request, are named, and no other word goes with them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import content
from generator.model import Thread
from generator.settings.schema import SLIDE_KEYS
from tests.project import Project, words

SOME = ["How we did it 🧵👇\n\n1/3", "2/3 It was\nlate.", "We went home. (3/3)"]


def thread(*posts: str) -> Thread:
    """Return a thread of posts in Markdown."""
    body = "\n\n---\n\n".join(posts)
    source = content.load(f"\n{body}\n".encode(), "content/x.md", "/x/content/x.md", "x")
    return content.read(source, SLIDE_KEYS)


def left(*posts: str) -> list[str]:
    """Return the words of each post without noise."""
    return [post.plain() for post in content.cleaned(thread(*posts)).thread.posts]


def test_counters_and_signs_are_left_out_and_named() -> None:
    cleaned = content.cleaned(thread(*SOME))
    assert [post.plain() for post in cleaned.thread.posts] == [
        "How we did it",
        "It was late.",
        "We went home.",
    ]
    assert cleaned.left_out == ("🧵👇", "1/3", "2/3", "(3/3)")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Look at this 👇🏽", "Look at this"),
        ("Seven lessons. A thread 🧵:", "Seven lessons. A thread 🧵:"),
        ("Seven lessons. A thread: 🧵", "Seven lessons."),
        ("Seven lessons (a thread 🧵)", "Seven lessons"),
        ("🧵 Thread: seven lessons", "seven lessons"),
        ("Seven lessons\\\n🧵👇", "Seven lessons"),
        ("The *end* ⬇️", "The end"),
        ("## Seven lessons 🧵\n\nOf a year", "Seven lessons\nOf a year"),
        ("The thread of a screw", "The thread of a screw"),
        ("Go 👇 there", "Go 👇 there"),
        ("`🧵👇`", "`🧵👇`".strip("`")),
    ],
)
def test_signs_go_from_the_ends_of_paragraphs_only(written: str, kept: str) -> None:
    assert left(written, "Then more.") == [kept, "Then more."]


@pytest.mark.parametrize(
    "posts",
    [
        ["We are open 24/7", "Every day"],
        ["1/2 cup of milk", "1/2 cup of rice", "Stir"],
        ["On 9/11 we met", "Then 10/11 came"],
        ["🧵👇", "More"],
        ["1/2", "2/2"],
    ],
    ids=["24/7", "cups", "amid words", "nothing else", "nothing but counters"],
)
def test_what_only_looks_like_noise_stays(posts: list[str]) -> None:
    assert left(*posts) == posts
    assert not content.cleaned(thread(*posts)).left_out


@pytest.mark.parametrize("form", ["{}/3", "{}/", "({}/3)", "[{}/3]", "{}/n", "{}/3:", "🧵 {}/3"])
def test_counters_of_every_form_go(form: str) -> None:
    posts = [f"{form.format(number)} Some words" for number in (1, 2, 3)]
    assert left(*posts) == ["Some words"] * 3


def test_counters_may_begin_behind_the_first_post() -> None:
    assert left("A hook", "1/ One", "2/ Two") == ["A hook", "One", "Two"]


def test_a_title_that_was_taken_from_the_posts_is_clean_too() -> None:
    assert content.cleaned(thread("# Lessons 🧵👇\n\nOne", "Two")).thread.title == "Lessons"
    found = content.cleaned(thread("1/2 What went wrong? 🧵", "2/2 All of it"))
    assert found.thread.title == "What went wrong?"


@given(st.lists(st.text("a1/2 🧵👇*_\n#->()", max_size=30), min_size=1, max_size=5))
def test_no_letter_is_ever_lost(posts: list[str]) -> None:
    whole = thread(*(f"a{post}" for post in posts))
    found = content.cleaned(whole)
    assert len(found.thread.posts) == len(whole.posts)
    for before, after in zip(whole.posts, found.thread.posts, strict=True):
        assert before.plain().count("a") == after.plain().count("a")


def test_it_happens_on_request_only_in_a_file_or_for_the_whole_project(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.thread("files: [pdf]\ncover: false", "\n\n---\n\n".join(SOME))
    ended = project.built()
    assert "1/3" in words(project.pdf())
    assert "noise" not in ended.err
    project.thread("files: [pdf]\ncover: false\nclean: true", "\n\n---\n\n".join(SOME))
    ended = project.built()
    assert "1/3" not in words(project.pdf())
    assert ended.told("content/talk.md:4:1: info[noise-removed]") == (
        "left out: `🧵👇`, `1/3`, `2/3`, `(3/3)`"
    )
    project.thread("files: [pdf]\ncover: false", "\n\n---\n\n".join(SOME))
    project.file("threadpress.yaml", "clean: true\n")
    project.built()
    assert "1/3" not in words(project.pdf())
