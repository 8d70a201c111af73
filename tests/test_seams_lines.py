"""Lines of text that are measured once."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from generator.paginate.seams import lines
from tests import torture


@dataclass
class Layout:
    """Stands in for WeasyPrint's layout of a line."""

    text: str


class Style(dict[str, object]):
    """A style that has a value for everything."""

    font_config: SimpleNamespace

    def __missing__(self, key: str) -> str:
        """Return what most properties have."""
        return "normal"


def style(fonts: SimpleNamespace, **given: object) -> Style:
    """Return a style of these fonts."""
    made = Style(given)
    made.font_config = fonts
    return made


def splitter() -> tuple[Any, list[str]]:
    """Return our way to split off a line, and a list that fills with what is measured."""
    measured: list[str] = []

    def stock(text: str, *_rest: object) -> tuple[object, ...]:
        measured.append(text)
        return Layout(text), len(text), None, 10.0, 1.0, 1.0

    return lines.remembering(stock), measured


def test_pages_are_the_same() -> None:
    assert torture.differences("lines", "margins", "tree") == []


def test_the_same_words_in_the_same_style_are_measured_once() -> None:
    split, measured = splitter()
    fonts = SimpleNamespace()
    first = split("words", style(fonts, font_size=2), None, 100, 0)
    again = split("words", style(fonts, font_size=2), None, 100, 0)
    assert measured == ["words"]
    assert first[1:] == again[1:]


def test_a_layout_that_is_painted_is_nobody_elses() -> None:
    split, _measured = splitter()
    fonts = SimpleNamespace()
    first, again = (split("words", style(fonts), None, 100, 0)[0] for _ in range(2))
    first.text = "changed"
    assert again.text == "words"
    assert split("words", style(fonts), None, 100, 0)[0].text == "words"


@pytest.mark.parametrize("name", ["font_size", "lang", "letter_spacing", "hyphens", "white_space"])
def test_another_style_is_measured_anew(name: str) -> None:
    split, measured = splitter()
    fonts = SimpleNamespace()
    for value in (1, 2):
        split("words", style(fonts, **{name: value}), None, 100, 0)
    assert len(measured) == 2


@pytest.mark.parametrize("given", [("other", 100, 0), ("words", 99, 0), ("words", 100, 1)])
def test_other_words_or_another_width_are_measured_anew(given: tuple[str, int, int]) -> None:
    split, measured = splitter()
    fonts = SimpleNamespace()
    split("words", style(fonts), None, 100, 0)
    split(given[0], style(fonts), None, *given[1:])
    assert len(measured) == 2


def test_other_fonts_are_measured_anew() -> None:
    split, measured = splitter()
    for _ in range(2):
        split("words", style(SimpleNamespace()), None, 100, 0)
    assert len(measured) == 2


def test_no_more_than_so_many_lines_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MOST", 5)
    split, measured = splitter()
    fonts = SimpleNamespace()
    for number in range(12):
        split(str(number), style(fonts), None, 100, 0)
    split("0", style(fonts), None, 100, 0)
    assert measured[-1] == "0"
