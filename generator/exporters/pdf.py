"""The carousel as one PDF, as LinkedIn takes it."""

from generator.exporters import NO_OPTIONS, Exporter, Options
from generator.model import Artifact


def export(
    pdf: bytes, stem: str, width: int, height: int, options: Options = NO_OPTIONS
) -> tuple[Artifact, ...]:
    """Return the PDF as it is, under the carousel's name."""
    del width, height, options  # a PDF has its own size
    return (Artifact(f"{stem}.pdf", pdf),)


exporter = Exporter(".pdf", export)
