"""The carousel as a thread of plain posts again, each as long as X lets it be."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from generator import lengths
from generator.exporters import Deck, Exporter
from generator.exporters._plain import Teller
from generator.model import Artifact

NAME = "thread.txt"
MOST = 280
"""The weight of a post on X, without a subscription."""
RULE = "\n\n---\n\n"
"""Between posts: as our own content files have it, and as schedulers split a draft."""
SENTENCE = re.compile(r"(?<=[.!?…])[\"\u201d\u2019»)\]]*\s+|(?<=[。！？])[」』）]*")
WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
"""Letters between which a line may break: Chinese, Japanese, Korean."""
STOPS = "。、，．！？」』）：；"
WORD = re.compile(
    rf"(?:[{WIDE}][{STOPS}]*|(?:{lengths.LINK.pattern}|[^\s{WIDE}])+)\s*",
    re.IGNORECASE,
)


def export(deck: Deck) -> tuple[Artifact, ...]:
    """Return one text: posts of at most 280 as X counts, parted by rules.

    A word or a link is never cut: one that is longer than a post stays so.
    """
    carousel = deck.carousel
    tell = Teller(links=True, shown=False)
    said = [tell.paragraphs(slide) for slide in carousel.slides]
    if len(said) > 1 and carousel.slides[0].kind == "cover" and _begins(said[1], said[0]):
        del said[0]  # the hook of the first post, shown large
    made = _numbered(said) if carousel.counter else _all(said, MOST)
    return (Artifact(NAME, f"{RULE.join(made)}\n".encode()),)


def _begins(post: Sequence[str], cover: Sequence[str]) -> bool:
    return len(cover) == 1 and " ".join(post).startswith(cover[0])


def _all(said: Sequence[Sequence[str]], most: int) -> list[str]:
    return [post for parts in said for post in posts(parts, most)]


def _numbered(said: Sequence[Sequence[str]]) -> list[str]:
    """Return posts that end with their number, such as 3/12, and keep the limit with it."""
    digits, found = 0, [""]
    while len(str(len(found))) != digits:
        digits = len(str(len(found)))
        found = _all(said, MOST - len("\n\n/") - 2 * digits)
    return [f"{post}\n\n{number}/{len(found)}" for number, post in enumerate(found, 1)]


def posts(paragraphs: Sequence[str], most: int = MOST) -> list[str]:
    """Return paragraphs as posts that weigh at most so much, each of whole paragraphs if it can.

    A paragraph that is too heavy is cut between lines, else sentences, else words.
    """
    return list(_joined(paragraphs, "\n\n", most, CUTS))


def _joined(pieces: Sequence[str], between: str, most: int, cuts: "Sequence[Cut]") -> Iterator[str]:
    """Yield posts, each filled with as many pieces as it holds."""
    post = ""
    for piece in pieces:
        longer = f"{post}{between}{piece}" if post else piece
        if lengths.weight(longer.strip()) <= most:
            post = longer
            continue
        if post:
            yield post.strip()
        post = piece
        if cuts and lengths.weight(piece.strip()) > most:
            *full, post = _cut(piece, most, cuts)
            yield from full
    if post.strip():
        yield post.strip()


def _cut(text: str, most: int, cuts: "Sequence[Cut]") -> list[str]:
    """Return a text as the fewest posts that hold it, about equally heavy."""
    (cut, between), *finer = cuts
    pieces = cut(text)
    whole = list(_joined(pieces, between, most, finer))
    least, enough = 1, most
    while least < enough:
        middle = (least + enough) // 2
        if len(list(_joined(pieces, between, middle, finer))) > len(whole):
            least = middle + 1
        else:
            enough = middle
    return list(_joined(pieces, between, enough, finer))


def _sentences(text: str) -> list[str]:
    ends = [0, *(found.end() for found in SENTENCE.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(ends) if text[start:end].strip()]


Cut = tuple[Callable[[str], list[str]], str]
"""What parts a text into pieces, and what then stands between them."""
CUTS: Sequence[Cut] = ((str.splitlines, "\n"), (_sentences, ""), (WORD.findall, ""))

exporter = Exporter(".txt", export)
