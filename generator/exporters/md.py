"""The carousel as an article in Markdown: for a blog, a newsletter, a repo."""

import os

from generator.exporters import Deck, Exporter
from generator.exporters._markdown import Writer, typed
from generator.model import Artifact

NAME = "thread.md"
BELOW = 1
"""The level of the title, which all other headings stand below."""


def export(deck: Deck) -> tuple[Artifact, ...]:
    """Return Markdown: the cover's words as the title, then each post as it was written.

    Pictures have their paths as they stand in the content file.
    """
    carousel = deck.carousel
    folder = dict(carousel.roots).get("project", "")
    if carousel.location:
        folder = os.path.join(folder, os.path.dirname(carousel.location.path))  # noqa: PTH118, PTH120  only words

    def picture(alt: str, path: str, title: str) -> str:
        near = os.path.relpath(path, folder) if os.path.isabs(path) else path  # noqa: PTH117
        return typed(alt, near.replace(os.sep, "/"), title)

    parts = []
    if not carousel.slides or carousel.slides[0].kind != "cover":
        parts.append(f"# {carousel.title}")
    for slide in carousel.slides:
        below = 0 if slide.kind == "cover" else BELOW
        parts.append(Writer(picture, below).slide(slide))
    content = "\n\n".join(part for part in parts if part.strip())
    return (Artifact(NAME, f"{content}\n".encode()),)


exporter = Exporter(".md", export)
