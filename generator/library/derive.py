"""A full set of colour roles from a few: ramps mixed in OKLab from ground, text and accent."""

from collections.abc import Container, Mapping

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


GIVEN = ("bg", "fg", "accent", "fill", "on-accent", *SIGNALS)
"""The roles that nothing is mixed for: given by a theme, or set apart below."""
ROLES = (*GIVEN, *SHARES, *SAME)
FOLLOWS: Mapping[str, tuple[str, ...]] = {
    "fill": ("accent",),
    "on-accent": ("fill",),
    **dict.fromkeys(SIGNALS, ("bg",)),
    **{role: (one, other) for role, (one, other, _) in SHARES.items() if role != "code-bg"},
}
"""Role: those that it is derived from, in the order of derivation. Code has a ground of its own."""


def roles(given: Mapping[str, str]) -> dict[str, str]:
    """Return every colour role as #rrggbb, from at least `bg`, `fg` and `accent`.

    `fill` is the accent as a ground of `on-accent`: it may be too pale to be text on `bg`.
    """
    full = {"fill": given["accent"], **given}
    for role, lch in SIGNALS.items():
        if role not in full:
            full[role] = colors.readable(colors.from_oklch(*lch), full["bg"])
    for role, (one, other, share) in SHARES.items():
        if role not in full:
            full[role] = colors.mix(full[one], full[other], share)
    for role in SIGNALS.keys() - given.keys():
        full[role] = colors.readable(full[role], full["bg"], full[f"{role}-soft"])
    if "on-accent" not in full:
        full["on-accent"] = colors.on(full["fill"])
    for role, other in SAME.items():
        full.setdefault(role, full[other])
    return full


def laid_over(given: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """Return the roles that are given when `new` ones are: what follows from a new one is dropped.

    A theme that extends another, a variant, and a tone say few colours of their own; the soft
    ramp of a new accent, or the surfaces on a new ground, are then to be mixed anew.
    """
    stale = set(new)
    for role, sources in FOLLOWS.items():
        if stale & set(sources):
            stale.add(role)
    return {**{role: color for role, color in given.items() if role not in stale}, **new}


def toned(given: Mapping[str, str], tone: Mapping[str, str]) -> dict[str, str]:
    """Return every role on a page of another tone: text that the tone does not name is readable.

    A tone says a colour, or which of the theme's roles it is: `{bg: fill, fg: on-accent}` follows
    a brand's accent.
    """
    said = {role: given.get(value, value) for role, value in tone.items()}
    full = roles({"fg": given["fg"], "accent": given["accent"], **laid_over(given, said)})
    return _legible(full, kept=tone)


SEEN = 1.5
"""The contrast with its ground from which a brand's own accent is kept as a fill."""


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
        fill = taken.get("fill", taken["accent"])
        seen = colors.contrast(fill, theme["bg"]) >= SEEN
        full["fill"] = fill if seen else full["accent"]
        full["accent-soft"] = taken.get("accent-soft") or colors.mix(
            theme["bg"], full["accent"], 0.2
        )
        full["on-accent"] = colors.on(full["fill"])
    if "on-accent" in taken:
        full["on-accent"] = colors.readable(taken["on-accent"], full["fill"])
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


ACCENTS = ("accent", "fill", "accent-soft", "on-accent", "good", "bad", "info")
"""The roles that a brand's colours replace unless it says `tint: full`."""


TEXTS = {
    "fg": ("bg", "surface"),
    "muted": ("bg", "surface"),
    "accent": ("bg",),
    "on-accent": ("fill",),
}
"""Text roles that are moved until they read, and what they stand on."""


def _legible(full: dict[str, str], kept: Container[str] = ()) -> dict[str, str]:
    for ink, grounds in TEXTS.items():
        if ink not in kept:
            full[ink] = colors.readable(full[ink], *(full[ground] for ground in grounds))
    return full
