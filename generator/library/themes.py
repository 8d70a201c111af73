"""A theme's folder becomes a Theme: tokens typed and ranged, no CSS comes in through them."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.errors import GeneratorError, Location, Problem, choices, error, warning
from generator.library import BUILT_IN, Library, colors, lineage, plain
from generator.library.checking import validated
from generator.library.derive import ROLES, roles, toned
from generator.library.tokens import (
    FONT_ROLES,
    SIZES,
    FontTokens,
    Patterns,
    ThemeTokens,
)
from generator.model import Document, Face, Font, Pattern, Theme

FOLDER = "themes"
FONTS, PATTERNS = "themes/_fonts", "themes/_patterns"
FONT_SIGNS = (b"\0\1\0\0", b"OTTO", b"true")
"""What a TrueType or OpenType file begins with (OpenType 1.9.1, table directory)."""
MOST_FONT = 20_000_000
DEFAULT_STEPS = (45, 41, 38, 35, 32, 29)
"""One step of growth, the normal body size, then down to just above the floor of 28 px."""
PAIRS = (
    ("fg", "bg"), ("fg", "surface"), ("fg", "surface2"), ("muted", "bg"), ("muted", "surface"),
    ("accent", "bg"), ("on-accent", "fill"), ("good", "bg"), ("bad", "bg"), ("fg", "good-soft"),
    ("fg", "bad-soft"), ("good", "good-soft"), ("bad", "bad-soft"), ("fg", "accent-soft"),
    ("info", "bg"), ("fg", "info-soft"), ("code-fg", "code-bg"),
)  # fmt: skip
"""Roles that meet as text and ground in our layouts."""


def load(
    library: Library, wanted: str, asked: Location | None = None
) -> tuple[Theme, list[Problem]]:
    """Return the theme named `wanted` (NAME or NAME/VARIANT) and what is doubtful about it."""
    document, folders = lineage.document(library, wanted, asked)
    tokens = validated(ThemeTokens, document)
    given = _roles(document, tokens.colors)
    sizes, steps = _sizes(document, tokens.type)
    theme = Theme(
        name=wanted,
        title=tokens.title or wanted,
        colors=given,
        fonts=_fonts(library, folders, document, tokens.fonts),
        sizes=sizes,
        steps=steps,
        space={"gutter": 84.0, **tokens.space, "radius": tokens.radius},
        patterns=_patterns(library, document, tokens.pattern),
        settings=document.below("settings"),
        folders=folders,
        tones=_tones(document, tokens.tones),
        dark=colors.dark(given["bg"]),
    )
    return theme, _unreadable(theme, document)


def faces(library: Library, theme: Theme, *, italics: bool = True) -> tuple[Face, ...]:
    """Return the font files of a theme's roles: its own `fonts/` first, then themes/_fonts.

    A family bears a private name, so that no installed font of the same name is meant
    (`../shared/engine.md`, trap 1). `italics`: text is also set slanted; each face costs 5 ms.
    """
    text = theme.fonts["text"]
    wanted = {(font.family, weight, font.italic) for font in theme.fonts.values()
              for weight in (font.weight, font.strong)}  # fmt: skip
    if italics:
        wanted.add((text.family, text.weight, True))
    found = {}
    for family, weight, italic in sorted(wanted):
        if face := _face(library, theme.folders, family, weight, italic=italic):
            found[face.file] = face
    return (*found.values(), *_fallback(library))


def _face(
    library: Library, folders: tuple[str, ...], family: str, weight: int, *, italic: bool
) -> Face | None:
    """Return the file of a family that comes nearest: the theme's own, else the shared one."""
    for folder in (*(f"{FOLDER}/{name}/fonts" for name in folders), FONTS):
        base = library.find(f"{folder}/{family}")
        if base and (near := _nearest(base, weight, italic=italic)):
            return Face(family, near[1], near[2], str(base / near[3]))
    return None


def _nearest(base: Path, weight: int, *, italic: bool) -> tuple[str, int, bool, str] | None:
    """Return the face of the nearest weight that the folder has, of this slant if it has any."""
    files = [file.name for file in sorted(base.glob("*.ttf"))]
    known = [(int(m[1]), bool(m[2]), m[0]) for file in files
             if (m := re.fullmatch(r"([1-9]00)(i?)\.ttf", file))]  # fmt: skip
    slanted = [face for face in known if face[1] == italic] or known
    if not slanted:
        return None
    best = min(slanted, key=lambda face: abs(face[0] - weight))
    return (base.name, best[0], best[1], best[2])


def _roles(document: Document, given: Mapping[str, str]) -> dict[str, str]:
    wrong = unknown_roles(document, given)
    wrong += [
        error("token-missing", f"a theme needs the colour `{role}`", document.place("colors"))
        for role in ("bg", "fg", "accent") if role not in given
    ]  # fmt: skip
    if wrong:
        raise GeneratorError(*wrong)
    return roles(given)


def unknown_roles(document: Document, given: Iterable[str], *keys: str) -> list[Problem]:
    """Return a problem for each colour at `keys` (a theme's or brand's `colors`) without a role."""
    return [
        error("token-unknown", f"no colour role named `{role}`",
              document.place(*(keys or ("colors",)), role),
              choices(role, ROLES))
        for role in given if role not in ROLES
    ]  # fmt: skip


def _fonts(
    library: Library, folders: tuple[str, ...], document: Document, given: Mapping[str, FontTokens]
) -> dict[str, Font]:
    for role in given:
        if role not in FONT_ROLES:
            place = document.place("fonts", role)
            hint = choices(role, FONT_ROLES)
            raise GeneratorError(error("token-unknown", f"no font role `{role}`", place, hint))
    if "text" not in given:
        place = document.place("fonts")
        raise GeneratorError(error("token-missing", "a theme needs the font `text`", place))
    for role, font in given.items():
        place = document.place("fonts", role, "family")
        face = _face(library, folders, font.family, font.weight, italic=font.italic)
        if not face:
            raise _no_font(library, font.family, place)
        _demand_sound(library, Path(face.file), place)
    chosen = {role: given.get(role) or given.get("display", given["text"]) for role in FONT_ROLES}
    return {role: Font(**dict(font)) for role, font in chosen.items()}


def demand_font(
    library: Library, folders: tuple[str, ...], family: str, asked: Location | None
) -> None:
    """Raise unless a family is among a theme's own fonts or the shared ones."""
    if not plain(family) or not _face(library, folders, family, 400, italic=False):
        raise _no_font(library, family, asked)


def _demand_sound(library: Library, file: Path, place: Location | None) -> None:
    """Raise unless a file is a TrueType or OpenType font; ours are."""
    shown = library.shown(file)
    if shown.startswith(f"{BUILT_IN}:"):
        return
    if library.content(file, MOST_FONT)[:4] not in FONT_SIGNS:
        hint = "static TTF files only: no WOFF, no collection"
        raise GeneratorError(error("font-broken", f"`{shown}` is no font", place, hint))


def _no_font(library: Library, family: str, place: Location | None) -> GeneratorError:
    message = f"there is no font `{family}`: its files are named like 400.ttf"
    hint = choices(family, library.names(FONTS, "/OFL.txt"))
    return GeneratorError(error("font-missing", message, place, hint))


def _sizes(
    document: Document, given: Mapping[str, float | list[float]]
) -> tuple[dict[str, float], tuple[float, ...]]:
    sizes: dict[str, float] = dict(SIZES)
    steps: tuple[float, ...] = DEFAULT_STEPS
    for role, size in given.items():
        place = document.place("type", role)
        if role == "steps" and isinstance(size, list):
            steps = tuple(sorted((float(step) for step in size), reverse=True))
        elif role in sizes and not isinstance(size, list):
            sizes[role] = float(size)
        else:
            hint = choices(role, (*sizes, "steps"))
            raise GeneratorError(error("token-unknown", f"no size named `{role}`", place, hint))
    return sizes, steps


def _patterns(
    library: Library, document: Document, given: Patterns | dict[str, Patterns]
) -> dict[str, Pattern]:
    kinds = given if isinstance(given, dict) else dict.fromkeys(("cover", "post", "outro"), given)
    found = {kind: pattern(chosen) for kind, chosen in kinds.items()}
    for kind, chosen in found.items():
        demand_pattern(library, chosen.name, document.place("pattern", kind))
    return found


def demand_pattern(library: Library, wanted: str, asked: Location | None) -> None:
    """Raise unless there is a pattern of that name."""
    library.demand(PATTERNS, wanted, ".svg.jinja", "pattern", asked)


def pattern(chosen: Patterns) -> Pattern:
    """Return a pattern as chosen in a theme."""
    return Pattern(chosen) if isinstance(chosen, str) else Pattern(**dict(chosen))


def _tones(
    document: Document, given: Mapping[str, Mapping[str, str]]
) -> dict[str, Mapping[str, str]]:
    """Return the tones, each with roles that there are."""
    wrong = [one for kind, tone in given.items()
             for one in unknown_roles(document, tone, "tones", kind)]  # fmt: skip
    if wrong:
        raise GeneratorError(*wrong)
    return dict(given)


def _unreadable(theme: Theme, document: Document) -> list[Problem]:
    found = _poor(theme.colors, document, "colors")
    for kind, tone in theme.tones.items():
        found += _poor(toned(theme.colors, tone), document, "tones", kind)
    return found


def _poor(roles: Mapping[str, str], document: Document, *keys: str) -> list[Problem]:
    """Return a warning for each pair of roles that meets and can't be read."""
    found = []
    for ink, ground in PAIRS:
        ratio = colors.contrast(roles[ink], roles[ground])
        if ratio < colors.AA:
            better = colors.readable(roles[ink], roles[ground])
            message = (
                f"`{ink}` on `{ground}` has a contrast of {ratio:.1f}, readable is {colors.AA}"
            )
            place = document.place(*keys, ink)
            found.append(warning("contrast-low", message, place, f'{ink}: "{better}" would do'))
    return found


def _fallback(library: Library) -> tuple[Face, ...]:
    """Return the face that stands behind all others for the signs that they lack."""
    base = library.find(f"{FONTS}/symbols")
    found = _nearest(base, 400, italic=False) if base else None
    return (Face("symbols", found[1], found[2], str(base / found[3])),) if base and found else ()
