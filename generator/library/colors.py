"""Colours: contrast by WCAG 2, mixing in OKLab, and moving one in OKLCH until it reads."""

from collections.abc import Sequence
from functools import lru_cache

AA = 4.5
"""WCAG 2.2, 1.4.3: contrast of text; 3 is enough for large text."""
AA_LARGE = 3.0
TOE = 0.04045
"""Where the sRGB transfer curve stops being linear (IEC 61966-2-1)."""
LIGHTNESS_STEP = 0.01
"""How far one step of `readable` moves in OKLCH lightness: below what an eye tells apart."""


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two #rrggbb colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: str) -> float:
    """Return the relative luminance of a #rrggbb colour, 0 to 1."""
    red, green, blue = (_linear(int(color[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= TOE else ((channel + 0.055) / 1.055) ** 2.4


@lru_cache(maxsize=512)
def mix(one: str, other: str, share: float) -> str:
    """Return the colour that lies `share` (0 to 1) of the way from `one` to `other`, in OKLab.

    Written out because patterns mix in every build and coloraide's import takes 60 ms; a test holds
    it against coloraide.
    """
    start, end = _oklab(one), _oklab(other)
    mixed = tuple(a + (b - a) * share for a, b in zip(start, end, strict=True))
    return "#" + "".join(f"{_byte(channel):02x}" for channel in _linear_rgb(mixed))


RGB_TO_LMS = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
LMS_TO_OKLAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
OKLAB_TO_LMS = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
LMS_TO_RGB = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)
"""Bjorn Ottosson, A perceptual color space for image processing (2020): sRGB, D65."""


def _oklab(color: str) -> tuple[float, ...]:
    linear = tuple(_linear(int(color[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return _times(LMS_TO_OKLAB, tuple(value ** (1 / 3) for value in _times(RGB_TO_LMS, linear)))


def _linear_rgb(oklab: tuple[float, ...]) -> tuple[float, ...]:
    return _times(LMS_TO_RGB, tuple(value**3 for value in _times(OKLAB_TO_LMS, oklab)))


def _times(matrix: tuple[tuple[float, ...], ...], vector: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def _byte(linear: float) -> int:
    """Return a linear channel as sRGB, 0 to 255."""
    value = min(max(linear, 0.0), 1.0)
    curved = value * 12.92 if value <= TOE / 12.92 else 1.055 * value ** (1 / 2.4) - 0.055
    return round(curved * 255)


def readable(color: str, *grounds: str, ratio: float = AA) -> str:
    """Return `color`, moved in OKLCH lightness as little as needed to reach `ratio` on all grounds.

    If no lightness of this hue reaches it, black or white, whichever reads better, comes back.
    """
    if all(contrast(color, ground) >= ratio for ground in grounds):
        return color
    from coloraide import Color  # noqa: PLC0415  60 ms that most builds don't need

    base = Color(color).convert("oklch")
    start = base["lightness"]
    for step in range(1, round(1 / LIGHTNESS_STEP) + 1):
        for direction in (1, -1):
            lightness = start + direction * step * LIGHTNESS_STEP
            if not 0 <= lightness <= 1:
                continue
            moved = base.clone().set("lightness", lightness).convert("srgb").fit()
            candidate = moved.to_string(hex=True)
            if all(contrast(candidate, ground) >= ratio for ground in grounds):
                return candidate
    return on(grounds[0])


def on(ground: str) -> str:
    """Return black or white, whichever reads better on `ground`."""
    black, white = "#" + "0" * 6, "#" + "f" * 6
    return max((black, white), key=lambda ink: contrast(ink, ground))


def dark(color: str) -> bool:
    """Return whether white reads better than black on `color`."""
    return on(color) != "#" + "0" * 6


def parsed(text: str) -> str:
    """Return a CSS colour of any notation as #rrggbb, or nothing if it is none."""
    from coloraide import Color  # noqa: PLC0415  60 ms that most builds don't need

    try:
        return Color(text).convert("srgb").fit().to_string(hex=True, alpha=False)
    except ValueError:
        return ""


def converted(space: str, components: Sequence[float]) -> str:
    """Return a colour of a CSS colour space as #rrggbb, or nothing if there is no such space.

    Saturation, lightness, whiteness and blackness of `hsl` and `hwb` count to 100 (DTCG 2025.10).
    """
    from coloraide import Color  # noqa: PLC0415  as above

    percents = space in ("hsl", "hwb")
    parts = [part / 100 if percents and at else part for at, part in enumerate(components)]
    try:
        made = Color(space, parts)
        return made.convert("srgb").fit().to_string(hex=True, alpha=False)
    except ValueError:
        return ""


def from_oklch(lightness: float, chroma: float, hue: float) -> str:
    """Return the sRGB colour of an OKLCH triple as #rrggbb, brought into gamut."""
    from coloraide import Color  # noqa: PLC0415  60 ms that most builds don't need

    return Color("oklch", [lightness, chroma, hue]).convert("srgb").fit().to_string(hex=True)
