"""What an imported thread brings from its network that no slide needs, and how to leave it out."""

from collections.abc import Iterator

from generator import content
from generator.content import noise
from generator.errors import GeneratorError, Location, Problem, info
from generator.importers import Imported
from generator.intake.threads import render
from generator.settings.schema import SLIDE_KEYS

NAMED = 4
"""As many signs are named as an example."""


def told(imported: Imported, name: str) -> Iterator[Problem]:
    """Yield the note that posts bear counters and `🧵`, if they do; `name` is the source's."""
    try:
        source = content.load(render(imported).encode(), name, name, "imported")
        left_out = noise.cleaned(content.read(source, SLIDE_KEYS)).left_out
    except GeneratorError:  # a build will say it
        return
    if found := tuple(dict.fromkeys(left_out)):
        some = ", ".join(f"`{one}`" for one in found[:NAMED]) + " …" * (len(found) > NAMED)
        hint = "`clean: true` in the front matter leaves it off the slides"
        yield info(
            "noise-kept", f"the posts bear what slides don't need: {some}", Location(name), hint
        )
