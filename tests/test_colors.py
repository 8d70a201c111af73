"""Colours: mixed as coloraide mixes them, and read as WCAG 2 says."""

import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from generator.library import colors

HEX = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(HEX, HEX, st.sampled_from([0.0, 0.1, 0.35, 0.5, 0.8, 1.0]))
def test_mixing_is_that_of_coloraide(one: str, other: str, share: float) -> None:
    wanted = Color(one).mix(other, share, space="oklab", out_space="srgb")
    mixed = Color(colors.mix(one, other, share))
    for got, want in zip(mixed.coords(), wanted.coords(), strict=True):
        assert got == pytest.approx(min(max(want, 0), 1), abs=1.01 / 255)


@given(HEX, HEX)
def test_contrast_is_that_of_coloraide(one: str, other: str) -> None:
    wanted = Color(one).contrast(other, method="wcag21")
    assert colors.contrast(one, other) == pytest.approx(wanted, rel=0.001)


@given(HEX, HEX)
def test_what_is_made_readable_reads_or_is_black_or_white(color: str, ground: str) -> None:
    found = colors.readable(color, ground)
    assert colors.contrast(found, ground) >= colors.AA
    if colors.contrast(color, ground) >= colors.AA:
        assert found == color


@given(HEX)
def test_black_or_white_reads_on_everything(ground: str) -> None:
    assert colors.on(ground) in {"#000000", "#ffffff"}
    assert colors.contrast(colors.on(ground), ground) >= colors.AA
    assert colors.dark(ground) == (colors.on(ground) == "#ffffff")
