"""All slides side by side as one small picture: what the page of all carousels shows."""

from io import BytesIO

from generator import raster
from generator.exporters import Deck, Exporter
from generator.model import Artifact

NAME = "preview.jpg"
HEIGHT = 300
"""Pixels, for 200 px of the page: drawing them is what a pack costs, so they are not twice that."""
MOST = 60
"""Slides that are shown: a JPEG is at most 65,535 pixels wide."""
QUALITY = 75


def export(deck: Deck) -> tuple[Artifact, ...]:
    """Return one picture of the first slides, edge to edge."""
    from PIL import Image  # noqa: PLC0415  only where pictures are pasted

    width = round(HEIGHT * deck.size[0] / deck.size[1])
    count = min(MOST, raster.count(deck.pdf))
    sheet = Image.new("RGB", (width * count, HEIGHT))
    for number, page in enumerate(raster.pages(deck.pdf, width, HEIGHT, range(count))):
        sheet.paste(page, (width * number, 0))
    stream = BytesIO()
    sheet.save(stream, "JPEG", quality=QUALITY)
    return (Artifact(NAME, stream.getvalue()),)


exporter = Exporter(".jpg", export, beside=True)
