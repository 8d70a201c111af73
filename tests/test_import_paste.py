"""A pasted thread is parted where its numbers or rules say, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import importers
from generator.errors import GeneratorError
from generator.importers import _prose
from tests.imports import said, words

texts = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=40)


def posts(text: str) -> list[str]:
    """Return the posts of a paste as one line each."""
    (imported,) = importers.read(text.encode(), "paste.txt", "paste")
    return [" ".join(post) for post in words(imported)]


@pytest.mark.parametrize(
    "text",
    [
        "1/ One\n\n2/ Two\n\n3/ Three",
        "1/3 One\n\n2/3 Two\n\n3/3 Three",
        "1/n One\n\n2/n Two\n\n3/n Three",
        "(1/3) One\n(2/3) Two\n(3/3) Three",
        "[1/3] One\n\n[2/3] Two\n\n[3/3] Three",
        "1) One\n\n2) Two\n\n3) Three",
        "1/3: One\n2/3: Two\n3/3: Three",
        "One 1/3\n\nTwo 2/3\n\nThree 3/3",
        "One\n(1/3)\n\nTwo\n(2/3)\n\nThree\n(3/3)",
        "One\n\n---\n\nTwo\n\n---\n\nThree",
        "One\n***\nTwo\n***\nThree",
        "One\n\n🧵\n\nTwo\n\n🧵\n\nThree",
        "One\n\n\n\nTwo\n\n\n\nThree",
        "One\r\n\r\n\r\n\r\nTwo\r\n\r\n\r\n\r\nThree\r\n",
        "One\n\n1/ Two\n\n2/ Three",
        "Slide 1: One\n\nSlide 2: Two\n\nSlide 3: Three",
        "Tweet 1/3\nOne\n\nTweet 2/3\nTwo\n\nTweet 3/3\nThree",
        "**Slide 1:** One\n\n**Slide 2: Two**\n\n**Slide 3**\nThree",
    ],
)
def test_a_paste_is_parted_and_recognised(text: str) -> None:
    assert importers.recognise(text.encode(), "paste.txt") == "paste"
    assert posts(text) == ["One", "Two", "Three"]


def test_the_spool_stays_with_its_words() -> None:
    assert posts("🧵 1/2 Why slides?\n\n2/2 Because.") == ["🧵 Why slides?", "Because."]
    assert posts("Why slides? 🧵\n\n1/ Because.\n\n2/ So.") == ["Why slides? 🧵", "Because.", "So."]


@pytest.mark.parametrize(
    "text",
    [
        "We have 24/7 support.\n\nReally.",
        "1/2 cup of sugar\n\n3/4 cup of milk",
        "1) one\n2) two\n3) three",
        "2/ Two\n\n3/ Three",
        "Slide 1 is red.\n\nSlide 2 is green.",
        "just words",
        "",
    ],
)
def test_what_is_no_thread_is_not_taken_for_one(text: str) -> None:
    assert "paste" not in dict(importers.candidates(text.encode(), "paste.txt"))


def test_without_signs_each_paragraph_is_a_post_if_that_is_asked_for() -> None:
    (imported,) = importers.read(b"One\n\nTwo", "paste.txt", "paste")
    assert words(imported) == [["One"], ["Two"]]
    assert [problem.code for problem in imported.problems] == ["posts-unmarked"]


@pytest.mark.parametrize("content", [b"", b"\n\n---\n\n", b"  "])
def test_a_paste_without_words_says_so(content: bytes) -> None:
    with pytest.raises(GeneratorError) as caught:
        importers.read(content, "paste.txt", "paste")
    assert caught.value.problems[0].code == "import-empty"


def test_lists_of_a_post_are_lists_and_its_markup_is_words() -> None:
    text = "1/ Take:\n• one *thing*\n• [x] two\n\n2/ Then:\n1. # a\n2. b\n3. <b>\n✅ yes\n❌ no"
    (imported,) = importers.read(text.encode(), "paste.txt")
    first, second = (post.markdown for post in imported.posts)
    assert first == "Take:\n\n- one \\*thing\\*\n- \\[x] two"
    assert second == "Then:\n\n1. \\# a\n2. b\n3. \\<b>\n\n- ✅ yes\n- ❌ no"


def test_a_second_list_that_counts_from_one_again_keeps_its_numbers() -> None:
    assert _prose.markdown("1. a\n2. b\n\n1. c\n2. d") == "1. a\n2. b\n\n1\\. c\\\n2\\. d"


LINES = [
    "- a",
    "- b",
    "• c",
    "1. d",
    "2. e",
    "3) f",
    "✅ g",
    "❌ h",
    "i",
    "",
    "> j",
    "# k",
    "[x] l",
]


@given(st.lists(st.sampled_from(LINES) | texts, max_size=9))
def test_every_word_of_a_post_is_in_its_markdown(lines: list[str]) -> None:
    text = "\n".join(line.strip() for line in lines)
    if not text.strip():
        return
    content = f"1/ Begin\n{text}\n\n2/ End".encode()
    found = importers.read(content, "paste.txt", "paste")[0]
    if found.problems or len(found.posts) != 2:
        return
    assert words(found)[0] == ["Begin", *said(text.replace("\ufffc", ""))]


@given(st.binary(max_size=120))
def test_no_bytes_end_in_a_crash(noise: bytes) -> None:
    try:
        found = importers.read(b"1/ one\n\n2/ " + noise, "noise.txt", "paste")
    except GeneratorError:
        return
    assert found[0].posts


def test_a_page_of_carousel_studio_with_numbered_headings_is_no_paste() -> None:
    text = "Drag Post #1\n\n1) Salt\n\nDrag Post #2\n\n2) Fat\n"
    assert importers.recognise(text.encode(), "page.txt") == "carousel-studio"
