"""Content: a Source's Markdown as a Thread of posts, each with its shape, and the slots it fills.

`load` makes a Source of a file's bytes, `read` a Thread of a Source, `slots_of` the slots of a
post; `cuts` and `join` part a post for slides that continue each other.
"""

from generator.content.asking import labelled, question
from generator.content.continuing import continued
from generator.content.cuts import balanced, cuts, join
from generator.content.form import image_of, shape_names, shape_of, slots_of
from generator.content.noise import Cleaned, cleaned
from generator.content.sources import Discovery, Found, discover, load, slug_of
from generator.content.tables import settled
from generator.content.thread import blocks, inline, read, reused

__all__ = [
    "Cleaned",
    "Discovery",
    "Found",
    "balanced",
    "blocks",
    "cleaned",
    "continued",
    "cuts",
    "discover",
    "image_of",
    "inline",
    "join",
    "labelled",
    "load",
    "question",
    "read",
    "reused",
    "settled",
    "shape_names",
    "shape_of",
    "slots_of",
    "slug_of",
]
