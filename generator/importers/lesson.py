"""The text of a lesson page with a quiz: a few sentences, `15 questions · …`, then questions.

The page shows options only to those who take the quiz. Where a copy has them (`A. …`, `ANSWER: A`)
they come along; else the questions are open.
"""

import re
from collections.abc import Sequence

from generator.errors import GeneratorError, Problem, error, info, warning
from generator.errors import Location as Place
from generator.importers import Imported, ImportedPost, Importer, _quiz, _text, aiken
from generator.model import Value

KIND = "lesson"
_COUNT = re.compile(
    r"^(?P<count>\d{1,4}) questions?\s*[·•|,:\u2013-]?\s*(?P<rest>.*)$", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?(?<![.,;)])", re.IGNORECASE)
_LOADING = re.compile(r"^loading\b.*(?:…|\.\.\.)$", re.IGNORECASE)


def detects(content: bytes, name: str) -> float:  # noqa: ARG001 (it is seen in the lines)
    """Return how sure it is that a line announces a number of questions that follow."""
    lines = [line for line in _text.glimpse(content) if line]
    at = next((at for at, line in enumerate(lines) if _announces(line)), None)
    if at is None:
        return 0.0
    asked = sum(_quiz.asks(line) for line in lines[at + 1 :])
    loading = any(_LOADING.match(line) for line in lines[:3])
    if not asked:
        return 0.0
    return 0.97 if loading or _ADDRESS.search(lines[at]) else 0.7


def reads(content: bytes, name: str) -> tuple[Imported, ...]:
    """Return the lesson with its questions."""
    text, mended = _text.read(content, name)
    lines = [_text.squeeze(line) for line in text.split("\n")]
    problems: list[Problem] = [*mended]
    at = next((at for at, line in enumerate(lines) if _announces(line)), len(lines))
    above = [line for line in lines[:at] if line and not _LOADING.match(line)]
    below = lines[at + 1 :]
    answered = any(re.match(r"ANSWER\s*:", line, re.IGNORECASE) for line in below)
    if answered:
        cards = aiken.cards(below, name, problems, at + 2)
    else:
        cards = [
            _quiz.Card(_quiz.plain(line), line=number)
            for number, line in enumerate(below, at + 2)
            if line
        ]
    posts = [
        ImportedPost(f"{KIND}-{number}", _quiz.plain(line)) for number, line in enumerate(above, 1)
    ]
    posts += [
        ImportedPost(f"{KIND}-q{number}", _quiz.written(card), _quiz.settings(card))
        for number, card in enumerate(cards, 1)
    ]
    if not posts:
        said = "there is no lesson in this text: no words, no questions"
        raise GeneratorError(error("import-empty", said, Place(name)))
    announced = lines[at] if at < len(lines) else ""
    problems += _counted(announced, cards, name, at + 1)
    front: dict[str, Value] = {"recipe": "lesson", **_outro(announced)}
    source: dict[str, Value] = {"kind": KIND}
    return (Imported(tuple(posts), source=source, front=front, problems=tuple(problems)),)


def _announces(line: str) -> bool:
    """Return whether a line says how many questions follow."""
    found = _COUNT.match(line)
    return bool(found and not _quiz.asks(line))


def _outro(line: str) -> dict[str, Value]:
    """Return the last slide: what the page says of its quiz, and where that is."""
    found = _ADDRESS.search(line)
    if not found:
        return {"outro": {"lines": [_quiz.line(line)]}} if line else {}
    address = found[0] if found[0].startswith("http") else f"https://{found[0]}"
    said = re.sub(r"\s+(?:at|on|via|:|→)\s*$", "", line[: found.start()]).strip()
    behind = line[found.end() :].strip(" .")
    words = [_quiz.line(each) for each in (said, behind) if each]
    return {"outro": {"lines": [*words], "link": address}}


def _counted(line: str, cards: Sequence[_quiz.Card], name: str, at: int) -> list[Problem]:
    """Return what is told of the questions: how many there should be, and that they are open."""
    found = _COUNT.match(line)
    told: list[Problem] = []
    if found and int(found["count"]) != len(cards):
        said = f"the page announces {found['count']} questions, and {len(cards)} follow"
        told.append(warning("question-count", said, Place(name, at), "was it copied whole?"))
    if cards and not any(card.options or card.answer for card in cards):
        said = "the questions have no options and no answers: the page does not show them"
        told.append(info("quiz-open", said, Place(name, at), "write answers below them"))
    return told


importer = Importer("a lesson page with its questions", detects, reads)
