"""Content files become threads: every case of tests/fixtures/content, and what no case can show."""

import random
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import content
from generator.errors import GeneratorError, Location
from generator.model import Block, Slots, Source, Span
from tests import content_cases
from tests.content_cases import KEYS, Case

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
MARKS = re.compile("[❌✗✘✖👎✅✓✔👍\N{VARIATION SELECTOR-16}]")
FILES = sorted(path.name for path in content_cases.ROOM.glob("*.md"))


def _cases() -> Iterator[Case]:
    for file in FILES:
        yield from content_cases.cases(file)


@pytest.mark.parametrize("case", list(_cases()), ids=lambda case: case.name)
def test_a_fixture_gives_what_it_says(case: Case) -> None:
    outcome = content_cases.outcome(case.given)
    assert outcome == case.expected, f"what came:\n\n{outcome}\n"


def _source(text: str, path: str = "case.md", slug: str = "case") -> Source:
    return content.load(text.encode(), path, f"/project/{path}", slug)


def _one(text: str) -> Block:
    (block,) = content.blocks(text, Location("case.md", 1))
    return block


def _pieces(text: str) -> list[str]:
    pieces = content.cuts(content.blocks(text, Location("case.md", 1)))
    return [content_cases.blocks(piece) for piece in pieces]


def _codes(text: str) -> list[str]:
    with pytest.raises(GeneratorError) as told:
        content.read(_source(text), KEYS)
    return [problem.code for problem in told.value.problems]


def test_the_author_source_and_language_come_from_the_front_matter() -> None:
    text = (
        '---\nauthor: {name: Your Name, handle: "@you"}\nsource: {kind: x}\nlang: de\n---\nWords.\n'
    )
    thread = content.read(_source(text), KEYS)
    assert thread.author is not None
    assert (thread.author.name, thread.author.handle) == ("Your Name", "@you")
    assert (thread.source, thread.lang, thread.folder) == ({"kind": "x"}, "de", "/project")


def test_a_setting_keeps_its_place_in_the_file() -> None:
    comment = "<!--\nlayout: quote\npattern: {name: dots}\n-->"
    text = f"---\ntitle: T\n---\n\nOne.\n\n---\n\n{comment}\nTwo.\n"
    post = content.read(_source(text), KEYS).posts[1]
    assert post.places[("pattern", "name")] == Location("case.md", 11, 11)
    assert post.location.line == 9
    assert post.blocks[0].line == 13


def test_another_files_thread_brings_its_posts_author_and_language() -> None:
    front = "title: Theirs\ntheme: night\nlang: fr\nauthor: Your Name"
    text = f"---\n{front}\n---\nIs it?\n\n---\n\nTwo.\n"
    other = content.load(text.encode(), "a/other.md", "/project/a/other.md", "a/other")
    own = _source("---\nthread: a/other.md\n---\n\n", slug="second")
    thread = content.reused(own, other, KEYS)
    assert [post.plain() for post in thread.posts] == ["Is it?", "Two."]
    assert (thread.title, thread.title_from, thread.lang) == ("Is it?", "hook", "fr")
    assert thread.author is not None
    assert thread.folder == "/project/a"


def test_another_files_thread_may_have_a_title_of_its_own() -> None:
    own = _source("---\nthread: other.md\ntitle: Mine\n---\n")
    thread = content.reused(own, _source("# Theirs\n\nWords.\n"), KEYS)
    assert (thread.title, len(thread.posts[0].blocks)) == ("Mine", 1)


def test_a_file_that_shows_another_thread_has_no_posts_of_its_own() -> None:
    own = _source("---\nthread: other.md\n---\n\nWords.\n")
    with pytest.raises(GeneratorError) as told:
        content.reused(own, _source("Words."), KEYS)
    assert told.value.problems[0].code == "thread-body"
    assert told.value.problems[0].location == Location("case.md", 5, 1)


def test_threads_are_not_passed_on_in_a_chain() -> None:
    own = _source("---\nthread: other.md\n---\n")
    with pytest.raises(GeneratorError) as told:
        content.reused(own, _source("---\nthread: third.md\n---\n"), KEYS)
    assert told.value.problems[0].code == "thread-chain"
    assert told.value.problems[0].location == Location("case.md", 2, 1)


def test_what_would_hang_the_build_is_refused() -> None:
    assert _codes("> " * 200 + "deep") == ["nesting-too-deep"]
    assert _codes("- " * 200 + "deep") == ["nesting-too-deep"]
    assert _codes("<u>" * 200 + "deep" + "</u>" * 200) == ["nesting-too-deep"]
    assert _codes("*a " * 200 + "deep" + " b*" * 200) == ["nesting-too-deep"]
    assert _codes("x" * 5_001) == ["word-too-long"]
    assert _codes("\n\n---\n\n".join(["Words."] * 301)) == ["posts-too-many"]


@pytest.mark.parametrize(
    "text", ["==a ", "<u> ", "** ", "[a]( ", "` ", "<!-- a --> ", "a. ", "> a\n"]
)
def test_signs_without_end_are_read(text: str) -> None:
    assert content.read(_source(text * 5_000 + "\n\nend"), KEYS).posts[0].plain().endswith("end")


def test_one_line_of_markdown_has_spans() -> None:
    assert content_cases.spans(content.inline("A ==key== word")) == "A ==key== word"
    assert content.inline("# no heading") == (Span("text", "# no heading"),)


def test_the_text_of_a_slide_has_blocks_at_its_place() -> None:
    found = content.blocks("One\n\n- two", Location("case.md", 7, 3))
    assert [(block.kind, block.line) for block in found] == [("paragraph", 7), ("list", 9)]


def test_entries_keep_their_numbers_when_a_list_is_cut() -> None:
    assert _pieces("3. One\n4. Two") == ["3(One)", "4(Two)"]


def test_rows_keep_the_head_of_their_table_when_it_is_cut() -> None:
    rows = _pieces("| a |\n|---|\n| b |\n| c |")
    assert rows == ["table(row(a) | row(b))", "table(row(a) | row(c))"]


def test_a_heading_and_a_colon_stay_with_what_follows() -> None:
    assert _pieces("One.\n\n## Two\n\nAs follows:\n\n- three\n- four") == [
        "One.",
        "## Two | As follows: | list(three)",
        "list(four)",
    ]


def test_an_attribution_stays_with_what_precedes() -> None:
    assert _pieces("> One.\n>\n> Two.\n>\n> — You") == ["quote(One.)", "quote(Two. | — You)"]


def test_long_code_is_cut_at_blank_lines() -> None:
    code = "\n\n".join("\n".join(f"line {n}.{m}" for m in range(5)) for n in range(3))
    assert len(_pieces(f"```\n{code}\n```")) == 3
    assert len(_pieces("```\n" + "line\n" * 12 + "```")) == 1
    assert len(_pieces("```\n" + "line\n" * 13 + "```")) == 13


def test_a_sentence_beyond_all_measure_is_cut_at_a_pause() -> None:
    pieces = _pieces(", ".join(["one two three four five"] * 40) + ".")
    assert len(pieces) > 4
    assert all(piece.endswith((",", ".")) for piece in pieces)


def test_a_continued_comparison_has_the_one_side_that_is_there() -> None:
    slots = content.slots_of((_one("✅ Senior: looks first."),), "comparison")
    assert [(side.mark, content_cases.spans(side.title)) for side in slots.sides] == [
        ("good", "Senior:")
    ]


def test_the_posts_of_the_first_seed_are_read_as_a_designer_would() -> None:
    posts = _seed("000_4dac8226c036ae7d.txt")
    shapes = [content.shape_of(blocks) for blocks in posts]
    assert shapes == ["text"] * 5 + ["comparison"] + ["text"] * 3
    leads = [
        content_cases.spans(content.slots_of(b, s).lead) for b, s in zip(posts, shapes, strict=True)
    ]
    assert all(leads)
    assert leads[4] == "The metric that saves you: Perplexity."
    sides = content.slots_of(posts[5], "comparison").sides
    assert [(side.mark, content_cases.spans(side.title)) for side in sides] == [
        ("bad", "Junior:"),
        ("good", "Senior:"),
    ]
    framework = content.slots_of(posts[3], "text").body
    assert [block.plain().partition(":")[0] for block in framework] == [
        "Emergent Abilities",
        "Fine-tuned Models",
        "Multi-lingual Tasks",
        "Chain-of-Thought Reasoning",
    ]


@pytest.mark.parametrize("seed", ["000_4dac8226c036ae7d.txt", "003_2c75309525d4bcba.txt"])
def test_no_word_of_a_seed_is_lost(seed: str) -> None:
    for blocks in _seed(seed):
        for shape in content.shape_names():
            if not shape.startswith("image"):
                assert _words(_of_slots(content.slots_of(blocks, shape))) == _words(_of(blocks))
        assert content.join(content.cuts(blocks)) == blocks


def _seed(name: str) -> list[tuple[Block, ...]]:
    if not (SEEDS / name).is_file():
        pytest.skip("the seeds are not here")
    text = (SEEDS / name).read_text("utf-8")
    posts = (part.partition("\n\n")[2] for part in text.split("Drag Post #")[1:])
    place = Location("seed.md", 1)
    return [content.blocks(post.replace("Apply Image", "").strip(), place) for post in posts]


# What a thread may hold, in small words: every mixture of it has to come through whole.
_WORDS = st.lists(
    st.sampled_from(
        """
        a No. It's (one two) three, four. **Five** six! *Seven*? "Eight nine." ten: `11` 12.5 e.g.
        [link](https://example.com) ❌ ✅ — -- … Wait: ==end.== 👇 Mr. J. x<sub>2</sub> 字。 <br>
        ![alt](a.png)
        """.split()  # noqa: SIM905  as a text they read as one
    ),
    min_size=1,
    max_size=90,
).map(" ".join)


def _many(prefix: str, glue: str, most: int) -> st.SearchStrategy[str]:
    """Return several texts, each behind a sign of its own."""
    lines = st.lists(_WORDS.map(lambda text: prefix + text), min_size=1, max_size=most)
    return lines.map(glue.join)


_PIECES = st.one_of(
    _WORDS,
    _WORDS.map(lambda text: f"## {text}"),
    st.sampled_from(["### Before", "### After", "![A picture](a.png)", "***bold***"]),
    _many("- ", "\n", 4),
    _many("4. ", "\n", 4),
    _many("> ", "\n>\n", 3),
    _many("", "\n", 30).map(lambda text: f"```\n{text}\n```"),
    _WORDS.map(lambda text: f"- one\n  - {text}\n  - two\n\n  {text}"),
    st.integers(1, 4).map(lambda n: "| a | b |\n|---|---|\n" + "| c | d e |\n" * n),
)
_BODIES = st.lists(_PIECES, min_size=1, max_size=6).map("\n\n".join)


@given(_BODIES)
def test_every_word_is_in_one_slot_whatever_the_shape(body: str) -> None:
    blocks = content.blocks(body, Location("case.md", 1))
    for shape in content.shape_names():
        kept = blocks
        if shape in ("image", "image-text"):
            picture = next((block for block in blocks if block.kind == "image"), None)
            kept = tuple(block for block in blocks if block is not picture)
        assert _words(_of_slots(content.slots_of(blocks, shape))) == _words(_of(kept))


@given(_BODIES)
def test_a_shape_is_always_the_same(body: str) -> None:
    blocks = content.blocks(body, Location("case.md", 1))
    assert content.shape_of(blocks) == content.shape_of(blocks) in content.shape_names()


@given(_BODIES)
def test_pieces_join_to_what_was_cut(body: str) -> None:
    blocks = content.blocks(body, Location("case.md", 1))
    pieces = content.cuts(blocks)
    assert content.join(pieces) == blocks
    assert not any(piece[-1].kind == "heading" for piece in pieces[:-1])


@given(_BODIES, st.randoms(use_true_random=False))
def test_parts_of_a_post_hold_all_its_words_in_order(body: str, chance: random.Random) -> None:
    blocks = content.blocks(body, Location("case.md", 1))
    pieces = content.cuts(blocks)
    edges = sorted({0, len(pieces), *(chance.randrange(len(pieces) + 1) for _ in range(3))})
    parts = [content.join(pieces[a:b]) for a, b in pairwise(edges)]
    if not _has_table(blocks):
        assert [word for part in parts for word in _words(_of(part))] == _words(_of(blocks))


def _has_table(blocks: tuple[Block, ...]) -> bool:
    return any(block.kind == "table" for block in blocks)


def _words(texts: Iterator[str]) -> list[str]:
    """Return words in order, without the marks that a comparison shows as icons."""
    return MARKS.sub("", "\n".join(texts)).split()


def _of(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield the words of blocks, pictures among them by their address."""
    for block in blocks:
        yield from _of(block.blocks) if block.blocks else [_text(block.spans) or block.text]


def _text(spans: tuple[Span, ...]) -> str:
    return content_cases.spans(spans).replace(" / ", "\n")


def _of_slots(slots: Slots) -> Iterator[str]:
    yield _text(slots.heading)
    yield _text(slots.lead)
    yield from _of(slots.body)
    yield from (_text((span,)) for shot in slots.shots for span in (shot.image, *shot.caption))
    for item in slots.items:
        yield _text(item.title)
        yield from _of(item.blocks)
    for side in slots.sides:
        yield _text(side.title)
        yield from _of(side.blocks)
    yield from _of(slots.quote)
    yield _text(slots.attribution)
    yield from _of(slots.tail)
