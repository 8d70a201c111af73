r"""GIFT, Moodle's plain text for quizzes: `::title:: question {=right ~wrong}`.

Source: https://docs.moodle.org/en/GIFT_format. All kinds of questions are read; a matching one and
one with a number for an answer are open questions here, as a slide has no field to type in.
"""

import html
import re
from collections.abc import Iterator

from generator.errors import Location, Problem, warning
from generator.importers import Imported, Importer, _html, _phrases, _quiz, _source, _text
from generator.importers._quiz import Card

KIND = "gift"
_ANSWERS = re.compile(r"(?<!\\)\{(?P<inside>(?:[^{}\\]|\\.)*)\}", re.DOTALL)
_TITLE = re.compile(r"^::(?P<title>(?:[^:\\]|\\.|:(?!:))*)::\s*", re.DOTALL)
_FORMAT = re.compile(r"^\[(html|markdown|plain|moodle)\]\s*", re.IGNORECASE)
_CATEGORY = re.compile(r"^\$CATEGORY:\s*(?P<path>.*)$", re.MULTILINE)
_ESCAPE = re.compile(r"\\([~=#{}:\\]|n)")
_ENTRY = re.compile(r"(?<!\\)([=~])((?:[^=~\\]|\\.)*)", re.DOTALL)
_WEIGHT = re.compile(r"^\s*%(-?[\d.]+)%")
_TRUTH = re.compile(r"^\s*(t|true|f|false)\s*(?:#|$)", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BLANK = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*::[^:\n]*::)")


def detects(content: bytes, name: str) -> float:
    """Return how sure it is that these are questions with answers in braces."""
    text = "\n".join(_text.glimpse(content))
    if "\x00" in text or text.lstrip()[:1] in ("[", "<"):
        return 0.0
    entries = len(re.findall(r"(?<!\\)\{\s*(?:[=~#]|T\b|F\b|TRUE\b|FALSE\b)[^{}]*\}", text))
    if not entries:
        return 0.0
    named = name.lower().endswith((".gift", ".gift.txt"))
    marked = bool(re.search(r"^::.+?::|^\$CATEGORY:", text, re.MULTILINE))
    return 0.95 if named or marked else 0.6


def reads(content: bytes, name: str) -> tuple[Imported, ...]:
    """Return the one quiz of the file."""
    text, mended = _text.read(content, name)
    problems: list[Problem] = [*mended]
    text = re.sub(r"^[ \t]*//.*$", "", text, flags=re.MULTILINE)
    categories = {found["path"].strip() for found in _CATEGORY.finditer(text)}
    cards: list[Card] = []
    for line, said in _questions(text):
        cards += _cards(said, line, name, problems)
    title = categories.pop().rpartition("/")[2] if len(categories) == 1 else ""
    return (_quiz.thread(cards, KIND, name, problems, _quiz.line(title)),)


def _questions(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the text of each question; blank lines part them."""
    start = 0
    for found in [*_BLANK.finditer(text), None]:
        end = found.start() if found else len(text)
        said = _CATEGORY.sub("", text[start:end])
        if said.strip():
            before = text[start : start + len(text[start:end]) - len(text[start:end].lstrip())]
            yield text.count("\n", 0, start) + before.count("\n") + 1, said.strip()
        start = found.end() if found else end


def _cards(said: str, line: int, name: str, problems: list[Problem]) -> Iterator[Card]:
    """Yield the question that a text is, and say what is odd about it."""
    said = _TITLE.sub("", said)
    found = _FORMAT.match(said)
    way = found[1].lower() if found else "moodle"
    said = said[found.end() :].strip() if found else said
    answers = _ANSWERS.search(said)
    if not answers:
        if re.search(r"(?<!\\)[{}]", said):
            hint = "a brace that is a word wants a backslash: \\{"
            place = Location(name, line)
            problems.append(warning("brace-lonely", "a brace has no partner here", place, hint))
        yield Card(_words(said, way), line=line)
        return
    before, after = said[: answers.start()].strip(), said[answers.end() :].strip()
    asked = f"{before} _____ {after}" if after else before
    inside, _, general = answers["inside"].partition("####")
    card = Card(_words(asked, way), line=line)
    _answer(card, inside.strip(), way)
    explained = _words(general, way)
    card.answer = "\n\n".join(part for part in (card.answer, explained) if part)
    yield card


def _answer(card: Card, inside: str, way: str) -> None:
    """Give a card what its braces hold."""
    truth = _TRUTH.match(inside)
    if truth:
        true = truth[1].lower().startswith("t")
        card.options = [("True", true), ("False", not true)]
        if not _quiz.asks(card.asked):
            card.asked += "\n\nTrue or false?"
        card.answer = "\n\n".join(_words(each, way) for each in _split(inside, "#")[1:] if each)
        return
    if inside.startswith("#"):
        entries = [each for _, each in _ENTRY.findall(inside[1:])] or [inside[1:]]
        card.answer = "\n\n".join(filter(None, (_number(each, way) for each in entries)))
        return
    entries = _ENTRY.findall(inside)
    told = [(sign, *_parted(said, way)) for sign, said in entries]
    pairs = [re.split(r"\s*->\s*", said, maxsplit=1) for _, said in entries]
    if pairs and all(len(pair) == 2 for pair in pairs):  # noqa: PLR2004 (a pair)
        card.answer = "\n".join(
            f"- {f'**{one}**: ' if (one := _line(pair[0], way)) else ''}{_line(pair[1], way)}"
            for pair in pairs
        )
    elif any(sign == "~" for sign, *_ in told):
        card.options = [
            (words, weight > 0 if weight is not None else sign == "=")
            for sign, words, weight, _ in told
        ]
        card.answer = "\n\n".join(f"**{said}**: {why}" for _, said, _, why in told if why)
    else:
        words = [said for _, said, _, _ in told]
        card.answer = words[0] if len(words) == 1 else "\n".join(f"- {each}" for each in words)
        remarks = [explained for *_, explained in told if explained]
        card.answer = "\n\n".join([card.answer, *remarks] if card.answer else remarks)


def _parted(said: str, way: str) -> tuple[str, float | None, str]:
    """Return the words of an entry, its weight if it has one, and what is said of it."""
    found = _WEIGHT.match(said)
    words, *remarks = _split(said[found.end() :] if found else said, "#")
    weight = None
    if found:
        try:
            weight = float(found[1])
        except ValueError:
            words = said
    return _line(words, way), weight, "\n\n".join(_words(each, way) for each in remarks if each)


def _number(said: str, way: str) -> str:
    """Return `4:0.5` as `4 ± 0.5`, `1..5` as a range."""
    said, *remarks = _split(_WEIGHT.sub("", said), "#")
    said = said.strip()
    if ".." in said:
        said = said.replace("..", "\u2013", 1)
    elif ":" in said:
        number, _, spread = said.partition(":")
        said = number if spread.strip() in ("0", "0.0", "") else f"{number} ± {spread}"
    return "\n\n".join(filter(None, [_line(said, way), *(_words(each, way) for each in remarks)]))


def _split(text: str, sign: str) -> list[str]:
    """Return a text cut at each sign that is not escaped."""
    return [part.strip() for part in re.split(rf"(?<!\\){sign}", text)]


def _line(text: str, way: str) -> str:
    """Return words as Markdown on one line."""
    return _words(text, way).replace("\\\n", " ").replace("\n\n", " ").replace("\n", " ")


def _words(text: str, way: str) -> str:
    """Return what a question's text says as Markdown, in the format that it is in."""
    text = _ESCAPE.sub(lambda sign: "\n" if sign[1] == "n" else sign[1], text).strip()
    if way == "markdown":
        found = _source.read(text, _phrases.Reading())
        return "\n\n".join(piece.written for piece in found.pieces)
    if way == "html" or _TAG.search(text):
        found_html = _html.pieces(text, _phrases.Reading(lambda _: ""))
        return "\n\n".join(piece.written for piece in found_html)
    return _quiz.plain(html.unescape(text)) if way != "plain" else _quiz.plain(text)


importer = Importer("a quiz in Moodle's GIFT format", detects, reads)
