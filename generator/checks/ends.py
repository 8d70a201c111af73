"""A carousel that begins without a cover or ends without an outro, though nobody decided so."""

from collections.abc import Iterator

from generator.checks import Check, Written
from generator.errors import Problem, info


def read(written: Written) -> Iterator[Problem]:
    """Yield an info for each end that is missing."""
    if _lacks(written, 0, "cover"):
        hint = "`cover: {title: …}` adds one, `cover: false` says that it is meant"
        place = written.carousels[0].location
        yield info("cover-missing", "the carousel begins without a cover", place, hint)
    if _lacks(written, -1, "outro"):
        hint = "`outro: {lines: […]}` adds one, `outro: false` says that it is meant"
        place = written.carousels[0].location
        yield info("outro-missing", "the carousel ends without an outro", place, hint)


def _lacks(written: Written, at: int, kind: str) -> bool:
    """Return whether a carousel of several slides lacks an end that nobody said no to."""
    said = (written.source.front.values.get(kind), written.project.values.get(kind))
    several = (one for one in written.carousels if len(one.slides) > 1)
    return False not in said and any(one.slides[at].kind != kind for one in several)


check = Check("ends", read=read)
