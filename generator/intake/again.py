"""Where threads that are imported again lie: by what their sources call them, however named."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from generator import frontmatter
from generator.errors import GeneratorError
from generator.intake import _parts
from generator.model import Value

Identity = tuple[Value, Value]
"""Kind and id of a source; of what has no id, nothing is known."""


def identity(source: Mapping[str, Value]) -> Identity | None:
    """Return what tells a source from others; None if nothing does."""
    kind, name = source.get("kind"), source.get("id")
    return (kind, name) if isinstance(kind, str) and isinstance(name, str | int) else None


def sources(files: Iterable[Path]) -> dict[Identity, Path]:
    """Return the content files by what they were imported from."""
    found = ((_source(file), file) for file in files)
    return {known: file for known, file in found if known}


def _source(file: Path) -> Identity | None:
    """Return what a content file says it came from."""
    try:
        said = _parts.keys(file.read_text("utf-8", "replace")).get("source", "")
        source = frontmatter.parse(said, file.name, 1).values.get("source")
    except (OSError, GeneratorError):
        return None
    return identity(source) if isinstance(source, Mapping) else None
