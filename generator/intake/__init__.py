"""What comes into a content repo: imported threads, and the repo itself with its first parts."""

from generator.intake.again import Identity, identity, sources
from generator.intake.presets import preset
from generator.intake.slugs import files, place, slug
from generator.intake.starter import brand, layout, repo, theme, thread
from generator.intake.threads import bundled, gathered, previewed, render, shown, write

__all__ = [
    "Identity",
    "brand",
    "bundled",
    "files",
    "gathered",
    "identity",
    "layout",
    "place",
    "preset",
    "previewed",
    "render",
    "repo",
    "shown",
    "slug",
    "sources",
    "theme",
    "thread",
    "write",
]
