"""Each slide as a WebP: half of a JPEG's bytes, for sites and for TikTok."""

from io import BytesIO
from typing import TYPE_CHECKING

from generator.exporters import Deck, Exporter, drawn, numbered
from generator.model import Artifact

if TYPE_CHECKING:
    from PIL.Image import Image

# WebP has halved chroma only; `use_sharp_yuv` keeps red text on a dark ground crisp all the same.
QUALITIES = (90, 85, 80, 75, 70)
METHOD = 2
"""libwebp's effort, 0 to 6: 4, its own choice, takes twice the time for 2 % fewer bytes."""


def export(deck: Deck) -> tuple[Artifact, ...]:
    """Return a picture a page; one that is over the limit at the lowest quality stays so."""
    limit = deck.carousel.canvas.limits.get("max_file_bytes", 0)
    return numbered(drawn(deck, lambda page: _fitting(page, limit)), ".webp")


def _fitting(page: "Image", limit: int) -> bytes:
    content = b""
    for quality in QUALITIES:
        stream = BytesIO()
        page.save(stream, "WEBP", quality=quality, method=METHOD, use_sharp_yuv=True)
        content = stream.getvalue()
        if not limit or len(content) <= limit:
            break
    return content


exporter = Exporter(".webp", export, a_page=True)
