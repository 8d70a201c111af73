"""Words with marks among them, as Markdown: what would read as markup is escaped, marks are not."""

import re
import unicodedata
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from generator.importers import _markdown

_FIRST = 0xE000
_MOST = 0x1800
"""Signs in a paragraph; the private area has 6,400 places. What comes after loses its marks."""
_SIGN = re.compile("[\ue000-\uf7ff]")
_FLANKED = frozenset(["**", "*", "~~", "=="])
_UNFIT = re.compile(r"[\s<>\\]")


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a sign stands for; of two that belong together, `pair` is where the other is."""

    text: str
    role: str = ""
    pair: int = -1


@dataclass(slots=True)
class Inlines:
    """Words and signs as they come: a sign is one letter of the private area in the text."""

    text: str = ""
    marks: list[_Mark] = field(default_factory=list)

    def words(self, text: str) -> None:
        """Take words, which mean nothing but themselves; a line end is a hard one."""
        text = _SIGN.sub("", text)
        if self.text.endswith((" ", "\n")) or not self.text:
            text = text.lstrip(" ")
        if text.startswith("\n"):
            self.text = self.text.rstrip(" ")
        self.text += text

    def sign(self, markdown: str) -> None:
        """Take a piece of Markdown as it is."""
        self._add(_Mark(markdown))

    @contextmanager
    def marked(self, opens: str, closes: str) -> Iterator[None]:
        """Mark what is collected meanwhile."""
        if len(self.marks) + 2 > _MOST:
            yield
            return
        at = self._add(_Mark(opens, "open"))
        yield
        end = self._add(_Mark(closes, "close", at))
        if end < 0:
            self.text = self.text.replace(chr(_FIRST + at), "", 1)
        else:
            self.marks[at] = _Mark(opens, "open", end)

    def _add(self, mark: _Mark) -> int:
        if len(self.marks) >= _MOST:
            self.words(mark.text if not mark.role else "")
            return -1
        self.marks.append(mark)
        self.text += chr(_FIRST + len(self.marks) - 1)
        return len(self.marks) - 1


def paragraphs(inlines: Inlines) -> Iterator[str]:
    """Yield the paragraphs: two line ends part them, and marks that go on are closed and opened."""
    parts = re.split(r"\n[ \n]*\n", _moved(inlines.text, inlines.marks))
    standing: list[int] = []
    for part in parts:
        opened = "".join(chr(_FIRST + at) for at in standing)
        for found in _SIGN.finditer(part):
            mark = inlines.marks[ord(found[0]) - _FIRST]
            if mark.role == "open":
                standing.append(ord(found[0]) - _FIRST)
            elif mark.role == "close" and mark.pair in standing:
                standing.remove(mark.pair)
        closed = "".join(chr(_FIRST + inlines.marks[at].pair) for at in reversed(standing))
        text = _moved(opened + part + closed, inlines.marks)
        said = _markdown_of(text, inlines.marks)
        if said.strip():
            yield said


def written(inlines: Inlines) -> str:
    """Return all as one paragraph."""
    text = re.sub(r"\n[ \n]*", "\n", inlines.text)
    return _markdown_of(_moved(text, inlines.marks), inlines.marks)


def escaped(text: str) -> str:
    """Return plain words as inline Markdown on one line."""
    inlines = Inlines()
    inlines.words(" ".join(text.split()))
    return written(inlines)


def code(text: str) -> str:
    """Return a code span, its fence longer than any in it."""
    text = " ".join(text.split())
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    space = " " if text[:1] == "`" or text[-1:] == "`" else ""
    return f"{fence}{space}{text}{space}{fence}"


def leads(target: str) -> bool:
    """Return whether an address leads somewhere from a slide."""
    return bool(re.match(r"(?:https?://[^\s/]|(?:mailto|tel):\S)", target, re.IGNORECASE))


def address(target: str) -> str:
    """Return an address as it stands between the brackets of a link."""
    target = _UNFIT.sub(lambda sign: urllib.parse.quote(sign[0]), target.strip())
    target = re.sub(r"&(?=#?\w+;)", r"\\&", target)
    return f"<{target}>" if re.search(r"[()]", target) else target


def bracketed(markdown: str) -> str:
    """Return Markdown as the words of a link: a lone bracket would end them."""
    return re.sub(r"(?<!\\)[\[\]]", r"\\\g<0>", markdown)


def _moved(text: str, marks: list[_Mark]) -> str:
    """Return the text with the spaces inside marks outside of them, and empty marks gone."""
    opens = "".join(chr(_FIRST + at) for at, mark in enumerate(marks) if mark.role == "open")
    closes = "".join(chr(_FIRST + at) for at, mark in enumerate(marks) if mark.role == "close")
    if not opens:
        return text
    before = None
    while before != text:
        before = text
        text = re.sub(f"([{opens}])([ \n]+)", r"\2\1", text)
        text = re.sub(f"([ \n]+)([{closes}])", r"\2\1", text)
        text = re.sub(
            f"([{opens}])([{closes}])",
            lambda found: "" if _belong(found[1], found[2], marks) else found[0],
            text,
        )
    return text


def _belong(one: str, other: str, marks: list[_Mark]) -> bool:
    """Return whether two signs are the beginning and the end of one marking."""
    return marks[ord(other) - _FIRST].pair == ord(one) - _FIRST


def _markdown_of(text: str, marks: list[_Mark]) -> str:
    """Return collected text as the Markdown of a paragraph."""
    text = "\n".join(line.strip(" ") for line in text.strip(" \n").split("\n"))
    standing = _standing(text, marks)
    text = _SIGN.sub(lambda sign: sign[0] if ord(sign[0]) - _FIRST in standing else "", text)
    # Marks are no words: what stands before and behind them decides how a sign is read, and a
    # sign of the private area counts as a letter there.
    said = _markdown.paragraph(text)
    return _SIGN.sub(lambda sign: marks[ord(sign[0]) - _FIRST].text, said)


def _standing(text: str, marks: list[_Mark]) -> set[int]:
    """Return which signs can stand where they are: Markdown has no bold inside some words."""
    places = {ord(found[0]) - _FIRST: found.start() for found in _SIGN.finditer(text)}
    kept = {at for at in places if not marks[at].role}
    depth: list[str] = []
    for at in sorted(places, key=lambda each: places[each]):
        mark = marks[at]
        if mark.role == "open":
            sound = mark.pair in places and mark.text not in depth
            if sound and mark.text in _FLANKED:
                start, end = places[at], places[mark.pair]
                sound = _flanks(text, marks, start, end)
            depth.append(mark.text)
            if sound:
                kept |= {at, mark.pair}
        elif mark.role == "close" and marks[mark.pair].text in depth:
            depth.remove(marks[mark.pair].text)
    return kept


def _flanks(text: str, marks: list[_Mark], start: int, end: int) -> bool:
    """Return whether marks at two places would be read as opening and closing."""
    outer, inner = _near(text, marks, start, -1), _near(text, marks, start, 1)
    last, after = _near(text, marks, end, -1), _near(text, marks, end, 1)
    return _open(outer, inner) and _open(after, last) and "\n\n" not in text[start:end]


def _open(outside: str, inside: str) -> bool:
    """Return whether a mark between two letters holds on to the one inside."""
    if not inside.strip():
        return False
    return not _punctuation(inside) or not outside.strip() or _punctuation(outside)


def _near(text: str, marks: list[_Mark], at: int, step: int) -> str:
    """Return the letter before or behind a place, other marks passed over; nothing at the end."""
    at += step
    while 0 <= at < len(text):
        if not _SIGN.match(text[at]):
            return text[at]
        mark = marks[ord(text[at]) - _FIRST]
        if not mark.role:
            return mark.text[0 if step > 0 else -1]
        if mark.text not in _FLANKED:
            return mark.text[0 if step > 0 else -1]
        at += step
    return ""


def _punctuation(sign: str) -> bool:
    """Return whether CommonMark takes a letter for punctuation."""
    return bool(sign) and unicodedata.category(sign)[0] in "PS"
