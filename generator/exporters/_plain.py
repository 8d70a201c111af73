"""What a slide says, as lines of plain text in reading order: for alt texts, and for posts."""

from collections.abc import Iterator, Sequence

from generator.model import Block, Picture, Slide, Span


def lines(slide: Slide) -> tuple[str, ...]:
    """Return the words of a slide: one line a paragraph, entry or row; pictures say their alt."""
    return tuple(line for line in _slide(slide) if line.strip())


def said(spans: Sequence[Span]) -> str:
    """Return the words of spans on one line, with the alt texts of their pictures."""
    return " ".join("".join(map(_span, spans)).split())


def pictures(slide: Slide) -> tuple[Picture, ...]:
    """Return the pictures of a slide that somebody named for it, each once."""
    own = (slide.image, slide.slots.image, *slide.pictures.values())
    return tuple({one.file: one for one in own if one is not None}.values())


def apart(slide: Slide) -> Picture | None:
    """Return the picture that was set beside a slide's words; nothing if they hold it."""
    inside = {picture.file for picture in slide.pictures.values()}
    chosen = slide.image or slide.slots.image
    return chosen if chosen and chosen.file not in inside else None


def _slide(slide: Slide) -> Iterator[str]:
    beside, slots = apart(slide), slide.slots
    yield said(slide.kicker or slots.kicker)
    if beside:
        yield beside.alt
    if slide.kind == "post":
        for block in slide.blocks:
            yield from _block(block)
        return
    yield said(slots.heading)
    yield said(slots.subtitle)
    yield from (said(line.text) for line in slots.lines)
    yield slots.link


def _block(block: Block) -> Iterator[str]:
    if block.kind in {"code", "math"}:
        yield block.plain().strip("\n")
    elif block.kind == "list":
        for number, item in enumerate(block.blocks, block.start):
            yield from _marked(item, f"{number}." if block.ordered else "•")
    elif block.kind == "callout" and block.text:
        yield from _signed(block)
    elif block.kind == "footnote":
        yield from _marked(block, block.text)
    elif block.kind == "row":
        yield " | ".join(said(cell.spans) for cell in block.blocks)
    else:
        yield said(block.spans)
        for inner in block.blocks:
            yield from _block(inner)


def _marked(item: Block, sign: str) -> Iterator[str]:
    """Yield the lines of an entry, the first behind its sign."""
    tick = {True: "☑ ", False: "☐ ", None: ""}[item.checked]
    inner = [line for block in item.blocks for line in _block(block)] or [said(item.spans)]
    yield f"{sign} {tick}{inner[0]}"
    yield from inner[1:]


def _signed(callout: Block) -> Iterator[str]:
    """Yield the lines of a callout, the first behind the writer's own sign."""
    inner = [said(callout.spans), *(line for block in callout.blocks for line in _block(block))]
    first, *rest = filter(None, inner)
    yield f"{callout.text} {first}"
    yield from rest


def _span(span: Span) -> str:
    if span.kind == "image":
        return span.text
    if span.kind == "break":
        return " "
    return "" if span.kind == "footnote" else span.text + "".join(map(_span, span.spans))
