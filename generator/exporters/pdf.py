"""The carousel as one PDF, as LinkedIn takes it."""

from generator.exporters import Deck, Exporter
from generator.model import Artifact


def export(deck: Deck) -> tuple[Artifact, ...]:
    """Return the PDF as it is, under the carousel's name."""
    return (Artifact(f"{deck.carousel.stem}.pdf", deck.pdf),)


exporter = Exporter(".pdf", export)
