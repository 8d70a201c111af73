"""Slides + Theme + Brand + Canvas become HTML and CSS: the only room that knows Jinja."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from markupsafe import Markup

from generator.compose import templates, tokens
from generator.compose.ingredients import Ingredient, Kitchen
from generator.compose.markup import Typesetter
from generator.compose.pictures import Darkroom
from generator.compose.shown import Standing, complete, direction, shown
from generator.errors import GeneratorError, choices, error
from generator.fetch import Door
from generator.library import Library, colors
from generator.library.derive import toned
from generator.model import Carousel, Pattern, Picture, Slide, Theme
from generator.rooms import parts

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

SHARPNESS = 2
"""Pixels of a picture per delivered pixel: pinch-zoom in a PDF shows twice the canvas."""
SLIDE_CSS = (
    ".slide{bookmark-level:1;bookmark-label:attr(aria-label)}"
    "h1,h2,h3,h4,h5,h6{bookmark-level:none}"
    "img.emoji{width:1.2em;height:1.2em;vertical-align:-.22em;margin:0 .04em}"
)
"""What every slide needs to be right, whatever its layout: one bookmark, emoji in the line."""
LETTERS, LINE_LETTERS = 18, 10
"""Letters of the last two words that stay together, in text and in headings: at a theme's own sizes
they fit on every line; at sizes that somebody chose they may not."""
RELATIVE = re.compile(r"""url\(\s*['"]?(?![a-zA-Z-]+:|[/#.])([^'")]+?)['"]?\s*\)""")
"""A file that a stylesheet names beside itself: no scheme, no path upward."""
PICTURES = {".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"}
DECORATIVE = re.compile(r"""<img\b([^>]*?) alt=""([^>]*)>""")
"""A picture that says nothing. As an `<embed>` it is drawn the same, and is no Figure without a
description, which PDF/UA forbids and WeasyPrint would make of an `<img>`."""
HEADER = {"left": "avatar-name", "middle": "", "right": "page"}
FOOTER = {"left": "handle", "middle": "progress", "right": "arrow"}


@dataclass(frozen=True, slots=True)
class Composed:
    """One slide as an HTML document and the stylesheets it wants, weakest first."""

    html: str
    sheets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tone:
    """What the slides of one tone share: the theme in its colours, and what is drawn in them."""

    name: str
    theme: Theme
    ingredients: tuple[Ingredient, ...]
    known: Mapping[str, Any]


@dataclass(slots=True)
class Composer:
    """Composes the slides of one carousel."""

    carousel: Carousel
    library: Library
    door: Door
    darkroom: Darkroom = field(init=False)
    _templates: "ImmutableSandboxedEnvironment" = field(init=False)
    _tones: dict[str, Tone] = field(default_factory=dict)
    _sheets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _composed: dict[Standing, tuple[Slide, Composed]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Open the room: pictures and templates."""
        canvas = self.carousel.canvas
        self.darkroom = Darkroom(self.door, SHARPNESS * max(canvas.width, canvas.height))
        self._templates = templates.environment(self.library, self.carousel.theme.folders)

    def compose(self, slide: Slide, standing: Standing) -> Composed:
        """Return the slide as HTML and CSS, every word of its slots in it.

        A slide that is what stood in the same place the last time is not composed again.
        """
        before = self._composed.get(standing)
        if before and before[0] == slide:
            return before[1]
        composed = self._compose(slide, standing)
        self._composed[standing] = (slide, composed)
        return composed

    def _compose(self, slide: Slide, standing: Standing) -> Composed:
        lang, tone = self.carousel.lang, self._tone(slide)
        setter = Typesetter(lang, slide.pictures, self.darkroom.url, tone.ingredients)
        if not slide.sizes:
            setter = replace(setter, letters=LETTERS, line_letters=LINE_LETTERS)
        known = shown(slide, standing, setter, lang)
        known["link"] = self._link(slide.slots.link, tone.theme.colors)
        known["small"] = tokens.small(tone.theme, slide.sizes, standing.step)
        name = f"{slide.layout}/slide.html.jinja"
        body = templates.render(self._templates, name, slide=known, **tone.known)
        complete(slide, known, body)
        body = DECORATIVE.sub(r"<embed\1\2>", body)
        html = Markup(
            '<!doctype html><html lang="{}" dir="{}"><head><meta charset="utf-8">'
            "<title>{}</title></head><body>{}</body></html>"
        ).format(lang, direction(lang), self.carousel.title, Markup(body))  # noqa: S704  autoescaped
        return Composed(str(html), self._styles(slide))

    def _tone(self, slide: Slide) -> Tone:
        """Return the tone of the slide's layout, else of its kind, else the theme's own."""
        theme = self.carousel.theme
        name = next((one for one in (slide.layout, slide.kind) if one in theme.tones), "")
        if name not in self._tones:
            if name:
                roles = toned(theme.colors, theme.tones[name])
                theme = replace(theme, colors=roles, dark=colors.dark(roles["bg"]))
            kitchen = Kitchen(self.library, self.door, theme.colors)
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
            },
            "colors": theme.colors,
            "theme": theme.name,
            "icon": self._icon,
        }

    def _who(self, theme: Theme) -> Mapping[str, Any]:
        """Return what the frame shows: the author, else the brand."""
        carousel, brand = self.carousel, self.carousel.brand
        logo = brand.logo_dark if theme.dark and brand.logo_dark else brand.logo
        return {
            "name": carousel.speaker,
            "handle": carousel.handle,
            "website": brand.website,
            "avatar": self._picture_url(carousel.avatar),
            "logo": self._picture_url(logo),
            "links": brand.links,
            "header": {**HEADER, **brand.header},
            "footer": {**FOOTER, **brand.footer},
        }

    def _picture_url(self, file: str) -> str:
        return self.darkroom.url(Picture(file)) if file else ""

    def _icon(self, name: str, color: str, alt: str = "") -> Markup:
        """Return an icon as a picture in a colour; WeasyPrint draws `currentColor` black."""
        svg = self.library.text(f"themes/_icons/{name}.svg")
        if not svg:
            hint = choices(name, self.library.names("themes/_icons", ".svg"))
            raise GeneratorError(error("icon-unknown", f"no icon named `{name}`", None, hint))
        url = self.door.keep(svg.replace("currentColor", color).encode(), ".svg")
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

    def _styles(self, slide: Slide) -> tuple[str, ...]:
        """Return the slide's stylesheets: the same texts for slides that want the same."""
        pattern, tone = self._pattern(slide), self._tone(slide)
        key = f"{slide.layout} {tone.name} {sorted(slide.sizes.items())} {pattern}"
        if key not in self._sheets:
            theme, layout = tone.theme, self.carousel.layouts[slide.layout]
            known = tokens.tokens(theme, self.carousel.canvas, slide)
            self._sheets[key] = (
                self._faces() + tokens.ladder(theme, slide.sizes) + SLIDE_CSS,
                tokens.filled(self.library.text("layouts/_base/base.css"), known),
                self._background(pattern, theme),
                self._sheet(f"layouts/{slide.layout}", "slide.css", layout.css, known),
                *(self._theme_sheet(name, known) for name in reversed(theme.folders)),
            )
        return self._sheets[key]

    def _theme_sheet(self, name: str, known: Mapping[str, str]) -> str:
        folder = f"themes/{name}"
        return self._sheet(folder, "theme.css", self.library.text(f"{folder}/theme.css"), known)

    def _sheet(self, folder: str, name: str, css: str, known: Mapping[str, str]) -> str:
        """Return a look's CSS with its tokens, and with the files that it names beside itself."""
        own = self.library.find(f"{folder}/{name}")
        origin = tokens.from_file(self.library.shown(own)) if own and css else ""

        def placed(found: re.Match[str]) -> str:
            file = self.library.find(f"{folder}/{found[1]}")
            if file is None:
                return found[0]
            # a picture is named by its content: what changed is another one to every cache
            drawn = file.suffix.lower() in PICTURES
            return f"url({self._picture_url(str(file)) if drawn else self.door.url(file)})"

        return origin + RELATIVE.sub(placed, tokens.filled(css, known))

    def _faces(self) -> str:
        faces = self.carousel.faces
        urls = {face.file: self.door.url(Path(face.file)) for face in faces}
        return tokens.font_faces(faces, urls)

    def _pattern(self, slide: Slide) -> Pattern:
        """Return the slide's pattern: its own, else the theme's for its layout or its kind."""
        patterns = self.carousel.theme.patterns
        default = patterns.get(slide.layout) or patterns.get(slide.kind) or Pattern()
        return slide.pattern or default

    def _background(self, pattern: Pattern, theme: Theme) -> str:
        name = f"themes/_patterns/{pattern.name}.svg.jinja"
        source = self.library.text(name)
        if not source and pattern.name != "none":
            hint = choices(pattern.name, self.library.names("themes/_patterns", ".svg.jinja"))
            message = f"no pattern named `{pattern.name}`"
            raise GeneratorError(error("pattern-unknown", message, None, hint))
        if not source.strip():
            return ""
        canvas = self.carousel.canvas
        known = {
            "width": canvas.page_width,
            "height": canvas.page_height,
            "colors": theme.colors,
            "scale": pattern.scale,
            "opacity": pattern.opacity,
            "mix": colors.mix,
        }
        svg = templates.render_text(self._templates, source, name, known)
        return f".slide{{background-image:url({self.door.keep(svg.strip().encode(), '.svg')})}}"


__all__ = ["Composed", "Composer", "Standing"]
