"""Design tokens become CSS: `var(--token)` is replaced textually and costs nothing at run time."""

import re
from collections.abc import Mapping

from generator.model import (
    FLOORS,
    SHORTER_SIDE,
    TYPOGRAPHY_SIDE,
    Canvas,
    Face,
    Font,
    Slide,
    Theme,
)

FLOOR = FLOORS["body"]
LARGEST_NUMBER = 400.0
"""A larger title makes no number wider than its line: four digits of 0.6 em on 912 px."""
SMALL_PRINT = 0.88
"""What layouts set tables and remarks in, of the body's size: at the last steps they may not."""
LETTER = 0.56
"""Width of a letter of text, of its size: a little above Inter's mean, 0.53."""
STUDIO = SHORTER_SIDE / TYPOGRAPHY_SIDE
"""CSS px per px of the studio's preview."""
VARIABLE = re.compile(r"var\(\s*--([a-zA-Z0-9-]+)\s*(?:,([^()]*))?\)")
FALLBACK = ("symbols",)
"""Families of themes/_fonts that stand behind every text font for the signs that it lacks."""
CROP_AIR = 24
"""CSS px between a cover's words and the edge that an overview of the platform cuts it at."""


def tokens(theme: Theme, canvas: Canvas, slide: Slide) -> dict[str, str]:
    """Return every token as CSS text: colours, fonts, sizes in px and em, the canvas' measures."""
    sizes = scale(theme, slide.sizes)
    return {
        **theme.colors,
        **_fonts(theme),
        **{f"size-{role}": f"{size:g}px" for role, size in sizes.items()},
        **{f"em-{role}": f"{size / sizes['body']:.4g}em" for role, size in sizes.items()},
        **_measures(theme, canvas, cover=slide.kind == "cover"),
    }


def scale(theme: Theme, chosen: Mapping[str, float]) -> dict[str, float]:
    """Return a theme's sizes in CSS px with those that were chosen in the studio's unit.

    The sizes between follow: what is display text with the title, the rest with the body.
    """
    sizes = dict(theme.sizes)
    if title := chosen.get("title"):
        factor = max(title * STUDIO, FLOORS["title"]) / sizes["title"]
        for role in ("title", "cover", "number", "quote"):
            sizes[role] *= factor
        sizes["number"] = min(sizes["number"], max(theme.sizes["number"], LARGEST_NUMBER))
    if body := chosen.get("body"):
        factor = max(body * STUDIO, FLOOR) / sizes["body"]
        for role in ("body", "lead", "subtitle"):
            sizes[role] *= factor
    if meta := chosen.get("meta"):
        sizes["meta"] = max(meta * STUDIO, FLOORS["meta"])
    return sizes


def steps(theme: Theme, chosen: Mapping[str, float]) -> tuple[float, ...]:
    """Return the ladder's body sizes: one of growth, the normal one, then down to the floor."""
    factor = scale(theme, chosen)["body"] / theme.sizes["body"]
    sizes = [max(step * factor, FLOOR) for step in theme.steps]
    return tuple(size for i, size in enumerate(sizes) if i <= 1 or size < sizes[i - 1])


def lowest(theme: Theme, chosen: Mapping[str, float]) -> tuple[float, ...]:
    """Return all body sizes that a slide which can't be parted may have: the theme's last ones too.

    Larger type than the theme's may be chosen, and a cover or an outro has still to fit its page.
    """
    usual = steps(theme, chosen)
    return (*usual, *(step for step in theme.steps if step < usual[-1]))


def small(theme: Theme, chosen: Mapping[str, float], step: int) -> bool:
    """Return whether small print would be illegible at a step's size."""
    return lowest(theme, chosen)[step] * SMALL_PRINT < FLOOR


def measure(theme: Theme, canvas: Canvas, chosen: Mapping[str, float]) -> float:
    """Return how many em of small print a line holds at the ladder's last step."""
    size = max(steps(theme, chosen)[-1] * SMALL_PRINT, FLOOR)
    edges = (max(theme.space["gutter"], canvas.safe[edge]) for edge in ("left", "right"))
    return (canvas.page_width - sum(edges)) / size


def room(theme: Theme, canvas: Canvas) -> dict[str, float]:
    """Return the width of the text column, and the height between the frame's head and foot."""
    sides = (max(theme.space["gutter"], canvas.safe[edge]) for edge in ("left", "right"))
    height = canvas.page_height - canvas.frame["top"] - canvas.frame["bottom"]
    return {"column": canvas.page_width - sum(sides), "between": height}


def filled(css: str, known: Mapping[str, str]) -> str:
    """Return CSS with its tokens' values; a variable that is no token stays a variable."""

    def value(found: re.Match[str]) -> str:
        return known.get(found[1], found[0])

    return VARIABLE.sub(value, css)


def from_file(shown: str) -> str:
    """Return a comment that says which file a stylesheet comes from; `paginate` reads it."""
    return f"/*@ {shown.replace('*/', '')} */"


def font_faces(faces: tuple[Face, ...], urls: Mapping[str, str]) -> str:
    """Return one `@font-face` for each file, under the private family name."""
    return "\n".join(
        f"@font-face{{font-family:{private(face.family)};font-weight:{face.weight};"
        f"font-style:{'italic' if face.italic else 'normal'};src:url({urls[face.file]})}}"
        for face in faces
    )


def private(family: str) -> str:
    """Return the family name that a bundled font bears in CSS: no installed font has it."""
    return f"tp-{family}"


def ladder(theme: Theme, chosen: Mapping[str, float]) -> str:
    """Return the rules that set a flow's body size, one for each step."""
    sizes = lowest(theme, chosen)
    return "".join(
        f".fit-{index} .flow{{font-size:{size:g}px}}" for index, size in enumerate(sizes)
    )


def _fonts(theme: Theme) -> dict[str, str]:
    found = {}
    for role, font in theme.fonts.items():
        found[f"font-{role}"] = _stack(role, font, theme.fonts["text"])
        found[f"weight-{role}"] = str(font.weight)
        found[f"leading-{role}"] = f"{font.leading:g}"
        found[f"tracking-{role}"] = f"{font.tracking:g}em"
        found[f"style-{role}"] = "italic" if font.italic else "normal"
        found[f"case-{role}"] = "uppercase" if font.upper else "none"
    found["weight-strong"] = str(theme.fonts["text"].strong)
    return found


def _stack(role: str, font: Font, text: Font) -> str:
    """Return a family and what stands behind it; a display face may lack what text faces have."""
    behind = () if role == "mono" else (text.family,)
    families = dict.fromkeys(private(name) for name in (font.family, *behind, *FALLBACK))
    return ",".join((*families, "monospace" if role == "mono" else "sans-serif"))


def _measures(theme: Theme, canvas: Canvas, *, cover: bool) -> dict[str, str]:
    """Return distances; a cover's words stay within what an overview shows of it, with some air."""
    found = {name: f"{size:g}px" for name, size in theme.space.items()}
    cropped = {edge: size + CROP_AIR for edge, size in canvas.crop.items() if size and cover}
    safe = {edge: max(size, cropped.get(edge, 0)) for edge, size in canvas.safe.items()}
    found |= {f"safe-{edge}": f"{size}px" for edge, size in safe.items()}
    found |= {
        "width": f"{canvas.page_width}px",
        "height": f"{canvas.page_height}px",
        "head-top": f"{canvas.frame['top']}px",
        "foot-bottom": f"{canvas.frame['bottom']}px",
    }
    return found
