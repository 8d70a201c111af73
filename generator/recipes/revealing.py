"""Quiz questions as slides: asked, then answered on a slide each, in a key at the end, or never."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from generator.errors import Location, Problem, info, warning
from generator.model import Block, Question, Slide, Span

Reveal = Literal["each", "end", "none"]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
QUESTION, ANSWER = "question", "answer"
NOTES: Literal["footnotes"] = "footnotes"
COUNTED, KEY = "question", "answers"
"""The generator's words that name what is counted, and the heading of the key."""


@dataclass(slots=True)
class Quiz:
    """The questions of one carousel, in the order in which they are asked."""

    reveal: str
    read: Callable[[tuple[Block, ...]], Question | None]
    asked: list[tuple[int, Question, Location]] = field(default_factory=list)
    notes: dict[str, Block] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def slides(self, slide: Slide, *, open_too: bool) -> list[Slide]:
        """Return a slide as the one that asks, and the one that answers, if it asks anything.

        With `open_too` a question without options is one as well.
        """
        question = self.read(slide.blocks)
        if question is None or not (question.options or open_too):
            return [slide]
        where = _place(question, slide)
        notes = (block for block in slide.blocks if block.kind == NOTES)
        self.notes.update({note.info: note for block in notes for note in block.blocks})
        self.asked.append((len(self.asked) + 1, question, where))
        slide = replace(slide, number=len(self.asked), counted=COUNTED)
        if question.options and not question.right:
            hint = "tick the right one: `- [x]`"
            message = "no option of this question is right"
            self.problems.append(warning("quiz-unanswered", message, where, hint))
        layout = slide.layout or ("" if question.options else QUESTION)
        told = question if self.reveal != "none" else None
        asking = replace(slide, blocks=question.asks, layout=layout, question=told)
        known = bool(question.right or question.answers)
        if self.reveal != "each" or not known:
            return [asking]
        return [asking, _told(slide, question)]

    def key(self, slide: Slide) -> list[Slide]:
        """Return the slide with all answers, made of `slide`; none if nothing was asked."""
        if self.reveal != "end" or not self.asked:
            return []
        items = tuple(_entry(*asked) for asked in self.asked)
        line = self.asked[0][2].line or 1
        blocks: tuple[Block, ...] = (Block("list", line, blocks=items, ordered=True, tight=False),)
        called = {span.target for block in blocks[0].walk() for span in _signs(block.spans)}
        if notes := tuple(note for label, note in self.notes.items() if label in called):
            blocks = (*blocks, Block(NOTES, line, blocks=notes))
        made = replace(slide, blocks=blocks, layout=ANSWER, shape=ANSWER)
        return [replace(made, counted=KEY, numbers=len(items))]

    def hidden(self) -> list[Problem]:
        """Return that answers are not shown, if so: words that were written are on no slide."""
        known = [where for _, question, where in self.asked if question.answers]
        if self.reveal != "none" or not known:
            return []
        message = f"`reveal: none` leaves out what is said of {len(known)} answers"
        return [info("answers-hidden", message, known[0])]


def _told(slide: Slide, question: Question) -> Slide:
    """Return the slide that answers: its options keep their letters wherever it is parted."""
    if not question.options:
        return replace(slide, layout=slide.layout or ANSWER)
    blocks = tuple(
        replace(block, ordered=True, start=1) if block.blocks == question.options else block
        for block in slide.blocks
    )
    return replace(slide, blocks=blocks, options={"revealed": True, **slide.options})


def _place(question: Question, slide: Slide) -> Location:
    line = question.options[0].line if question.options else 0
    return Location(slide.location.path, line, 1) if line else slide.location


def _entry(number: int, question: Question, where: Location) -> Block:
    """Return an entry of the key: the question, the right options with their letters, and why."""
    asked = [block for block in question.asks if block.kind in ("heading", "paragraph")]
    spans = asked[-1].spans if asked else ()
    first = Block("paragraph", spans=(Span("strong", spans=spans),))
    rights = (_right(at, question.options[at]) for at in question.right)
    right = tuple(block for blocks in rights for block in blocks)
    answers = tuple(block for block in question.answers if block.kind != NOTES)
    return Block("item", where.line or number, blocks=(first, *right, *answers))


def _signs(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the signs of footnotes."""
    for span in spans:
        if span.kind == "footnote":
            yield span
        yield from _signs(span.spans)


def _right(at: int, option: Block) -> Sequence[Block]:
    sign = Span("kbd", spans=(Span("text", LETTERS[at] if at < len(LETTERS) else str(at + 1)),))
    first, rest = option.blocks[:1], option.blocks[1:]
    if not first or first[0].kind != "paragraph":
        return (Block("paragraph", spans=(sign,)), *option.blocks)
    words = (sign, Span("text", " "), *first[0].spans)
    return (replace(first[0], spans=words), *rest)
