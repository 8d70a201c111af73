"""Each slide as a JPEG, as Instagram takes it."""

from io import BytesIO
from typing import TYPE_CHECKING

from generator.exporters import Deck, Exporter, drawn, numbered
from generator.model import Artifact

if TYPE_CHECKING:
    from PIL.Image import Image

# 90 with whole chroma (4:4:4) keeps red text on a dark ground crisp; under 70 text gets a halo.
QUALITIES = (90, 85, 80, 75, 70)


def export(deck: Deck) -> tuple[Artifact, ...]:
    """Return a picture a page; one that is over the limit at the lowest quality stays so."""
    limit = deck.carousel.canvas.limits.get("max_file_bytes", 0)
    return numbered(drawn(deck, lambda page: _fitting(page, limit)), ".jpg")


def encoded(page: "Image", quality: int = QUALITIES[0]) -> bytes:
    """Return a page as JPEG: sRGB as it was drawn, no metadata, the same bytes each time."""
    stream = BytesIO()
    page.save(stream, "JPEG", quality=quality, subsampling="4:4:4")
    return stream.getvalue()


def _fitting(page: "Image", limit: int) -> bytes:
    """Return the page in the best quality that keeps the limit (0: none), or in the lowest."""
    content = b""
    for quality in QUALITIES:
        content = encoded(page, quality)
        if not limit or len(content) <= limit:
            break
    return content


exporter = Exporter(".jpg", export, a_page=True)
