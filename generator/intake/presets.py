"""Saved settings: what a thread sets about its looks, kept under a name for other threads."""

from collections.abc import Mapping
from pathlib import Path

from generator import disk
from generator.errors import GeneratorError, Location, UsageError, error
from generator.intake import _yaml
from generator.intake.slugs import slug
from generator.intake.threads import shown
from generator.model import Value

FOLDER = "themes/_presets"
WORDS = ("title", "author", "source", "caption", "lang", "thread", "draft", "slides", "preset")
"""Settings that belong to one thread, not to how threads look."""
COVER_WORDS = ("title", "kicker", "subtitle", "image")


def preset(project: Path, name: str, said: Mapping[str, Value], *, force: bool = False) -> Path:
    """Save settings as the preset `name`, whole or not at all, and return the file's path."""
    wanted = slug(name)
    if not wanted or "/" in name:
        raise UsageError(error("slug-invalid", f"`{name}` is no name for a preset"))
    path = project / FOLDER / f"{wanted}.yaml"
    if path.exists() and not force:
        told = Location(shown(path))
        hint = "take another name, or write over it with --force"
        raise UsageError(error("file-exists", "there is a preset of this name already", told, hint))
    kept = looks(said)
    if not kept:
        hint = "set a theme, a pattern, typography or an outro in it first"
        raise GeneratorError(
            error("preset-empty", "the file says nothing about its looks", None, hint)
        )
    disk.write(path, _yaml.block(kept).encode())
    return path


def looks(said: Mapping[str, Value]) -> dict[str, Value]:
    """Return what settings say about looks: without one thread's own words and pictures."""
    kept: dict[str, Value] = {
        key: value for key, value in said.items() if key not in WORDS and value is not None
    }
    kept.pop("targets", None)
    cover = kept.get("cover")
    if isinstance(cover, dict):
        kept["cover"] = {key: value for key, value in cover.items() if key not in COVER_WORDS}
        if not kept["cover"]:
            del kept["cover"]
    return kept
