"""UTF-8 that was read in a one-byte encoding (`β†’` for `→`) becomes what it was.

Correct text must never change. So a text counts as damaged only if it holds a sequence of three or
more characters that (a) are the bytes of one UTF-8 character in some one-byte encoding, (b) stand
for punctuation, a symbol or a space, and (c) would hardly stand next to each other otherwise.
"""

# ruff: noqa: RUF001, RUF002, RUF003  (characters that look like others are what this is about)

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

ENCODINGS = ("cp1252", "cp1253", "cp1251", "cp1250", "cp1254", "latin-1", "mac-roman")
FILLERS = ("cp1252", "latin-1")
"""A byte that an encoding leaves undefined was read as one of these, in this order."""

PASSES = 3
"""Text that was damaged twice needs two passes; a third one never did harm."""

LONG = 3
"""Characters of a sequence that may be evidence: shorter ones stand in correct text too."""

ORDINARY = frozenset("‘’“”„‚«»‹›…–—•·™°§\u00a0")
"""Signs of correct text: `‘αβ’»` is a Greek quotation, though its end is valid UTF-8 for `Ⓕ`."""

EMOJI = frozenset(map(chr, range(0x1F300, 0x1FB00)))
INSIDE_WORDS = frozenset("‘’“”–—…•")
ALONE = frozenset("→←↑↓⇒✓✔✅✗✘✨⭐")
"""Evidence even where its bytes look like letters: anywhere, or where no word ends before it."""


@dataclass(frozen=True, slots=True)
class _Sequence:
    """A run of characters that are the bytes of one UTF-8 character."""

    start: int
    end: int
    char: str
    evident: bool


def repair(text: str) -> tuple[str, int, str]:
    """Return the text as it was, how many characters were repaired, and what it was read as."""
    total, encoding = 0, ""
    if text.isascii():
        return text, total, encoding
    for _ in range(PASSES):
        text, count, found = _repair_once(text)
        if not count:
            break
        total, encoding = total + count, encoding or found
    return text, total, encoding


def _repair_once(text: str) -> tuple[str, int, str]:
    """Return the text with one layer of damage taken away."""
    best: tuple[_Sequence, ...] = ()
    chosen = ""
    for encoding in ENCODINGS:
        found = _damage(text, encoding)
        if _weight(found) > _weight(best):
            best, chosen = found, encoding
    parts, end = [], 0
    for sequence in best:
        parts += [text[end : sequence.start], sequence.char]
        end = sequence.end
    return "".join([*parts, text[end:]]), len(best), chosen


def _weight(sequences: tuple[_Sequence, ...]) -> int:
    """Return how many characters a reading explains: the one that explains most was the one."""
    return sum(sequence.end - sequence.start for sequence in sequences)


def _damage(text: str, encoding: str) -> tuple[_Sequence, ...]:
    """Return the sequences to convert if the text was read in `encoding`; none if it was not."""
    found = tuple(_sequences(text, encoding))
    if not any(sequence.evident for sequence in found):
        return ()
    # Where most foreign letters stand outside sequences, the text itself is sound (Greek with one
    # damaged arrow): then only what is evident is touched, and `ΝΑΤΟ»` stays.
    letters = sum(char.isalpha() and not char.isascii() for char in text)
    inside = sum(char.isalpha() for one in found for char in text[one.start : one.end])
    if letters > 2 * inside:
        return tuple(sequence for sequence in found if sequence.evident)
    return found


def _sequences(text: str, encoding: str) -> Iterator[_Sequence]:
    """Yield the sequences of `text` that are valid UTF-8 in `encoding`, from left to right."""
    to_byte = _bytes_of(encoding)
    for match in _pattern(encoding).finditer(text):
        raw = bytes(to_byte[char] for char in match[0])
        try:
            char = raw.decode()
        except UnicodeDecodeError:
            continue
        if _category(char) in {"Cc", "Cs", "Co", "Cn"}:
            continue
        before = text[match.start() - 1 : match.start()]
        yield _Sequence(match.start(), match.end(), char, _evident(match[0], char, before))


def _evident(sequence: str, char: str, before: str) -> bool:
    """Say whether `sequence` would not stand in correct text, and `char` would."""
    if len(sequence) < LONG or _category(char)[0] not in "PSZ":
        return False
    if any(not one.isalpha() and one not in ORDINARY for one in sequence):
        return True
    return char in INSIDE_WORDS or (char in ALONE and not before.strip())


def _category(char: str) -> str:
    """Return the Unicode category; an emoji that is newer than this Python is a symbol too."""
    return "So" if char in EMOJI else unicodedata.category(char)


@cache
def _bytes_of(encoding: str) -> dict[str, int]:
    """Return which byte each character was, holes filled."""
    to_byte: dict[str, int] = {}
    for codec in (encoding, *FILLERS):
        known = set(to_byte.values())
        for byte in range(0x80, 0x100):
            if byte in known:
                continue
            char = bytes([byte]).decode(codec, errors="ignore")
            if char and char not in to_byte:
                to_byte[char] = byte
    return to_byte


@cache
def _pattern(encoding: str) -> re.Pattern[str]:
    """Return what finds a lead byte with as many following bytes as it announces."""
    following = _class(encoding, 0x80, 0xC0)
    leads = ((0xC2, 0xE0, 1), (0xE0, 0xF0, 2), (0xF0, 0xF5, 3))
    return re.compile(
        "|".join(
            f"{_class(encoding, low, high)}{following}{{{count}}}" for low, high, count in leads
        )
    )


def _class(encoding: str, low: int, high: int) -> str:
    """Return a character class of what the bytes from `low` up to `high` were read as."""
    chars = (char for char, byte in _bytes_of(encoding).items() if low <= byte < high)
    return f"[{''.join(re.escape(char) for char in chars)}]"
