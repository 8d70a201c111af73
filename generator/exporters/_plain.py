"""What a slide says, as plain text in reading order: for alt texts, and for posts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator import fences
from generator.model import Block, Picture, Slide, Span

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""What counts the options of a quiz."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells what slides say; with `links` the address of each link behind its words.

    Without `shown` what pictures show is left out, but not what stands below them.
    """

    links: bool = False
    shown: bool = True

    def paragraphs(self, slide: Slide) -> tuple[str, ...]:
        """Return the words of a slide by its blocks, of several lines where these have some."""
        return tuple(part for part in self._slide(slide) if part.strip())

    def lines(self, slide: Slide) -> tuple[str, ...]:
        """Return the words of a slide: a line is a paragraph, an entry, a row."""
        return tuple(line for part in self.paragraphs(slide) for line in part.split("\n"))

    def said(self, spans: Sequence[Span]) -> str:
        """Return the words of spans on one line, with the alt texts of their pictures."""
        return " ".join("".join(map(self._span, spans)).split())

    def _slide(self, slide: Slide) -> Iterator[str]:
        beside, slots = apart(slide), slide.slots
        yield self.said(slide.kicker or slots.kicker)
        if beside:
            yield "\n".join(self._pictured(beside.alt, beside.caption))
        if slide.kind == "post":
            yield from ("\n".join(filter(None, self._block(block))) for block in slide.blocks)
            return
        yield self.said(slots.heading)
        yield self.said(slots.subtitle)
        yield "\n".join(self.said(line.text) for line in slots.lines)
        yield slots.link

    def _block(self, block: Block) -> Iterator[str]:
        if block.kind == "code":
            yield fences.said(block.info).title
            yield block.text.strip("\n")
        elif block.kind == "image":
            yield from self._pictured(block.spans[0].text, block.spans[0].title)
        elif block.kind == "math":
            yield block.plain().strip("\n")
        elif block.kind == "list":
            for item, sign in zip(block.blocks, _signs(block), strict=True):
                yield from self._marked(item, sign)
        elif block.kind == "callout" and block.text:
            yield from self._signed(block)
        elif block.kind == "footnote":
            yield from self._marked(block, block.text)
        elif block.kind == "row":
            yield " | ".join(self.said(cell.spans) for cell in block.blocks)
        else:
            yield self.said(block.spans)
            for inner in block.blocks:
                yield from self._block(inner)

    def _marked(self, item: Block, sign: str) -> Iterator[str]:
        """Yield the lines of an entry, the first behind its sign."""
        tick = {True: "☑ ", False: "☐ ", None: ""}[item.checked]
        inner = [line for block in item.blocks for line in self._block(block) if line]
        first, *rest = inner or [self.said(item.spans)]
        yield f"{sign} {tick}{first}"
        yield from rest

    def _signed(self, callout: Block) -> Iterator[str]:
        """Yield the lines of a callout, the first behind the writer's own sign."""
        inner = [line for block in callout.blocks for line in self._block(block)]
        first, *rest = filter(None, (self.said(callout.spans), *inner))
        yield f"{callout.text} {first}"
        yield from rest

    def _pictured(self, alt: str, caption: str) -> Iterator[str]:
        """Yield what a picture shows, and the words below it."""
        yield from filter(None, (alt if self.shown else "", caption))

    def _span(self, span: Span) -> str:
        if span.kind == "image":
            return " ".join(self._pictured(span.text, span.title))
        if span.kind == "break":
            return " "
        inner = span.text + "".join(map(self._span, span.spans))
        if span.kind == "link" and self.links and not _named(inner, span.target):
            return f"{inner} {span.target}"
        return "" if span.kind == "footnote" else inner


def pictures(slide: Slide) -> tuple[Picture, ...]:
    """Return the pictures of a slide that somebody named for it, each once."""
    own = (slide.image, slide.slots.image, *slide.pictures.values())
    return tuple({one.file: one for one in own if one is not None}.values())


def apart(slide: Slide) -> Picture | None:
    """Return the picture that was set beside a slide's words; nothing if they hold it."""
    inside = {picture.file for picture in slide.pictures.values()}
    chosen = slide.image or slide.slots.image
    return chosen if chosen and chosen.file not in inside else None


def _signs(block: Block) -> Iterator[str]:
    """Yield what stands before the entries of a list: letters before a quiz's, as on its slide."""
    lettered = all(item.checked is not None for item in block.blocks)
    for number in range(block.start, block.start + len(block.blocks)):
        letter = LETTERS[number - 1 : number] if lettered else ""
        yield f"{letter or number}." if block.ordered else "•"


def _named(words: str, address: str) -> bool:
    """Return whether the words of a link say its address already."""
    return words.strip().rstrip("/") in {
        address.rstrip("/"),
        address.partition("://")[2].rstrip("/"),
    }
