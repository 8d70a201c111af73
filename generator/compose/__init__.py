"""Slides + Theme + Brand + Canvas become HTML and CSS: the only room that knows Jinja."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError
from markupsafe import Markup

from generator.compose import tokens
from generator.compose.ingredients import Ingredient, Kitchen
from generator.compose.markup import Typesetter
from generator.compose.pictures import Darkroom
from generator.compose.qr import qr_code
from generator.errors import GeneratorError, Location, choices, error
from generator.fetch import Door
from generator.library import Library, colors
from generator.model import Carousel, Pattern, Picture, Slide, Slots
from generator.rooms import parts

LABEL = 80
"""Letters of a slide's label (bookmark, aria-label) before it is cut at a word."""
RIGHT_TO_LEFT = frozenset({"ar", "he", "fa", "ur", "yi", "dv", "ps", "sd", "ug"})
SHARPNESS = 2
"""Pixels of a picture per delivered pixel: pinch-zoom in a PDF shows twice the canvas."""


@dataclass(frozen=True, slots=True)
class Composed:
    """One slide as an HTML document and the stylesheets it wants, weakest first."""

    html: str
    sheets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a slide stands: number and total, and its rung on the fit ladder."""

    n: int
    total: int
    step: int = 1
    tight: bool = False


@dataclass(slots=True)
class Composer:
    """Composes the slides of one carousel."""

    carousel: Carousel
    library: Library
    fetcher: Door
    darkroom: Darkroom = field(init=False)
    ingredients: tuple[Ingredient, ...] = field(init=False)
    _environment: ImmutableSandboxedEnvironment = field(init=False)
    _brand: Mapping[str, Any] | None = None
    _common: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Open the room: pictures, ingredients and templates."""
        canvas = self.carousel.canvas
        self.darkroom = Darkroom(self.fetcher, SHARPNESS * max(canvas.width, canvas.height))
        kitchen = Kitchen(self.library, self.fetcher, self.carousel.theme.colors)
        prepared = parts("generator.compose.ingredients", "prepare")
        self.ingredients = tuple(prepare(kitchen) for prepare in prepared.values())  # type: ignore[operator]
        self._environment = _environment(self.library, self.carousel.theme.name)

    def compose(self, slide: Slide, standing: Standing) -> Composed:
        """Return the slide as HTML and CSS, every word of its slots in it."""
        setter = self._typesetter(slide)
        shown = _shown(slide, standing, setter, self._link(slide.slots.link), self.carousel.lang)
        body = self._render(slide, shown)
        _complete(slide, setter, shown, body)
        lang, title = self.carousel.lang, Markup.escape(self.carousel.title)
        html = (
            f'<!doctype html><html lang="{Markup.escape(lang)}" dir="{shown["dir"]}"><head>'
            f'<meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>'
        )
        return Composed(html, self._sheets(slide))

    def inline_words(self, slide: Slide) -> str:
        """Return a slide's label: what it is about in a few of its own words."""
        return _label(slide)

    def _typesetter(self, slide: Slide) -> Typesetter:
        return Typesetter(self.carousel.lang, slide.pictures, self.darkroom.url, self.ingredients)

    def _render(self, slide: Slide, shown: Mapping[str, Any]) -> str:
        name = f"{slide.layout}/slide.html.jinja"
        try:
            template = self._environment.get_template(name)
            return template.render(slide=shown, **self._context())
        except TemplateSyntaxError as wrong:
            where = Location(f"layouts/{wrong.name or name}", wrong.lineno)
            raise GeneratorError(error("template-syntax", str(wrong.message), where)) from None
        except (TemplateError, SecurityError, TypeError, ValueError, ArithmeticError) as wrong:
            where = Location(f"layouts/{name}", _line(wrong))
            message = f"the layout `{slide.layout}` fails: {wrong}"
            raise GeneratorError(error("template-error", message, where)) from None

    def _context(self) -> Mapping[str, Any]:
        carousel = self.carousel
        canvas = carousel.canvas
        if self._brand is None:
            self._brand = self._who()
        return {
            "brand": self._brand,
            "words": {"swipe": "", **carousel.words},
            "canvas": {
                "name": canvas.name,
                "width": canvas.page_width,
                "height": canvas.page_height,
                "shape": canvas.shape,
            },
            "colors": carousel.theme.colors,
            "theme": carousel.theme.name,
            "icon": self._icon,
        }

    def _who(self) -> Mapping[str, Any]:
        """Return what the frame shows: the author, else the brand."""
        carousel, brand = self.carousel, self.carousel.brand
        logo = brand.logo_dark if carousel.theme.dark and brand.logo_dark else brand.logo
        return {
            "name": carousel.speaker,
            "handle": carousel.handle,
            "website": brand.website,
            "avatar": self._picture_url(carousel.avatar),
            "logo": self._picture_url(logo),
            "links": brand.links,
            "header": {"left": "avatar-name", "middle": "", "right": "page", **brand.header},
            "footer": {"left": "handle", "middle": "progress", "right": "arrow", **brand.footer},
        }

    def _picture_url(self, file: str) -> str:
        return self.darkroom.url(Picture(file)) if file else ""

    def _icon(self, name: str, color: str, alt: str = "") -> Markup:
        """Return an icon as a picture in a colour; WeasyPrint draws `currentColor` black."""
        svg = self.library.text(f"themes/_icons/{name}.svg")
        if not svg:
            hint = choices(name, self.library.names("themes/_icons", ".svg"))
            raise GeneratorError(error("icon-unknown", f"no icon named `{name}`", None, hint))
        url = self.fetcher.keep(svg.replace("currentColor", color).encode(), ".svg")
        return Markup('<img class="icon" src="{}" alt="{}">').format(url, alt)

    def _link(self, link: str) -> Mapping[str, str] | None:
        if not link:
            return None
        text = re.sub(r"^(?:https?://(?:www\.)?|mailto:)", "", link).rstrip("/")
        roles = self.carousel.theme.colors
        svg = qr_code(link, roles["fg"], roles["bg"])
        return {"url": link, "text": text, "qr": self.fetcher.keep(svg, ".svg")}

    def _sheets(self, slide: Slide) -> tuple[str, ...]:
        """Return the slide's stylesheets; the same texts for slides that want the same."""
        pattern = self._pattern(slide)
        key = f"{slide.layout} {sorted(slide.sizes.items())} {pattern} {slide.align}"
        if key not in self._common:
            theme = self.carousel.theme
            known = tokens.tokens(self.carousel, slide)
            layout = self.carousel.layouts[slide.layout]
            self._common[key] = (
                self._faces() + tokens.ladder(theme, slide.sizes) + SLIDE_CSS,
                tokens.filled(self.library.text("layouts/_base/base.css"), known),
                self._background(pattern),
                tokens.filled(layout.css, known),
                tokens.filled(theme.css, known),
            )
        return self._common[key]

    def _faces(self) -> str:
        faces = self.carousel.faces
        return tokens.font_faces(
            faces, {face.file: self.fetcher.url(Path(face.file)) for face in faces}
        )

    def _pattern(self, slide: Slide) -> Pattern:
        patterns = self.carousel.theme.patterns
        default = patterns.get(slide.layout) or patterns.get(slide.kind) or Pattern()
        return slide.pattern or default

    def _background(self, pattern: Pattern) -> str:
        name = f"themes/_patterns/{pattern.name}.svg.jinja"
        source = self.library.text(name)
        if pattern.name != "none" and not self.library.find(name):
            hint = choices(pattern.name, self.library.names("themes/_patterns", ".svg.jinja"))
            raise GeneratorError(
                error("pattern-unknown", f"no pattern named `{pattern.name}`", None, hint)
            )
        if not source.strip():
            return ""
        canvas = self.carousel.canvas
        try:
            svg = self._environment.from_string(source).render(
                width=canvas.page_width, height=canvas.page_height, colors=self.carousel.theme.colors,
                scale=pattern.scale, opacity=pattern.opacity, mix=colors.mix,
            )  # fmt: skip
        except TemplateError as wrong:
            where = Location(name, getattr(wrong, "lineno", None) or _line(wrong))
            raise GeneratorError(
                error("template-error", f"the pattern fails: {wrong}", where)
            ) from None
        url = self.fetcher.keep(svg.strip().encode(), ".svg")
        return f".slide{{background-image:url({url})}}"


SLIDE_CSS = (
    ".slide{bookmark-level:1;bookmark-label:attr(aria-label)}"
    "h1,h2,h3,h4,h5,h6{bookmark-level:none}"
    "img.emoji{width:1.2em;height:1.2em;vertical-align:-.22em;margin:0 .04em}"
)
"""What every slide needs to be right, whatever its layout: one bookmark a slide, emoji in the line."""


def _environment(library: Library, theme: str) -> ImmutableSandboxedEnvironment:
    """Return the sandbox that templates of strangers run in: `layouts/` and the theme's frame."""

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        for path in _candidates(name, theme):
            if library.find(path):
                return library.text(path), path, lambda: True
        return None

    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([FunctionLoader(load)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=False,
        lstrip_blocks=False,
    )
    environment.filters["mix"] = colors.mix
    return environment


def _candidates(name: str, theme: str) -> tuple[str, ...]:
    if name == "frame.html.jinja":
        return (f"themes/{theme}/{name}", f"layouts/_base/{name}")
    return (f"layouts/{name}",)


def _shown(
    slide: Slide,
    standing: Standing,
    setter: Typesetter,
    link: Mapping[str, str] | None,
    lang: str,
) -> dict[str, Any]:
    """Return what templates know as `slide`."""
    slots = slide.slots
    blocks, inline = setter.blocks, setter.inline
    return {
        "kind": slide.kind, "layout": slide.layout, "shape": slide.shape,
        "n": standing.n, "total": standing.total, "step": standing.step, "tight": standing.tight,
        "part": slide.part, "parts": slide.parts, "label": _label(slide), "lang": lang,
        "dir": "rtl" if lang.partition("-")[0] in RIGHT_TO_LEFT else "ltr",
        "align": slide.align, "options": slide.options,
        "kicker": inline(slide.kicker or slots.kicker, last=False), "heading": inline(slots.heading, last=False),
        "subtitle": inline(slots.subtitle, last=False), "lead": inline(slots.lead, last=False),
        "body": blocks(slots.body), "tail": blocks(slots.tail), "quote": blocks(slots.quote),
        "attribution": inline(slots.attribution, last=False), "caption": "",
        "items": [
            {"number": item.number, "title": inline(item.title, last=False),
             "body": blocks(item.blocks), "checked": item.checked}
            for item in slots.items
        ],
        "sides": [
            {"mark": side.mark, "title": inline(side.title, last=False), "body": blocks(side.blocks)}
            for side in slots.sides
        ],
        "lines": [{"icon": line.icon, "text": inline(line.text)} for line in slots.lines],
        "link": link, "image": _image(slide, setter),
    }  # fmt: skip


def _image(slide: Slide, setter: Typesetter) -> dict[str, str] | None:
    picture = slide.image or slide.slots.image
    if not picture:
        return None
    url = setter.picture_url(picture)
    return {"url": url, "alt": picture.alt, "fit": picture.fit, "focus": picture.focus}


def _label(slide: Slide) -> str:
    slots = slide.slots
    text = "".join(span.plain() for span in slots.heading or slots.lead)
    text = text or " ".join(block.plain() for block in (*slide.blocks, *slots.quote, *slots.body))
    text = " ".join(text.split())
    return text if len(text) <= LABEL else text[:LABEL].rpartition(" ")[0] + " …"


def _complete(slide: Slide, setter: Typesetter, shown: Mapping[str, Any], html: str) -> None:
    """Raise if the layout left out a slot: nothing that the writer wrote may be dropped."""
    printed = _squeezed(html)
    parts_of = [shown[name] for name in PRINTED]
    parts_of += [item[key] for item in shown["items"] for key in ("title", "body")]
    parts_of += [side[key] for side in shown["sides"] for key in ("title", "body")]
    for part in parts_of:
        if part and _squeezed(part) not in printed:
            missing = " ".join(Markup(part).striptags().split()[:8])
            raise GeneratorError(
                error(
                    "words-dropped",
                    f"the layout `{slide.layout}` leaves out: {missing} …",
                    slide.location,
                    f"choose a layout that takes the shape `{slide.shape}`",
                )
            )


PRINTED = ("heading", "subtitle", "lead", "body", "tail", "quote", "attribution")


def _squeezed(html: str) -> str:
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]*>", "", html)))


def _line(wrong: BaseException) -> int:
    """Return the line of the template that an exception came from, or 0."""
    trace, line = wrong.__traceback__, 0
    while trace:
        if trace.tb_frame.f_code.co_filename.endswith(".jinja"):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


__all__ = ["Composed", "Composer", "Slots", "Standing"]
