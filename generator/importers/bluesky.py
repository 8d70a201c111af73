"""Bluesky: a thread, feed or records as its public API gives them; the export of an account.

`getPostThread`, `getAuthorFeed`, `getPosts`, `listRecords` and single posts are known, and the
repository (`repo.car`), of which only posts and the account's name are decoded. Where a
link stands is told in bytes of UTF-8; one that begins inside a character is passed over.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from generator.errors import GeneratorError, Location, Problem, error, info, warning
from generator.importers import (
    Imported,
    Importer,
    Offer,
    _bluesky,
    _car,
    _chains,
    _json,
    _social,
    opened,
)
from generator.importers._bluesky import POST, Found
from generator.model import Author

KIND = "bluesky"
PROFILE = "app.bsky.actor.profile"


@dataclass(frozen=True, slots=True)
class _Feed:
    """What was found: posts by their addresses, and what the file is called."""

    posts: Mapping[str, Found]
    name: str
    others: int = 0
    whole: bool = False
    """Whether it is all that somebody ever posted, so that single posts are lone ones."""


def detects(content: bytes, name: str) -> float:  # noqa: ARG001 (the content says it)
    """Return how sure it is that posts of Bluesky are in it."""
    if _car.is_car(content):
        return 0.95
    known = content.lstrip()[:1] in {b"{", b"["} and POST.encode() in content
    return 0.9 if known else 0.0


def reads(content: bytes, name: str) -> tuple[Imported, ...]:
    """Return the threads of whoever wrote the first post, newest first."""
    return opened(offers(content, name))


def offers(content: bytes, name: str) -> tuple[Offer, ...]:
    """Return what is to be had of a file: threads, newest first, single posts after them."""
    feed = _exported(content, name) if _car.is_car(content) else _answered(content, name)
    own = sorted(feed.posts.values(), key=lambda post: post.date)
    parents = {post.uri: post.parent if post.parent in feed.posts else None for post in own}
    chains = _chains.chains(parents)
    threads = [chain for chain in chains if len(chain.keys) > 1 or not _answer(chain, feed)]
    several = feed.whole and any(len(chain.keys) > 1 for chain in threads)
    made = [_offer(chain, feed, several=several) for chain in reversed(threads or chains)]
    return tuple(sorted(made, key=lambda offer: offer.lone))


def _answered(content: bytes, name: str) -> _Feed:
    """Return the posts of an answer of the API by whoever wrote the first one."""
    found = {post.uri: post for post in _bluesky.found(_json.document(content, name))}
    if not found:
        raise GeneratorError(error("import-empty", "there is no post in it", Location(name)))
    owner = next(iter(found.values())).owner
    own = {uri: post for uri, post in found.items() if post.owner == owner}
    return _Feed(own, name, len(found) - len(own))


def _exported(content: bytes, name: str) -> _Feed:
    """Return the posts of an account's repository."""
    author: dict[str, object] = {}
    posts: dict[str, Found] = {}
    for uri, record in _car.records(content, name, (PROFILE, POST)):
        if uri.endswith(f"/{PROFILE}/self"):
            author["displayName"] = _json.text(record, "displayName")
        elif isinstance(_json.within(record, "text"), str):
            posts[uri] = Found(uri, author, _kept(_json.mapping(record)), {})
    if not posts:
        raise GeneratorError(error("import-empty", "there is no post in it", Location(name)))
    return _Feed(posts, name, whole=True)


def _kept(record: Mapping[str, object]) -> Mapping[str, object]:
    """Return what is needed of a record: an account may have tens of thousands."""
    kept = {key: record[key] for key in ("text", "createdAt", "facets", "embed") if key in record}
    parent = _json.text(record, "reply", "parent", "uri")
    return kept | ({"reply": {"parent": {"uri": parent}}} if parent else {})


def _offer(chain: _chains.Chain[str], feed: _Feed, *, several: bool) -> Offer:
    """Return a chain as an offer."""
    first = feed.posts[chain.keys[0]]
    begins = _social.begins(_social.clean(_json.text(first.record, "text")))
    lone = several and len(chain.keys) == 1
    opens = partial(_thread, chain, feed)
    return Offer(first.key, begins, len(chain.keys), opens, first.date[:10], lone)


def _answer(chain: _chains.Chain[str], feed: _Feed) -> bool:
    """Say whether a chain begins with an answer to a post that is not in it."""
    return bool(feed.posts[chain.keys[0]].parent) and not chain.looped


def _thread(chain: _chains.Chain[str], feed: _Feed) -> Imported:
    """Return a chain as a thread."""
    posts = [feed.posts[key] for key in chain.keys]
    first = posts[0]
    handle = _social.clean(_json.text(first.author, "handle"))
    name = _social.clean(_json.text(first.author, "displayName"))
    author = Author(name, f"@{handle}" if handle else "")
    problems: list[Problem] = list(_doubts(chain, feed))
    entries = tuple(_entry(post, feed, problems) for post in posts)
    url = _url(first)
    source = {"kind": KIND, **({"url": url} if url else {}), "id": first.key}
    return _social.thread(
        entries,
        feed.name,
        author=author if author != Author() else None,
        source=source,
        id=first.key,
        problems=problems,
    )


def _doubts(chain: _chains.Chain[str], feed: _Feed) -> Iterator[Problem]:
    """Yield what is to be said of a thread: what is missing before it, what was left out."""
    place = Location(feed.name)
    if chain.looped:
        said = "a post answers one of its own answers: it was taken as the first"
        yield warning("reply-loop", said, place)
    elif _answer(chain, feed):
        said = "the thread begins with an answer to a post that is not its author's"
        yield info("post-missing", said, place)
    if feed.others:
        yield info("author-other", f"{feed.others} posts by others were left out", place)
    if chain.branches:
        key = feed.posts[chain.branches[0]].key
        said = f"{len(chain.branches)} answers set off from this thread and were left out"
        yield warning("thread-branched", said, place, f"take one by itself: --thread {key}")


def _entry(post: Found, feed: _Feed, problems: list[Problem]) -> _social.Entry:
    """Return a post with its links, its pictures, the page that it recommends."""
    raw = _json.text(post.record, "text")
    spans, crooked = _bluesky.spans(raw, _json.array(post.record, "facets"))
    if crooked:
        said = f"{crooked} links of post {post.key} point into the middle of a letter"
        problems.append(info("link-crooked", f"{said} and were left out", Location(feed.name)))
    text, links = _social.linked(raw, spans)
    card = _bluesky.card(post)
    if card and all(url != card[1] for _, url in links):
        text, more = _appended(text, card)
        links += more
    quoted = _bluesky.quoted(post)
    notes = (f"quotes {quoted}",) if quoted else ()
    return _social.Entry(
        f"bsky-{post.key}", text, links, post.date, _url(post), _bluesky.shots(post), notes
    )


def _appended(text: str, card: tuple[str, str]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return a text with the page that is shown below it, as a link of its own."""
    said, links = _social.linked("-", [(0, 1, *card)])
    return f"{text}\n\n{said}" if links else text, links


def _url(post: Found) -> str:
    """Return the page of a post; nothing if its address is not known."""
    who = _json.text(post.author, "handle") or post.owner
    return _bluesky.page(who, post.key) if post.known else ""


importer = Importer(
    "a thread of Bluesky, or the export of an account", detects, reads, offers=offers
)
