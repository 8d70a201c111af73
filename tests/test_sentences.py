"""Sentences are parted where they end, and nowhere else; no sign is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.content import blocks, inline, sentences
from generator.content.leads import AIRY, SHORTEST_END, air
from generator.content.sentences import plain
from generator.errors import Location


def _split(text: str) -> list[str]:
    return [plain(part) for part in sentences.split(inline(text))]


@pytest.mark.parametrize(
    "text",
    [
        "One ends here.|The next begins.",
        "Is it?|It is!|So be it…|And on.",
        "He said “Stop.”|Then he left.",
        '"It works."|Nobody knew why.',
        "See the table (it is long.)|Then go on.",
        "Great!🎉|Next one.",
        "Look at this. 👇|Then read.",
        "Calls it a day.|✅ Senior: looks first.",
        "It cost 2.5 times more.|8x is the rule.",
        "Version 1.2.3 is out.|It is fine.",
        "Use a list, e.g. Python's, i.e. an array, vs. A tuple.",
        "Dr. Who met Mr. J. R. Smith at approx. 10 o'clock.",
        "See No. 4 and Fig. 2.|The answer is no.|Then go.",
        "1. First of all|",
        "Wait... what?|OK.",
        "It ended.. and then? not yet.",
        "これはペンです。|それは本です。",
        "यह एक है।|वह दो है।",
        "**It ends in bold.**|Next.",
        "A `code. With` stop inside.",
        "A **bold. Stop** inside.",
    ],
)
def test_sentences_end_where_they_end(text: str) -> None:
    expected = [part for part in text.split("|") if part]
    whole = text.replace("。|", "。").replace("।|", "। ").replace("|", " ").strip()
    assert _split(whole) == [plain(inline(part)) for part in expected]


_TEXTS = st.lists(
    st.sampled_from(
        'a B. c? "D. e." (f.) *g.* **h. I** `j. K` L.. m… N! 🎉 👇 1. 2.5 字。 : — é'.split()  # noqa: SIM905  as a text they read as one
    ),
    max_size=40,
)


@given(_TEXTS)
def test_no_sign_is_lost_between_sentences(words: list[str]) -> None:
    spans = inline(" ".join(words))
    parts = sentences.split(spans)
    assert "".join("".join(map(plain, parts)).split()) == "".join(plain(spans).split())
    assert all(plain(part).strip() for part in parts if plain(spans).strip())


@given(st.lists(st.integers(3, 30), min_size=2, max_size=12))
def test_long_paragraphs_come_in_parts_of_a_good_length(lengths: list[int]) -> None:
    text = " ".join("Word" + " word" * (length - 1) + "." for length in lengths)
    (paragraph,) = blocks(text, Location("case.md", 1))
    counts = [len(part.plain().split()) for part in air(paragraph)]
    assert sum(counts) == sum(lengths)
    assert len(counts) == 1 or (max(counts) <= 2 * AIRY[1] and counts[-1] >= min(SHORTEST_END, 3))
