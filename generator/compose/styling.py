"""The stylesheets of a slide: fonts, base, pattern, layout, theme, with values for tokens."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.compose import templates, tokens
from generator.compose.directions import direction
from generator.compose.ingredients import Ingredient
from generator.compose.pictures import Darkroom
from generator.compose.shown import Standing
from generator.compose.veils import thickness
from generator.errors import GeneratorError, choices, error
from generator.fetch import Door
from generator.library import Library, colors
from generator.model import Carousel, Panorama, Pattern, Picture, Slide, Theme

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

SLIDE_CSS = (
    ".slide{bookmark-level:1;bookmark-label:attr(aria-label)}"
    "h1,h2,h3,h4,h5,h6{bookmark-level:none}"
    "img.emoji{width:1.2em;height:1.2em;vertical-align:-.22em;margin:0 .04em}"
)
"""What every slide needs to be right, whatever its layout: one bookmark, emoji in the line."""
RELATIVE = re.compile(r"""url\(\s*['"]?(?![a-zA-Z-]+:|[/#.])([^'")]+?)['"]?\s*\)""")
"""A file that a stylesheet names beside itself: no scheme, no path upward."""
PICTURES = {".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"}
TILE = re.compile(r"<svg[^>]*? width=\"([0-9.]+)\"")
WIDEST = 12_000
"""Pixels across of a picture that runs over all slides; 11 slides of 1080 at one pixel each."""


@dataclass(frozen=True, slots=True)
class Tone:
    """What the slides of one tone share: the theme in its colours, and what is drawn in them."""

    name: str
    theme: Theme
    ingredients: tuple[Ingredient, ...]
    known: Mapping[str, Any]


@dataclass(slots=True)
class Stylist:
    """Gives slides their stylesheets: the same texts for slides that want the same."""

    library: Library
    door: Door
    darkroom: Darkroom
    templates: "ImmutableSandboxedEnvironment"
    _wide: Darkroom = field(init=False)
    _sheets: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Open a second darkroom, for the one picture that is wider than a slide."""
        self._wide = Darkroom(self.door, WIDEST, self.darkroom.cache)

    def sheets(
        self, carousel: Carousel, slide: Slide, tone: Tone, standing: Standing
    ) -> tuple[str, ...]:
        """Return the texts of a slide's stylesheets, weakest first."""
        pattern = _pattern(carousel, slide)
        place = (standing.n, standing.total) if carousel.panorama else ()
        key = f"{slide.layout} {slide.kind} {tone.name} {sorted(slide.sizes.items())}"
        key += f" {pattern} {place}"
        if key not in self._sheets:
            theme, layout = tone.theme, carousel.layouts[slide.layout]
            known = tokens.tokens(theme, carousel.canvas, slide)
            self._sheets[key] = (
                self._faces(carousel) + tokens.ladder(theme, slide.sizes) + SLIDE_CSS,
                tokens.filled(self.library.text("layouts/_base/base.css"), known),
                self._background(pattern, theme, carousel, standing),
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
            url = self.darkroom.url(Picture(str(file))) if drawn else self.door.url(file)
            return f"url({url})"

        return origin + RELATIVE.sub(placed, tokens.filled(css, known))

    def _faces(self, carousel: Carousel) -> str:
        faces = carousel.faces
        urls = {face.file: self.door.url(Path(face.file)) for face in faces}
        return tokens.font_faces(faces, urls)

    def _background(
        self, pattern: Pattern, theme: Theme, carousel: Carousel, standing: Standing
    ) -> str:
        """Return the rule for what stands behind a slide: a pattern, or its part of a picture."""
        panorama, canvas = carousel.panorama, carousel.canvas
        before = _before(carousel, standing)
        if panorama and panorama.picture:
            return self._panorama(panorama, panorama.picture, theme, carousel, standing)
        svg = self._svg(pattern, theme, carousel)
        if not svg:
            return ""
        tile = TILE.search(svg)
        width = float(tile[1]) if tile else canvas.page_width
        place = ""
        if panorama and width < canvas.page_width:
            place = f";background-position:{-(before * canvas.page_width % width):g}px 0"
        elif panorama and before % 2:
            svg = _mirrored(svg, canvas.page_width)
        return f".slide{{background-image:url({self.door.keep(svg.encode(), '.svg')}){place}}}"

    def _svg(self, pattern: Pattern, theme: Theme, carousel: Carousel) -> str:
        """Return a pattern as SVG, nothing for a plain ground."""
        name = f"themes/_patterns/{pattern.name}.svg.jinja"
        source = self.library.text(name)
        if not source and pattern.name != "none":
            hint = choices(pattern.name, self.library.names("themes/_patterns", ".svg.jinja"))
            message = f"no pattern named `{pattern.name}`"
            raise GeneratorError(error("pattern-unknown", message, None, hint))
        if not source.strip():
            return ""
        known = {
            "width": carousel.canvas.page_width,
            "height": carousel.canvas.page_height,
            "colors": theme.colors,
            "ink": theme.colors.get(pattern.color, pattern.color),
            "scale": pattern.scale,
            "opacity": pattern.opacity,
            "mix": colors.mix,
        }
        return templates.render_text(self.templates, source, name, known).strip()

    def _panorama(
        self,
        panorama: Panorama,
        picture: Picture,
        theme: Theme,
        carousel: Carousel,
        standing: Standing,
    ) -> str:
        """Return the rules for a slide's part of a picture that covers all slides in a row."""
        room = self._wide
        width, height = carousel.canvas.page_width, carousel.canvas.page_height
        across, down = room.size(picture)
        scale = max(width * standing.total / across, height / down)
        left = (across * scale - width * standing.total) / 2 + _before(carousel, standing) * width
        top = (down * scale - height) / 2
        veil = panorama.veil
        if veil is None:
            veil = thickness(room.extremes(picture), theme.colors) / 10
        return (
            f".slide{{background:{theme.colors['bg']} url({room.url(picture)}) no-repeat"
            f" {-left:.2f}px {-top:.2f}px/{across * scale:.2f}px {down * scale:.2f}px}}"
            f'.slide::before{{content:"";position:absolute;top:0;left:0;width:{width}px;'
            f"height:{height}px;background:{theme.colors['bg']};opacity:{veil:g}}}"
        )


def _pattern(carousel: Carousel, slide: Slide) -> Pattern:
    """Return the slide's pattern: its own, else the theme's for its layout or its kind."""
    patterns = carousel.theme.patterns
    own = carousel.layouts[slide.layout].pattern
    default = patterns.get(slide.layout) or (Pattern(own) if own else patterns.get(slide.kind))
    return slide.pattern or default or Pattern()


def _before(carousel: Carousel, standing: Standing) -> int:
    """Return how many slides lie left of one: they are laid in a row as they are swiped."""
    backwards = direction(carousel.lang) == "rtl"
    return standing.total - standing.n if backwards else standing.n - 1


def _mirrored(svg: str, width: int) -> str:
    """Return a drawing of a page's size turned about: its edges meet those of the neighbours."""
    start = svg.index(">", svg.index("<svg")) + 1
    end = svg.rindex("</svg>")
    turned = f'<g transform="translate({width} 0) scale(-1 1)">{svg[start:end]}</g>'
    return svg[:start] + turned + svg[end:]
