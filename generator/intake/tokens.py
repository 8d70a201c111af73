"""Design tokens of other tools become a theme, and a theme becomes design tokens."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator import disk
from generator.errors import GeneratorError, Location, Problem, UsageError, choices, error, info
from generator.intake import _yaml, dtcg
from generator.intake.slugs import slug
from generator.intake.threads import shown
from generator.library import Library, themes
from generator.library.derive import ROLES
from generator.model import Font, Theme, Value

OURS = "org.threadpress"
"""The key of `$extensions` under which a theme keeps what the format has no word for."""
NEEDED = ("bg", "fg", "accent")
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "bg": ("background", "base", "canvas", "page", "paper", "ground"),
    "fg": ("foreground", "text", "ink", "on-background", "text-primary", "content", "body"),
    "accent": ("primary", "brand", "brand-primary", "action", "interactive", "link"),
    "fill": ("accent-fill", "primary-fill"),
    "accent-soft": ("primary-container", "brand-soft", "primary-soft", "accent-subtle"),
    "on-accent": ("on-primary", "text-on-primary", "text-inverse", "on-brand"),
    "surface": ("card", "surface-1", "background-secondary", "container"),
    "surface2": ("surface-2", "surface-variant", "background-tertiary"),
    "line": ("border", "outline", "divider", "stroke", "border-default"),
    "muted": (
        "text-secondary",
        "text-muted",
        "text-subtle",
        "secondary-text",
        "on-surface-variant",
    ),
    "good": ("success", "positive", "ok"),
    "bad": ("danger", "error", "negative", "destructive", "critical"),
    "info": ("informative", "information", "notice"),
}
"""What other design systems call our roles; the first that a file has is taken."""
FONT_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "display": ("heading", "headline", "title", "h1", "brand"),
    "text": ("body", "paragraph", "base", "sans", "default", "copy"),
    "mono": ("code", "monospace"),
    "quote": ("serif", "quotation", "blockquote"),
}
SPACES = re.compile(r"[\s_./]+")
WORDS = {"thin": 100, "light": 300, "normal": 400, "regular": 400, "medium": 500, "semi-bold": 600,
         "semibold": 600, "bold": 700, "extra-bold": 800, "black": 900, "heavy": 900}  # fmt: skip
"""Font weights by name (DTCG 2025.10, 8.4)."""
DEFAULT_FONTS: Mapping[str, Value] = {
    "display": {"family": "bricolage-grotesque", "weight": 700, "tracking": -0.02, "leading": 1.04},
    "text": {"family": "inter", "weight": 400, "strong": 600, "leading": 1.42},
}


@dataclass(slots=True)
class Taken:
    """A theme's tokens as read from a file: what was found, and what there is to tell."""

    values: dict[str, Value] = field(default_factory=dict)
    used: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def taken(
    text: str, path: str, library: Library, name: str, given: Mapping[str, str] | None = None
) -> Taken:
    """Return a theme made of a `.tokens.json`; `given` says which token a role is, by its name."""
    tokens = dtcg.read(text, path)
    found = Taken({"title": name.replace("-", " ").title()})
    own = _own(text)
    found.values |= {key: own[key] for key in ("title", "description") if key in own}
    found.values["colors"] = dict(_colors(tokens, given or {}, found, path))
    found.values["fonts"] = _fonts(tokens, library, name, own, found, path)
    for key in ("type", "space", "radius", "pattern", "settings", "tones"):
        if key in own:
            found.values[key] = own[key]
    if "radius" not in found.values:
        _radius(tokens, found)
    return found


def write(project: Path, name: str, found: Taken, *, force: bool = False) -> Path:
    """Write the theme to `themes/NAME/theme.yaml`, whole or not at all, and return its path."""
    wanted = slug(name)
    if not wanted or "/" in name:
        raise UsageError(error("slug-invalid", f"`{name}` is no name for a theme"))
    path = project / "themes" / wanted / "theme.yaml"
    if path.exists() and not force:
        hint = "take another name, or write over it with --force"
        told = Location(shown(path))
        raise UsageError(error("file-exists", "there is a theme of this name already", told, hint))
    disk.write(path, "".join(_yaml.tree(found.values)).encode())
    return path


def exported(theme: Theme) -> str:
    """Return a theme as design tokens: colours, typography, sizes; the rest in `$extensions`."""
    tree: dict[str, Any] = {
        "$description": theme.title,
        "color": {"$type": "color", **{role: _color(theme.colors[role]) for role in ROLES}},
        "typography": {
            "$type": "typography",
            **{role: _typography(theme, role, font) for role, font in theme.fonts.items()},
        },
        "size": {
            "$type": "dimension",
            **{role: _dimension(size) for role, size in theme.sizes.items()},
        },
        "space": {
            "$type": "dimension",
            **{role: _dimension(size) for role, size in theme.space.items() if role != "radius"},
        },
        "radius": {"$type": "dimension", "card": _dimension(theme.space["radius"])},
        "$extensions": {OURS: _ours(theme)},
    }
    return json.dumps(tree, indent=2, ensure_ascii=False) + "\n"


def _ours(theme: Theme) -> dict[str, Any]:
    patterns = {kind: {"name": one.name, "scale": one.scale, "opacity": one.opacity}
                for kind, one in theme.patterns.items()}  # fmt: skip
    kept: dict[str, Any] = {
        "title": theme.title,
        "type": {**theme.sizes, "steps": list(theme.steps)},
        "space": {key: value for key, value in theme.space.items() if key != "radius"},
        "radius": theme.space["radius"],
        "pattern": patterns,
        "fonts": {role: _font(font) for role, font in theme.fonts.items()},
        "settings": dict(theme.settings.values),
        "tones": {kind: dict(tone) for kind, tone in theme.tones.items()},
    }
    return {key: value for key, value in kept.items() if value}


def _font(font: Font) -> dict[str, Value]:
    said: dict[str, Value] = {
        "family": font.family,
        "weight": font.weight,
        "strong": font.strong,
        "tracking": font.tracking,
        "leading": font.leading,
    }
    return said | ({"italic": True} if font.italic else {})


def _color(hexed: str) -> dict[str, Any]:
    parts = [round(int(hexed[at : at + 2], 16) / 255, 6) for at in (1, 3, 5)]
    return {"$value": {"colorSpace": "srgb", "components": parts, "hex": hexed}}


def _dimension(size: float) -> dict[str, Any]:
    return {"$value": {"value": size, "unit": "px"}}


def _typography(theme: Theme, role: str, font: Font) -> dict[str, Any]:
    """Return a font role; a composite wants a size, so it has the one that it is mostly set in."""
    size = theme.sizes[{"display": "title", "quote": "quote"}.get(role, "body")]
    return {
        "$value": {
            "fontFamily": font.family,
            "fontSize": {"value": size, "unit": "px"},
            "fontWeight": font.weight,
            "letterSpacing": {"value": round(font.tracking * size, 3), "unit": "px"},
            "lineHeight": font.leading,
        }
    }


def _own(text: str) -> Mapping[str, Any]:
    """Return what a theme of ours left in `$extensions` when it was exported."""
    tree = json.loads(text)
    extensions = tree.get("$extensions")
    own = extensions.get(OURS) if isinstance(extensions, dict) else None
    return own if isinstance(own, dict) else {}


def _colors(
    tokens: Sequence[dtcg.Token], given: Mapping[str, str], found: Taken, path: str
) -> Iterable[tuple[str, Value]]:
    """Yield each role with the colour of the token that stands for it."""
    known = {token.name: hexed for token in tokens
             if token.type in ("color", "") and (hexed := dtcg.color(token.value))}  # fmt: skip
    missing = []
    for role in ROLES:
        name = given.get(role) or _match(known, role, SYNONYMS.get(role, ()))
        if role in given and name not in known:
            hint = choices(str(name), known)
            raise UsageError(error("tokens-alias", f"there is no colour `{name}`", None, hint))
        if name:
            found.used[role] = name
            yield role, known[name]
        elif role in NEEDED:
            missing.append(role)
    if missing:
        hint = f"say which they are: --map {missing[0]}={next(iter(known), 'color.name')}"
        message = f"no colour of the file is clearly {' or '.join(missing)}"
        raise GeneratorError(error("token-missing", message, Location(path), hint))
    if left := sorted(set(known) - set(found.used.values())):
        message = f"{len(left)} colours are no role of a theme: {', '.join(left[:5])}"
        more = " …" if len(left) > 5 else ""  # noqa: PLR2004  as many as are named
        found.problems.append(info("tokens-unused", message + more, Location(path)))


def _match(names: Iterable[str], role: str, synonyms: Sequence[str]) -> str:
    """Return the token whose name, or the end of it, is a role's or one of its synonyms'."""
    plain = {name: SPACES.sub("-", name).lower() for name in names}
    for wanted in (role, *synonyms):
        whole = [name for name, words in plain.items() if words == wanted]
        ends = [name for name, words in plain.items() if words.endswith(f"-{wanted}")]
        if whole or ends:
            return min(whole or ends, key=lambda name: (name.count("."), len(name)))
    return ""


def _fonts(  # noqa: PLR0913, PLR0917  what a font is sought in
    tokens: Sequence[dtcg.Token],
    library: Library,
    name: str,
    own: Mapping[str, Any],
    found: Taken,
    path: str,
) -> dict[str, Value]:
    """Return the font roles: ours if the file came from us, else those whose files are here."""
    if isinstance(own.get("fonts"), dict):
        return dict(own["fonts"])
    families = library.names(themes.FONTS, "/OFL.txt")
    said = {token.name: token for token in tokens if token.type in ("typography", "fontFamily")}
    made: dict[str, Value] = {}
    for role, synonyms in FONT_SYNONYMS.items():
        token = said.get(_match(said, role, synonyms))
        if token is None:
            continue
        font = _read_font(token.value)
        if font["family"] in families or library.find(f"themes/{name}/fonts/{font['family']}"):
            found.used[f"font {role}"] = token.name
            made[role] = font
        else:
            hint = f"put its static TTFs into themes/{name}/fonts/{font['family']}/, as 400.ttf"
            message = f"the font `{font['family']}` of `{token.name}` is not here; ours stands in"
            found.problems.append(info("font-missing", message, Location(path), hint))
    return {**DEFAULT_FONTS, **made}


def _read_font(value: Any) -> dict[str, Value]:  # noqa: ANN401  JSON
    """Return a typography or font family value as a font role's tokens."""
    whole = value if isinstance(value, dict) else {"fontFamily": value}
    family = whole.get("fontFamily")
    first = family[0] if isinstance(family, list) and family else family
    font: dict[str, Value] = {"family": slug(str(first or "")) or "inter"}
    weight = whole.get("fontWeight")
    number = WORDS.get(str(weight).lower(), weight)
    if isinstance(number, int | float):
        font["weight"] = min(900, max(100, round(number / 100) * 100))
    leading = whole.get("lineHeight")
    if isinstance(leading, int | float) and 0.7 <= leading <= 2.5:  # noqa: PLR2004  what a theme takes
        font["leading"] = round(float(leading), 3)
    size, tracking = dtcg.pixels(whole.get("fontSize")), dtcg.pixels(whole.get("letterSpacing"))
    if size and tracking is not None and abs(tracking / size) < 0.1:  # noqa: PLR2004  what a theme takes
        font["tracking"] = round(tracking / size, 4)
    return font


def _radius(tokens: Sequence[dtcg.Token], found: Taken) -> None:
    """Take the radius of cards, where the file says one."""
    said = {token.name: size for token in tokens
            if token.type == "dimension" and "radius" in token.name.lower()
            and (size := dtcg.pixels(token.value)) is not None}  # fmt: skip
    name = _match(said, "card", ("large", "lg", "medium", "md", "default", "radius"))
    if name:
        found.used["radius"] = name
        found.values["radius"] = min(200.0, said[name])
