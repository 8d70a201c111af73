"""Contrast as rendered: each letter's colour against what lies behind it on the picture."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.checks import Built, Check, quoted
from generator.errors import Problem, warning
from generator.library.colors import AA, AA_LARGE, contrast
from generator.model import Ink, Page, Rect, Run, Text

if TYPE_CHECKING:
    from PIL.Image import Image

PHONE = 375
"""CSS px that a slide's width becomes on a phone: there WCAG's large text is large."""
LARGE, LARGE_BOLD, BOLD = 24.0, 18.66, 700
"""WCAG 2.2, "large scale": 18 pt, or 14 pt and bold, in CSS px of the phone."""
BAND = (0.22, 0.86)
"""Where letters stand in the height of their run, from the top: capitals down to descenders."""
UNREAD = 0.15
"""The share of a run's letters that may stand on a worse ground before it can't be read."""
NEARLY = 0.95
"""Share of the contrast needed from which nobody sees the difference: 4.4 for 4.5."""
AMONG_PICTURES = "lay more of the ground over the picture (`veil`), move it (`focus`), or change it"
AMONG_COLOURS = "take colours that are further apart, or another theme"


def run(built: Built) -> Iterator[Problem]:
    """Yield a warning for each slide and colour of text that can't be read on its ground."""
    told: set[tuple[str, str]] = set()
    for (number, slide, page), ground in zip(built.each(), built.grounds(), strict=True):
        for text, one, (ratio, behind) in _worst(page, ground):
            frame = text.at.part in ("head", "foot")
            if frame and (one.ink.hex, behind) in told:
                continue  # the same frame on another slide
            told |= {(one.ink.hex, behind)} if frame else set()
            words = quoted(text.plain())
            message = (
                f"slide {number}: {words} has a contrast of {ratio:.1f}, {one.ink.hex} on "
                f"about {behind}; it needs {_needed(one, page)}"
            )
            hint = AMONG_PICTURES if _pictured(page, one.rect, built) else AMONG_COLOURS
            yield warning("contrast-low", message, slide.location, hint)


def _worst(page: Page, ground: "Image") -> Iterator[tuple[Text, Run, tuple[float, str]]]:
    """Yield the least readable run of each colour on a page, with its ratio and its ground."""
    worst: dict[tuple[str, bool], tuple[Text, Run, tuple[float, str]]] = {}
    for text in page.texts:
        if text.at.part in ("deco", "") or text.at.angle:
            continue
        for one in text.runs:
            if one.drawn or not one.text.strip():
                continue
            found = _measured(one, ground)
            if not found or found[0] >= _needed(one, page) * NEARLY:
                continue
            key = (one.ink.hex, text.at.part == "region")
            if key not in worst or found < worst[key][2]:
                worst[key] = text, one, found
    yield from worst.values()


def _needed(one: Run, page: Page) -> float:
    """Return the contrast that a run needs, by its size on a phone."""
    size = one.size * PHONE / min(page.width, page.height)
    large = size >= LARGE or (one.weight >= BOLD and size >= LARGE_BOLD)
    return AA_LARGE if large else AA


def _measured(one: Run, ground: "Image") -> tuple[float, str] | None:
    """Return a run's contrast where it is bad, and the colour there; None if it is off the page.

    The ground is looked at in cells of half a letter's size, two above one another, each by its
    mean; the cell that is worse for UNREAD of them decides.
    """
    from PIL import Image  # noqa: PLC0415  20 ms, only where something is looked at

    top = one.seen.y + BAND[0] * one.seen.height
    seen = Rect(one.seen.x, top, one.seen.width, (BAND[1] - BAND[0]) * one.seen.height)
    seen = seen.common(Rect(0, 0, ground.width, ground.height))
    if seen.width < 1 or seen.height < 1:
        return None
    cells = max(1, round(seen.width / (one.size / 2)))
    box = (seen.x, seen.y, seen.right, seen.bottom)
    grid = ground.resize((cells, 2), Image.Resampling.BOX, box=box)
    flat = grid.tobytes()
    ratios = sorted(
        (contrast(*_shown(one.ink, tuple(flat[at : at + 3]))), f"#{flat[at : at + 3].hex()}")
        for at in range(0, len(flat), 3)
    )
    return ratios[int(UNREAD * len(ratios))]


def _shown(ink: Ink, ground: tuple[int, ...]) -> tuple[str, str]:
    """Return the colour of a letter as it shows on a ground, and the ground's."""
    behind = Ink(*ground)
    if ink.alpha >= 1:
        return ink.hex, behind.hex
    own = (ink.red, ink.green, ink.blue)
    mixed = (
        round(over * ink.alpha + under * (1 - ink.alpha))
        for over, under in zip(own, ground, strict=True)
    )
    return Ink(*mixed).hex, behind.hex


def _pictured(page: Page, rect: Rect, built: Built) -> bool:
    """Return whether a picture that somebody named lies where a run stands."""
    panorama = built.carousel.panorama
    return bool(panorama and panorama.picture) or any(
        figure.url in built.pictures and figure.at.rect.common(rect).area for figure in page.figures
    )


check = Check("contrast-low", run)
