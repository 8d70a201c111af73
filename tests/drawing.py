"""Slides drawn as a build draws them, and looked at: for the tests of the engine's traps."""

from itertools import product
from pathlib import Path

from PIL import Image, ImageChops

from generator import raster
from generator.compose.tokens import private
from generator.fetch import Door
from generator.paginate import About, LaidOut, Press

ROOT = Path(__file__).parents[1]
FONTS = ROOT / "themes" / "_fonts"


def new_press() -> Press:
    """Return a press that serves what this repo holds."""
    return Press(Door([("builtin", ROOT)]))


def laid_out(press: Press, body: str, css: str = "", size: tuple[int, int] = (400, 300)) -> LaidOut:
    """Return a slide as it is laid out for a build."""
    html = f'<!doctype html><html lang="en"><title>A trap</title><body>{body}'
    return press.lay_out(html, ("body, p, ol, ul { margin: 0; padding: 0 }", css), *size)


def drawn(
    press: Press, body: str, css: str = "", size: tuple[int, int] = (400, 300)
) -> Image.Image:
    """Return the picture of a slide, drawn as a build draws it."""
    page = laid_out(press, body, css, size).page
    (picture,) = raster.pages(press.write([page], About("A trap", "en")), *size)
    return picture


def faces(press: Press, *wanted: tuple[str, int]) -> str:
    """Return one `@font-face` a file, under the private name that a build gives it."""
    return "".join(
        f"@font-face {{ font-family: {private(name)}; font-weight: {weight};"
        f" src: url({press.door.url(FONTS / name / f'{weight}.ttf')}) }}"
        for name, weight in wanted
    )


def ink(picture: Image.Image) -> Image.Image:
    """Return where a picture of black on white is dark."""
    return picture.convert("L").point([255 * (value < 128) for value in range(256)])


def area(mask: Image.Image) -> int:
    """Return how many pixels a mask holds."""
    return mask.histogram()[255]


def likeness(one: Image.Image, other: Image.Image) -> float:
    """Return the share of two inks' area that they have in common, laid over one another.

    Both were put on whole pixels, each in its own way: so they may be shifted by one.
    """
    first, second = one.getbbox(), other.getbbox()
    if not first or not second:
        return 0.0
    width = max(first[2] - first[0], second[2] - second[0]) + 2
    height = max(first[3] - first[1], second[3] - second[1]) + 2
    fixed = Image.new("L", (width, height))
    fixed.paste(one.crop(first), (1, 1))
    best = 0.0
    for x, y in product(range(3), repeat=2):
        moved = Image.new("L", (width, height))
        moved.paste(other.crop(second), (x, y))
        common, either = ImageChops.darker(fixed, moved), ImageChops.lighter(fixed, moved)
        best = max(best, area(common) / area(either))
    return best
