"""What each slide says and shows, for those who can't see it: the text to paste as its alt text."""

import json

from generator.exporters import Deck, Exporter
from generator.exporters._plain import Teller, pictures
from generator.model import Artifact

NAME = "alt.json"


def export(deck: Deck) -> tuple[Artifact, ...]:
    """Return a JSON object: for each slide its picture's name, if there is one, and its text."""
    slides = [
        {
            "slide": number,
            **({"file": file} if (file := deck.pictured(number)) else {}),
            "alt": "\n".join(Teller().lines(slide)),
            "pictures": [picture.alt for picture in pictures(slide) if picture.alt],
        }
        for number, slide in enumerate(deck.slides, 1)
    ]
    content = {"lang": deck.carousel.lang, "slides": slides}
    return (Artifact(NAME, f"{json.dumps(content, ensure_ascii=False, indent=2)}\n".encode()),)


exporter = Exporter(".json", export, beside=True)
