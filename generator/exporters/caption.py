"""The words that go above a post, as the writer set them in `caption:`; no file without any."""

from generator.exporters import Deck, Exporter
from generator.model import Artifact

NAME = "caption.txt"


def export(deck: Deck) -> tuple[Artifact, ...]:
    """Return the caption, nothing added and nothing cut."""
    caption = deck.carousel.caption.strip()
    return (Artifact(NAME, f"{caption}\n".encode()),) if caption else ()


exporter = Exporter(".txt", export, beside=True)
