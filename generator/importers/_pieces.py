"""What a text is made of, block by block, and how that is cut into posts."""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from generator.errors import warning
from generator.importers import Elsewhere, ImportedPost, pictures
from generator.model import Value

Kind = Literal["text", "heading", "rule", "code", "list", "quote", "table", "callout", "math"]

_CLOSING = re.compile(r"(?<!\S)#+$")
MOST_PICTURES, FEW_WORDS = 4, 60
"""What a gallery of a slide holds (`content/shapes/gallery.py`)."""

_PICTURE = re.compile(r"!\[(?:[^\[\]\\]|\\.)*\]\((?:<[^<>\n]*>|[^()<>\s]*)\)")
MOST_WORDS = 130
"""Words of a post, headings aside: about what two slides hold. Longer ones are parted."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One block as Markdown; of a heading `level` is 1 to 6 and `markdown` has no `#`."""

    kind: Kind
    markdown: str = ""
    level: int = 0

    @property
    def written(self) -> str:
        """Return the block as it stands in a file."""
        if self.kind == "heading":
            # A `#` at its end would close it, and be lost.
            words = _CLOSING.sub(r"\\\g<0>", self.markdown)
            return f"{'#' * max(2, self.level)} {words}"
        return self.markdown

    @property
    def words(self) -> int:
        """Return how many words the block has."""
        return len(self.markdown.split())


@dataclass(slots=True)
class Part:
    """What one post is made of: its blocks, its settings, notes for the presenter."""

    pieces: list[Piece] = field(default_factory=list)
    settings: dict[str, Value] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Return whether there is anything to show."""
        return bool(self.pieces or "image" in self.settings)


def parts(pieces: Iterable[Piece], *, deepest: int = 6) -> list[Part]:
    """Return a part for each heading down to level `deepest`, and for what a rule cuts off.

    A rule right below a heading is a line under it, and cuts nothing.
    """
    found = [Part()]
    for piece in pieces:
        last = found[-1].pieces
        if piece.kind == "rule":
            if len(last) == 1 and last[0].kind == "heading":
                continue
            found.append(Part())
            continue
        if piece.kind == "heading" and piece.level <= deepest and last:
            found.append(Part())
        found[-1].pieces.append(piece)
    return [part for part in found if part]


def parted(part: Part) -> list[Part]:
    """Return a part that is too long as several, cut between blocks, about as long as each other.

    Words that end with a colon stay with what follows them. Many pictures stand by themselves.
    """
    first, *galleries = _galleries(part)
    return [*_parted(first), *galleries]


def _galleries(part: Part) -> list[Part]:
    """Return a part without its pictures, and these as parts of their own, if they are many.

    A slide shows four side by side at most, and these only beside a few words.
    """
    pictured = [piece for piece in part.pieces if _pictured(piece)]
    words = sum(piece.words for piece in part.pieces if piece not in pictured)
    if len(pictured) < 2 or (words <= FEW_WORDS and len(pictured) <= MOST_PICTURES):  # noqa: PLR2004 (one has room)
        return [part]
    rest = [piece for piece in part.pieces if piece not in pictured]
    alone = bool(rest) and any(piece.kind != "heading" for piece in rest)
    many = -(-len(pictured) // MOST_PICTURES)
    cuts = [round(number * len(pictured) / many) for number in range(many + 1)]
    runs = [pictured[start:end] for start, end in itertools.pairwise(cuts)]
    if not alone:
        return [Part([*rest, *runs[0]], part.settings, part.notes), *map(Part, runs[1:])]
    return [Part(rest, part.settings, part.notes), *map(Part, runs)]


def _pictured(piece: Piece) -> bool:
    """Say whether a block is a picture that is at hand, and nothing else."""
    said = piece.markdown.strip()
    return pictures.WANTED not in said and _PICTURE.fullmatch(said) is not None


def _parted(part: Part) -> list[Part]:
    """Return a part that has too many words as several."""
    words = sum(piece.words for piece in part.pieces if piece.kind != "heading")
    if words <= MOST_WORDS:
        return [part]
    target = words / -(-words // MOST_WORDS)
    found: list[list[Piece]] = [[]]
    held = 0
    for piece in part.pieces:
        last = found[-1]
        bound = bool(last) and (last[-1].kind == "heading" or last[-1].markdown.endswith(":"))
        if last and not bound and held + piece.words / 2 > target * len(found):
            found.append([])
        found[-1].append(piece)
        held += piece.words if piece.kind != "heading" else 0
    first, *others = found
    return [Part(first, part.settings, part.notes), *(Part(each) for each in others)]


def posts(found: Sequence[Part], prefix: str) -> tuple[ImportedPost, ...]:
    """Return the parts as posts, numbered behind `prefix`; pictures from elsewhere are wanted."""
    return tuple(
        _post(part, f"{prefix}-{number}")
        for number, part in enumerate((part for part in found if part), 1)
    )


def _post(part: Part, name: str) -> ImportedPost:
    """Return a part as a post."""
    return post(name, _markdown(part), part.settings)


def post(name: str, written: str, settings: Mapping[str, Value]) -> ImportedPost:
    """Return Markdown as a post; pictures in it that are not at hand are wanted."""
    pictured, missing = pictures.numbered(written)
    if not missing:
        return ImportedPost(name, written, settings)
    elsewhere = tuple(_elsewhere(alt, url) for alt, url in missing)
    notes = tuple(each.note for each in elsewhere)
    said = {**settings, "wants": "picture"}
    return ImportedPost(name, pictures.unpictured(written), said, notes, pictured, elsewhere)


def _elsewhere(alt: str, url: str) -> Elsewhere:
    """Return a picture that is not at hand: on the network, or missing beside the file."""
    note = f"Picture to add: {url}" + (f" ({alt})" if alt else "")
    if re.match(r"https?://|//", url, re.IGNORECASE):
        return Elsewhere(url, note)
    hint = "add the picture yourself: its post has `wants: picture`"
    return Elsewhere("", note, warning("media-missing", f"`{url}` is not there", None, hint))


def headed(found: Sequence[Piece]) -> tuple[str, list[Piece]]:
    """Return the heading of level 1 that a text begins with, and the rest; or nothing and all.

    Where another of level 1 follows, the first one is only the first of several posts.
    """
    rest = list(found)
    if not rest or rest[0].kind != "heading" or rest[0].level != 1:
        return "", rest
    if any(piece.kind == "heading" and piece.level == 1 for piece in rest[1:]):
        return "", rest
    below = rest[1:]
    return rest[0].markdown, below[1:] if below[:1] == [Piece("rule")] else below


def _markdown(part: Part) -> str:
    """Return a part's Markdown, its notes at the end where they can't be read as settings."""
    written = "\n\n".join(piece.written for piece in part.pieces)
    notes = _notes(part, worded=bool(pictures.unpictured(written).strip()))
    return "\n\n".join([written, *notes] if written else [*notes])


def _notes(part: Part, *, worded: bool) -> Iterator[str]:
    """Yield notes as comments on lines of their own, which are never read as settings."""
    for note in part.notes:
        said = note.replace("--", "-\u2060-").strip("\n")
        if said.strip():
            # A comment before all words would be tried as settings: there, each line is marked.
            lines = said if worded else "\n".join(f"| {line}" for line in said.split("\n"))
            yield f"<!--\n{lines}\n-->"
