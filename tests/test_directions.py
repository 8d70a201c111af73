"""Sentences in a script that is read the other way than the deck's."""

import pytest

from generator.compose.directions import turned
from generator.compose.markup import Typesetter
from generator.model import Span


@pytest.mark.parametrize(
    ("words", "lang", "way"),
    [
        ("Plain words — and “quotes”, 12 of them 🚀", "en", ""),
        ("هذه جملة مع رقم 12 وكلمة English هنا.", "en", "rtl"),
        ("A word of Arabic, مرحبا, in a sentence", "en", ""),
        ("Follow @you for the next one!", "ar", "ltr"),
        ("WeasyPrint مكتبة ممتازة", "ar", ""),
        ("iPhone هاتف", "ar", ""),
        ("12 / 24", "he", ""),
        ("", "ar", ""),
    ],
)
def test_most_words_say_which_way_a_sentence_is_read(words: str, lang: str, way: str) -> None:
    assert turned([Span("text", words)], lang) == way


def test_code_and_formulas_turn_no_sentence() -> None:
    spans = [Span("text", "استعمل "), Span("code", "git add -p now"), Span("math", "a b c")]
    assert turned(spans, "ar") == ""


def test_a_sentence_that_is_turned_stands_in_a_box_of_its_own_direction() -> None:
    setter = Typesetter("ar", {}, lambda _: "")
    spans = [Span("text", "Read "), Span("strong", spans=(Span("text", "this"),))]
    made = '<span dir="ltr">Read<span> </span><strong>this</strong></span>'
    assert setter.inline(spans) == setter.line(spans) == made
    assert setter.inline([Span("text", "اقرأ")]) == "اقرأ"
