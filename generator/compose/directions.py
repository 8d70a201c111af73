"""Which way words are read: a deck's, and that of a sentence in another script."""

from collections.abc import Iterable
from unicodedata import bidirectional

from generator.model import Span

RIGHT_TO_LEFT = frozenset({"ar", "he", "fa", "ur", "yi", "dv", "ps", "sd", "ug"})
FIRST = "\u0590"
"""The first letter of a script that is written from right to left is Hebrew."""
ALIEN = frozenset({"code", "math", "image", "footnote"})
"""Spans whose letters say nothing of the sentence around them."""


def direction(lang: str) -> str:
    """Return `rtl` for a language that is written from right to left, else `ltr`."""
    return "rtl" if lang.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def turned(spans: Iterable[Span], lang: str) -> str:
    """Return the direction of a sentence that is read against its language's, else nothing.

    Most of its words decide: a name in other letters, even at the beginning, turns no sentence.
    """
    words = " ".join(_words(spans))
    deck = direction(lang)
    if deck == "ltr" and max(words, default="") < FIRST:
        return ""
    ways = [way for word in words.split() if (way := _way(word))]
    against = sum(way != deck for way in ways)
    return {"ltr": "rtl", "rtl": "ltr"}[deck] if 2 * against > len(ways) else ""


def _words(spans: Iterable[Span]) -> Iterable[str]:
    for span in spans:
        if span.kind not in ALIEN:
            yield span.text + " ".join(_words(span.spans))


def _way(word: str) -> str:
    """Return which way a word's first letter is written; nothing of a number or a sign."""
    kinds = (bidirectional(letter) for letter in word)
    first = next((kind for kind in kinds if kind in {"L", "R", "AL"}), "")
    return "ltr" if first == "L" else "rtl" if first else ""
