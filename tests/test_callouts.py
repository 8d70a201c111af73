"""Callouts, definitions, footnotes, indices, tags: what a writer types, and what is shown."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import content
from generator.compose.ingredients.tags import marked
from generator.errors import Location
from generator.model import Block
from tests import content_cases
from tests.project import Project, pages

PLACE = Location("case.md", 1)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return an empty project."""
    return Project(tmp_path)


def only(text: str) -> Block:
    """Return the one block that a text is."""
    (block,) = content.blocks(text, PLACE)
    return block


def told(text: str) -> list[str]:
    """Return what is said of a body, as `line code`."""
    outcome = content_cases.outcome(f"---\ntitle: T\n---\n{text}\n")
    lines = [line.split() for line in outcome.splitlines() if line.startswith("! ")]
    return [f"{line[1].partition(':')[0]} {line[3]}" for line in lines]


def words(project: Project, body: str, front: str = "cover: false\nlang: en") -> list[list[str]]:
    """Return the words on each page of a thread's PDF, without its frame."""
    project.thread(f"title: T\noutro: false\n{front}", body)
    project.built()
    return [page.split() for page in pages(project.pdf())]


def shown(project: Project, body: str, front: str = "cover: false\nlang: en") -> str:
    """Return the words of a thread's first page in one line."""
    return " ".join(words(project, body, front)[0])


@pytest.mark.parametrize(
    ("text", "kind", "sign", "title", "body"),
    [
        ("> [!NOTE]\n> Words", "note", "", "", "Words"),
        ("> [!TIP] A title\n> Words", "tip", "", "A title", "Words"),
        ("> [!warning]- A **title**\n> Words\n> more", "warning", "", "A title", "Words more"),
        ("> [!CAUTION]\n>\n> Words", "caution", "", "", "Words"),
        ("> [!hint] Only a title", "tip", "", "Only a title", ""),
        (":::tip\nWords\n:::", "tip", "", "", "Words"),
        (":::danger A title\nWords\n:::", "danger", "", "A title", "Words"),
        ("::: success [A title]\nWords\n:::", "success", "", "A title", "Words"),
        ("<aside>\n💡 Words\n</aside>", "tip", "💡", "", "Words"),
        ("<aside>\n⚠️\n\nWords\n\n</aside>", "warning", "⚠️", "", "Words"),
        ("<aside> ✅ Words </aside>", "success", "✅", "", "Words"),
        ("<aside>\nWords\n</aside>", "note", "", "", "Words"),
    ],
)
def test_a_callout_is_written_as_github_docusaurus_or_notion_write_it(
    text: str, kind: str, sign: str, title: str, body: str
) -> None:
    block = only(text)
    inner = " ".join(each.plain() for each in block.blocks)
    said = "".join(span.plain() for span in block.spans)
    assert (block.kind, block.info, block.text, said, inner) == ("callout", kind, sign, title, body)


def test_a_callout_holds_blocks_and_other_callouts() -> None:
    block = only("::::note\n- a\n- b\n\n:::tip\nInner\n:::\n::::")
    assert [each.kind for each in block.blocks] == ["list", "callout"]


def test_what_only_begins_like_an_aside_holds_nothing() -> None:
    outcome = content_cases.outcome("<aside-\n\n---\n\n<!-- id: b -->\nTwo\n\n</aside>\n")
    assert [line for line in outcome.splitlines() if line[:1].isdigit()][1].startswith("2 ")


def test_a_rule_in_a_callout_starts_no_post_and_one_behind_it_does() -> None:
    outcome = content_cases.outcome(":::tip\nOne\n\n---\n\nTwo\n:::\n\n---\n\nThree\n")
    assert [line for line in outcome.splitlines() if line[:1].isdigit()] == [
        "1 callout",
        "2 statement",
    ]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (":::tip\nWords", ["4 callout-unclosed"]),
        ("Words\n\n<aside> 🎯\n\nWords", ["6 callout-unclosed"]),
        ("> [!NOTTE] Words", ["4 callout-unknown"]),
        (":::sermon\nWords\n:::", ["4 callout-unknown"]),
        (":::tip\nWords\n:::", []),
    ],
)
def test_a_callout_that_is_none_is_told_and_stays_as_it_was_typed(
    text: str, problems: list[str]
) -> None:
    assert told(text) == problems
    if problems:
        typed = text.removeprefix("> ").split()
        plain = " ".join(block.plain() for block in content.blocks(text, PLACE))
        assert plain.split() == typed


def test_a_callout_without_a_title_is_named_in_the_language_of_the_thread(
    project: Project,
) -> None:
    body = "> [!TIP]\n> Worte, die helfen."
    assert shown(project, body, "cover: false\nlang: de").startswith("Tipp Worte, die helfen.")
    assert shown(project, body, "cover: false\nlang: xx").startswith("Worte, die helfen.")


def test_an_aside_has_its_own_sign_and_no_word_of_ours(project: Project) -> None:
    assert shown(project, "<aside>\n💡 Words that help.\n</aside>").startswith("Words that help.")


def test_a_callout_beside_much_text_is_a_block_of_it(project: Project) -> None:
    long = "Words " * 70
    text = shown(project, f"{long.strip()}.\n\n> [!NOTE] Look\n> Here.")
    assert "Look Here." in text
    project.thread("cover: false", f"{long}\n\n> [!NOTE]\n> Here.")
    assert project.carousel().slides[0].layout == "post"


def test_a_long_callout_goes_on_under_its_title(project: Project) -> None:
    each = (f"Paragraph {n} has these twelve words in it, and not one more." for n in range(24))
    said = "\n>\n> ".join(each)
    found = words(project, f"> [!TIP] The title\n> {said}")
    assert len(found) > 1
    assert all(page[1:3] == ["The", "title"] for page in found)
    assert [word for page in found for word in page if word.isdigit()] == [*map(str, range(24))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Term\n: Meaning", "definitions(term() | meaning())"),
        ("A\n: One\n: Two\n\nB\n: Three\nand more", "A|One|Two|B|Three and more"),
        ("A\n\n: One", "A|One"),
    ],
)
def test_a_line_with_a_colon_below_a_term_is_its_meaning(text: str, expected: str) -> None:
    block = only(text)
    assert block.kind == "definitions"
    assert expected in (content_cases.blocks((block,)), "|".join(b.plain() for b in block.blocks))


@pytest.mark.parametrize("text", [": nothing above", "Two\nlines\n: then this", "A time: 4:5"])
def test_a_colon_that_explains_no_term_is_text(text: str) -> None:
    (block,) = content.blocks(text, PLACE)
    assert block.kind == "paragraph"
    assert block.plain().split() == text.split()


def test_one_term_in_bold_is_a_definition_and_its_colon_stays_in_the_text(
    project: Project,
) -> None:
    project.thread("cover: false", "**Recipe**: which slides there are.")
    assert project.carousel().slides[0].layout == "definition"
    assert shown(project, "**Recipe**: which slides there are.").startswith(
        "Recipe: which slides there are."
    )


def test_footnotes_stand_at_the_end_of_the_slide_that_uses_them(project: Project) -> None:
    notes = "[^a]: First note.\n[^b]: Second."
    body = f"One[^a] here.\n\n---\n\nTwo[^b] here, and one again[^a].\n\n{notes}"
    first, second = (" ".join(page) for page in words(project, body))
    assert "1 First note." in first
    assert "Second." not in first
    assert second.index("1 First note.") < second.index("2 Second.")


def test_a_post_that_is_split_shows_each_footnote_where_it_is_used(project: Project) -> None:
    signs = {0: "[^a]", 11: "[^b]"}
    paragraphs = [f"Paragraph {n}{signs.get(n, '')} " + "word " * 30 for n in range(12)]
    body = "\n\n".join(paragraphs) + "\n\n[^a]: Early note.\n[^b]: Late note."
    found = [" ".join(page) for page in words(project, body)]
    assert [("Early note." in page, "Late note." in page) for page in (found[0], found[-1])] == [
        (True, False),
        (False, True),
    ]
    assert sum("note." in page for page in found) == 2


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("Words.\n\n[^a]: Note.", ["6 footnote-unused"]),
        ("Words[^a].\n\n[^a]: Note.\n[^a]: Other.", ["7 footnote-duplicate"]),
    ],
)
def test_a_footnote_that_nobody_uses_is_told_and_shown(text: str, problems: list[str]) -> None:
    assert told(text) == problems
    plain = " ".join(block.plain() for block in content.blocks(text, PLACE))
    assert all(word in plain for word in text.replace("[^a]:", "").replace("[^a]", "").split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("H~2~O", "H<sub>2</sub>O"),
        ("x^2^ and y^n+1^", "x<sup>2</sup> and y<sup>n+1</sup>"),
        ("~5 to ~6", "~5 to ~6"),
        ("a ~b~ c", "a ~b~ c"),
        ("2^10 is 1024", "2^10 is 1024"),
        (r"H\~2\~O", "H~2~O"),
        ("~~gone~~", "~~gone~~"),
    ],
)
def test_indices_and_exponents_stand_right_behind_a_word(text: str, expected: str) -> None:
    assert content_cases.spans(content.inline(text)) == expected


@pytest.mark.parametrize(
    ("text", "special"),
    [
        ("Hi @you and @_me_too!", ["@you", "@_me_too"]),
        ("#one #2 #three3, a#b", ["#one", "#three3"]),
        ("mail me@example.com", []),
        ("see https://www.example.com/a_b.", ["https://www.example.com"]),
        ("C# and F#", []),
    ],
)
def test_mentions_hashtags_and_addresses_are_marked_and_never_changed(
    text: str, special: list[str]
) -> None:
    pieces = list(marked(text))
    assert [piece.striptags() for piece in pieces if hasattr(piece, "striptags")] == special
    assert "".join(getattr(piece, "striptags", lambda p=piece: p)() for piece in pieces) == text


SIGNS = st.sampled_from(
    ["> ", "[!NOTE]", ":::tip", ":::", "<aside>", "</aside>", "💡", "[^1]", "[^1]: ", ": ", "~2~",
     "^x^", "\n", "\n\n", "a", "word ", "- [ ] ", "?", "---\n", "**b** "]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(SIGNS, max_size=24).map("".join))
def test_no_mixture_of_signs_breaks_or_loses_a_word(body: str) -> None:
    blocks = content.blocks(body, PLACE)
    plain = " ".join(block.plain() for block in blocks)
    assert plain.count("word") == body.count("word")
    for shape in content.shape_names():
        content.slots_of(blocks, shape)
    assert content.join(content.cuts(blocks)) == content.join((blocks,))
