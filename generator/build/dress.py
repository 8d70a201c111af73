"""A slide gets its shape, its layout, its slots and its pictures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from generator import content
from generator.errors import Location
from generator.fetch import Door
from generator.library.layouts import for_shape
from generator.model import Block, Layout, Picture, Slide, Span, Thread, Value

WHOLE = "whole"
"""The shape of layouts that show any post just as it was written."""


@dataclass(frozen=True, slots=True)
class Wardrobe:
    """What slides of one thread may wear: all layouts, and the pictures beside the thread."""

    layouts: Mapping[str, Layout]
    thread: Thread
    door: Door
    chosen: Mapping[str, str] = field(default_factory=dict)

    def dressed(self, slide: Slide) -> Slide:
        """Return the slide ready to be composed."""
        if slide.kind != "post":
            return slide
        blocks = content.settled(slide.blocks, slide.layout, slide.options)
        slide = replace(slide, blocks=blocks)
        pictures = {
            span.target: self._picture(span, _line(slide.location, block))
            for block, span in images(slide.blocks)
        }
        shape = self._shape(slide)
        layout = slide.layout or self._chosen(shape)
        contract = self.layouts.get(layout)
        if slide.image and contract and "image" not in contract.slots:
            # a layout without a place for a picture shows it with the text
            pictures[slide.image.file] = slide.image
            slide = replace(slide, blocks=(*slide.blocks, _block(slide.image)), image=None)
        if contract:
            shape = _read_as(slide, shape, contract)
        main = content.image_of(slide.blocks) if shape.startswith("image") else None
        slots = content.slots_of(slide.blocks, shape)
        if main and slide.image:  # set beside the post's own picture, which is shown with the text
            slots = replace(slots, tail=(*slots.tail, Block("image", spans=(main,))))
        return replace(
            slide,
            shape=shape,
            layout=layout,
            slots=slots,
            pictures=pictures,
            image=slide.image or (pictures[main.target] if main else None),
            options={**self._dated(layout), **slide.options},
        )

    def _chosen(self, shape: str) -> str:
        """Return the layout that the setting `layouts` chose for a shape or all, else the usual."""
        usual = for_shape(self.layouts, shape)
        return self.chosen.get(shape) or self.chosen.get("post") or usual

    def _dated(self, layout: str) -> Mapping[str, Value]:
        """Return the date of the thread's source, where the layout has a place for one."""
        date = self.thread.source.get("date")
        wanted = layout in self.layouts and "date" in self.layouts[layout].options
        return {"date": str(date)} if wanted and date else {}

    def _shape(self, slide: Slide) -> str:
        """Return the shape of the blocks; a picture that was set beside them counts as one."""
        shape = slide.shape or content.shape_of(slide.blocks)
        if slide.image and not shape.startswith("image"):
            return "image-text" if slide.blocks else "image"
        return shape

    def _picture(self, span: Span, where: Location) -> Picture:
        file = self.door.resolve(span.target, Path(self.thread.folder), where)
        return Picture(str(file), span.text, location=where, caption=span.title)


def _read_as(slide: Slide, shape: str, layout: Layout) -> str:
    """Return the shape to read the blocks as: their own, or one that the layout can show."""
    if WHOLE in layout.shapes:
        return WHOLE
    if _filled(slide, shape) <= set(layout.slots):
        return shape
    known = content.shape_names()
    return next((name for name in (layout.name, *layout.shapes) if name in known), "text")


def _filled(slide: Slide, shape: str) -> set[str]:
    """Return the names of the slots that blocks fill as a shape."""
    slots = content.slots_of(slide.blocks, shape)
    filled = {each.name for each in fields(slots) if getattr(slots, each.name)}
    return filled | ({"image"} if slide.image or shape.startswith("image") else set())


def _block(picture: Picture) -> Block:
    """Return a picture that was set beside the text as a block of it."""
    return Block("image", spans=(Span("image", picture.alt, target=picture.file),))


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
