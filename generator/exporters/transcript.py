"""All that the slides say, as text to read: LinkedIn's viewer drops what a tagged PDF knows."""

from generator.exporters import Deck, Exporter
from generator.exporters._markdown import Writer, bracketed
from generator.model import Artifact

NAME = "transcript.md"
BELOW = 2
"""The level of a slide's number, which its own headings stand below."""


def export(deck: Deck) -> tuple[Artifact, ...]:
    """Return Markdown: the title, then each slide below its number."""
    write = Writer(bracketed, BELOW)
    parts = [f"# {deck.carousel.title}"]
    for number, slide in enumerate(deck.slides, 1):
        parts += [f"## {number}", write.slide(slide)]
    content = "\n\n".join(part for part in parts if part.strip())
    return (Artifact(NAME, f"{content}\n".encode()),)


exporter = Exporter(".md", export, beside=True)
