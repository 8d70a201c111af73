"""What the networks have in common: posts with links, pictures and a date, as a thread."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from generator.damage import mojibake
from generator.errors import GeneratorError, Location, Problem, error, info, warning
from generator.importers import (
    Elsewhere,
    Imported,
    ImportedPost,
    Media,
    _markdown,
    _prose,
    _text,
    pictures,
)
from generator.importers.pictures import WANTED
from generator.model import NOTHING, Author, Value

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"})
_BEGINS = 90
"""Letters of a post that tell which thread it begins."""


Span = tuple[int, int, str | None, str]
"""Where a link stands in a text: start, end, the words to show, the address."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of a post: `path` names it, `reads` gives its bytes if the source has them.

    `moving` is a video: what is shown of it is its poster, and `url` the poster's address.
    """

    path: str = ""
    alt: str = ""
    url: str = ""
    reads: Callable[[], bytes] | None = None
    moving: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A post as its network has it. LINK signs in `text` stand for `links`, in order."""

    id: str
    text: str
    links: tuple[tuple[str, str], ...] = ()
    date: str = ""
    url: str = ""
    shots: tuple[Shot, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Desk:
    """What is gathered while posts are written: pictures with names of their own, problems."""

    name: str
    media: list[Media] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    repaired: int = 0


def thread(  # noqa: PLR0913 (a thread's parts, each by its name)
    entries: Sequence[Entry],
    name: str,
    *,
    author: Author | None = None,
    source: Mapping[str, Value] = NOTHING,
    id: str = "",  # noqa: A002 (that is what it is called)
    title: str = "",
    problems: Iterable[Problem] = (),
) -> Imported:
    """Return the posts as a thread; what was left out or mended is told with the place `name`."""
    desk = _Desk(name, problems=list(problems))
    posts = tuple(_post(entry, desk) for entry in entries if entry.text.strip() or entry.shots)
    if not posts:
        raise GeneratorError(error("import-empty", "there are no words in it", Location(name)))
    if desk.repaired:
        said = f"{desk.repaired} damaged characters were repaired"
        desk.problems.append(info("mojibake-repaired", said, Location(name)))
    media, found = tuple(desk.media), tuple(desk.problems)
    return Imported(posts, title, author, source, id, found, media=media)


def clean(text: str) -> str:
    """Return foreign text without control characters and without our sign for a link."""
    return _text.lines(text).replace(_markdown.LINK, "")


def linked(
    text: str, spans: Iterable[Span], plain: Callable[[str], str] = clean
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return a text with LINK signs, and the links; `plain` makes foreign words clean ones.

    A span without words keeps those that it stands on; one without an address is plain words.
    """
    parts, links, end = [], [], 0
    for start, stop, words, url in sorted(spans, key=lambda span: span[:2]):
        if start < end or stop > len(text):
            continue
        said = plain(text[start:stop] if words is None else words)
        parts.append(plain(text[end:start]))
        if address(url) and said.strip():
            before, after = (said[: len(said) - len(said.lstrip())], said[len(said.rstrip()) :])
            links.append((said.strip(), url.strip()))
            parts.append(f"{before}{_markdown.LINK}{after}")
        else:
            parts.append(said)
        end = stop
    return "".join([*parts, plain(text[end:])]), tuple(links)


def within(sizes: Mapping[str, int], base: str, path: str) -> str:
    """Return the file in an archive that `path` names, seen from `base` or a folder above it."""
    wanted = path.lstrip("/")
    folders = (f"{folder}/" if str(folder) != "." else "" for folder in PurePosixPath(base).parents)
    found = (folder + wanted for folder in folders if wanted)
    return next((name for name in found if name in sizes), "")


def address(url: str) -> bool:
    """Say whether an address is one that a slide may link to."""
    return re.match(r"(?:https?://|mailto:)\S", url.strip(), re.IGNORECASE) is not None


def displayed(url: str) -> str:
    """Return an address as people write it: without its scheme and the slash at its end."""
    return re.sub(r"^(?:https?://(?:www\.)?|mailto:)|/$", "", url.strip(), flags=re.IGNORECASE)


def begins(text: str, links: Sequence[tuple[str, str]] = ()) -> str:
    """Return the first words of a post, on one line."""
    for words, _ in links:
        text = text.replace(_markdown.LINK, words, 1)
    line = " ".join(text[: 3 * _BEGINS].split())
    return line if len(line) <= _BEGINS else line[:_BEGINS].rpartition(" ")[0] + " …"


def _post(entry: Entry, desk: _Desk) -> ImportedPost:
    """Return an entry as a post; its pictures stand below its words."""
    text, count, _ = mojibake.repair(entry.text)
    desk.repaired += count
    blocks = [_prose.markdown(text, entry.links)] if text.strip() else []
    pictured = list(blocks)
    settings: dict[str, Value] = {}
    notes = [" ".join(filter(None, (entry.date, entry.url)))]
    elsewhere: list[Elsewhere] = []
    for shot in entry.shots:
        if shot.reads and not shot.moving:
            blocks.append(_markdown.picture(clean(shot.alt), _named(shot, desk)))
            pictured.append(blocks[-1])
            continue
        settings["wants"] = "picture"
        notes.append(_wanted(shot))
        pictured.append(_markdown.picture(clean(shot.alt), f"{WANTED}{len(elsewhere)}"))
        url = shot.url if address(shot.url) else ""
        elsewhere.append(Elsewhere(url, notes[-1], _lacking(entry, shot, desk)))
    kept = tuple(filter(None, (*notes, *entry.notes)))
    said, whole = ("\n\n".join(filter(None, each)) for each in (blocks, pictured))
    return ImportedPost(
        entry.id, said, settings, kept, whole if elsewhere else "", tuple(elsewhere)
    )


def _wanted(shot: Shot) -> str:
    """Return the note on a picture that is not there: where it is, what it shows."""
    kind = "Video" if shot.moving else "Picture"
    where = shot.url if address(shot.url) else PurePosixPath(shot.path).name
    alt = " ".join(clean(shot.alt).split())
    return " ".join(filter(None, (kind, "to add", where, f"({alt})" if alt else "")))


def _lacking(entry: Entry, shot: Shot, desk: _Desk) -> Problem | None:
    """Return what is to be said of a picture that is not there, if it is more than that."""
    place = Location(desk.name)
    if shot.moving:
        said = f"the video of post {entry.id} was left out: a slide shows pictures"
        hint = "take a picture of it yourself, or get its poster with --fetch"
        return info("media-moving", said, place, hint)
    if shot.path:
        said = f"`{shot.path}` of post {entry.id} is not there"
        hint = "export once more, get it with --fetch, or add the picture yourself"
        return warning("media-missing", said, place, hint)
    return None


def _named(shot: Shot, desk: _Desk) -> str:
    """Return a safe name of its own for a picture, and keep the picture under it."""
    path = PurePosixPath(clean(shot.path).replace("\n", " "))
    suffix = path.suffix.lower() if path.suffix.lower() in PICTURES else ".jpg"
    name = pictures.unique(path.stem, suffix, desk.taken)
    desk.taken.add(name.casefold())
    desk.media.append(Media(name, shot.reads))
    return name
