"""Letters, each held against its font's own outline: the silent traps that draw wrong ones.

WeasyPrint 70 draws wrong letters or none where two files share a face or an installed family its
name, and text that is read back from the PDF is right all the same.
"""

from collections.abc import Mapping

import pytest
from PIL import Image, ImageDraw, ImageFont

from generator.compose.tokens import private
from generator.paginate import Press
from tests.drawing import FONTS, ROOT, drawn, faces, ink, likeness, new_press

SIDE = 240
"""Side in px of the square in which a letter is looked at."""
EM = 160

Faces = tuple[tuple[str, int], ...]


@pytest.fixture(scope="module")
def press() -> Press:
    """Return a press that serves what this repo holds."""
    return new_press()


def expected_letter(letter: str, font: str, weight: int) -> Image.Image:
    """Return the ink of a letter as FreeType draws it from the font's file, without WeasyPrint."""
    face = ImageFont.truetype(FONTS / font / f"{weight}.ttf", EM)
    picture = Image.new("RGB", (SIDE * 2, SIDE * 2), "white")
    ImageDraw.Draw(picture).text((SIDE, SIDE), letter, "black", face, anchor="mm")
    return ink(picture)


def letters(press: Press, words: str, stack: Faces, weight: int | None = None) -> list[Image.Image]:
    """Return the ink of each letter, every one drawn in a cell of its own."""
    families = ",".join(private(name) for name, _weight in stack)
    shown = weight or stack[0][1]
    style = f"font: {shown} {EM}px/{SIDE}px {families}, sans-serif; text-align: center"
    cells = "".join(
        f'<div style="position: absolute; left: {SIDE * place}px; width: {SIDE}px">{letter}</div>'
        for place, letter in enumerate(words)
    )
    picture = drawn(
        press,
        f'<div style="{style}">{cells}</div>',
        faces(press, *stack),
        (SIDE * len(words), SIDE),
    )
    return [
        ink(picture.crop((SIDE * place, 0, SIDE * (place + 1), SIDE)))
        for place in range(len(words))
    ]


def assert_letters_are_themselves(
    press: Press, words: str, stack: Faces, font: tuple[str, int]
) -> None:
    """Assert that each letter is the one of `font`, and like no other letter of the words."""
    expected = {letter: expected_letter(letter, *font) for letter in words}
    for letter, got in zip(words, letters(press, words, stack), strict=True):
        alike = {other: likeness(got, mask) for other, mask in expected.items()}
        assert alike[letter] > 0.85, f"{letter} looks {alike[letter]:.0%} like itself"
        assert max(alike, key=lambda other: alike[other]) == letter


# --- trap 1: faces --------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["Zażółć", "ęśńřőšč", "ÄÖÜßéñ"])
def test_letters_beyond_latin_1_come_out_of_one_full_file_a_face(press: Press, words: str) -> None:
    assert_letters_are_themselves(press, words, (("inter", 400),), ("inter", 400))


def test_a_word_is_drawn_with_all_its_letters(press: Press) -> None:
    css = faces(press, ("inter", 400))
    word = "Zażółć gęślą jaźń"
    got = ink(drawn(press, f'<p style="font: 60px tp-inter">{word}', css, (640, 120)))
    wanted = Image.new("RGB", (640, 120), "white")
    font = ImageFont.truetype(FONTS / "inter" / "400.ttf", 60)
    ImageDraw.Draw(wanted).text((0, 0), word, "black", font)
    assert likeness(got, ink(wanted)) > 0.8


def test_a_face_under_a_private_name_is_not_shadowed_by_an_installed_family(press: Press) -> None:
    # Whatever is installed as `Inter` or `JetBrains Mono`: ours are drawn from our files.
    for font in (("inter", 400), ("jetbrains-mono", 500), ("fraunces", 600)):
        assert_letters_are_themselves(press, "Ragi", (font,), font)
        assert private(font[0]).startswith("tp-")


# --- trap 2: digits -------------------------------------------------------------------------------


def test_digits_are_the_texts_own_and_not_an_emoji_fonts(press: Press) -> None:
    stack = (("inter", 400), ("symbols", 400))
    assert_letters_are_themselves(press, "0123456789", stack, ("inter", 400))
    assert_letters_are_themselves(press, "#*", stack, ("inter", 400))


def test_no_stylesheet_of_ours_names_an_emoji_font() -> None:
    sheets = [*(ROOT / "layouts").rglob("*.css"), *(ROOT / "themes").rglob("*.css")]
    assert sheets
    assert [path.name for path in sheets if "emoji" in path.read_text("utf-8").lower()] == []


def test_weights_in_hundreds_are_drawn_from_their_own_files(press: Press) -> None:
    stack = (("inter", 400), ("inter", 600))
    for weight in (400, 600):
        got = letters(press, "ag", stack, weight)
        for letter, mask in zip("ag", got, strict=True):
            alike = {
                other: likeness(mask, expected_letter(letter, "inter", other))
                for _name, other in stack
            }
            assert max(alike, key=lambda other: alike[other]) == weight


def cmap(font: str, weight: int) -> Mapping[int, str]:
    """Return the characters that a font has; fontTools comes with WeasyPrint."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # noqa: PLC0415

    with TTFont(FONTS / font / f"{weight}.ttf", lazy=True) as face:
        found: Mapping[int, str] = face.getBestCmap()
        return dict(found)


SERIF: Faces = (("fraunces", 600), ("inter", 600), ("symbols", 400))
MONO: Faces = (("ibm-plex-mono", 400), ("symbols", 400))


@pytest.mark.parametrize(
    ("sign", "stack"),
    [("\u03b1", SERIF), ("→", SERIF), ("✓", SERIF), ("\u03b1", MONO), ("→", MONO), ("☐", MONO)],
)
def test_a_sign_that_a_face_lacks_comes_from_one_that_has_it(
    press: Press, sign: str, stack: Faces
) -> None:
    font = next((font for font in stack if ord(sign) in cmap(*font)), None)
    assert font, f"no bundled face has {sign}"
    (got,) = letters(press, sign, stack)
    assert likeness(got, expected_letter(sign, *font)) > 0.8


def test_a_hyphen_that_does_not_break_is_drawn_as_a_hyphen(press: Press) -> None:
    (got,) = letters(press, "\u2011", MONO)
    box = got.getbbox()
    assert box, "nothing is drawn"
    width, height = box[2] - box[0], box[3] - box[1]
    assert EM * 0.1 < width < EM * 0.6  # a box for a missing sign would be taller than wide
    assert height < width / 2


def test_the_check_of_letters_has_teeth(press: Press) -> None:
    with pytest.raises(AssertionError):
        assert_letters_are_themselves(press, "Ragi", (("inter", 400),), ("fraunces", 600))
