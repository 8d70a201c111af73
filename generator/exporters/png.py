"""Each slide as a PNG: without loss, and larger."""

from io import BytesIO
from typing import TYPE_CHECKING

from generator.exporters import NO_OPTIONS, Exporter, Options, drawn, numbered
from generator.model import Artifact

if TYPE_CHECKING:
    from PIL.Image import Image

# engine.md: level 1 took 117 ms a slide, level 6 169 ms.
LEVEL = 1


def export(
    pdf: bytes, stem: str, width: int, height: int, options: Options = NO_OPTIONS
) -> tuple[Artifact, ...]:
    """Return a picture a page."""
    del stem  # pictures are named by their number
    return numbered(drawn(pdf, (width, height), options, _encoded), ".png")


def _encoded(page: "Image") -> bytes:
    stream = BytesIO()
    page.save(stream, "PNG", compress_level=LEVEL)
    return stream.getvalue()


exporter = Exporter(".png", export, a_page=True)
