"""Mastodon: a status and its context as the API gives them, or the export of an account.

The context leaves out the status itself: `import status.json context.json` takes both. Of an
export only `outbox.json`, the name in `actor.json` and pictures are opened.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath

from generator.errors import GeneratorError, Location, Problem, error, info, warning
from generator.fetch import Archive, LooseFiles
from generator.importers import Imported, Importer, Offer, _chains, _json, _social, _toots, opened
from generator.importers._toots import Toot
from generator.model import Author

KIND = "mastodon"
OUTBOX = re.compile(r"(?:.*/)?outbox\.json")
ACTOR = re.compile(r"(?:.*/)?actor\.json")
LIMIT = 250_000_000
"""Bytes of all posts of an account."""

_MARKS = (b'"in_reply_to_id"', b'"account"', b'"content"')


@dataclass(frozen=True, slots=True)
class _Page:
    """Posts by their numbers, where they came from, and the one that a context left out."""

    toots: Mapping[str, Toot]
    archive: Archive
    missing: str = ""
    others: int = 0
    outbox: str = ""


def detects(content: bytes, name: str) -> float:  # noqa: ARG001 (the content says it)
    """Return how sure it is that statuses of Mastodon are in it."""
    if content.lstrip()[:1] not in {b"{", b"["}:
        return 0.0
    outbox = b'"orderedItems"' in content and b"activitystreams" in content[:400]
    return 0.9 if outbox or all(mark in content for mark in _MARKS) else 0.0


def reads(content: bytes, name: str) -> tuple[Imported, ...]:
    """Return the threads in a file, newest first."""
    return opened(offers(content, name))


def offers(content: bytes, name: str) -> tuple[Offer, ...]:
    """Return what a file offers."""
    outbox = b'"orderedItems"' in content
    return unpacks(LooseFiles({"outbox.json" if outbox else name: content}, name))


def holds(archive: Archive) -> float:
    """Return how sure it is that this is an export, or files of the API."""
    if any(OUTBOX.fullmatch(name) for name in archive.sizes):
        return 0.9
    loose = isinstance(archive, LooseFiles)
    return 0.9 * (loose and all(detects(archive.read(name), name) for name in archive.sizes))


def unpacks(archive: Archive) -> tuple[Offer, ...]:
    """Return the threads of an account, newest first, single posts after them."""
    page = _outbox(archive) if any(map(OUTBOX.fullmatch, archive.sizes)) else _statuses(archive)
    parents = {key: _parent(toot, page) for key, toot in page.toots.items()}
    chains = [one for one in _chains.chains(parents) if not _only_answers(one, page)]
    if not chains:
        said = "there is no post of its author's own in it"
        raise GeneratorError(error("import-empty", said, Location(archive.shown)))
    several = any(len(chain.keys) > 1 for chain in chains)
    offers = [_offer(chain, page, lone=several and len(chain.keys) == 1) for chain in chains]
    newest = sorted(offers, key=lambda offer: offer.date, reverse=True)
    return tuple(sorted(newest, key=lambda offer: offer.lone))


def _statuses(archive: Archive) -> _Page:
    """Return the posts of the API's files: of whoever wrote the status, else the first one."""
    alone: list[Toot] = []
    around: list[Toot] = []
    ancestors: list[Toot] = []
    for name in archive.sizes:
        document = _json.document(archive.read(name, LIMIT), name)
        for one in document if isinstance(document, list) else [document]:
            ancestors += _read(_json.array(one, "ancestors"))
            around += _read([*_json.array(one, "ancestors"), *_json.array(one, "descendants")])
            alone += _read([one] if _json.text(one, "id") else [_json.mapping(one, "status")])
    found = {toot.key: toot for toot in sorted([*alone, *around], key=lambda toot: toot.date)}
    if not found:
        said = "there is no post in it"
        raise GeneratorError(error("import-empty", said, Location(archive.shown)))
    owner = (alone or around)[0].owner
    own = {key: toot for key, toot in found.items() if toot.owner == owner}
    missing = _left_out(around, found) if not alone else ""
    if missing and ancestors:
        bridge = {
            key: replace(toot, parent=ancestors[-1].key)
            for key, toot in own.items()
            if toot.parent == missing
        }
        own |= bridge
    return _Page(own, archive, missing, len(found) - len(own))


def _read(found: Sequence[object]) -> Iterator[Toot]:
    """Yield the statuses among values."""
    for one in found:
        toot = _toots.status(_json.mapping(one)) if _json.text(one, "id") else None
        if toot:
            yield toot


def _left_out(around: Sequence[Toot], found: Mapping[str, Toot]) -> str:
    """Return the number of the status that a context is about and leaves out."""
    wanted = [toot.parent for toot in around if toot.parent and toot.parent not in found]
    return wanted[0] if len(set(wanted)) == 1 else ""


def _outbox(archive: Archive) -> _Page:
    """Return the posts of an export."""
    account: Mapping[str, object] = {}
    toots: list[Toot] = []
    for name in archive.sizes:
        if ACTOR.fullmatch(name):
            actor = _json.document(archive.read(name, LIMIT), f"{archive.shown}/{name}")
            account = _json.mapping(actor)
    path = next(name for name in archive.sizes if OUTBOX.fullmatch(name))
    shown = archive.shown if isinstance(archive, LooseFiles) else f"{archive.shown}/{path}"
    for activity in _json.records(archive.pieces(path), shown, "orderedItems"):
        toot = _toots.note(activity, account)
        if toot and toot.key:
            toots.append(toot)
    toots.sort(key=lambda one: one.date)
    return _Page({toot.key: toot for toot in toots}, archive, outbox=path)


def _parent(toot: Toot, page: _Page) -> str | None:
    """Return the post that this one answers, if it is there."""
    return toot.parent if toot.parent in page.toots else None


def _only_answers(chain: _chains.Chain[str], page: _Page) -> bool:
    """Say whether a chain is a single answer to what somebody else wrote."""
    first = page.toots[chain.keys[0]]
    outside = bool(first.parent) and first.parent not in page.toots
    return outside and len(chain.keys) == 1 and len(page.toots) > 1 and not page.missing


def _offer(chain: _chains.Chain[str], page: _Page, *, lone: bool) -> Offer:
    """Return a chain as an offer."""
    first = page.toots[chain.keys[0]]
    text, links = _toots.worded(first)
    opens = partial(_thread, chain, page)
    count = len(chain.keys)
    return Offer(_key(first), _social.begins(text, links), count, opens, first.date[:10], lone)


def _thread(chain: _chains.Chain[str], page: _Page) -> Imported:
    """Return a chain as a thread."""
    toots = [page.toots[key] for key in chain.keys]
    first = toots[0]
    author = _toots.author(first.account)
    url = first.url if _social.address(first.url) else ""
    return _social.thread(
        [_entry(toot, page) for toot in toots],
        page.archive.shown,
        author=author if author != Author() else None,
        source={"kind": KIND, **({"url": url} if url else {}), "id": _key(first)},
        id=_key(first),
        problems=_doubts(chain, page),
    )


def _doubts(chain: _chains.Chain[str], page: _Page) -> Iterator[Problem]:
    """Yield what is to be said of a thread."""
    place = Location(page.archive.shown)
    first = page.toots[chain.keys[0]]
    if page.missing:
        said = f"the context leaves out the post that it is about ({page.missing})"
        hint = "import both files: import status.json context.json"
        yield warning("post-missing", said, place, hint)
    elif first.parent and first.parent not in page.toots and not chain.looped:
        said = "the thread begins with an answer to a post that is not its author's"
        yield info("post-missing", said, place)
    if page.others:
        yield info("author-other", f"{page.others} posts by others were left out", place)
    if chain.looped:
        said = "a post answers one of its own answers: it was taken as the first"
        yield warning("reply-loop", said, place)
    if chain.branches:
        key = _key(page.toots[chain.branches[0]])
        said = f"{len(chain.branches)} answers set off from this thread and were left out"
        yield warning("thread-branched", said, place, f"take one by itself: --thread {key}")


def _entry(toot: Toot, page: _Page) -> _social.Entry:
    """Return a post with its links and pictures."""
    text, links = _toots.worded(toot)
    shots = []
    sizes = page.archive.sizes
    for shot in _toots.shots(toot):
        path = _social.within(sizes, page.outbox, shot.path) if page.outbox else ""
        reads = partial(page.archive.read, path) if path and not shot.moving else None
        shots.append(replace(shot, reads=reads))
    url = toot.url if _social.address(toot.url) else ""
    date = toot.date if re.fullmatch(r"[\dTZ:.+-]+", toot.date) else ""
    return _social.Entry(f"mastodon-{_key(toot)}", text, links, date, url, tuple(shots))


def _key(toot: Toot) -> str:
    """Return the number of a post; in an export it is the last part of its address."""
    return re.sub(r"[^\w.-]", "", PurePosixPath(toot.key).name)


importer = Importer(
    "posts of Mastodon, from its API or an export", detects, reads, holds, unpacks, offers
)
