"""Typographic text: quotes by language, spaces that do not break, and no word changed."""
# ruff: noqa: RUF001  quotation marks are what this is about

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.compose.typography import NBSP, set_text
from generator.model import Span


def typeset(text: str, lang: str = "en", *, last: bool = True) -> str:
    """Return a text as it is set."""
    return "".join(span.plain() for span in set_text((Span("text", text),), lang, last=last))


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", 'He said "no" twice', "He said “no” twice"),
        ("en", "It's the writers' own", "It’s the writers’ own"),
        ("en", "'quoted' word", "‘quoted’ word"),
        ("en", "\"It's 'fine'\"", "“It’s ‘fine’”"),
        ("en", "the '90s", "the ’90s"),
        ("en", 'a 27" screen', 'a 27" screen'),
        ("de", 'Er sagte "nein"', "Er sagte „nein“"),
        ("fr", '"oui"', "«oui»"),
        ("pl", '"tak"', "„tak”"),
        ("sv", '"ja"', "”ja”"),
        ("xx", '"yes"', "“yes”"),
        ("en", '("in brackets")', "(“in brackets”)"),
    ],
)  # fmt: skip
def test_straight_quotes_become_those_of_the_language(lang: str, text: str, expected: str) -> None:
    assert typeset(text, lang).replace(NBSP, " ") == expected


def test_quotes_pair_across_bold_words() -> None:
    spans = (Span("text", '"'), Span("strong", spans=(Span("text", "Bold"),)), Span("text", '" it'))
    assert "".join(span.plain() for span in set_text(spans, "en")) == "“Bold” it"


def test_code_keeps_its_quotes() -> None:
    spans = (Span("text", 'say "hi": '), Span("code", '"hi"'))
    assert "".join(span.plain() for span in set_text(spans, "en")) == 'say “hi”: "hi"'


@pytest.mark.parametrize("text", ["10 km", "3 ms", "5 GB", "20 %", "99 €"])
def test_a_number_and_its_unit_stay_together(text: str) -> None:
    assert typeset(f"It takes {text}.") == f"It takes {text.replace(' ', NBSP)}."


def test_the_last_short_word_is_not_left_alone() -> None:
    assert typeset("One two three four five six so it") == f"One two three four five six so{NBSP}it"
    assert NBSP not in typeset("One two")
    assert NBSP not in typeset("One two three four five six extraordinarily long-winded")
    assert NBSP not in typeset("One two three four five six so it", last=False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is all there. Check this 👇", "It is all there. Check_this_👇"),
        ("Check this 👇", "Check this_👇"),
        ("It grew by 20 %.", "It grew by 20_%."),
    ],
)
def test_a_sign_at_the_end_hangs_on_the_last_word(text: str, expected: str) -> None:
    assert typeset(text).replace(NBSP, "_") == expected


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80),
       st.sampled_from(["en", "de", "fr", "ja", ""]))  # fmt: skip
def test_nothing_but_quotes_and_spaces_changes(text: str, lang: str) -> None:
    marks = re.compile("[\"'“”‘’„‚«»‹›「」『』\u00a0 ]")
    assert marks.sub("", typeset(text, lang)) == marks.sub("", text)
