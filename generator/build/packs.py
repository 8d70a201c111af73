"""A target's pack: what says what is in it, and one zip of all that a post needs.

The zip is put together where files are published, of what workers made: it holds nothing that is
not beside it, so it need not travel or be kept twice.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import version
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from generator.model import Artifact, Carousel, Source

MANIFEST, PREVIEW, CAPTION, TRANSCRIPT = (
    "manifest.json", "preview.jpg", "caption.txt", "transcript.md"
)  # fmt: skip
BESIDE = frozenset({MANIFEST, PREVIEW, CAPTION, TRANSCRIPT, "alt.json"})
"""Names of what goes with the files that were asked for."""
FORM = 1
"""Of the manifest: another number when a key comes to mean something else."""
MADE_WITH = ("threadpress", "weasyprint", "pypdfium2", "pillow", "python-pptx")
"""Whose versions decide about bytes."""
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of all files in a zip: the earliest there is, so that the same files give the same."""
READABLE = 0o100644 << 16
"""A regular file that its owner may write and all may read, as a zip of Unix says it."""


def packed(
    carousel: Carousel, sources: Sequence[Source], made: Iterable[Artifact], pages: int
) -> tuple[Artifact, ...]:
    """Return a carousel's manifest and its zip; `made` are the files that it has, `pages` slides.

    Files are stored in the zip as they are: a PDF and a JPEG hardly get smaller.
    """
    files = [file for file in made if PurePosixPath(file.path).name != PREVIEW]
    listed = _manifest(carousel, sources, files, pages)
    content = json.dumps(listed, ensure_ascii=False, indent=2)
    manifest = Artifact(f"{carousel.folder}/{MANIFEST}", f"{content}\n".encode())
    name = f"{carousel.folder}/{carousel.stem}-{carousel.canvas.name}.zip"
    return manifest, Artifact(name, _zipped([*files, manifest]))


def _manifest(
    carousel: Carousel, sources: Sequence[Source], files: Sequence[Artifact], pages: int
) -> dict[str, Any]:
    """Return what is in a pack, of what it was made, and by which versions."""
    canvas, brand = carousel.canvas, carousel.brand
    return {
        "form": FORM,
        "title": carousel.title,
        "target": canvas.name,
        "platform": canvas.title,
        "brand": brand.name,
        "theme": carousel.theme.name,
        "lang": carousel.lang,
        "slides": pages,
        "size": [canvas.width, canvas.height],
        "caption": carousel.caption.strip(),
        "files": [
            {
                "name": PurePosixPath(file.path).name,
                "bytes": len(file.content),
                "sha256": hashlib.sha256(file.content).hexdigest(),
            }
            for file in files
        ],
        "sources": [{"path": source.path, "blob": source.blob} for source in sources],
        "made_with": _versions(),
    }


def _zipped(files: Sequence[Artifact]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for file in files:
            entry = zipfile.ZipInfo(PurePosixPath(file.path).name, LONG_AGO)
            entry.create_system, entry.external_attr = 3, READABLE  # 3: Unix, on any machine
            archive.writestr(entry, file.content)
    return stream.getvalue()


@cache
def _versions() -> dict[str, str]:
    return {name: version(name) for name in MADE_WITH}
