"""Bluesky: a thread, feed or records as its public API gives them, as JSON.

`getPostThread`, `getAuthorFeed`, `getPosts`, `listRecords` and single posts are known. Where a
link stands is told in bytes of UTF-8; one that begins inside a character is passed over.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.errors import GeneratorError, Location, Problem, error, info, warning
from generator.importers import Imported, Importer, _bluesky, _chains, _json, _social
from generator.importers._bluesky import POST, Found
from generator.model import Author

KIND = "bluesky"


@dataclass(frozen=True, slots=True)
class _Feed:
    """What was found: posts by their addresses, and what the file is called."""

    posts: Mapping[str, Found]
    name: str


def detects(content: bytes, name: str) -> float:  # noqa: ARG001 (the content says it)
    """Return how sure it is that posts of Bluesky are in it."""
    known = content.lstrip()[:1] in {b"{", b"["} and POST.encode() in content
    return 0.9 if known else 0.0


def reads(content: bytes, name: str) -> tuple[Imported, ...]:
    """Return the threads of whoever wrote the first post, newest first."""
    found = list(_bluesky.found(_json.document(content, name)))
    if not found:
        raise GeneratorError(error("import-empty", "there is no post in it", Location(name)))
    feed = _Feed({post.uri: post for post in found}, name)
    own = [post for post in feed.posts.values() if post.owner == found[0].owner]
    own.sort(key=lambda post: post.date)
    keys = {post.uri for post in own}
    parents = {post.uri: post.parent if post.parent in keys else None for post in own}
    chains = _chains.chains(parents)
    threads = [chain for chain in chains if len(chain.keys) > 1 or not _answer(chain, feed)]
    others = len(feed.posts) - len(own)
    return tuple(_thread(chain, feed, others) for chain in reversed(threads or chains))


def _answer(chain: _chains.Chain[str], feed: _Feed) -> bool:
    """Say whether a chain begins with an answer to a post that is not in it."""
    return bool(feed.posts[chain.keys[0]].parent) and not chain.looped


def _thread(chain: _chains.Chain[str], feed: _Feed, others: int) -> Imported:
    """Return a chain as a thread."""
    posts = [feed.posts[key] for key in chain.keys]
    first = posts[0]
    handle = _social.clean(_json.text(first.author, "handle"))
    name = _social.clean(_json.text(first.author, "displayName"))
    author = Author(name, f"@{handle}" if handle else "")
    problems: list[Problem] = list(_doubts(chain, feed, others))
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


def _doubts(chain: _chains.Chain[str], feed: _Feed, others: int) -> Iterator[Problem]:
    """Yield what is to be said of a thread: what is missing before it, what was left out."""
    place = Location(feed.name)
    if chain.looped:
        said = "a post answers one of its own answers: it was taken as the first"
        yield warning("reply-loop", said, place)
    elif _answer(chain, feed):
        said = "the thread begins with an answer to a post that is not its author's"
        yield info("post-missing", said, place)
    if others:
        yield info("author-other", f"{others} posts by others were left out", place)
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


importer = Importer("a thread of Bluesky", detects, reads)
