"""What templates know as `slide`: a slide's slots as HTML, and the proof that none was left out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from markupsafe import Markup, escape

from generator.compose.directions import direction
from generator.compose.markup import Typesetter
from generator.compose.numbers import parted
from generator.compose.typography import LONELY_LETTERS
from generator.errors import GeneratorError, Problem, error
from generator.model import Picture, Shot, Slide

LABEL = 80
"""Letters of a slide's label (bookmark, aria-label) before it is cut at a word."""
PRINTED = ("kicker", "heading", "subtitle", "lead", "body", "tail", "quote", "attribution")
"""Slots that hold the writer's words and that every layout has to print."""
QUOTED_WORDS = 8
PICTURE = re.compile(r"""<img\b[^>]*? alt="([^"]*)"[^>]*>""")
"""A picture: a formula or an emoji among words is words, too."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a slide stands: number and total, and its rung on the fit ladder."""

    n: int
    total: int
    step: int = 1
    tight: bool = False


def shown(slide: Slide, standing: Standing, setter: Typesetter, lang: str) -> dict[str, Any]:
    """Return what templates know as `slide`, but its link."""
    return {
        "kind": slide.kind,
        "layout": slide.layout,
        "shape": slide.shape,
        "n": standing.n,
        "total": standing.total,
        "step": standing.step,
        "tight": standing.tight,
        "part": slide.part,
        "parts": slide.parts,
        "number": slide.number,
        "numbers": slide.numbers,
        "counted": slide.counted,
        "label": label(slide),
        "lang": lang,
        "dir": direction(lang),
        "align": slide.align,
        "options": slide.options,
        "caption": "",
        "image": _image(slide, setter),
        "parted": _parted(slide, setter),
        **_slots(slide, setter),
    }


def _slots(slide: Slide, setter: Typesetter) -> dict[str, Any]:
    slots, blocks = slide.slots, setter.blocks
    line, narrow = setter.line, replace(setter, letters=LONELY_LETTERS)
    return {
        "kicker": line(slide.kicker or slots.kicker),
        "heading": line(slots.heading),
        "subtitle": line(slots.subtitle),
        "lead": line(slots.lead),
        "body": blocks(slots.body),
        "tail": blocks(slots.tail),
        "quote": _balanced(blocks(slots.quote)),
        "attribution": line(slots.attribution),
        "items": [
            {
                "number": item.number,
                "title": line(item.title),
                "body": blocks(item.blocks),
                "checked": item.checked,
            }
            for item in slots.items
        ],
        "shots": [_shot(shot, slide, setter) for shot in slots.shots],
        "sides": [
            {"mark": side.mark, "title": line(side.title), "body": narrow.blocks(side.blocks)}
            for side in slots.sides
        ],
        "lines": [{"icon": entry.icon, "text": setter.inline(entry.text)} for entry in slots.lines],
    }


def _balanced(html: Markup) -> Markup:
    """Return a quotation's HTML with its paragraphs marked for balanced lines."""
    marked = str(html).replace("<p>", '<p class="balance">')
    return Markup(marked)  # noqa: S704  it was HTML before


def _parted(slide: Slide, setter: Typesetter) -> dict[str, Markup] | None:
    """Return the heading in three, around its first number; nothing where it has none."""
    found = parted(slide.slots.heading)
    if not found:
        return None
    return dict(zip(("before", "number", "after"), map(setter.line, found), strict=True))


def _image(slide: Slide, setter: Typesetter) -> dict[str, Any] | None:
    picture = slide.image or slide.slots.image
    return _pictured(picture, setter) if picture else None


def _pictured(picture: Picture, setter: Typesetter) -> dict[str, Any]:
    return {
        "url": setter.picture_url(picture),
        "alt": picture.alt,
        "fit": picture.fit,
        "focus": picture.focus,
        "caption": escape(picture.caption),
        "picture": picture,
    }


def _shot(shot: Shot, slide: Slide, setter: Typesetter) -> dict[str, Any]:
    pictured = _pictured(slide.pictures[shot.image.target], setter)
    caption = setter.inline(shot.caption) if shot.caption else escape(shot.image.title)
    return {**pictured, "alt": shot.image.text, "caption": caption}


def label(slide: Slide) -> str:
    """Return what a slide is about, in its own first words."""
    slots = slide.slots
    text = "".join(span.plain() for span in slots.heading or slots.lead)
    blocks = slide.blocks or (*slots.quote, *slots.body)
    text = text or " ".join(block.plain() for block in blocks)
    if not text.strip() and (picture := slide.image or slots.image):
        text = picture.alt
    text = " ".join(text.split())
    return text if len(text) <= LABEL else text[:LABEL].rpartition(" ")[0] + " …"


def complete(slide: Slide, known: Mapping[str, Any], html: str) -> None:
    """Raise if the layout left out a slot: nothing that the writer wrote may be dropped."""
    printed = _squeezed(html)
    slots = [known[name] for name in PRINTED]
    slots += [item[key] for item in known["items"] for key in ("title", "body")]
    slots += [side[key] for side in known["sides"] for key in ("title", "body")]
    slots += [line["text"] for line in known["lines"]]
    slots += [shot["caption"] for shot in known["shots"]]
    slots += [known["image"]["caption"]] if known["image"] else []
    for slot in slots:
        if slot and _squeezed(slot) not in printed:
            missing = " ".join(slot.striptags().split()[:QUOTED_WORDS])
            raise GeneratorError(_dropped(slide, f"{missing} …"))
    pictures = [known["image"]] if known["image"] else []
    for image in (*pictures, *known["shots"]):
        if str(escape(image["url"])) not in html:
            raise GeneratorError(_dropped(slide, f"the picture {image['alt']}".strip()))


def _dropped(slide: Slide, what: str) -> Problem:
    message = f"the layout `{slide.layout}` leaves out: {what}"
    hint = f"choose a layout that takes the shape `{slide.shape}`"
    return error("words-dropped", message, slide.location, hint)


def _squeezed(html: str) -> str:
    """Return the letters of HTML, those that its pictures stand for among them."""
    said = PICTURE.sub(r"\1", str(html))
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]*>", "", said)))
