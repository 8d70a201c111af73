"""Threads: the export of your information, as a zip, unpacked, or its JSON file alone.

Its words are UTF-8 that was written as Latin-1. It does not say which post answers which: posts
that were sent within seconds of each other are one thread, as the app sends them so.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import PurePosixPath

from generator.errors import GeneratorError, Location, Problem, error, info
from generator.fetch import Archive, LooseFiles
from generator.importers import Imported, Importer, Offer, _json, _social, opened

KIND = "threads"
POSTS = re.compile(r"(?:.*/)?threads_and_replies\.json")
ABOUT = ("text_post_app_post", "text_post_app", "text_app_post")
"""What exports of different years call the same."""

LIST = "text_post_app_text_posts"
TOGETHER = 15
"""Seconds between posts of one thread."""

LIMIT = 250_000_000
"""Bytes of a list of posts."""

LATEST = 253_402_300_799
"""The last second of the year 9999."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """A post: when it was sent, its words, its pictures, whether it answers something."""

    second: int
    text: str
    media: tuple[Mapping[str, object], ...]
    answers: bool


def detects(content: bytes, name: str) -> float:  # noqa: ARG001 (the content says it)
    """Return how sure it is that this is the list of posts of an export."""
    return 0.98 if f'"{LIST}"'.encode() in content[:4000] else 0.0


def reads(content: bytes, name: str) -> tuple[Imported, ...]:
    """Return the threads in the list of posts, newest first."""
    return opened(offers(content, name))


def offers(content: bytes, name: str) -> tuple[Offer, ...]:
    """Return what the list of posts offers."""
    return unpacks(LooseFiles({"threads_and_replies.json": content}, name))


def holds(archive: Archive) -> float:
    """Return how sure it is that this is an export with posts of Threads."""
    return 0.95 if any(POSTS.fullmatch(name) for name in archive.sizes) else 0.0


def unpacks(archive: Archive) -> tuple[Offer, ...]:
    """Return the threads of an export, newest first; single answers to others are none."""
    sent: list[_Sent] = []
    for name in (name for name in archive.sizes if POSTS.fullmatch(name)):
        sent += _listed(archive, name)
    sent.sort(key=lambda one: one.second)
    groups = [group for group in _together(sent) if len(group) > 1 or not group[0].answers]
    if not groups:
        said = "there is no post in it but single answers to others"
        raise GeneratorError(error("import-empty", said, Location(archive.shown)))
    several = any(len(group) > 1 for group in groups)
    offers = [_offer(group, archive, lone=several and len(group) == 1) for group in groups]
    offers.reverse()
    return tuple(sorted(offers, key=lambda offer: offer.lone))


def _listed(archive: Archive, name: str) -> Iterator[_Sent]:
    """Yield the posts of a file of an export."""
    shown = archive.shown if isinstance(archive, LooseFiles) else f"{archive.shown}/{name}"
    document = _json.document(archive.read(name, LIMIT), shown)
    for entry in _json.array(document, LIST):
        media = tuple(_json.mapping(one) for one in _json.array(entry, "media"))
        text = _json.text(entry, "title") or next(
            (_json.text(one, "title") for one in media if _json.text(one, "title")), ""
        )
        seconds = (_json.number(one, "creation_timestamp") for one in (entry, *media))
        second = next((found for found in seconds if 0 <= found <= LATEST), 0)
        answers = [_json.within(one, key, "is_reply") for one in media for key in ABOUT]
        pictures = tuple(one for one in media if _json.text(one, "uri"))
        yield _Sent(second, repaired(text), pictures, answers=True in answers)


def repaired(text: str) -> str:
    """Return words that were UTF-8 and were written as Latin-1; others stay as they are."""
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text


def _together(sent: Sequence[_Sent]) -> Iterator[list[_Sent]]:
    """Yield posts that were sent together."""
    group: list[_Sent] = []
    for one in sent:
        follows = group and one.answers and one.second and one.second - group[-1].second <= TOGETHER
        if group and not follows:
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _offer(group: list[_Sent], archive: Archive, *, lone: bool) -> Offer:
    """Return posts that were sent together as an offer."""
    first = group[0]
    begins = _social.begins(first.text)
    opens = partial(_thread, group, archive)
    return Offer(_key(first), begins, len(group), opens, _date(first)[:10], lone)


def _thread(group: list[_Sent], archive: Archive) -> Imported:
    """Return posts that were sent together as a thread."""
    place = Location(archive.shown)
    said = f"{len(group)} posts that were sent within seconds were taken as one thread"
    problems: list[Problem] = [info("thread-by-time", said, place)] if len(group) > 1 else []
    entries = []
    for number, one in enumerate(group, 1):
        key = f"threads-{_key(one)}" + (f"-{number}" if number > 1 else "")
        shots = tuple(_shot(medium, archive) for medium in one.media)
        entries.append(_social.Entry(key, _social.clean(one.text), (), _date(one), "", shots))
    key = _key(group[0])
    source = {"kind": KIND, "id": key}
    return _social.thread(entries, archive.shown, source=source, id=key, problems=problems)


def _shot(medium: Mapping[str, object], archive: Archive) -> _social.Shot:
    """Return a medium with the way to its bytes, if the export has it."""
    uri = _json.text(medium, "uri")
    base = next((name for name in archive.sizes if POSTS.fullmatch(name)), "")
    name = _social.within(archive.sizes, base, uri)
    moving = PurePosixPath(uri).suffix.lower() not in _social.PICTURES
    alt = repaired(_json.text(medium, "alt_text") or _json.text(medium, "description"))
    url = uri if _social.address(uri) else ""
    reads = partial(archive.read, name) if name and not moving else None
    return _social.Shot("" if url else uri, alt, url, reads, moving=moving and not url)


def _key(one: _Sent) -> str:
    """Return what a post is called: the second at which it was sent."""
    return str(one.second)


def _date(one: _Sent) -> str:
    """Return when a post was sent; nothing if that is not known."""
    return f"{datetime.fromtimestamp(one.second, UTC):%Y-%m-%dT%H:%M:%SZ}" if one.second else ""


importer = Importer("the export of Threads", detects, reads, holds, unpacks, offers)
