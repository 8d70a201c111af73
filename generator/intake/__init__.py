"""What comes into a content repo: imported threads, and the repo itself with its first parts."""

from generator.intake.presets import preset
from generator.intake.slugs import files, place, slug
from generator.intake.starter import brand, layout, repo, theme, thread
from generator.intake.threads import bundled, gathered, render, shown, write

__all__ = [
    "brand",
    "bundled",
    "files",
    "gathered",
    "layout",
    "place",
    "preset",
    "render",
    "repo",
    "shown",
    "slug",
    "theme",
    "thread",
    "write",
]
