"""What goes above a post: how long a platform lets it be, and how many hashtags it counts."""

from collections.abc import Iterator

from generator import lengths
from generator.checks import Built, Check
from generator.errors import Problem, warning

MEASURES = {"letters": lengths.letters, "weight": lengths.weight}


def run(built: Built) -> Iterator[Problem]:
    """Yield what is too long or too much of a caption; nothing is cut."""
    carousel, canvas = built.carousel, built.carousel.canvas
    caption, limits = carousel.caption.strip(), built.carousel.canvas.limits
    length, most = MEASURES[canvas.counts](caption), limits.get("max_caption")
    if most and length > most:
        message = f"the caption has {length:,} characters; {canvas.title} takes {most:,}"
        hint = "shorten it, or give this target one of its own: `caption: {TARGET: …}`"
        hint = hint.replace("TARGET", canvas.name)
        yield warning("caption-long", message, carousel.captioned, hint)
    tags, most = len(lengths.hashtags(caption)), limits.get("max_hashtags")
    if most and tags > most:
        message = f"the caption has {tags} hashtags; {canvas.title} takes {most}"
        hint = f"keep the {most} that tell most"
        yield warning("caption-hashtags", message, carousel.captioned, hint)


check = Check("caption", run, always=True)
