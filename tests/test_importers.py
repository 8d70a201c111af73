"""Foreign files are recognised, and their posts become Markdown that says the same words."""

# ruff: noqa: RUF001  (the texts are as people type them)

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator import intake
from generator.errors import GeneratorError, UsageError
from generator.importers import (
    Imported,
    ImportedPost,
    Importer,
    _markdown,
    candidates,
    importers,
    read,
    recognise,
    restructure,
)

FIXTURES = Path(__file__).parent / "fixtures" / "import"
SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not here")
STRUCTURE = {"paragraph", "inline", "heading", "bullet_list", "ordered_list", "list_item"}
STRUCTURE |= {"blockquote"}
MARKUP = [
    *("*", "**", "_", "__", "`", "``", "```", "~~", "~~~", "==", "===", "\\", "#", "##", "-", "--"),
    *(
        "---",
        "+",
        "1.",
        "2)",
        ">",
        "<",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "<br>",
        "&",
        "&amp;",
        "&#35;",
    ),
    *("[", "]", "(", ")", "[x]", "](", "![", "]:", "|", "|--|", ":--", "$", "!", ":::", "@_you"),
    *("word", "two", "a_b_c", "x*y", "4:5", "…", "👇", "é", "http://example.com", "\n", "\n\n"),
]


def seed(number: str) -> Imported:
    """Return a seed as imported."""
    path = next(SEEDS.glob(f"{number}_*"))
    return read(path.read_bytes(), path.name)[0]


def paragraphs(markdown: str) -> list[str]:
    """Return the words of each paragraph, and fail on anything that is no plain words."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.disable(["html_block", "html_inline"])
    found = []
    for token in parser.parse(markdown):
        assert token.type in {"paragraph_open", "inline", "paragraph_close"}, token.type
        if token.type == "inline":
            signs = token.children or []
            assert {sign.type for sign in signs} <= {"text", "hardbreak"}
            found.append("".join(sign.content or "\n" for sign in signs))
    return found


def cases() -> Iterator[tuple[str, str, str]]:
    """Yield name, input and output of each case of restructure.txt."""
    text = (FIXTURES / "restructure.txt").read_text("utf-8").partition(".cases\n")[2]
    for case in re.finditer(r"^(\S.*)\n\.\n(.*?)\n\.\n(.*?)\n\.$", text, re.MULTILINE | re.DOTALL):
        yield case[1], case[2], case[3]


@given(st.lists(st.sampled_from(MARKUP), max_size=14), st.sampled_from(["", " "]))
def test_markdown_of_plain_words_says_the_same_words(pieces: list[str], between: str) -> None:
    text = "\n".join(line.strip() for line in between.join(pieces).split("\n")).strip("\n")
    wanted = [part for part in re.split(r"\n{2,}", text) if part]
    assert paragraphs(_markdown.post(text)) == wanted


@given(st.lists(st.sampled_from(MARKUP), min_size=1, max_size=8))
def test_the_words_of_a_link_stay_words(pieces: list[str]) -> None:
    words = re.sub(r"\s+", " ", " ".join(pieces)).strip()
    assume(words)
    parsed = (
        MarkdownIt("commonmark")
        .disable("html_inline")
        .parseInline(
            _markdown.post(f"see {_markdown.LINK}!", [(words, "https://example.com/a_(b) c")])
        )
    )
    signs = parsed[0].children or []
    assert [sign.type for sign in signs] == ["text", "link_open", "text", "link_close", "text"]
    assert signs[2].content == words
    assert signs[1].attrs == {"href": "https://example.com/a_(b)%20c"}


@pytest.mark.parametrize(
    "text",
    [
        "Find me → @_you Every day",
        "snake_case and x_1 and __init",
        "2 * 3 * 4 and a lone * here",
        "x < 5 and <3 and a > b",
        "A & B; C&D, R&D; more",
        "a - b - c, 4:5, 1) inside a line, #tag",
        "see [1] and (2) and [x]!",
        "a == b, a = b, ~5 and ~/home",
        "C:\\path and a lone ` tick",
        "“Quoted” — it’s 7.6x… | piped",
    ],
)
def test_words_that_are_no_markup_are_not_escaped(text: str) -> None:
    assert _markdown.post(text) == text


def test_a_page_becomes_the_content_file_that_stands_beside_it() -> None:
    (imported,) = read((FIXTURES / "page.txt").read_bytes(), "page.txt")
    assert intake.render(imported) == (FIXTURES / "page.md").read_text("utf-8")
    assert [problem.code for problem in imported.problems] == ["mojibake-repaired"]


@pytest.mark.parametrize(("name", "before", "after"), [pytest.param(*c, id=c[0]) for c in cases()])
def test_restructuring(name: str, before: str, after: str) -> None:
    assert restructure.restructure(before) == after, name


@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                "The",
                "to",
                "It works.",
                "B:",
                ":",
                "-",
                "•",
                "❌",
                "✅",
                "1)",
                "Cold Soil:",
                "[",
                "](",
            ]
        ),
        max_size=14,
    )
)
def test_restructuring_never_changes_a_word(pieces: list[str]) -> None:
    markdown = _markdown.post(" ".join(pieces))
    rebuilt = restructure.restructure(markdown)
    assert restructure.words(rebuilt) == restructure.words(markdown)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(rebuilt)
    assert {
        token.type.removesuffix("_open").removesuffix("_close") for token in tokens
    } <= STRUCTURE
    assert {token.tag for token in tokens if token.type == "heading_open"} <= {"h2"}


@needs_seeds
@pytest.mark.parametrize(("number", "count"), [("000", 9), ("001", 9), ("003", 11)])
def test_the_seeds_give_all_their_posts(number: str, count: int) -> None:
    imported = seed(number)
    assert [post.id for post in imported.posts] == [f"cs-{n}" for n in range(1, count + 1)]
    raw = next(SEEDS.glob(f"{number}_*")).read_text("utf-8").split()
    assert restructure.words(imported.posts[-1].markdown)[0] in raw


@needs_seeds
def test_the_marked_and_the_unmarked_copy_hold_the_same_words() -> None:
    marked, unmarked = seed("000"), seed("001")
    assert [post.markdown for post in marked.posts] == [post.markdown for post in unmarked.posts]
    assert marked.author
    assert marked.author.handle.startswith("@")
    assert unmarked.author is None
    assert [problem.code for problem in unmarked.problems] == ["posts-unmarked"]


@needs_seeds
def test_posts_that_had_a_picture_wait_for_it() -> None:
    waiting = [n for n, post in enumerate(seed("003").posts, 1) if "wants" in post.settings]
    assert waiting == [2, 3, 7, 8, 9, 10]


@needs_seeds
def test_the_words_of_a_seed_are_all_there_in_order() -> None:
    imported = seed("000")
    raw = next(SEEDS.glob("000_*")).read_text("utf-8")
    cards = re.split(r"Drag Post #\d+\n.*\n@.*\n", raw)[1:]
    assert [post.markdown.split() for post in imported.posts] == [card.split() for card in cards]


@needs_seeds
def test_lost_lists_of_the_seeds_are_found() -> None:
    assert [restructure.flattened(seed(number)) for number in ("000", "001", "003")] == [4, 4, 7]
    rebuilt = restructure.restructured(seed("003")).posts
    assert rebuilt[0].markdown.endswith("1M tokens\n\nLet's understand how they extend the context"
                                        " length of LLMs:")  # fmt: skip
    assert rebuilt[8].markdown.count("\n- ") == 6
    assert rebuilt[8].markdown.endswith("HBM\n\nRepeat for all layers. Check this 👇")


def page(*cards: str) -> bytes:
    """Return a page's text with these cards."""
    return "\n".join(["Build Your Carousel", *cards]).encode()


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (
            page("Drag Post #1", "@you", "", "one", "Drag Post #3", "@you", "", "x"),
            "post-missing",
            0,
        ),
        (
            page("Drag Post #1", "@you", "", "one", "Drag Post #1", "@you", "", "x"),
            "post-doubled",
            0,
        ),
        (page("Drag Post #1", "@you", "", "one", "Drag Post #2", "@you", ""), "post-empty", 6),
        (
            page("Drag Post #1", "@you", "", "one", "Drag Post #2", "@me", "", "x"),
            "author-other",
            6,
        ),
    ],
)
def test_what_is_odd_about_a_page_is_told(content: bytes, code: str, line: int) -> None:
    (imported,) = read(content, "page.txt")
    (problem,) = imported.problems
    assert (problem.code, problem.location and problem.location.line) == (code, line)


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        (page("Drag Post #1", "Your Name", "@you", "", ""), "import-empty", "p.txt"),
        (b"Drag Post #1\n@you\n\nna\xefve", "encoding", "p.txt:4:3"),
        (b"", "import-empty", "p.txt"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "import-unknown", "p.txt"),
    ],
)
def test_a_page_that_cannot_be_read_is_an_error_with_its_place(
    content: bytes, code: str, place: str
) -> None:
    with pytest.raises(GeneratorError) as caught:
        read(content, "p.txt")
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.location)) == (code, place)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_page_is_read_however_it_was_saved(encoding: str, end: str) -> None:
    text = "Drag Post #1\nYour Name\n@you\n\nIt’s done → now\n".replace("\n", end)
    (imported,) = read(text.encode(encoding), "page.txt")
    assert imported.posts == (ImportedPost("cs-1", "It’s done → now"),)


def test_an_unknown_kind_names_the_known_ones() -> None:
    with pytest.raises(UsageError) as caught:
        read(b"", "page.txt", "carousel-studo")
    (problem,) = caught.value.problems
    assert problem.code == "import-kind-unknown"
    assert "did you mean `carousel-studio`?" in (problem.hint or "")


def test_a_file_that_could_be_of_two_kinds_names_both(monkeypatch: pytest.MonkeyPatch) -> None:
    known = importers() | {"twin": Importer("a twin", lambda *_: 0.95, lambda *_: ())}
    monkeypatch.setattr("generator.importers.importers", lambda: known)
    content = page("Drag Post #1", "", "one")
    assert [kind for kind, _ in candidates(content, "x")] == ["carousel-studio", "twin"]
    with pytest.raises(UsageError) as caught:
        recognise(content, "x")
    (problem,) = caught.value.problems
    assert "carousel-studio or twin" in problem.message
    assert "--from" in (problem.hint or "")


@given(st.binary(max_size=200), st.booleans())
def test_no_bytes_end_in_a_crash(noise: bytes, marked: bool) -> None:  # noqa: FBT001 (drawn)
    try:
        (imported,) = read((b"Drag Post #1\n\n" if marked else b"") + noise, "noise.txt")
    except GeneratorError:
        return
    assert imported.posts
