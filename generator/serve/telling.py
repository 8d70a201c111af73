"""What the page is told of decks, slides and problems, as plain values for JSON."""

import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from generator.build.proof import Frame
from generator.errors import Problem, Severity

if TYPE_CHECKING:
    from generator.serve.decks import Deck, Reel


def deck(deck: "Deck", cover: str) -> dict[str, Any]:
    """Return a deck for the list; `cover` is the hash of its first slide."""
    counts = {
        severity: sum(problem.severity is severity for problem in deck.problems)
        for severity in (Severity.ERROR, Severity.WARNING)
    }
    return {
        "slug": deck.slug,
        "path": deck.path,
        "title": deck.title or deck.slug,
        "state": deck.state,
        "errors": counts[Severity.ERROR],
        "warnings": counts[Severity.WARNING],
        "cover": picture(cover) if cover else "",
        "reels": [_named(reel) for reel in deck.reels.values()],
    }


def reel(deck: "Deck", reel: "Reel") -> dict[str, Any]:
    """Return a carousel with its slides, files, and the problems beside them.

    `when`: microseconds of this machine, which show what of an answer and an event is newer.
    """
    carousel = reel.carousel
    canvas = carousel.canvas if carousel else None
    return {
        **_named(reel),
        "when": time.monotonic_ns() // 1000,
        "slug": deck.slug,
        "path": deck.path,
        "title": deck.title or deck.slug,
        "state": deck.state,
        "speaker": carousel.speaker if carousel else "",
        "handle": carousel.handle if carousel else "",
        "lang": carousel.lang if carousel else "",
        "safe": dict(canvas.safe) if canvas else {},
        "crop": dict(canvas.crop) if canvas else {},
        "page": [canvas.page_width, canvas.page_height] if canvas else None,
        "sharp": reel.sharp,
        "proved": reel.proved,
        "changed": reel.changed,
        "slides": [_slide(frame) for frame in reel.frames],
        "files": [_file(name, size) for name, size in reel.files.items()],
        "problems": problems(deck.problems, reel.frames),
    }


def problems(found: Iterable[Problem], frames: Sequence[Frame] = ()) -> list[dict[str, Any]]:
    """Return problems, each with the number of the slide that it concerns, 0 for none."""
    return [
        {
            "severity": str(problem.severity),
            "code": problem.code,
            "message": problem.message,
            "hint": problem.hint or "",
            "place": str(problem.location) if problem.location else "",
            "slide": _beside(problem, frames),
        }
        for problem in found
    ]


def picture(digest: str, *, full: bool = False) -> str:
    """Return the address of a slide's picture."""
    return f"/slides/{digest}{'-full' if full else ''}.jpg"


def _named(reel: "Reel") -> dict[str, Any]:
    carousel = reel.carousel
    folders = reel.key.split("/")
    return {
        "key": reel.key,
        "target": carousel.canvas.name if carousel else folders[-1],
        "targetTitle": carousel.canvas.title if carousel else folders[-1],
        "brand": carousel.brand.name if carousel else "",
        "count": len(reel.frames) or (len(carousel.slides) if carousel else 0),
    }


def _slide(frame: Frame) -> dict[str, Any]:
    place = f"{frame.path}:{frame.line}" if frame.path and frame.line else frame.path
    return {
        "id": frame.digest,
        "small": picture(frame.digest),
        "full": picture(frame.digest, full=True),
        "place": place,
        "kind": frame.kind,
        "layout": frame.layout,
        "words": frame.words,
    }


def _file(name: str, size: int) -> dict[str, Any]:
    return {"name": name.rpartition("/")[2], "bytes": size, "url": f"/files/{quote(name)}"}


def _beside(problem: Problem, frames: Sequence[Frame]) -> int:
    """Return the slide that begins last before a problem's line; 0 where that can't be said."""
    place = problem.location
    if not place or not place.line:
        return 0
    begun = [
        (frame.line, -number)
        for number, frame in enumerate(frames, 1)
        if frame.path == place.path and frame.line <= place.line
    ]
    return -max(begun)[1] if begun else 0
