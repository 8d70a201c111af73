"""One file under the name that was asked for: `-o talk.pdf`."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from generator import disk, exporters
from generator.errors import GeneratorError, Location, Problem, error
from generator.model import Artifact, Carousel, Source


def wanted(carousel: Carousel, file: Path) -> Carousel:
    """Return a carousel as that file only: the exporter is told by how its name ends."""
    files = (exporters.by_suffix(file.suffix),)
    return replace(carousel, files=files, beside=(), folder="", stem=file.stem)


def written(file: Path, artifacts: Sequence[Artifact], source: Source) -> tuple[Path, ...]:
    """Write the file unless it is there as it is, and return what was written.

    Raises a GeneratorError if there are several to write.
    """
    if len(artifacts) > 1:
        raise GeneratorError(_several(file, source, len(artifacts)))
    return (file,) if artifacts and disk.write(file, artifacts[0].content) else ()


def _several(file: Path, source: Source, count: int) -> Problem:
    message = f"there are {count} slides, and `{file.name}` is one picture"
    hint = f"name a folder: -o {file.stem} --files {exporters.by_suffix(file.suffix)}"
    return error("output-single", message, Location(source.path), hint)
