"""A destination's limits: slides, pages, bytes. Over one the build warns; nothing is cut."""

from collections.abc import Iterator

from generator.checks import Built, Check
from generator.errors import Problem, warning

MEGABYTE = 1_000_000
UPLOADED = (".pdf", ".pptx", ".jpg", ".png", ".webp")
"""What platforms take: a text or a page goes elsewhere."""


def run(built: Built) -> Iterator[Problem]:
    """Yield what goes over the limits of the carousel's canvas."""
    canvas, place = built.carousel.canvas, built.carousel.location
    limits = canvas.limits
    counts = [("max_count", "at most"), ("max_pages", "at most"), ("min_count", "at least")]
    for key, words in counts:
        limit = limits.get(key)
        if limit and (built.count < limit if key == "min_count" else built.count > limit):
            message = f"{built.count} slides; {canvas.title} takes {words} {limit}"
            yield warning("limit-count", message, place)
    for artifact in built.artifacts:
        if not artifact.path.endswith(UPLOADED):
            continue
        limit = limits.get("max_bytes") or limits.get("max_file_bytes")
        if limit and len(artifact.content) > limit:
            size = len(artifact.content) / MEGABYTE
            message = (
                f"{artifact.path} has {size:.1f} MB; {canvas.title} takes {limit / MEGABYTE:.0f} MB"
            )
            yield warning("limit-bytes", message, place)


check = Check("limits", run)
