"""A theme set in other type: families, line height and capitals that settings choose."""

from collections.abc import Callable
from dataclasses import replace

from generator.errors import Location, Problem, info
from generator.library import Library, themes
from generator.model import FLOORS, SHORTER_SIDE, TYPOGRAPHY_SIDE, Font, Theme
from generator.settings.schema import DeckTypography


def typeset(
    library: Library, theme: Theme, chosen: DeckTypography, place: Callable[..., Location]
) -> tuple[Theme, list[Problem]]:
    """Return the theme in the type that was chosen, and which sizes were raised to the floor."""
    fonts = dict(theme.fonts)
    for role, family in chosen.fonts:
        if family:
            where = place("typography", "fonts", role)
            themes.demand_font(library, theme.folders, family, where)
            # tracking was tuned for the family that goes
            fonts[role] = replace(fonts[role], family=family, tracking=0.0)
    if chosen.leading:
        fonts["text"] = replace(fonts["text"], leading=chosen.leading)
    if chosen.case:
        fonts = {role: _cased(role, font, chosen.case) for role, font in fonts.items()}
    floors = [
        _raised(role, size, place("typography", role))
        for role in FLOORS
        if (size := getattr(chosen, role)) and _pixels(size) < FLOORS[role]
    ]
    return (theme if fonts == theme.fonts else replace(theme, fonts=fonts)), floors


def _cased(role: str, font: Font, case: str) -> Font:
    return replace(font, upper=case == "upper") if role == "display" else font


def _pixels(size: float) -> float:
    return size * SHORTER_SIDE / TYPOGRAPHY_SIDE


def _raised(role: str, size: float, place: Location) -> Problem:
    least = FLOORS[role] * TYPOGRAPHY_SIDE / SHORTER_SIDE
    message = f"`{role}: {size:g}` can't be read on a phone: {FLOORS[role]:g} px are set at 1080"
    return info("type-floor", message, place, f"{role}: {least:.1f} is the least")
