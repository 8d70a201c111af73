"""X: the archive of your account, as a zip or unpacked, or its `tweets.js` alone.

Its files are JavaScript that assigns one JSON list. Only posts, the account's name and, of the
thread that is taken, the pictures are opened; nothing else in the archive is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import PurePosixPath

from generator.errors import GeneratorError, Location, Problem, error, warning
from generator.fetch import Archive, LooseFiles
from generator.importers import (
    Imported,
    Importer,
    Offer,
    _chains,
    _json,
    _social,
    _tweets,
    _x,
    opened,
)
from generator.importers._tweets import Tweet
from generator.model import Author

KIND = "x"
POSTS = re.compile(r"(?:.*/)?(?:data/)?(?:community-)?tweets?(?:-part\d+)?\.js")
NOTES = re.compile(r"(?:.*/)?(?:data/)?note-tweets?(?:-part\d+)?\.js")
ACCOUNT = re.compile(r"(?:.*/)?(?:data/)?account\.js")
MEDIA = re.compile(r"(?:.*/)?(?:data/)?(?:community_)?tweets?_media/(?P<post>\d+)-(?P<name>[^/]+)")
_ASSIGNED = re.compile(rb"\s*window\.YTD\.(?:(?:note_|community_)?tweets?)\.part\d+\s*=")
_MENTIONS = re.compile(r"(?:@\w+\s+)+")
_CUT = re.compile(r"\s*(?:…|\.\.\.)\s*(?:https://t\.co/\w+)?\s*$")
ACCOUNT_LIMIT = 1_000_000
LONG = 280
"""Letters of a post from which on it makes a carousel by itself."""

HEAD = 100
"""Letters that a post and its long text have to share."""


@dataclass(slots=True)
class _Shelf:
    """Everything that is known of an archive."""

    archive: Archive
    author: Author
    own: str
    tweets: dict[int, Tweet]
    notes: dict[str, list[Mapping[str, object]]]
    media: dict[str, str]
    problems: list[Problem] = field(default_factory=list)


def detects(content: bytes, name: str) -> float:  # noqa: ARG001 (the content says it)
    """Return how sure it is that this is a file of posts out of an archive."""
    return 0.99 if _ASSIGNED.match(content[:400].removeprefix(b"\xef\xbb\xbf")) else 0.0


def reads(content: bytes, name: str) -> tuple[Imported, ...]:
    """Return the threads of a `tweets.js`, newest first."""
    return opened(offers(content, name))


def offers(content: bytes, name: str) -> tuple[Offer, ...]:
    """Return what a `tweets.js` offers."""
    return unpacks(LooseFiles({"tweets.js": content}, name))


def holds(archive: Archive) -> float:
    """Return how sure it is that this is an archive of X."""
    names = archive.sizes
    posts = any(POSTS.fullmatch(name) for name in names)
    return 0.95 if posts and any(ACCOUNT.fullmatch(name) for name in names) else 0.8 * posts


def unpacks(archive: Archive) -> tuple[Offer, ...]:
    """Return the threads of an archive, newest first, its single posts after them."""
    shelf = _shelf(archive)
    chains = _chains.chains({key: tweet.parent for key, tweet in shelf.tweets.items()})
    shelf.problems += _looped(chains, archive.shown)
    offers = [offer for chain in chains if (offer := _offer(chain, shelf))]
    if not offers:
        said = "there is no post of your own in it that could be a carousel"
        hint = "reposts, and single answers to others, are passed over"
        raise GeneratorError(error("import-empty", said, Location(archive.shown), hint))
    return tuple(sorted(offers, key=lambda offer: (offer.lone, -int(offer.id))))


def _shelf(archive: Archive) -> _Shelf:
    """Return what the archive holds: posts, long texts and the account; pictures by name only."""
    names = archive.sizes
    author, own = _account(archive)
    posted = (name for name in names if POSTS.fullmatch(name))
    tweets = _tweets.gathered(
        record
        for name in posted
        for record in _json.records(archive.pieces(name), _at(archive, name))
    )
    media = {
        f"{found['post']}-{found['name']}": name
        for name in names
        if (found := MEDIA.fullmatch(name))
    }
    return _Shelf(archive, author, own, tweets, _notes(archive), media)


def _at(archive: Archive, name: str) -> str:
    """Return what a file of the archive is called in messages."""
    return archive.shown if isinstance(archive, LooseFiles) else f"{archive.shown}/{name}"


def _account(archive: Archive) -> tuple[Author, str]:
    """Return who the archive is of, and the account's number."""
    for name in archive.sizes:
        if ACCOUNT.fullmatch(name):
            content = archive.read(name, ACCOUNT_LIMIT)
            for record in _json.records(iter([content]), _at(archive, name)):
                account = _json.mapping(record, "account") or record
                handle = _social.clean(_json.text(account, "username"))
                said = _social.clean(_json.text(account, "accountDisplayName"))
                author = Author(said, f"@{handle}" if handle else "")
                return author, _json.text(account, "accountId")
    return Author(), ""


def _notes(archive: Archive) -> dict[str, list[Mapping[str, object]]]:
    """Return the long texts by each second at which their post may have been written."""
    found: dict[str, list[Mapping[str, object]]] = {}
    for name in (name for name in archive.sizes if NOTES.fullmatch(name)):
        for record in _json.records(archive.pieces(name), _at(archive, name)):
            note = _json.mapping(record, "noteTweet") or record
            created = _x.date(_json.text(note, "createdAt"))
            for second in (-1, 0, 1) if created else ():
                moment = datetime.fromisoformat(created) + timedelta(seconds=second)
                found.setdefault(f"{moment:%Y-%m-%dT%H:%M:%SZ}", []).append(note)
    return found


def _offer(chain: _chains.Chain[int], shelf: _Shelf) -> Offer | None:
    """Return a chain as an offer; nothing if it is one answer to somebody else."""
    first = shelf.tweets[chain.keys[0]]
    note = _note(first, shelf) if first.created else None
    long = note is not None or len(first.text) > LONG
    if len(chain.keys) == 1 and first.parent >= 0 and not long:
        return None
    text, links = _worded(first, note)
    return Offer(
        str(first.key),
        _social.begins(text, links),
        len(chain.keys),
        partial(_opened, chain, shelf),
        _x.date(first.created)[:10],
        lone=len(chain.keys) == 1 and not long,
    )


def _opened(chain: _chains.Chain[int], shelf: _Shelf) -> Imported:
    """Return a chain as a thread."""
    tweets = [shelf.tweets[key] for key in chain.keys]
    entries = tuple(_entry(tweet, shelf) for tweet in tweets)
    first, place = tweets[0], Location(shelf.archive.shown)
    problems = [*shelf.problems, *_cut(tweets, shelf)]
    if chain.branches:
        said = f"{len(chain.branches)} of your answers set off from this thread and were left out"
        hint = f"take one by itself: --thread {chain.branches[0]}"
        problems.append(warning("thread-branched", said, place, hint))
    if first.parent >= 0 and first.parent not in shelf.tweets:
        said = "the thread begins with an answer to a post that is not in the archive"
        problems.append(warning("post-missing", said, place))
    number = str(first.key)
    return _social.thread(
        entries,
        shelf.archive.shown,
        author=shelf.author if shelf.author != Author() else None,
        source={"kind": KIND, "url": _x.page(number, shelf.author.handle), "id": number},
        id=number,
        problems=problems,
    )


def _entry(tweet: Tweet, shelf: _Shelf) -> _social.Entry:
    """Return a post with its long text if it has one, its links and its pictures."""
    text, links = _worded(tweet, _note(tweet, shelf))
    shots = tuple(_found(tweet, shot, shelf) for shot in dict.fromkeys(tweet.shots))
    where = _x.page(str(tweet.key), shelf.author.handle)
    return _social.Entry(f"x-{tweet.key}", text, links, _x.date(tweet.created), where, shots)


def _found(tweet: Tweet, shot: tuple[str, str, bool], shelf: _Shelf) -> _social.Shot:
    """Return a medium with the way to its bytes, if the archive has it."""
    url, alt, moving = shot
    paths = [f"{number}-{PurePosixPath(url).name}" for number in (tweet.id, tweet.key)]
    path, name = next(
        ((one, shelf.media[one]) for one in paths if one in shelf.media), (paths[0], "")
    )
    reads = partial(shelf.archive.read, name) if name else None
    return _social.Shot(path, alt, _x.largest(url), reads, moving=moving and reads is None)


def _worded(
    tweet: Tweet, note: Mapping[str, object] | None
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the words of a post and its links; those whom it answers are not in them."""
    known = dict(tweet.urls)
    if note is None:
        return _x.worded(_unaddressed(tweet), known)
    text = _json.text(note, "core", "text")
    return _x.worded(text, known | _x.links(_json.array(note, "core", "urls")))


def _unaddressed(tweet: Tweet) -> str:
    """Return the text without the names of those whom it answers, which X puts before it."""
    if tweet.parent < 0:
        return tweet.text
    if 0 < tweet.start <= len(tweet.text) and _MENTIONS.fullmatch(tweet.text[: tweet.start]):
        return tweet.text[tweet.start :]
    name = f"@{tweet.to} "
    return tweet.text[len(name) :] if tweet.text.lower().startswith(name.lower()) else tweet.text


def _note(tweet: Tweet, shelf: _Shelf) -> Mapping[str, object] | None:
    """Return the long text of a post: written in the same second or the next, begun alike."""
    notes = shelf.notes.get(_x.date(tweet.created), ()) if shelf.notes else ()
    head = "".join(_CUT.sub("", _unaddressed(tweet)).split())[:HEAD]
    return next((note for note in notes if head and _head(note).startswith(head)), None)


def _head(note: Mapping[str, object]) -> str:
    """Return how a long text begins, without spaces."""
    text = _json.text(note, "core", "text")
    return "".join(_MENTIONS.sub("", text[: 4 * LONG], count=1).split())


def _cut(tweets: Sequence[Tweet], shelf: _Shelf) -> Iterator[Problem]:
    """Yield what is to be said of posts that end in the middle."""
    for tweet in tweets:
        ended = tweet.text.rstrip().endswith("…") or re.search(r"… https://t\.co/\w+$", tweet.text)
        if ended and len(tweet.text) >= LONG // 2 and _note(tweet, shelf) is None:
            said = f"post x-{tweet.key} ends with `…`, and its long text is not in the archive"
            hint = "copy it from the page of the post"
            yield warning("post-cut", said, Location(shelf.archive.shown), hint)


def _looped(chains: Sequence[_chains.Chain[int]], shown: str) -> Iterator[Problem]:
    """Yield what is to be said of posts that answer their own answers."""
    for chain in chains:
        if chain.looped:
            said = f"post x-{chain.keys[0]} answers one of its own answers: it was taken as first"
            yield warning("reply-loop", said, Location(shown))


importer = Importer("the archive of an X account", detects, reads, holds, unpacks, offers)
