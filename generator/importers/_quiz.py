"""Quiz questions as posts: what is asked, options with boxes, and what explains the answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.errors import GeneratorError, Location, Problem, error, info
from generator.importers import Imported, _inlines, _markdown, _pieces
from generator.model import Value

MARKS = ("?", "\uff1f", "\u061f", "\u037e")


@dataclass(slots=True)
class Card:
    """A question in Markdown; `options` are words and whether they are right.

    `image` is a picture that the question is about: it is seen beside the answer, too.
    """

    asked: str
    options: list[tuple[str, bool]] = field(default_factory=list)
    answer: str = ""
    line: int = 0
    id: str = ""
    image: Mapping[str, str] | None = None


def plain(text: str) -> str:
    """Return plain words, line ends kept, as Markdown."""
    return _markdown.post("\n".join(" ".join(line.split()) for line in text.strip().split("\n")))


def line(text: str) -> str:
    """Return plain words as one line of Markdown."""
    return _inlines.escaped(text)


def asks(markdown: str) -> bool:
    """Return whether words end with a question mark."""
    return markdown.rstrip(" *_~=)]}\"'\u201d\u2019\u00bb").endswith(MARKS)


def written(card: Card) -> str:
    """Return a card as a post's Markdown."""
    if card.options:
        boxes = "\n".join(
            f"- [{'x' if right else ' '}] {words.replace(chr(10), ' ')}"
            for words, right in card.options
        )
        return "\n\n".join(part for part in (card.asked, boxes, card.answer) if part)
    if card.answer and "\n" not in card.asked:
        return f"## {card.asked}\n\n{card.answer}"
    return "\n\n".join(part for part in (card.asked, card.answer) if part)


def settings(card: Card) -> dict[str, Value]:
    """Return what is set for a card: one that asks nothing is a quiz or an answer all the same."""
    image: dict[str, Value] = {key: words for key, words in (card.image or {}).items() if words}
    shown: dict[str, Value] = {"image": image} if image else {}
    return shown | _layout(card)


def _layout(card: Card) -> dict[str, Value]:
    if asks(card.asked) or not card.asked:
        return {}
    if card.options:
        return {"layout": "quiz"}
    return {"layout": "answer"} if card.answer and "\n" not in card.asked else {}


def thread(
    cards: Sequence[Card], kind: str, name: str, problems: Sequence[Problem] = (), title: str = ""
) -> Imported:
    """Return cards as a quiz; a file without any is an error."""
    cards = [card for card in cards if card.asked.strip() or card.options]
    if not cards:
        raise GeneratorError(
            error("import-empty", "there is no question in this file", Location(name))
        )
    posts = tuple(
        _pieces.post(card.id or f"{kind}-{number}", written(card), settings(card))
        for number, card in enumerate(cards, 1)
    )
    found = [*problems]
    silent = [card for card in cards if card.options and not asks(card.asked)]
    if silent:
        said = f"{len(silent)} of {len(cards)} questions have no question mark"
        hint = "a quiz asks: put one where the words before the options ask something"
        found.append(info("question-unmarked", said, Location(name, silent[0].line), hint))
    return Imported(
        posts,
        title=title,
        source={"kind": kind},
        front={"recipe": "quiz"},
        problems=tuple(found),
    )
