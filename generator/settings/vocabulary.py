"""What a project's looks are called, kind by kind: the words that a value may be."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import fields

from generator.errors import GeneratorError
from generator.library import Library, brands, canvases, layouts, lineage, themes
from generator.library.derive import ROLES
from generator.model import Slots

Names = Mapping[str, tuple[str, ...]]
FONT_FILES = "/*.ttf"
KINDS = ("cover", "post", "outro")
"""What a slide may be; `layouts` takes these besides shapes."""


def names(library: Library, files: Iterable[str], shapes: Iterable[str]) -> Names:
    """Return the names that there are, by what they name; `files` and `shapes` are given.

    A look that can't be read is named all the same: what is wrong with it is told by the build.
    """
    own = library.names(themes.FOLDER, lineage.FILE)
    every = tuple(sorted(shapes))
    return {
        "base": own,
        "theme": tuple(full for name in own for full in _themes(library, name)),
        "brand": _brands(library),
        "preset": library.names("themes/_presets", ".yaml"),
        "recipe": library.names("layouts/_recipes", ".yaml"),
        "layout": library.names(layouts.FOLDER, layouts.FILE),
        "pattern": library.names(themes.PATTERNS, ".svg.jinja"),
        "target": library.names(canvases.FOLDER, canvases.FILE),
        "icon": library.names("themes/_icons", ".svg"),
        "font": _fonts(library, own),
        "file": tuple(sorted(files)),
        "shape": every,
        "kind": tuple(dict.fromkeys((*KINDS, *every))),
        "role": ROLES,
        "slot": tuple(field.name for field in fields(Slots)),
    }


def _themes(library: Library, name: str) -> tuple[str, ...]:
    """Return a theme's name, and its variants'."""
    with suppress(GeneratorError):
        return name, *(f"{name}/{variant}" for variant in lineage.variants(library, name))
    return (name,)


def _brands(library: Library) -> tuple[str, ...]:
    """Return the brands with their profiles; `all` stands for every one."""
    found = ["all"]
    for name in library.names(brands.FOLDER, brands.FILE):
        found.append(name)
        with suppress(GeneratorError):
            document, _ = library.document(brands.FOLDER, name, brands.FILE, "brand", None)
            found += [f"{name}/{profile}" for profile in document.below("profiles").values]
    return tuple(found)


def _fonts(library: Library, own: Iterable[str]) -> tuple[str, ...]:
    """Return the families of all themes: the shared ones, and those that a theme brought along."""
    folders = (themes.FONTS, *(f"{themes.FOLDER}/{name}/fonts" for name in own))
    return tuple(sorted({name for folder in folders for name in library.names(folder, FONT_FILES)}))
