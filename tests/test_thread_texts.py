"""The carousel as text again: a thread of plain posts for X, and an article in Markdown."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.exporters.txt import MOST, RULE, posts
from generator.lengths import weight
from tests.project import SVG, Project

LINK = "https://example.com/" + "a-long-path/" * 30
TEXT = st.text("ab cd.! 日本。\n👍", max_size=900)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project without a thread yet."""
    return Project(tmp_path / "project")


def text(project: Project, kind: str = "txt") -> str:
    """Return the text that was made of the thread."""
    project.built("--files", kind)
    return (project.root / "output" / "talk" / "linkedin" / f"thread.{kind}").read_text("utf-8")


def test_each_post_is_a_post_again(project: Project) -> None:
    project.thread(
        "title: A title\ncover: {subtitle: Below it}\noutro: {title: The end, lines: [Repost it]}",
        "One **bold** word.\n\nAnd more.\n\n---\n\n- a\n- b\n\n---\n\n"
        "[A link](https://x.org/a) here.",
    )
    assert text(project).split(RULE) == [
        "A title\n\nBelow it",
        "One bold word.\n\nAnd more.",
        "• a\n• b",
        "A link https://x.org/a here.",
        "The end\n\nRepost it\n",
    ]


def test_a_cover_that_only_repeats_the_first_words_is_no_post(project: Project) -> None:
    project.thread("", "Why does it hang? Nobody knows.\n\n---\n\nMore.")
    assert text(project).split(RULE) == ["Why does it hang? Nobody knows.", "More.\n"]


def test_posts_are_numbered_where_that_is_asked_for(project: Project) -> None:
    project.thread("counter: true\ncover: false", "One.\n\n---\n\nTwo.")
    assert text(project) == "One.\n\n1/2\n\n---\n\nTwo.\n\n2/2\n"


def test_a_number_counts_towards_the_limit(project: Project) -> None:
    project.thread("counter: true\ncover: false", "word " * 56 + "end")
    found = text(project).strip().split(RULE)
    assert [post.rpartition("\n")[2] for post in found] == ["1/2", "2/2"]
    assert all(weight(post) <= MOST for post in found)


def test_a_long_post_is_cut_between_paragraphs_first() -> None:
    assert posts(["a" * 200, "b" * 79, "c" * 200]) == ["a" * 200, "b" * 79, "c" * 200]
    assert posts(["a" * 200, "b" * 78, "c" * 200]) == ["a" * 200 + "\n\n" + "b" * 78, "c" * 200]


def test_then_between_lines_then_sentences_and_in_halves_of_about_the_same_length() -> None:
    assert posts(["• " + "a" * 150 + "\n• " + "b" * 150]) == ["• " + "a" * 150, "• " + "b" * 150]
    sentence = "This sentence has forty-one letters in it. "
    cut = posts([(sentence * 8).strip()])
    assert cut == [(sentence * 4).strip()] * 2


def test_a_link_weighs_23_and_is_never_cut() -> None:
    (post,) = posts([f"See {LINK} for more."])
    assert LINK in post
    found = posts(["word " * 50 + f"({LINK}) and then some more words"])
    assert sum(LINK in one for one in found) == 1


def test_letters_of_china_and_japan_weigh_two_and_may_be_parted_anywhere() -> None:
    found = posts(["日" * 200])
    assert [len(post) for post in found] == [100, 100]
    found = posts([("日" * 30 + "。") * 6])
    assert all(post.endswith("。") for post in found)


def test_one_word_that_is_longer_than_a_post_stays_whole() -> None:
    assert posts(["x" * 400]) == ["x" * 400]


@given(TEXT)
def test_no_post_is_too_heavy_and_no_letter_is_lost(said: str) -> None:
    paragraphs = [part for part in said.split("\n\n") if part.strip()]
    found = posts(paragraphs)
    assert "".join("".join(found).split()) == "".join("".join(paragraphs).split())
    longest = max((weight(word) for word in said.split()), default=0)
    assert all(weight(post) <= max(MOST, longest) for post in found)


def test_an_article_has_the_cover_as_its_title_and_posts_between_rules(project: Project) -> None:
    project.file("content/pic.svg", SVG)
    project.thread(
        "title: A ==lit== title\ncover: {subtitle: Below it}",
        "## A part\n\nWords.\n\n---\n\n<!-- image: {src: pic.svg, alt: Grey} -->\nMore.",
    )
    assert text(project, "md") == (
        "# A ==lit== title\n\nBelow it\n\n---\n\n## A part\n\nWords.\n\n---\n\n"
        "![Grey](pic.svg)\n\nMore.\n"
    )


@pytest.mark.parametrize("reveal", ["each", "end", "none"])
def test_an_article_is_the_same_thread_again(project: Project, reveal: str) -> None:
    project.file("content/pic.svg", SVG)
    body = (
        '# A heading\n\nWords.\n\n---\n\n![Grey](pic.svg "Below it")\n\n---\n\n'
        "Which?\n\n- [x] this\n- [ ] that\n\n---\n\n"
        "| Day | Cups |\n| --- | --- |\n| Mon | 4 |\n| **Tue** | 3 |\n{chart=column}\n"
    )
    project.thread(f"title: A title\nreveal: {reveal}", body)
    known = "- [x] this" if reveal != "none" else "- [ ] this"
    assert text(project, "md") == f"# A title\n\n---\n\n{body}".replace("- [x] this", known)


def test_the_answers_of_a_quiz_stand_with_their_question(project: Project) -> None:
    body = "Which?\n\n- [ ] this\n- [x] that\n\nBecause."
    for reveal in ("each", "end"):
        project.thread(f"title: A title\nreveal: {reveal}", body)
        assert text(project, "md") == f"# A title\n\n---\n\n{body}\n"


def test_words_below_a_picture_and_above_code_are_words_of_a_post(project: Project) -> None:
    project.file("content/pic.svg", SVG)
    code = '```py title="app.py"\nx = 1\n```'
    project.thread("cover: false", f'![Grey](pic.svg "Below it")\n\n---\n\n{code}')
    assert text(project).split(RULE) == ["Below it", "app.py\nx = 1\n"]


def test_without_a_cover_an_article_has_its_title_all_the_same(project: Project) -> None:
    project.thread("title: A title\ncover: false", "Words.")
    assert text(project, "md") == "# A title\n\n---\n\nWords.\n"


def test_texts_are_no_pictures_that_a_platform_could_refuse(project: Project) -> None:
    project.thread("targets: tiktok", "Words.")
    assert project.built("--files", "txt,md").problems == []
    assert project.built("--files", "png").problems == ["content/talk.md:1: warning[files-refused]"]


def test_a_single_file_is_made_by_its_suffix(project: Project, tmp_path: Path) -> None:
    project.thread("cover: false", "Words.")
    project.built(str(project.root / "content" / "talk.md"), "-o", str(tmp_path / "a.txt"))
    assert (tmp_path / "a.txt").read_text("utf-8") == "Words.\n"
