"""The ladder: a slide is composed and laid out, tightened, shrunk, split, until every word fits."""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from generator.cache import Cache
from generator.compose import Composer, Standing
from generator.compose.tokens import lowest, steps
from generator.content import balanced, continued, cuts, join
from generator.errors import GeneratorError, Problem, error, info
from generator.model import Block, Slide
from generator.paginate import GLYPH_MISSING, LaidOut, Press

NORMAL = 1
"""The rung that a slide starts on; rung 0 is one step of growth."""
SHORT = 0.62
"""A region less full than this grows by a step: deep space below short content is a fault."""
PROSE = frozenset({"paragraph", "quote"})
LETTER_BOX = 0.58
"""What the squares of a SHORT post's letters come to, of the page's area: a guess, measured on
prose at 1080x1350. It saves a layout where it is right; a wrong one costs a layout."""
SNUG = 1.08
"""Up to this fill tightening alone is tried first: it saves 5 to 10 % of the height."""
TIGHTENED = 0.9
"""The share of its height that a text keeps at least when its gaps are tightened."""
MOST_PARTS = 10
"""Continuation slides of one post; more than this is a post that wants to be several."""
MOST_ROWS = 40
"""Rows of a table on a slide: 1,000 take 15 s to lay out (reliability.md)."""
BLOCK_WEIGHT = 60
"""Letters that a block's own space amounts to when parts are made equally heavy."""
FOUND = re.compile(rb"(\d{1,2}) ([01])")
"""A rung as it is kept: its step, and whether gaps are tightened."""
TAIL_WORDS = 8
"""Words that an error quotes of what does not fit."""


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the ladder: index of the body size, and whether gaps are tightened."""

    step: int
    tight: bool


@dataclass(frozen=True, slots=True)
class Fitted:
    """A slide that fits: on which rung, as it was laid out, and as which number of how many."""

    slide: Slide
    rung: Rung
    laid: LaidOut
    number: tuple[int, int]


@dataclass(slots=True)
class Fitter:
    """Fits the slides of one carousel; what took more than one try is looked up in the `cache`."""

    composer: Composer
    press: Press
    cache: Cache = field(default_factory=Cache)
    problems: list[Problem] = field(default_factory=list)
    on_slide: Callable[[], None] = lambda: None
    _tries: int = 0

    def deck(self, slides: Sequence[Slide]) -> list[Fitted]:
        """Return every slide fitted, continuation slides included, numbered through."""
        fitted = self.sheaf(slides, 1, len(slides))
        total = len(fitted)
        return [one if one.number == (n, total) else self._again(one, n, total)
                for n, one in enumerate(fitted, 1)]  # fmt: skip

    def sheaf(self, slides: Sequence[Slide], first: int, total: int) -> list[Fitted]:
        """Return neighbouring slides of a deck fitted, as number `first` and on of `total`.

        Raises a GeneratorError with all that does not fit.
        """
        fitted: list[Fitted] = []
        failed: list[Problem] = []
        for n, slide in enumerate(slides, first):
            try:
                fitted += self._fit(slide, n, total)
            except GeneratorError as wrong:
                failed += [problem.at(slide.location) for problem in wrong.problems]
            self.on_slide()
        if failed:
            raise GeneratorError(*failed)
        return fitted

    def again(self, fitted: Sequence[Fitted], first: int, total: int) -> list[Fitted]:
        """Return slides that are fitted already, laid out with other numbers."""
        return [self._again(one, n, total) for n, one in enumerate(fitted, first)]

    def _again(self, one: Fitted, n: int, total: int) -> Fitted:
        return Fitted(one.slide, one.rung, self._lay(one.slide, one.rung, n, total), (n, total))

    def _fit(self, slide: Slide, n: int, total: int) -> list[Fitted]:
        rows = sum(block.kind == "row" for top in slide.blocks for block in top.walk())
        if rows > MOST_ROWS:
            least = math.ceil(rows / MOST_ROWS)
        else:
            rung, laid = self._settled(slide, n, total)
            if laid.fill <= 1:
                return [Fitted(slide, rung, laid, (n, total))]
            least = max(2, math.ceil(self._at_least(slide, rung, laid)))
        if fitted := self._split(slide, least, n, total):
            return fitted
        if rows > MOST_ROWS:
            raise GeneratorError(_too_long(slide, "", many=least > MOST_PARTS))
        laid = self._lay(slide, self._rungs(slide)[-1], n, total)
        raise GeneratorError(_too_long(slide, laid.beyond, many=laid.fill > MOST_PARTS))

    def _settled(self, slide: Slide, n: int, total: int) -> tuple[Rung, LaidOut]:
        """Return a slide on its rung, which an earlier build may have found."""
        sizes, canvas = self._sizes(slide), self.composer.carousel.canvas
        first = self._rungs(slide)[0 if self._looks_short(slide, sizes[0]) else NORMAL]
        tried = self.composer.compose(slide, Standing(n, total, first.step, first.tight))
        page = tried.html, tuple(tried.sheets), canvas.page_width, canvas.page_height
        if not self.cache.place.folder or self.press.knows(page):
            return self._climb(slide, n, total)
        # all that decides on it: how it is tried first, and all its sizes
        key = "fit", slide.kind, *sizes, *page[2:], self.press.door.digest((page[0], *page[1]))
        if found := FOUND.fullmatch(self.cache.get(*key) or b""):
            rung = Rung(int(found[1]), found[2] == b"1")
            if rung in self._rungs(slide):
                return rung, self._lay(slide, rung, n, total)
        self._tries = 0
        rung, laid = self._climb(slide, n, total)
        if self._tries > 1:
            self.cache.put(b"%d %d" % (rung.step, rung.tight), *key)
        return rung, laid

    def _climb(self, slide: Slide, n: int, total: int) -> tuple[Rung, LaidOut]:
        """Return the first rung on which the slide fits and no display word is torn.

        If there is none, the last rung; a word that is too wide on every rung stays torn.
        """
        rung, laid = self._fitting(slide, n, total)
        if laid.fill > 1 or laid.torn <= 1:
            return rung, laid
        sizes = self._sizes(slide)
        wanted = sizes[rung.step] / laid.torn
        for smaller in self._rungs(slide):
            if sizes[smaller.step] <= wanted:
                whole = self._lay(slide, replace(smaller, tight=rung.tight), n, total)
                found = whole.fill <= 1 and whole.torn <= 1
                return (replace(smaller, tight=rung.tight), whole) if found else (rung, laid)
        return rung, laid

    def _fitting(self, slide: Slide, n: int, total: int) -> tuple[Rung, LaidOut]:
        """Return the first rung on which the slide fits, else the last one.

        Where it can plainly fit on none, it is not tried on all of them.
        """
        rungs, sizes = self._rungs(slide), self._sizes(slide)
        grown = self._lay(slide, rungs[0], n, total) if self._looks_short(slide, sizes[0]) else None
        if grown and grown.fill <= SHORT * sizes[0] / sizes[NORMAL]:  # a step smaller it is SHORT
            return rungs[0], grown
        laid = self._lay(slide, rungs[NORMAL], n, total)
        if laid.fill <= SHORT and slide.kind == "post":
            grown = grown or self._lay(slide, rungs[0], n, total)
            return (rungs[0], grown) if grown.fill <= 1 else (rungs[NORMAL], laid)
        at = NORMAL
        if slide.kind == "post" and self._at_least(slide, rungs[NORMAL], laid) > 1:
            return rungs[NORMAL], laid
        while laid.fill > 1 and at < len(rungs) - 1:
            at = self._next(slide, rungs, at, laid.fill)
            laid = self._lay(slide, rungs[at], n, total)
        return rungs[at], laid

    def _at_least(self, slide: Slide, rung: Rung, laid: LaidOut) -> float:
        """Return how full a slide is in the smallest type at least, from how full it is on a rung.

        A line of code stays a line; lines of words get fewer as well, and their gaps narrower.
        """
        sizes = self._sizes(slide)
        size = sizes[-1] / sizes[rung.step]
        if all(block.kind == "code" for block in slide.blocks):
            return laid.fill * size
        return laid.fill * size * size * (1 if rung.tight else TIGHTENED)

    def _looks_short(self, slide: Slide, size: float) -> bool:
        """Return whether a post will grow, as far as its letters tell."""
        canvas = self.composer.carousel.canvas
        room = LETTER_BOX * canvas.page_width * canvas.page_height
        prose = slide.kind == "post" and PROSE.issuperset(block.kind for block in slide.blocks)
        return prose and not slide.image and _weight(slide.blocks) * size**2 <= room

    def _next(self, slide: Slide, rungs: Sequence[Rung], at: int, fill: float) -> int:
        """Return the rung to try next: text needs room by the square of its size."""
        if at == NORMAL and fill <= SNUG:
            return at + 1
        sizes = self._sizes(slide)
        wanted = sizes[rungs[at].step] * math.sqrt(1 / fill) * (1.02 if at == NORMAL else 1.0)
        for index in range(max(at + 1, NORMAL + 2), len(rungs)):
            if sizes[rungs[index].step] <= wanted:
                return index
        return len(rungs) - 1

    def _rungs(self, slide: Slide) -> tuple[Rung, ...]:
        count = len(self._sizes(slide))
        smaller = (Rung(step, tight=True) for step in range(2, count))
        return (Rung(0, tight=False), Rung(1, tight=False), Rung(1, tight=True), *smaller)

    def _sizes(self, slide: Slide) -> tuple[float, ...]:
        every = steps if slide.kind == "post" else lowest
        return every(self.composer.carousel.theme, slide.sizes)

    def _lay(self, slide: Slide, rung: Rung, n: int, total: int) -> LaidOut:
        self._tries += 1
        canvas = self.composer.carousel.canvas
        composed = self.composer.compose(slide, Standing(n, total, rung.step, rung.tight))
        laid = self.press.lay_out(
            composed.html, composed.sheets, canvas.page_width, canvas.page_height
        )
        if not laid.problems and not composed.problems:
            return laid
        told = (p.at(slide.location) if p.code == GLYPH_MISSING else p for p in laid.problems)
        return replace(laid, problems=(*told, *composed.problems))

    def _split(self, slide: Slide, least: int, n: int, total: int) -> list[Fitted]:
        """Return `least` or more slides on one rung; none where no border of blocks helps."""
        for fine in (False, True):
            pieces = cuts(slide.blocks, fine=fine)
            for count in range(least, min(len(pieces), MOST_PARTS) + 1):
                if fitted := self._together(self._parts(slide, pieces, count), n, total):
                    message = f"{_named(slide)} needs {count} slides"
                    self.problems.append(info("post-split", message, slide.location))
                    return fitted
        return []

    def _together(self, parts: Sequence[Slide], n: int, total: int) -> list[Fitted]:
        """Return the parts on the largest rung that suits them all, or nothing.

        They are numbered as if no other post were parted: where that is so, once is enough.
        """
        fitted = []
        total += len(parts) - 1
        for at, part in enumerate(parts, n):
            rung, laid = self._settled(part, at, total)
            if laid.fill > 1:
                return []
            fitted.append(Fitted(part, rung, laid, (at, total)))
        common = max((one.rung for one in fitted), key=lambda rung: (rung.step, rung.tight))
        return [
            one if one.rung == common else self._again(replace(one, rung=common), *one.number)
            for one in fitted
        ]

    def _parts(self, slide: Slide, pieces: Sequence[tuple[Block, ...]], count: int) -> list[Slide]:
        groups = balanced([_weight(piece) for piece in pieces], count)
        made, at = [], 0
        for part, size in enumerate(groups, 1):
            before, blocks = join(pieces[:at]), join(pieces[at : at + size])
            at += size
            slots = continued(slide.slots, slide.shape, before, blocks)
            image = slide.image if part == 1 else None
            made.append(
                replace(slide, blocks=blocks, slots=slots, image=image, part=part, parts=count)
            )
        return made


def _weight(piece: Iterable[Block]) -> int:
    return sum(len(block.plain()) + BLOCK_WEIGHT for block in piece)


def _named(slide: Slide) -> str:
    if not slide.posts:
        return f"the {slide.kind}"
    numbers = ", ".join(str(number) for number in slide.posts)
    return f"post {numbers}" if len(slide.posts) == 1 else f"posts {numbers}"


def _too_long(slide: Slide, beyond: str, *, many: bool) -> Problem:
    every = (word for block in slide.blocks for word in block.plain().split())
    words = beyond.split() or list(every)
    quoted = f"“{' '.join(words[:TAIL_WORDS])} …”"
    if many:
        message = f"{_named(slide)} needs more than {MOST_PARTS} slides: no room for {quoted}"
        return error(
            "post-too-long", message, slide.location, "part it with `---` into several posts"
        )
    message = f"{_named(slide)} does not fit: no room for {quoted}"
    hint = "shorten it, or choose a smaller `typography: {title: …}`"
    if slide.kind == "post":
        hint = "shorten it, part it with `---`, or choose a smaller `typography: {body: …}`"
    return error("does-not-fit", message, slide.location, hint)
