"""Each slide as a PNG: without loss, and larger."""

from io import BytesIO
from typing import TYPE_CHECKING

from generator.exporters import Deck, Exporter, drawn, numbered
from generator.model import Artifact

if TYPE_CHECKING:
    from PIL.Image import Image

# engine.md: level 1 took 117 ms a slide, level 6 169 ms.
LEVEL = 1


def export(deck: Deck) -> tuple[Artifact, ...]:
    """Return a picture a page."""
    return numbered(drawn(deck, _encoded), ".png")


def _encoded(page: "Image") -> bytes:
    stream = BytesIO()
    page.save(stream, "PNG", compress_level=LEVEL)
    return stream.getvalue()


exporter = Exporter(".png", export, a_page=True)
