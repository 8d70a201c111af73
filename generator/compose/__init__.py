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
from generator.model import Carousel, Pattern, Picture, Slide
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


@dataclass(slots=True)
class Composer:
    """Composes the slides of one carousel."""

    carousel: Carousel
    library: Library
    door: Door
    darkroom: Darkroom = field(init=False)
    ingredients: tuple[Ingredient, ...] = field(init=False)
    _templates: "ImmutableSandboxedEnvironment" = field(init=False)
    _known: Mapping[str, Any] | None = None
    _sheets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _composed: dict[Standing, tuple[Slide, Composed]] = field(default_factory=dict)
    _icons: dict[tuple[str, str], str] = field(default_factory=dict)
    _font_faces: str | None = None

    def __post_init__(self) -> None:
        """Open the room: pictures, ingredients and templates."""
        canvas = self.carousel.canvas
        self.darkroom = Darkroom(self.door, SHARPNESS * max(canvas.width, canvas.height))
        kitchen = Kitchen(self.library, self.door, self.carousel.theme.colors)
        found = parts("generator.compose.ingredients", "prepare")
        self.ingredients = tuple(cast("Any", prepare)(kitchen) for prepare in found.values())
        self._templates = templates.environment(self.library, self.carousel.theme.name)

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
        lang = self.carousel.lang
        setter = Typesetter(lang, slide.pictures, self.darkroom.url, self.ingredients)
        if not slide.sizes:
            setter = replace(setter, letters=LETTERS, line_letters=LINE_LETTERS)
        known = shown(slide, standing, setter, lang)
        known["link"] = self._link(slide.slots.link)
        known["small"] = tokens.small(self.carousel.theme, slide.sizes, standing.step)
        name = f"{slide.layout}/slide.html.jinja"
        body = templates.render(self._templates, name, slide=known, **self._around())
        complete(slide, known, body)
        body = DECORATIVE.sub(r"<embed\1\2>", body)
        html = Markup(
            '<!doctype html><html lang="{}" dir="{}"><head><meta charset="utf-8">'
            "<title>{}</title></head><body>{}</body></html>"
        ).format(lang, direction(lang), self.carousel.title, Markup(body))  # noqa: S704  autoescaped
        return Composed(str(html), self._styles(slide))

    def _around(self) -> Mapping[str, Any]:
        """Return what templates know besides the slide: the same for all slides."""
        if self._known is None:
            carousel, canvas = self.carousel, self.carousel.canvas
            self._known = {
                "brand": self._who(),
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
        return self._known

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
            "header": {**HEADER, **brand.header},
            "footer": {**FOOTER, **brand.footer},
        }

    def _picture_url(self, file: str) -> str:
        return self.darkroom.url(Picture(file)) if file else ""

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

    def _link(self, link: str) -> Mapping[str, str] | None:
        if not link:
            return None
        roles = self.carousel.theme.colors
        text = re.sub(r"^(?:https?://(?:www\.)?|mailto:)", "", link).rstrip("/")
        # dark modules on a light ground in every theme: many readers know no other
        dark, light = sorted((roles["fg"], roles["bg"]), key=colors.luminance)
        from generator.compose.qr import qr_code  # noqa: PLC0415  only an outro with a link wants it

        code = qr_code(link, dark, light)
        return {"url": link, "text": text, "qr": self.door.keep(code, ".svg")}

    def _styles(self, slide: Slide) -> tuple[str, ...]:
        """Return the slide's stylesheets: the same texts for slides that want the same."""
        pattern = self._pattern(slide)
        key = f"{slide.layout} {sorted(slide.sizes.items())} {pattern}"
        if key not in self._sheets:
            theme, layout = self.carousel.theme, self.carousel.layouts[slide.layout]
            known = tokens.tokens(self.carousel, slide)
            self._sheets[key] = (
                self._faces() + tokens.ladder(theme, slide.sizes) + SLIDE_CSS,
                tokens.filled(self.library.text("layouts/_base/base.css"), known),
                self._background(pattern),
                self._sheet(f"layouts/{slide.layout}", "slide.css", layout.css, known),
                self._sheet(f"themes/{theme.name}", "theme.css", theme.css, known),
            )
        return self._sheets[key]

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
        if self._font_faces is None:
            faces = self.carousel.faces
            urls = {face.file: self.door.url(Path(face.file)) for face in faces}
            self._font_faces = tokens.font_faces(faces, urls)
        return self._font_faces

    def _pattern(self, slide: Slide) -> Pattern:
        """Return the slide's pattern: its own, else the theme's for its layout or its kind."""
        patterns = self.carousel.theme.patterns
        default = patterns.get(slide.layout) or patterns.get(slide.kind) or Pattern()
        return slide.pattern or default

    def _background(self, pattern: Pattern) -> str:
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
            "colors": self.carousel.theme.colors,
            "scale": pattern.scale,
            "opacity": pattern.opacity,
            "mix": colors.mix,
        }
        svg = templates.render_text(self._templates, source, name, known)
        return f".slide{{background-image:url({self.door.keep(svg.strip().encode(), '.svg')})}}"


__all__ = ["Composed", "Composer", "Standing"]
