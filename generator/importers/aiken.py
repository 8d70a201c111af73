"""Aiken: a question on one line, options `A. …`, then `ANSWER: A`.

Source: https://docs.moodle.org/en/Aiken_format. Questions of several lines, and several right
letters (`ANSWER: A, C`), which others write, are read too.
"""

import re

from generator.errors import Location, Problem, warning
from generator.importers import Imported, Importer, _quiz, _text
from generator.importers._quiz import Card

KIND = "aiken"
_OPTION = re.compile(r"^\s*([A-Z])[.)]\s+(\S.*)$")
_ANSWER = re.compile(r"^\s*ANSWER\s*:\s*(.*?)\s*$", re.IGNORECASE)
_REMARK = re.compile(r"^\s*(?:FEEDBACK|EXPLANATION)\s*:\s*(.*?)\s*$", re.IGNORECASE)


def detects(content: bytes, name: str) -> float:  # noqa: ARG001 (it is seen in the lines)
    """Return how sure it is that these are questions with lettered options and answers."""
    lines = _text.glimpse(content)
    answers = sum(bool(_ANSWER.match(line)) for line in lines)
    options = sum(bool(_OPTION.match(line)) for line in lines)
    return 0.95 if answers and options >= 2 * answers else 0.0


def reads(content: bytes, name: str) -> tuple[Imported, ...]:
    """Return the one quiz of the file."""
    text, mended = _text.read(content, name)
    problems: list[Problem] = [*mended]
    return (_quiz.thread(cards(text.split("\n"), name, problems), KIND, name, problems),)


def cards(lines: list[str], name: str, problems: list[Problem], first: int = 1) -> list[Card]:
    """Return the questions in lines, of which the first is line `first` of the file."""
    found: list[Card] = []
    asked: list[str] = []
    letters: list[str] = []
    options: list[str] = []
    begins = first
    for number, line in enumerate(lines, first):
        answer, option, remark = _ANSWER.match(line), _OPTION.match(line), _REMARK.match(line)
        if answer and options:
            right = {each.upper() for each in re.findall(r"[A-Za-z]", answer[1])}
            card = _card(asked, letters, options, right, begins)
            found.append(card)
            if not right & set(letters):
                said = f"none of the options is `{answer[1]}`"
                problems.append(warning("answer-unknown", said, Location(name, number)))
            asked, letters, options = [], [], []
        elif remark and found and not options and not asked:
            found[-1].answer = _quiz.plain(remark[1])
        elif option and asked:
            letters.append(option[1])
            options.append(option[2])
        elif line.strip():
            if options:  # another question, and the one before has no answer
                found.append(_card(asked, letters, options, set(), begins))
                asked, letters, options = [], [], []
            begins = begins if asked else number
            asked.append(line.strip())
    if asked:
        found.append(_card(asked, letters, options, set(), begins))
    _tell(found, name, problems)
    return found


def _tell(found: list[Card], name: str, problems: list[Problem]) -> None:
    """Tell of questions without a right answer."""
    for card in found:
        if card.options and not any(right for _, right in card.options):
            hint = "write `ANSWER: A` below its options"
            place = Location(name, card.line)
            said = "this question says no right answer"
            problems.append(warning("quiz-unanswered", said, place, hint))


def _card(
    asked: list[str], letters: list[str], options: list[str], right: set[str], line: int
) -> Card:
    """Return a question from its lines."""
    told = zip(letters, options, strict=True)
    return Card(
        _quiz.plain(" ".join(asked)),
        [(_quiz.line(words), letter in right) for letter, words in told],
        line=line,
    )


importer = Importer("a quiz in the Aiken format", detects, reads)
