"""A full set of colour roles from a few: ramps mixed in OKLab from ground, text and accent."""

from collections.abc import Mapping

from generator.library import colors

SHARES = {
    "surface": ("bg", "fg", 0.05),
    "surface2": ("bg", "fg", 0.1),
    "line": ("bg", "fg", 0.18),
    "muted": ("fg", "bg", 0.32),
    "accent-soft": ("bg", "accent", 0.2),
    "good-soft": ("bg", "good", 0.2),
    "bad-soft": ("bg", "bad", 0.2),
    "info-soft": ("bg", "info", 0.2),
    "code-bg": ("bg", "fg", 0.05),
}
"""Role: mixed from one role towards another by this share."""
SAME = {
    "code-fg": "fg",
    "code-keyword": "accent",
    "code-string": "good",
    "code-number": "info",
    "code-comment": "muted",
    "code-name": "fg",
    "code-operator": "muted",
    "code-type": "info",
    "code-function": "accent",
}
"""Role: the same as another, where a theme does not say."""
SIGNALS = {"good": (0.72, 0.15, 155), "bad": (0.68, 0.17, 25), "info": (0.72, 0.12, 240)}
"""Lightness, chroma, hue (OKLCH) that green, red and blue have before they are made readable."""


GIVEN = ("bg", "fg", "accent", "on-accent", *SIGNALS)
"""The roles that nothing is mixed for: given by a theme, or set apart below."""
ROLES = (*GIVEN, *SHARES, *SAME)


def roles(given: Mapping[str, str]) -> dict[str, str]:
    """Return every colour role as #rrggbb, from at least `bg`, `fg` and `accent`."""
    full = dict(given)
    for role, lch in SIGNALS.items():
        if role not in full:
            full[role] = colors.readable(colors.from_oklch(*lch), full["bg"])
    for role, (one, other, share) in SHARES.items():
        if role not in full:
            full[role] = colors.mix(full[one], full[other], share)
    for role in SIGNALS.keys() - given.keys():
        full[role] = colors.readable(full[role], full["bg"], full[f"{role}-soft"])
    if "on-accent" not in full:
        full["on-accent"] = colors.on(full["accent"])
    for role, other in SAME.items():
        full.setdefault(role, full[other])
    return full


def retinted(theme: Mapping[str, str], brand: Mapping[str, str], tint: str) -> dict[str, str]:
    """Return a theme's roles with a brand's colours: accents, with `full` also ground and text.

    What follows from a replaced role (its soft ramp, the ink on it) is derived anew; text colours
    are then moved until they read (design.md, section 6, brand against theme).
    """
    taken = {role: brand[role] for role in replaced(brand, tint)}
    if not taken:
        return dict(theme)
    if "bg" in taken:
        ground = {"bg": brand["bg"], "fg": brand.get("fg") or colors.on(brand["bg"])}
        return _legible(roles({**ground, "accent": brand.get("accent", theme["accent"]), **brand}))
    full = {**theme, **taken}
    if "accent" in taken:
        full["accent"] = colors.readable(taken["accent"], theme["bg"], ratio=colors.AA)
        full["accent-soft"] = taken.get("accent-soft") or colors.mix(
            theme["bg"], full["accent"], 0.2
        )
        full["on-accent"] = colors.on(full["accent"])
    if "on-accent" in taken:
        full["on-accent"] = colors.readable(taken["on-accent"], full["accent"])
    for role in ("good", "bad", "info"):
        if role in taken:
            full[role] = colors.readable(taken[role], full["bg"])
            full[f"{role}-soft"] = colors.mix(full["bg"], full[role], SHARES[f"{role}-soft"][2])
    return full


def replaced(brand: Mapping[str, str], tint: str) -> tuple[str, ...]:
    """Return the roles of a theme that a brand's colours replace."""
    if tint == "full" and "bg" in brand:
        return tuple(brand)
    return tuple(role for role in brand if role in ACCENTS) if tint != "none" else ()


ACCENTS = ("accent", "accent-soft", "on-accent", "good", "bad", "info")
"""The roles that a brand's colours replace unless it says `tint: full`."""


def _legible(full: dict[str, str]) -> dict[str, str]:
    for ink, *grounds in (("fg", "bg", "surface"), ("muted", "bg", "surface"), ("accent", "bg")):
        full[ink] = colors.readable(full[ink], *(full[ground] for ground in grounds))
    full["on-accent"] = colors.readable(full["on-accent"], full["accent"])
    return full
