"""Emoji as pictures, the same on every machine: from themes/_emoji/twemoji.zip, by code points."""

import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from markupsafe import Markup

from generator.compose.ingredients import Ingredient, Kitchen
from generator.library import builtin_root

ARCHIVE = "themes/_emoji/twemoji.zip"
ZWJ, SELECTOR, KEYCAP = "\u200d", "\ufe0f", "\u20e3"
BASE = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf"
    "\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
SKIN, TAGS, FLAG = "[\U0001f3fb-\U0001f3ff]", "[\U000e0020-\U000e007f]", "[\U0001f1e6-\U0001f1ff]"
PERSON = f"{BASE}(?:{SELECTOR}|{SKIN})?{TAGS}*"
EMOJI = re.compile(f"{FLAG}{{2}}|[0-9#*]{SELECTOR}?{KEYCAP}|{PERSON}(?:{ZWJ}{PERSON})*")
"""An emoji sequence (Unicode TS 51, ED-17): flag, keycap, or persons and things joined by ZWJ."""
TEXTUAL = re.compile(
    "[\u00a9\u00ae\u2122\u2139\u2194-\u2199\u21a9\u21aa\u25aa-\u25fe\u2600-\u27bf]"
)
"""Signs that are text unless the writer asks for the emoji with U+FE0F, where they are no emoji by
default (Unicode's Emoji_Presentation=No)."""
PICTORIAL = frozenset(
    "⌚⌛⏩⏪⏫⏬⏰⏳◽◾☔☕♈♉♊♋♌♍♎♏♐♑♒♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓❔❕❗➕➖➗➰➿"
)


@dataclass(slots=True)
class _Emoji:
    kitchen: Kitchen
    urls: dict[str, str] = field(default_factory=dict)

    def cut(self, text: str) -> Iterator[str | Markup]:
        """Yield the text's pieces: plain text, and a picture for each emoji that is known."""
        at = 0
        for found in EMOJI.finditer(text):
            url = self._url(found[0])
            if not url:
                continue
            yield text[at : found.start()]
            yield Markup('<img class="emoji" src="{}" alt="{}">').format(url, found[0])
            at = found.end()
        yield text[at:]

    def _url(self, sequence: str) -> str:
        if sequence not in self.urls:
            self.urls[sequence] = self._find(sequence)
        return self.urls[sequence]

    def _find(self, sequence: str) -> str:
        if len(sequence) == 1 and TEXTUAL.match(sequence) and sequence not in PICTORIAL:
            return ""
        archive = _opened(os.getpid())
        points = [f"{ord(sign):x}" for sign in sequence]
        bare = [point for point in points if point != f"{ord(SELECTOR):x}"]
        for candidate in (points, bare):
            name = "-".join(candidate) + ".png"
            if name in archive.NameToInfo:
                return self.kitchen.door.keep(archive.read(name), ".png")
        return ""


@lru_cache(maxsize=1)
def _opened(_process: int) -> zipfile.ZipFile:
    """Return our archive, opened by this process: its list takes 15 ms to read."""
    return zipfile.ZipFile(builtin_root() / ARCHIVE)


def prepare(kitchen: Kitchen) -> Ingredient:
    """Return the ingredient; the archive is opened when the first emoji is met."""
    return Ingredient(text=_Emoji(kitchen).cut)
