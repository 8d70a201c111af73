"""The carousel as one HTML file to swipe through: it asks nobody for anything, from a disk too."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any

from generator import fences
from generator.exporters import Deck, Exporter, drawn
from generator.exporters._plain import LETTERS, apart
from generator.model import Artifact, Block, Page, Rect, Slide, Span

if TYPE_CHECKING:
    from PIL.Image import Image

PAGE, STYLE, SCRIPT = "_html/page.html.jinja", "_html/style.css", "_html/script.js"
QUALITY, METHOD = 82, 4
"""Of the pictures, WebP: text stays crisp, and a slide of words is some 20 to 50 KB."""
SCHEMES = ("https://", "http://", "mailto:", "tel:")
"""What a link may begin with; any other is words only."""


def export(deck: Deck) -> tuple[Artifact, ...]:
    """Return one HTML file: pictures, the text over them, the questions to be answered."""
    carousel, canvas = deck.carousel, deck.carousel.canvas
    script = deck.render(SCRIPT, {})
    together = zip(deck.slides, deck.pages(), drawn(deck, _encoded), strict=True)
    slides = [_shown(slide, page, picture) for slide, page, picture in together]
    spans = (span for slide in slides for span in _spans((*slide["blocks"], *slide["why"])))
    known = {
        "slides": slides,
        "author": carousel.speaker,
        "width": canvas.width,
        "height": canvas.height,
        "page_width": canvas.page_width,
        "page_height": canvas.page_height,
        "links": {span.target for span in spans if span.target.lower().startswith(SCHEMES)},
        "fence": fences.said,
        "style": deck.render(STYLE, {}),
        "script": script,
        "digest": b64encode(sha256(script.encode()).digest()).decode(),
    }
    return (Artifact(f"{carousel.stem}.html", deck.render(PAGE, known).encode()),)


def _encoded(page: "Image") -> bytes:
    stream = BytesIO()
    page.save(stream, "WEBP", quality=QUALITY, method=METHOD, use_sharp_yuv=True)
    return stream.getvalue()


def _shown(slide: Slide, page: Page, picture: bytes) -> dict[str, Any]:
    """Return what the template knows of a slide."""
    options = _options(slide, page)
    return {
        "picture": b64encode(picture).decode(),
        "runs": list(_runs(page)),
        "blocks": tuple(_said(slide)),
        "options": options,
        "placed": any(option["rect"] for option in options),
        "why": slide.question.answers if slide.question else (),
    }


def _runs(page: Page) -> Iterator[dict[str, Any]]:
    """Yield the runs of a page as SVG wants them, in the page's own px."""
    for text in page.texts:
        for line in text.lines:
            for run in line:
                if run.text.strip() and run.rect.width:
                    yield {
                        "text": run.text,
                        "x": round(run.rect.right if text.leftwards else run.rect.x, 1),
                        "y": round(run.baseline, 1),
                        "width": round(run.rect.width, 1),
                        "size": round(run.size, 1),
                        "rtl": text.leftwards,
                        "link": run.link if run.link.lower().startswith(SCHEMES) else "",
                    }


def _said(slide: Slide) -> Iterator[Block]:
    """Yield what a slide says as blocks, what stands beside its posts too."""
    slots, beside = slide.slots, apart(slide)
    if kicker := slide.kicker or slots.kicker:
        yield Block("paragraph", spans=kicker)
    if beside:
        yield from map(_paragraph, filter(None, (beside.alt, beside.caption)))
    if slide.kind == "post":
        yield from slide.blocks
        return
    if slots.heading:
        yield Block("heading", spans=slots.heading, level=1)
    if slots.subtitle:
        yield Block("paragraph", spans=slots.subtitle)
    if slots.lines:
        items = tuple(Block("item", spans=line.text) for line in slots.lines)
        yield Block("list", blocks=items)
    if slots.link:
        link = Span("link", slots.link, target=slots.link)
        yield Block("paragraph", spans=(link,))


def _paragraph(words: str) -> Block:
    return Block("paragraph", spans=(Span("text", words),))


def _options(slide: Slide, page: Page) -> list[dict[str, Any]]:
    """Return the options of the question that a slide asks, with their place in per cent."""
    question = slide.question
    if question is None or not question.right:
        return []
    numbers = _numbers(slide)
    plates = [fill for fill in page.fills if "option" in fill.at.path[-1:][0].split(".")[1:]]
    placed = len(plates) == len(numbers)
    return [
        {
            "letter": LETTERS[number] if number < len(LETTERS) else str(number + 1),
            "words": " ".join(question.options[number].plain().split()),
            "right": number in question.right,
            "rect": _shares(plates[at].at.rect, page) if placed else None,
            "radius": round(100 * plates[at].radius / page.width, 2) if placed else 0,
        }
        for at, number in enumerate(numbers)
    ]


def _numbers(slide: Slide) -> Sequence[int]:
    """Return the numbers, from 0, of the options that a slide shows: a long list is parted."""
    lists = [block for block in slide.blocks if block.kind == "list" and block.ordered]
    return range(lists[-1].start - 1, lists[-1].start - 1 + len(lists[-1].blocks)) if lists else ()


def _shares(rect: Rect, page: Page) -> tuple[float, float, float, float]:
    """Return left, top, width and height in per cent of the page."""
    across, down = 100 / page.width, 100 / page.height
    return (
        round(rect.x * across, 3),
        round(rect.y * down, 3),
        round(rect.width * across, 3),
        round(rect.height * down, 3),
    )


def _spans(blocks: Sequence[Block]) -> Iterator[Span]:
    """Yield all spans of blocks, those in others too."""
    pending = [span for block in blocks for inner in block.walk() for span in inner.spans]
    while pending:
        span = pending.pop()
        yield span
        pending += span.spans


exporter = Exporter(".html", export, measures=True)
