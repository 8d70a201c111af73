"""Carousel Studio: the text of its page, copied whole or in part.

Each post is `Drag Post #N`, a name, a handle, a blank line, the text, and `Apply Image` if it
had a picture, which is not in the text. A copy without these marks has a post a paragraph.
"""

import html
import re
from dataclasses import dataclass, replace

from generator.errors import GeneratorError, Location, Problem, error, info, warning
from generator.importers import Imported, ImportedPost, Importer, _markdown, _text
from generator.model import NOTHING, Author, Value

KIND = "carousel-studio"
_POST = re.compile(r"^[ \t]*Drag Post #(?P<number>\d{1,6})[ \t]*$", re.MULTILINE)
_HANDLE = re.compile(r"@\w[\w.-]*")
_LINK = re.compile(
    r"<a\s[^<>]*?\bhref\s*=\s*(?:\"(?P<one>[^\"<>]*)\"|'(?P<two>[^'<>]*)')[^<>]*>"
    r"(?P<words>[^<>]*)</a\s*>",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+$", re.IGNORECASE)
PICTURE = "Apply Image"
POSTS_BELOW = (
    "Drag and drop any post card below onto a slide, or use the quick buttons to insert"
    " content/images instantly!"
)
CHROME = frozenset(
    {
        "AGENCY",
        "AGENCYConfigure brand assets for headers & footers",
        "Background Pattern",
        "Brand Kit Customization",
        "Build Your Carousel",
        "Canvas & Ratio",
        "Carousel Studio",
        "Choose a content structure for your slides",
        "Choose your destination platform format",
        "Configure brand assets for headers & footers",
        "Customize your closing call-to-action slide",
        POSTS_BELOW,
        "Layout Template",
        "MULTI-PROFILES (AGENCY)",
        "Outro Slide CTA",
        "Preset Themes",
        "Repurpose X Threads into LinkedIn & Instagram Carousels",
        "SAVE PRESETS (AGENCY)",
        "Source Content",
        "Typography & Sizing",
    }
)
"""The page's own lines. What stands among them before the posts (sizes, `#1`) is dropped too."""

MOST_POSTS = 1000
"""A thread has fewer; beyond this a number is a slip."""

ENOUGH_CHROME = 4
"""Lines of the page that make an unmarked copy one of Carousel Studio."""


@dataclass(frozen=True, slots=True)
class _Card:
    """One post card of the page: its number, who wrote it, its text, whether it had a picture."""

    number: int
    line: int
    author: Author
    text: str
    pictured: bool = False


def detects(content: bytes, name: str) -> float:  # noqa: ARG001 (the name of a copy says nothing)
    """Return how sure it is that these are lines of the page."""
    lines = _text.glimpse(content)
    chrome = len(CHROME.intersection(lines))
    if _POST.search("\n".join(lines)):
        return 0.99 if chrome else 0.9
    return 0.8 if chrome >= ENOUGH_CHROME else 0.0


def reads(content: bytes, name: str) -> tuple[Imported, ...]:
    """Return the one thread of the page."""
    text, mended = _text.read(content, name)
    marked = _POST.search(text) is not None
    cards = _cards(text) if marked else _paragraphs(text)
    posts = _distinct([_post(card) for card in cards if card.text])
    if not posts:
        raise GeneratorError(
            error(
                "import-empty",
                "there is no post in this text",
                Location(name),
                "copy the whole page of Carousel Studio, post cards too, and import that",
            )
        )
    author = next((card.author for card in cards if card.author != Author()), None)
    found = _gaps(cards, name) if marked else (_unmarked(len(posts), name),)
    problems = (*mended, *found, *_others(cards, author, name))
    return (Imported(posts, author=author, source={"kind": KIND}, problems=problems),)


def _cards(text: str) -> list[_Card]:
    """Return the post cards of a page with marks."""
    marks = list(_POST.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [
        _card(int(mark["number"]), text.count("\n", 0, mark.start()) + 1, text[mark.end() : end])
        for mark, end in zip(marks, ends, strict=True)
    ]


def _card(number: int, line: int, text: str) -> _Card:
    """Return a card from the lines below its mark."""
    lines = _text.squeeze(text).split("\n")
    author, taken = Author(), 0
    if _HANDLE.fullmatch(lines[0]):
        author, taken = Author(handle=lines[0]), 1
    elif len(lines) > 1 and _HANDLE.fullmatch(lines[1]):
        author, taken = Author(name=lines[0], handle=lines[1]), 2
    rest = lines[taken:]
    words = [line for line in rest if line != PICTURE]
    while words and (words[-1] in CHROME or not words[-1]):
        words.pop()
    return _Card(number, line, author, "\n".join(words).strip("\n"), pictured=PICTURE in rest)


def _paragraphs(text: str) -> list[_Card]:
    """Return a card for each paragraph after the page's last own line."""
    lines = _text.squeeze(text).split("\n")
    last = max((number for number, line in enumerate(lines) if line in CHROME), default=-1)
    found = re.split(r"\n{2,}", "\n".join(lines[last + 1 :]).strip("\n"))
    return [_Card(number, 0, Author(), words) for number, words in enumerate(found, 1)]


def _post(card: _Card) -> ImportedPost:
    """Return a card as a post."""
    text = _text.squeeze(card.text.replace(_markdown.LINK, ""))
    links: list[tuple[str, str]] = []

    def kept(found: re.Match[str]) -> str:
        """Return the sign for a link, and note what it is; other addresses stay plain text."""
        address = html.unescape(found["one"] or found["two"] or "").strip()
        if not _ADDRESS.match(address):
            return found[0]
        links.append((found["words"].strip() or address, address))
        return _markdown.LINK

    text = _LINK.sub(kept, text)
    settings: dict[str, Value] = {"wants": "picture"} if card.pictured else dict(NOTHING)
    return ImportedPost(f"cs-{card.number}", _markdown.post(text, links), settings)


def _distinct(posts: list[ImportedPost]) -> tuple[ImportedPost, ...]:
    """Return the posts with ids of their own: of a page that was pasted twice, too."""
    seen: dict[str, int] = {}
    found = []
    for post in posts:
        count = seen[post.id] = seen.get(post.id, 0) + 1
        found.append(replace(post, id=f"{post.id}-{count}") if count > 1 else post)
    return tuple(found)


def _gaps(cards: list[_Card], name: str) -> tuple[Problem, ...]:
    """Return what is odd about the cards: numbers that are missing or doubled, empty cards."""
    numbers = [card.number for card in cards]
    missing = sorted(set(range(1, min(max(numbers), MOST_POSTS))).difference(numbers))
    doubled = sorted({number for number in numbers if numbers.count(number) > 1})
    found = [
        warning("post-empty", f"post #{card.number} has no text and was left out", place)
        for card in cards
        if not card.text
        for place in (Location(name, card.line),)
    ]
    if missing:
        said = f"the page has no post {_numbered(missing)}"
        found.append(warning("post-missing", said, Location(name), "was the whole page copied?"))
    if doubled:
        said = f"the page has post {_numbered(doubled)} more than once"
        found.append(warning("post-doubled", said, Location(name), "was it pasted twice?"))
    return tuple(found)


def _numbered(numbers: list[int]) -> str:
    """Return the numbers as the page has them; of many only the first."""
    shown = ", ".join(f"#{number}" for number in numbers[:5])
    return f"{shown} … ({len(numbers)} in all)" if len(numbers) > 5 else shown  # noqa: PLR2004 (as above)


def _unmarked(count: int, name: str) -> Problem:
    """Return the note that paragraphs were taken for posts."""
    said = f"no `Drag Post #` lines: each of the {count} paragraphs became a post"
    return info("posts-unmarked", said, Location(name))


def _others(cards: list[_Card], author: Author | None, name: str) -> tuple[Problem, ...]:
    """Return a warning for each card that somebody else wrote."""
    return tuple(
        warning(
            "author-other",
            f"post #{card.number} is by {card.author.name or card.author.handle}",
            Location(name, card.line),
            "the thread has one author: the first; quote the others in the text",
        )
        for card in cards
        if author and card.author not in {author, Author()}
    )


importer = Importer("the text of a Carousel Studio page", detects, reads)
