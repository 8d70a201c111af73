"""Slides + Theme + Brand + Canvas become HTML and CSS: the only room that knows Jinja."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from markupsafe import Markup

from generator.cache import Cache
from generator.compose import templates, tokens
from generator.compose.directions import direction
from generator.compose.ingredients import Kitchen
from generator.compose.letters import letter_width
from generator.compose.markup import Typesetter
from generator.compose.pictures import Darkroom
from generator.compose.shown import Standing, complete, shown
from generator.compose.styling import Stylist, Tone
from generator.compose.veils import thickness
from generator.errors import GeneratorError, Problem, choices, error
from generator.fetch import Door
from generator.library import Library, colors
from generator.library.derive import toned
from generator.model import Carousel, Picture, Slide, Theme
from generator.rooms import parts

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

SHARPNESS = 2
"""Pixels of a picture per delivered pixel: pinch-zoom in a PDF shows twice the canvas."""
LETTERS, LINE_LETTERS = 18, 10
"""Letters of the last two words that stay together, in text and in headings: at a theme's own sizes
they fit on every line; at sizes that somebody chose they may not."""
DECORATIVE = re.compile(r"""<img\b([^>]*?) alt=""([^>]*)>""")
"""A picture that says nothing. As an `<embed>` it is drawn the same, and is no Figure without a
description, which PDF/UA forbids and WeasyPrint would make of an `<img>`."""
HEADER = {"left": "avatar-name", "middle": "", "right": "page"}
FOOTER = {"left": "handle", "middle": "progress", "right": "arrow"}


@dataclass(frozen=True, slots=True)
class Composed:
    """One slide as an HTML document and the stylesheets it wants, weakest first.

    `problems` are what there is to tell of it.
    """

    html: str
    sheets: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Composer:
    """Composes the slides of one carousel."""

    carousel: Carousel
    library: Library
    door: Door
    cache: Cache = field(default_factory=Cache)
    darkroom: Darkroom = field(init=False)
    _templates: "ImmutableSandboxedEnvironment" = field(init=False)
    _tones: dict[str, Tone] = field(default_factory=dict)
    _told: list[Problem] = field(default_factory=list)
    _stylist: Stylist = field(init=False)
    _composed: dict[Standing, tuple[Slide, Composed]] = field(default_factory=dict)
    _icons: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Open the room: pictures and templates."""
        canvas = self.carousel.canvas
        longest = SHARPNESS * max(canvas.width, canvas.height)
        self.darkroom = Darkroom(self.door, longest, self.cache, self._told)
        self._templates = templates.environment(self.library, self.carousel.theme.folders)
        self._stylist = Stylist(self.library, self.door, self.darkroom, self._templates)

    def compose(self, slide: Slide, standing: Standing) -> Composed:
        """Return the slide as HTML and CSS, every word of its slots in it.

        A slide that is what stood in the same place the last time is not composed again.
        """
        before = self._composed.get(standing)
        if before and before[0] == slide:
            return before[1]
        self._told.clear()
        try:
            composed = self._compose(slide, standing)
        except GeneratorError as wrong:
            raise GeneratorError(*_placed(wrong.problems, slide)) from wrong
        composed = replace(composed, problems=_placed(self._told, slide))
        self._composed[standing] = (slide, composed)
        return composed

    def _compose(self, slide: Slide, standing: Standing) -> Composed:
        lang, tone = self.carousel.lang, self._tone(slide)
        setter = Typesetter(lang, slide.pictures, self.darkroom.url, tone.ingredients)
        if any(block.kind == "table" for block in slide.blocks):
            setter.measure = self._letters(slide)
        if not slide.sizes:
            setter = replace(setter, letters=LETTERS, line_letters=LINE_LETTERS)
        known = shown(slide, standing, setter, lang)
        known["link"] = self._link(slide.slots.link, tone.theme.colors)
        known["sizes"] = tokens.scale(tone.theme, slide.sizes)
        known["small"] = tokens.small(tone.theme, slide.sizes, standing.step)
        name = f"{slide.layout}/slide.html.jinja"
        body = templates.render(self._templates, name, slide=known, **tone.known)
        complete(slide, known, body)
        body = DECORATIVE.sub(r"<embed\1\2>", body)
        html = Markup(
            '<!doctype html><html lang="{}" dir="{}"><head><meta charset="utf-8">'
            "<title>{}</title></head><body>{}</body></html>"
        ).format(lang, direction(lang), self.carousel.title, Markup(body))  # noqa: S704  autoescaped
        return Composed(str(html), self._stylist.sheets(self.carousel, slide, tone, standing))

    def page(self, name: str, known: Mapping[str, Any]) -> str:
        """Return what a template of layouts/ gives that is no slide, such as a page to swipe."""
        carousel = self.carousel
        return templates.render(
            self._templates,
            name,
            title=carousel.title,
            lang=carousel.lang,
            dir=direction(carousel.lang),
            words=carousel.words,
            colors=carousel.theme.colors,
            dark=carousel.theme.dark,
            **known,
        )

    def _letters(self, slide: Slide) -> int:
        """Return about how many letters of small print a line of the slide holds at the least."""
        theme, canvas = self.carousel.theme, self.carousel.canvas
        name = theme.fonts["text"].family
        faces = [face for face in self.carousel.faces if face.family == name and not face.italic]
        boldest = max(faces, key=lambda face: face.weight, default=None)
        mean = letter_width(boldest.file) if boldest else tokens.LETTER
        return int(tokens.measure(theme, canvas, slide.sizes) / mean)

    def _tone(self, slide: Slide) -> Tone:
        """Return the tone of the slide's layout, else of its kind, else the theme's own."""
        theme = self.carousel.theme
        name = next((one for one in (slide.layout, slide.kind) if one in theme.tones), "")
        if name not in self._tones:
            if name:
                roles = toned(theme.colors, theme.tones[name])
                theme = replace(theme, colors=roles, dark=colors.dark(roles["bg"]))
            render = partial(templates.render, self._templates)
            words = self.carousel.words
            kitchen = Kitchen(
                self.library,
                self.door,
                theme.colors,
                render,
                words,
                self._icon,
                self._told,
                self.cache,
            )
            found = parts("generator.compose.ingredients", "prepare")
            ingredients = tuple(cast("Any", prepare)(kitchen) for prepare in found.values())
            self._tones[name] = Tone(name, theme, ingredients, self._around(theme))
        return self._tones[name]

    def _around(self, theme: Theme) -> Mapping[str, Any]:
        """Return what templates know besides the slide: the same for all slides of a tone."""
        canvas = self.carousel.canvas
        return {
            "brand": self._who(theme),
            "words": {"swipe": "", **self.carousel.words},
            "canvas": {
                "name": canvas.name,
                "width": canvas.page_width,
                "height": canvas.page_height,
                "shape": canvas.shape,
                **tokens.room(theme, canvas),
            },
            "colors": theme.colors,
            "theme": theme.name,
            "icon": self._icon,
            "measure": self._measure,
            "veil": lambda image: thickness(self.darkroom.extremes(image["picture"]), theme.colors),
        }

    def _who(self, theme: Theme) -> Mapping[str, Any]:
        """Return what the frame shows: the author, else the brand."""
        carousel, brand = self.carousel, self.carousel.brand
        logo = brand.logo_dark if theme.dark and brand.logo_dark else brand.logo
        return {
            "name": carousel.speaker,
            "handle": carousel.handle,
            "website": brand.website,
            "verified": brand.verified and carousel.handle == brand.handle,
            "avatar": self._picture_url(carousel.avatar),
            "logo": self._picture_url(logo),
            "links": brand.links,
            "header": {**HEADER, **brand.header},
            "footer": {**FOOTER, **brand.footer},
        }

    def _picture_url(self, file: str) -> str:
        return self.darkroom.url(Picture(file)) if file else ""

    def _measure(self, image: Mapping[str, Any]) -> Mapping[str, float]:
        """Return a picture's pixels across, 0 if it is drawn, and its width for a height of 1."""
        width, height = self.darkroom.size(image["picture"])
        drawn = image["url"].endswith(".svg")
        return {"width": 0 if drawn else width, "ratio": width / height}

    def _icon(self, name: str, color: str, alt: str = "") -> Markup:
        """Return an icon as a picture in a colour; WeasyPrint draws `currentColor` black."""
        url = self._icons.get((name, color))
        if url is None:
            svg = self.library.text(f"themes/_icons/{name}.svg")
            if not svg:
                hint = choices(name, self.library.names("themes/_icons", ".svg"))
                raise GeneratorError(error("icon-unknown", f"no icon named `{name}`", None, hint))
            url = self.door.keep(svg.replace("currentColor", color).encode(), ".svg")
            self._icons[name, color] = url
        return Markup('<img class="icon" src="{}" alt="{}">').format(url, alt)

    def _link(self, link: str, roles: Mapping[str, str]) -> Mapping[str, str] | None:
        if not link:
            return None
        text = re.sub(r"^(?:https?://(?:www\.)?|mailto:)", "", link).rstrip("/")
        # dark modules on a light ground in every theme: many readers know no other
        dark, light = sorted((roles["fg"], roles["bg"]), key=colors.luminance)
        from generator.compose.qr import qr_code  # noqa: PLC0415  only an outro with a link wants it

        code = qr_code(link, dark, light)
        return {"url": link, "text": text, "qr": self.door.keep(code, ".svg")}


def _placed(problems: Iterable[Problem], slide: Slide) -> tuple[Problem, ...]:
    """Return problems whose places name the slide's file where they name none."""
    path = slide.location.path
    return tuple(
        replace(one, location=replace(one.location, path=path))
        if one.location and not one.location.path
        else one
        for one in problems
    )


__all__ = ["Composed", "Composer", "Standing"]
