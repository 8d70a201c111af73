"""Readers of foreign files: one module a kind, found by being here; each gives Imported threads.

A reader is `importer = Importer(title, detects, reads)`. It is told what the file holds and what it
is called, never where it lies, and opens nothing itself.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from generator import strangers
from generator.errors import GeneratorError, Location, Problem, UsageError, choices, error
from generator.fetch import Archive
from generator.importers import _text
from generator.model import NOTHING, Author, Value
from generator.rooms import parts

__all__ = [
    "Elsewhere",
    "Imported",
    "ImportedPost",
    "Importer",
    "Media",
    "candidates",
    "importers",
    "opened",
    "read",
    "recognise",
    "unpackable",
]

_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")

GLANCE = 1_000_000
"""Bytes of a file that tell its kind: of an archive's posts the first thousands do."""

OWN = '{"threadpress": 1, "posts": [{"text": "…"}]}'
"""The least that our own JSON says."""

ALIKE = 0.1
"""Two kinds whose confidence differs by less than this could both be meant: the user decides."""


@dataclass(frozen=True, slots=True)
class Media:
    """A picture that comes along: posts name it `name`, and it is written beside the content file.

    `reads` gives its bytes when it is written. Without it, it lies at the relative path `path`,
    seen from the imported file.
    """

    name: str
    reads: Callable[[], bytes] | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A picture that the source does not hold, only its address, if that.

    `note` is what the post says of it, and `problem` what the user is told until it is there.
    """

    url: str
    note: str
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class ImportedPost:
    """A post as it came: `markdown` says the source's words, `id` is where it came from.

    `settings` go into the comment that opens the post, after the id: `wants: picture`. `notes` are
    lines that nobody sees on a slide, each a comment of its own: when and where it was posted.
    `elsewhere` are pictures that are only addresses, and `pictured` is `markdown` with all of them
    where they stood, the first one named `wanted:0`: it replaces `markdown` once they are fetched.
    """

    id: str
    markdown: str
    settings: Mapping[str, Value] = field(default_factory=lambda: NOTHING)
    notes: tuple[str, ...] = ()
    pictured: str = ""
    elsewhere: tuple[Elsewhere, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """A thread as it came out of a foreign file. What the source does not say is empty.

    `title` is inline Markdown. `id` names the thread among those of the same file, `source` is its
    provenance for the front matter (`kind`, `url`, `id`), `front` what else stands there (`recipe`,
    `outro`), `media` what is written beside the file; `problems` are what the user should know
    about the reading.
    """

    posts: tuple[ImportedPost, ...]
    title: str = ""
    author: Author | None = None
    source: Mapping[str, Value] = field(default_factory=lambda: NOTHING)
    id: str = ""
    problems: tuple[Problem, ...] = ()
    front: Mapping[str, Value] = field(default_factory=lambda: NOTHING)
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """A thread that a source holds: enough to choose it by. `opens` reads it whole.

    `begins` are its first words, `count` its posts, `date` the day of the first. `lone` is a single
    post among threads: offered to who asks for it by its id.
    """

    id: str
    begins: str
    count: int
    opens: Callable[[], Imported]
    date: str = ""
    lone: bool = False


@dataclass(frozen=True, slots=True)
class Importer:
    """How one kind of foreign file is recognised and read.

    `title` says what it is to people. `detects(content, name)` gives the confidence, 0 to 1, that
    the file is of this kind. `reads(content, name)` gives its threads, newest first, and raises
    GeneratorError with a place in `name` where the file is broken.

    A kind that comes as a zip or a folder also has `holds(archive)`, which goes by the names in it,
    and `unpacks(archive)`, which gives what it offers, newest first. `offers(content, name)` does
    that for a file of thousands of posts, so that only those that are taken are read whole.
    """

    title: str
    detects: Callable[[bytes, str], float]
    reads: Callable[[bytes, str], tuple[Imported, ...]]
    holds: Callable[[Archive], float] | None = None
    unpacks: Callable[[Archive], tuple[Offer, ...]] | None = None
    offers: Callable[[bytes, str], tuple[Offer, ...]] | None = None


def importers() -> dict[str, Importer]:
    """Return every reader by its kind, which is the name of its module."""
    return cast("dict[str, Importer]", parts(__name__, "importer"))


def candidates(content: bytes, name: str) -> tuple[tuple[str, float], ...]:
    """Return the kinds that the file may be with their confidence, likeliest first."""
    content = _text.utf8(content[:GLANCE])
    found = ((kind, float(one.detects(content, name))) for kind, one in importers().items())
    return tuple(sorted((pair for pair in found if pair[1] > 0), key=lambda pair: -pair[1]))


def recognise(content: bytes, name: str) -> str:
    """Return the kind of the file; two that are equally likely are an error that names both."""
    if not content.strip():
        raise GeneratorError(error("import-empty", "there is nothing in it", Location(name)))
    return _likeliest(candidates(content, name), name, content)


def rivals(content: bytes | Archive, name: str) -> tuple[str, ...]:
    """Return the kinds that a file, zip or folder may be, all as likely; one if that is clear."""
    likely = candidates(content, name) if isinstance(content, bytes) else _held(_packing(), content)
    return _rivals(likely)


def _rivals(likely: tuple[tuple[str, float], ...]) -> tuple[str, ...]:
    return tuple(kind for kind, confidence in likely if likely[0][1] - confidence < ALIKE)


def _likeliest(likely: tuple[tuple[str, float], ...], name: str, content: bytes = b"") -> str:
    """Return the kind that is meant: the first, unless the next is as likely."""
    if not likely:
        what, way = strangers.known(content)
        if what:
            said = f"this is {what}, and none of the kinds that can be imported"
            raise GeneratorError(error("import-unknown", said, Location(name), way))
        said = "this is none of the kinds that can be imported"
        hint = f"plain words are posts with --from paste; there are {', '.join(importers())}"
        if content.lstrip()[:1] in (b"{", b"["):
            hint = f"bring JSON that nobody knows into our own (docs/importing.md): {OWN}"
        raise GeneratorError(error("import-unknown", said, Location(name), hint))
    rivals = _rivals(likely)
    if len(rivals) > 1:
        raise UsageError(
            error(
                "import-ambiguous",
                f"this could be {' or '.join(rivals)}",
                Location(name),
                f"say which: --from {rivals[0]}",
            )
        )
    return rivals[0]


def offers(content: bytes | Archive, name: str, kind: str | None = None) -> tuple[Offer, ...]:
    """Return the threads that a file, zip or folder offers, newest first."""
    if isinstance(content, bytes):
        reader, content = _reader(content, name, kind)
        if reader.offers:
            return reader.offers(content, name)
        return tuple(_offered(imported) for imported in reader.reads(content, name))
    packed = _packing()
    unpacks = packed[_packed(packed, content, kind)].unpacks
    return unpacks(content) if unpacks else ()


def opened(offers: Sequence[Offer]) -> tuple[Imported, ...]:
    """Return the threads among offers, read whole; where there are none, the single posts."""
    return tuple(one.opens() for one in [one for one in offers if not one.lone] or offers)


def unpackable(content: Archive, kind: str | None = None) -> bool:
    """Say whether a zip or folder is of a kind that comes as one; a zip may be a file to others."""
    packed = _packing()
    if kind is not None:
        return kind in packed
    return any(one.holds(content) > 0 for one in packed.values() if one.holds)


def _packing() -> dict[str, Importer]:
    """Return the readers of what comes as a zip or folder, by their kind."""
    return {kind: one for kind, one in importers().items() if one.holds and one.unpacks}


def _packed(packed: Mapping[str, Importer], content: Archive, kind: str | None) -> str:
    """Return the kind of an archive: the one that was named, or the one that it looks like."""
    if kind is not None:
        if kind in packed:
            return kind
        said = f"`{kind}` is no kind that comes as a zip or folder"
        raise UsageError(error("import-kind-unknown", said, hint=choices(kind, packed)))
    return _likeliest(_held(packed, content), content.shown)


def _held(packed: Mapping[str, Importer], content: Archive) -> tuple[tuple[str, float], ...]:
    """Return the kinds that an archive may be with their confidence, likeliest first."""
    found = [(name, one.holds(content)) for name, one in packed.items() if one.holds]
    return tuple(sorted((pair for pair in found if pair[1] > 0), key=lambda pair: -pair[1]))


def _offered(imported: Imported) -> Offer:
    """Return what was read whole as an offer."""
    words = _ESCAPE.sub("", imported.posts[0].markdown).split() if imported.posts else []
    begins = " ".join(word for word in words[:14] if word not in {"#", "##", "-"})
    return Offer(imported.id, begins, len(imported.posts), lambda: imported)


def read(content: bytes, name: str, kind: str | None = None) -> tuple[Imported, ...]:
    """Return the threads of a file of the given kind, or of the kind that it looks like."""
    reader, content = _reader(content, name, kind)
    return reader.reads(content, name)


def _reader(content: bytes, name: str, kind: str | None) -> tuple[Importer, bytes]:
    """Return who reads a file, and its bytes as they read them."""
    known = importers()
    if kind is not None and kind not in known:
        raise UsageError(
            error("import-kind-unknown", f"no kind named `{kind}`", hint=choices(kind, known))
        )
    content = _text.utf8(content)
    return known[kind or recognise(content, name)], content
