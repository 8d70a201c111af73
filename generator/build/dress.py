"""A slide gets its shape, its layout, its slots and its pictures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator import content
from generator.errors import Location
from generator.fetch import Door
from generator.library.layouts import for_shape
from generator.model import Block, Layout, Picture, Slide, Span, Thread


@dataclass(frozen=True, slots=True)
class Wardrobe:
    """What slides of one thread may wear: all layouts, and the pictures beside the thread."""

    layouts: Mapping[str, Layout]
    thread: Thread
    door: Door

    def dressed(self, slide: Slide) -> Slide:
        """Return the slide ready to be composed."""
        if slide.kind != "post":
            return slide
        pictures = {
            span.target: self._picture(span, _line(slide.location, block))
            for block, span in images(slide.blocks)
        }
        shape = self._shape(slide)
        main = content.image_of(slide.blocks) if shape.startswith("image") else None
        slots = content.slots_of(slide.blocks, shape)
        if main and slide.image:  # set beside the post's own picture, which is shown with the text
            slots = replace(slots, tail=(*slots.tail, Block("image", spans=(main,))))
        return replace(
            slide,
            shape=shape,
            layout=slide.layout or for_shape(self.layouts, shape),
            slots=slots,
            pictures=pictures,
            image=slide.image or (pictures[main.target] if main else None),
        )

    def _shape(self, slide: Slide) -> str:
        """Return the shape of the blocks; a picture that was set beside them counts as one."""
        shape = content.shape_of(slide.blocks)
        if slide.image and not shape.startswith("image"):
            return "image-text" if slide.blocks else "image"
        return shape

    def _picture(self, span: Span, where: Location) -> Picture:
        file = self.door.resolve(span.target, Path(self.thread.folder), where)
        return Picture(str(file), span.text, location=where)


def _line(slide: Location, block: Block) -> Location:
    """Return where a block stands: its line, if that is known, else where its slide begins."""
    return Location(slide.path, block.line) if block.line else slide


def slants(slide: Slide) -> bool:
    """Return whether a slide has emphasised text, which wants an italic face."""
    slots = slide.slots
    lines = (slots.heading, slots.subtitle, slots.kicker, *(line.text for line in slots.lines))
    inner = (found.spans for block in slide.blocks for found in block.walk())
    return any(_emphasised(spans) for spans in (*lines, *inner))


def _emphasised(spans: Sequence[Span]) -> bool:
    return any(span.kind == "em" or _emphasised(span.spans) for span in spans)


def images(blocks: Sequence[Block]) -> Iterator[tuple[Block, Span]]:
    """Yield every picture in blocks with the block that it stands in, in reading order."""
    for block in blocks:
        for inner in block.walk():
            yield from ((inner, span) for span in _in_spans(inner.spans))


def _in_spans(spans: Sequence[Span]) -> Iterator[Span]:
    for span in spans:
        if span.kind == "image":
            yield span
        yield from _in_spans(span.spans)
