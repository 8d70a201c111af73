"""Handles that lead to nobody: misspelled ones of the author or brand, and malformed ones."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from generator.checks import Check, Written, own_blocks, pinpoint, texts
from generator.errors import Location, Problem, warning
from generator.model import Span

MENTION = re.compile(r"(?<![\w@./])@+(\w[\w.-]*\w|\w)(?:@[\w.-]+\w)?(?![\w/]*@)")
"""A handle among words: `@you`, `@you.example.org`, `@you@example.org`; no e-mail address."""
SOUND = re.compile(r"@?[\w][\w.-]*(?:@[\w.-]+)?")
LEAST = 5
"""Letters of a handle from which a near one is a slip rather than somebody else."""
NEAR = 0.84
"""Likeness (difflib's ratio) of two handles: one letter of six."""
SAID = (("title",), ("cover",), ("outro", "title"), ("outro", "lines"), ("caption",))
"""What of a front matter is read by people."""
WORDLESS = frozenset({"code", "math"})


def read(written: Written) -> Iterator[Problem]:
    """Yield a warning for each handle that is not well formed, or nearly one that is known."""
    own = dict.fromkeys(one.handle for one in written.carousels)
    known = {_bare(handle) for handle in _known(written) if SOUND.fullmatch(handle.strip())}
    place = written.source.front.place("author", "handle")
    yield from (problem for handle in own if handle for problem in _malformed(handle, place))
    told: set[str] = set()
    for words, where in _words(written):
        for found in MENTION.finditer(words):
            mention, place = found[0], pinpoint(written, where, found[0])
            if mention.startswith("@@"):
                yield _doubled(mention, place)
            elif _bare(mention) not in known | told and (near := _near(mention, known)):
                told.add(_bare(mention))
                message = f"`{mention}` is nearly `@{near}`"
                hint = f"write `@{near}`, if that is who is meant"
                yield warning("handle-near", message, place, hint)


def _known(written: Written) -> Iterator[str]:
    """Yield the handles that are right, as the front matter and the brand have them."""
    for one in written.carousels:
        yield from (one.handle, one.brand.handle)
        yield from (link.rstrip("/").rpartition("/")[2] for link in one.brand.links.values())


def _malformed(handle: str, place: Location) -> Iterator[Problem]:
    if not SOUND.fullmatch(handle.strip()):
        last = handle.strip().rstrip("/").rpartition("/")[2].lstrip("@").replace(" ", "")
        message = f"`{handle}` is no handle"
        yield warning("handle-malformed", message, place, f"write `@{last}`" if last else None)


def _doubled(mention: str, where: Location) -> Problem:
    message = f"`{mention}` has more than one @ before it"
    return warning("handle-malformed", message, where, f"write `@{mention.lstrip('@')}`")


def _near(mention: str, known: set[str]) -> str:
    """Return the known handle that a mention nearly is."""
    bare = _bare(mention)
    for handle in sorted(known):
        plain, other = (re.sub(r"[._-]", "", one) for one in (bare, handle))
        if min(len(plain), len(other)) < LEAST:
            continue
        if plain == other or SequenceMatcher(None, plain, other).ratio() >= NEAR:
            return handle
    return ""


def _bare(handle: str) -> str:
    return handle.strip().lstrip("@").casefold()


def _words(written: Written) -> Iterator[tuple[str, Location]]:
    """Yield pieces of text with their places: posts, then the front matter's own."""
    for block, place in own_blocks(written):
        yield "".join(_said(span) for span in block.spans), place
    for keys in SAID:
        yield from texts(written.source.front, *keys)


def _said(span: Span) -> str:
    if span.kind in WORDLESS:
        return " "
    return span.text + "".join(_said(inner) for inner in span.spans) if span.kind != "image" else ""


check = Check("handles", read=read)
