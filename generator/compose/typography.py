"""Typographic text: quotes by language, no break between number and unit, no lonely last word.

Words are never changed: only straight quotes are curled and some spaces made unbreakable.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.compose.ties import tied
from generator.model import Span

QUOTES = {
    "en": "“”‘’", "de": "„“‚‘", "cs": "„“‚‘", "fr": "«»‹›", "es": "«»“”", "it": "«»“”",
    "pt": "“”‘’", "nl": "“”‘’", "pl": "„”‚’", "el": "«»“”", "ru": "«»„“", "uk": "«»„“",
    "sv": "””’’", "fi": "””’’", "da": "”“’‘", "tr": "“”‘’", "ja": "「」『』", "zh": "“”‘’",
}  # fmt: skip
"""Opening and closing quotes, outer and inner, by language (CLDR, delimiters)."""
NBSP = "\u00a0"
UNITS = (
    r"ms|s|min|h|px|pt|kB|KB|MB|GB|TB|PB|KiB|MiB|GiB|Hz|kHz|MHz|GHz|W|kW|V|A|mA|°C|°F|%|€|\$|£|"
    r"mm|cm|m|km|g|kg|t|ml|l|bit|bits|bytes?|tokens?|x|×"
)
NUMBER_UNIT = re.compile(rf"(?<=\d) (?=(?:{UNITS})(?:\W|$))")
OPENS_AFTER = " \t\n\u00a0([{<–—-/|«“‘„‚"
LONELY_WORDS, LONELY_LETTERS = 5, 12
"""A text of at least so many words keeps its last two together, if they are this short."""
MOST_SIGNS = 3
"""Words without a letter or digit, emoji most often, that hang on a text's last word."""


@dataclass(slots=True)
class _Reading:
    """What stood before: the quotes depend on it, also across the borders of spans."""

    marks: str
    before: str = ""
    open_double: bool = False
    open_single: bool = False

    def curl(self, text: str) -> str:
        """Return a piece of text with its straight quotes curled."""
        if '"' not in text and "'" not in text:
            self.before = text[-1:] or self.before
            return text
        out = []
        for index, sign in enumerate(text):
            after = text[index + 1 : index + 2]
            out.append(self._sign(sign, after))
            self.before = sign
        return "".join(out)

    def _sign(self, sign: str, after: str) -> str:
        opens = not self.before or self.before in OPENS_AFTER
        if sign == '"':
            if self.before.isdigit() and not self.open_double:
                return sign  # inches
            self.open_double = opens
            return self.marks[0] if opens else self.marks[1]
        if sign == "'":
            if not opens or after.isdigit():
                closes = self.open_single and not (self.before.isalnum() and after.isalnum())
                self.open_single = self.open_single and not closes
                return self.marks[3] if closes and self.marks[3] != "‘" else "’"
            self.open_single = True
            return self.marks[2]
        return sign


def set_text(
    spans: Iterable[Span], lang: str, *, last: bool = True, letters: int = LONELY_LETTERS
) -> tuple[Span, ...]:
    """Return spans with typographic text; code stays as it is.

    `last`: care for the last word, which stays with the one before it up to so many `letters`.
    """
    reading = _Reading(QUOTES.get(lang.partition("-")[0].lower(), QUOTES["en"]))
    done = tuple(_set(span, reading) for span in spans)
    return tied(_together(done, letters) if last else done)


def _set(span: Span, reading: _Reading) -> Span:
    if span.kind in ("code", "math"):
        reading.before = span.text[-1:] or reading.before
        return span
    if span.kind == "text":
        return replace(span, text=NUMBER_UNIT.sub(NBSP, reading.curl(span.text)))
    if span.kind in ("break", "image"):
        reading.before = "" if span.kind == "break" else "."
        return span
    return replace(span, spans=tied([_set(inner, reading) for inner in span.spans]))


def _together(spans: tuple[Span, ...], letters: int) -> tuple[Span, ...]:
    """Return spans whose last two words stay on one line, where the text is long enough."""
    if not spans or spans[-1].kind != "text":
        return spans
    words = re.findall(r"[^ \n]+", "".join(span.plain() for span in spans))
    signs = 0
    while signs < MOST_SIGNS and words and not any(sign.isalnum() for sign in words[-1]):
        words.pop()
        signs += 1
    lonely = len(words) >= LONELY_WORDS and len(words[-1]) + len(words[-2]) <= letters
    pieces = spans[-1].text.rstrip().split(" ")
    tied = min(signs + lonely, len(pieces) - 1)
    if not tied:
        return spans
    text = " ".join((*pieces[: -tied - 1], NBSP.join(pieces[-tied - 1 :])))
    return (*spans[:-1], replace(spans[-1], text=text))
