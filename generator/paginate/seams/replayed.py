"""A picture of plain shapes is drawn once: the same operators are put on the next page.

WeasyPrint walks an SVG's tree whenever it is drawn, as an arrow or a pattern is on each slide.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from itertools import islice
from operator import attrgetter
from typing import Any

from generator.paginate.seams import Seam

MOST = 200
"""Sizes and surroundings of one picture whose operators are kept."""
STATE = (
    "_current_color",
    "_current_color_stroke",
    "_current_alpha",
    "_current_alpha_stroke",
    "_current_font",
    "_old_font",
)
"""What a stream knows of what was set last: it leaves out what is set already."""
NUMBERED = ("XObject", "Pattern", "Shading")
"""Resources whose names count on from page to page: what uses them is drawn anew."""
PERSONAL = (b"TJ", b"Tf", b"BDC", b"BMC")
"""Ends of operators that set text or tags, which belong to one page."""
_state = attrgetter(*STATE)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The operators of a picture, the opacities they name, and the stream's state after them."""

    operators: tuple[Any, ...]
    opacities: tuple[tuple[str, Any], ...]
    state: tuple[Any, ...]


def _after() -> None:
    from weasyprint.images import SVGImage  # noqa: PLC0415  after it was imported

    SVGImage.draw = replaying(SVGImage.draw)


def replaying(stock: Callable[..., None]) -> Callable[..., None]:
    """Return what draws an SVG picture, from what was drawn before if there is nothing else."""

    @wraps(stock)
    def draw(self: Any, stream: Any, width: float, height: float, style: Any) -> None:  # noqa: ANN401
        if getattr(self, "source", self) is not None:  # the seam `drawn_again` says what stays
            stock(self, stream, width, height, style)
            return
        kept: dict[Any, Drawn] = vars(self).setdefault("_threadpress_drawn", {})
        key = width, height, _state(stream)
        drawn = kept.get(key)
        if drawn is None:
            drawn = _noted(lambda: stock(self, stream, width, height, style), stream)
            if drawn is not None and len(kept) < MOST:
                kept[key] = drawn
            return
        states = stream._resources["ExtGState"]  # noqa: SLF001  there is no public way
        for name, state in drawn.opacities:
            states.setdefault(name, state)
        stream.stream.extend(drawn.operators)
        for name, value in zip(STATE, drawn.state, strict=True):
            setattr(stream, name, value)

    return draw


def _noted(draw: Callable[[], None], stream: Any) -> Drawn | None:  # noqa: ANN401
    """Draw, and return what that did, or None if it did more than to add operators."""
    resources, start = stream._resources, len(stream.stream)  # noqa: SLF001
    before = [len(resources[kind]) for kind in NUMBERED]
    known = len(resources["ExtGState"])
    draw()
    operators = tuple(stream.stream[start:])
    opacities = tuple(islice(resources["ExtGState"].items(), known, None))
    named = {word for word in operators if isinstance(word, bytes) and word.endswith(b" gs")}
    if (
        before != [len(resources[kind]) for kind in NUMBERED]
        or any(not isinstance(word, bytes) or word.endswith(PERSONAL) for word in operators)
        or any(name[:1] not in {"a", "A"} for name, _ in opacities)
        or any(word[:2] not in {b"/a", b"/A"} for word in named)
    ):
        return None
    states = resources["ExtGState"]
    names = {word[1:-3].decode() for word in named}
    return Drawn(operators, tuple((name, states[name]) for name in names), _state(stream))


seam = Seam(version="70.0", after=_after)
