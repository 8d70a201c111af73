"""How long platforms say that a text is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.lengths import hashtags, letters, weight


@pytest.mark.parametrize(
    ("text", "weighs"),
    [
        ("", 0),
        ("hello", 5),
        ("naïve", 5),
        ("日本語", 6),
        ("…—“”", 5),
        ("https://example.com/a/very/long/way?to=it", 23),
        ("See https://example.com.", 28),
        ("(http://a.b) http://c.d", 3 + 23 + 23),
        ("See example.com, or www.example.de/a/long/way.", 4 + 23 + 5 + 23 + 1),
        ("app.py and node.js, e.g. you@example.com", 40),
        ("👍", 2),
        ("👍🏽", 2),
        ("👨‍👩‍👧‍👦", 2),
        ("🇩🇪🇫🇷", 4),
        ("1\ufe0f\u20e3", 2),
        ("❤️", 2),
        ("e\u0301", 1),
    ],
)
def test_x_weighs_letters_links_and_emoji(text: str, weighs: int) -> None:
    assert weight(text) == weighs


@given(st.text(max_size=200))
def test_no_letter_weighs_more_than_two(text: str) -> None:
    assert 0 <= weight(text) <= max(23, 2) * (letters(text) + 1)


def test_hashtags_begin_words_and_have_a_letter() -> None:
    said = "#one (#two) #3d #123 a#b ##c &#39; https://x.y/#z #größe #日本"
    assert hashtags(said) == ("#one", "#two", "#3d", "#größe", "#日本")
