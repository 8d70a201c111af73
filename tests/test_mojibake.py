"""Damaged text becomes what it was; correct text, in any script, is never touched."""

# ruff: noqa: RUF001  (characters that look like others are what this is about)

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.damage import mojibake

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
SCRIPTS = (
    "abcdefghijklmnopqrstuvwxyz",
    "abcdeéèêàâùûîïôçœæëÿñóáíúüöäßåøãõ",
    "ąćęłńóśźżčďěňřšťůžőűăâîșțğışöüđ",
    "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώϊϋΐΰς",
    "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґђњљћџј",
    "אבגדהוזחטיכלמנסעפצקרשת",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "कखगघचछजझटठडढतथदधनपफबभमयरलवशषसह",
    "あいうえおかきくけこさしすせそたちつてと漢字仮名交文",
    "가나다라마바사아자차카타파하",
)
OPENING, CLOSING = (
    ("", "", "«", "„", "‘", "“", "(", "‹"),
    ("", "", "»", "“", "’", "”", ".", ",", "…"),
)
BETWEEN = (" ", " ", " — ", " – ", ", ", " • ", " · ", "\u00a0", "\n", " 👇 ", " → ", " ✅ ")


@st.composite
def correct_texts(draw: st.DrawFn) -> str:
    """Draw text as people write it: words of one script, capitals first, usual punctuation."""
    letters = draw(st.sampled_from(SCRIPTS))
    word = st.text(letters, min_size=3, max_size=9)
    parts = []
    for _ in range(draw(st.integers(1, 12))):
        named = draw(word).capitalize() if draw(st.booleans()) else draw(word)
        opened, closed = draw(st.sampled_from(OPENING)), draw(st.sampled_from(CLOSING))
        parts.append(opened + named + closed + draw(st.sampled_from(BETWEEN)))
    return "".join(parts)


def misread(text: str, encoding: str) -> str:
    """Return the text as a program shows it that takes its UTF-8 for another encoding."""
    shown = {byte: char for char, byte in mojibake._bytes_of(encoding).items()}  # noqa: SLF001
    return "".join(shown.get(byte, chr(byte)) for byte in text.encode())


@given(correct_texts())
def test_correct_text_in_any_script_stays_as_it_is(text: str) -> None:
    assert mojibake.repair(text) == (text, 0, "")


@pytest.mark.parametrize("encoding", mojibake.ENCODINGS)
@given(text=correct_texts(), sign=st.sampled_from("👇🚀—“”’…•"))
def test_misread_text_with_a_sign_in_it_becomes_what_it_was(
    encoding: str, text: str, sign: str
) -> None:
    whole = f"{text} {sign} end"
    assert mojibake.repair(misread(whole, encoding))[0] == whole


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("Find me β†’ here πŸ‘‡", "Find me → here 👇"),
        ("AΒ\xa0threadΒ\xa0is β†’ short", "A\xa0thread\xa0is → short"),
        ("itâ€™s done âœ… now", "it’s done ✅ now"),
        ("itÃ¢â‚¬â„¢s damaged twice", "it’s damaged twice"),
        ("don‚Äôt", "don’t"),
        ("РџСЂРёРІРµС‚ вЂ” РґРѕРј", "Привет — дом"),
        ("πŸ«¨ is younger than some Pythons", "🫨 is younger than some Pythons"),
    ],
)
def test_known_damage_is_repaired(damaged: str, whole: str) -> None:
    assert mojibake.repair(damaged)[0] == whole


@pytest.mark.parametrize(
    "text",
    [
        "Το «Ω» είναι το τελευταίο γράμμα· το ‘αβ’» όμως όχι.",
        "Η ΔΡΑΣΗ ΤΟΥ ΝΑΤΟ» — ΟΠΩΣ ΛΕΝΕ «ΟΛΟΙ»…",
        "„Ääh“, sagte sie, ‚Ääh’ sagte er.",
        "Съешь ещё этих мягких французских булок — да выпей чаю…",
        "L’œuvre « à côté » coûte 5 € — voilà…",
        "Ãgua, SÃO PAULO, MÃE",
        "Â£5 alone is too little to go by",
        "plain ASCII",
        "",
    ],
)
def test_text_that_only_looks_odd_is_left_alone(text: str) -> None:
    assert mojibake.repair(text) == (text, 0, "")


def test_sound_greek_beside_one_damaged_arrow_stays() -> None:
    text = "Η ομάδα του «ΝΑΤΟ» απάντησε β†’ ναι"
    assert mojibake.repair(text)[0] == "Η ομάδα του «ΝΑΤΟ» απάντησε → ναι"


def test_what_is_repaired_is_not_repaired_again() -> None:
    once, _, _ = mojibake.repair("β†’ πŸ‘‡ Β\xa0")
    assert mojibake.repair(once) == (once, 0, "")


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not here")
@pytest.mark.parametrize(("seed", "count"), [("000", 0), ("002", 0), ("003", 15), ("004", 0)])
def test_the_seeds_are_repaired_where_they_are_damaged(seed: str, count: int) -> None:
    text = next(SEEDS.glob(f"{seed}_*")).read_text("utf-8")
    mended, repaired, _ = mojibake.repair(text)
    assert repaired == count
    assert (mended == text) == (count == 0)
    assert not any(one + other in mended for one, other in pairwise("β†’πŸ‘"))
