"""X: what its API v2 answers (a search, a timeline, one post), as JSON, a page or several.

The posts of one author that answer each other are a thread; what others wrote is left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.errors import GeneratorError, Location, Problem, error, warning
from generator.importers import Imported, Importer, _chains, _json, _social, _x
from generator.model import Author

KIND = "x"


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the pages of an answer hold: posts, who wrote them, their media."""

    name: str
    posts: Mapping[int, Mapping[str, object]]
    users: Mapping[str, Mapping[str, object]]
    media: Mapping[str, Mapping[str, object]]
    edited: Mapping[int, int]
    """By the number of each earlier version of a post that was edited, that of the last one."""


def detects(content: bytes, name: str) -> float:  # noqa: ARG001 (the content says it)
    """Return how sure it is that this is an answer of the API."""
    head = content.lstrip()[:1]
    if head not in {b"{", b"["} or b'"edit_history_tweet_ids"' not in content:
        return 0.6 if head == b"{" and _twofold(content) else 0.0
    return 0.95


def _twofold(content: bytes) -> bool:
    """Say whether the words of an answer without edit histories are all there."""
    marks = (b'"data"', b'"author_id"', b'"conversation_id"', b'"text"')
    return all(mark in content for mark in marks)


def reads(content: bytes, name: str) -> tuple[Imported, ...]:
    """Return the threads in an answer, newest first; a lone post is one of them."""
    answer = _answer(_json.document(content, name), name)
    parents = {key: _parent(post, answer) for key, post in sorted(answer.posts.items())}
    chains = sorted(_chains.chains(parents), key=lambda chain: -chain.keys[0])
    own = [chain for chain in chains if not _only_answers(chain, answer)]
    if not own:
        said = "there is no post of its author in it"
        raise GeneratorError(error("import-empty", said, Location(name)))
    return tuple(_thread(chain, answer) for chain in own)


def _answer(document: object, name: str) -> _Answer:
    """Return the posts of the pages by their numbers, with what belongs to them."""
    posts: dict[int, Mapping[str, object]] = {}
    users: dict[str, Mapping[str, object]] = {}
    media: dict[str, Mapping[str, object]] = {}
    for page in document if isinstance(document, list) else [document]:
        for one in _entries(page):
            if (number := _json.number(one, "id")) >= 0:
                posts[number] = _json.mapping(one)
        for user in _json.array(page, "includes", "users"):
            users[_json.text(user, "id")] = _json.mapping(user)
        for medium in _json.array(page, "includes", "media"):
            media[_json.text(medium, "media_key")] = _json.mapping(medium)
    if not posts:
        said = "there is no post in it: `data` is empty"
        raise GeneratorError(error("import-empty", said, Location(name)))
    edited = dict(_versions(posts))
    kept = {number: post for number, post in posts.items() if number not in edited}
    return _Answer(name, kept, users, media, edited)


def _versions(posts: Mapping[int, Mapping[str, object]]) -> Iterator[tuple[int, int]]:
    """Yield each earlier version of a post with the last one that is there."""
    for number, post in posts.items():
        ids = [
            _json.number({"id": one}, "id") for one in _json.array(post, "edit_history_tweet_ids")
        ]
        newest = max((one for one in ids if one in posts), default=number)
        yield from ((one, newest) for one in ids if 0 <= one < newest and number in ids)


def _entries(page: object) -> Iterator[object]:
    """Yield the posts of a page; those included belong to it if their author is its own."""
    data = _json.within(page, "data")
    found: Sequence[object] = data if isinstance(data, list) else [data]
    authors = {_json.text(one, "author_id") for one in found}
    yield from found
    for one in _json.array(page, "includes", "tweets"):
        if _json.text(one, "author_id") in authors and not _referred(found, one):
            yield one


def _referred(found: Sequence[object], other: object) -> bool:
    """Say whether a post is only there because another one quotes or repeats it."""
    number = _json.text(other, "id")
    return any(
        _json.text(reference, "id") == number and _json.text(reference, "type") != "replied_to"
        for one in found
        for reference in _json.array(one, "referenced_tweets")
    )


def _parent(post: Mapping[str, object], answer: _Answer) -> int | None:
    """Return the post by the same author that this one answers."""
    parent = answer.edited.get(_replied(post), _replied(post))
    other = answer.posts.get(parent)
    same = other is not None and _json.text(other, "author_id") == _json.text(post, "author_id")
    return parent if same else None


def _replied(post: Mapping[str, object]) -> int:
    """Return the number of the post that this one answers, -1 if it answers none."""
    for reference in _json.array(post, "referenced_tweets"):
        if _json.text(reference, "type") == "replied_to":
            return _json.number(reference, "id")
    return -1


def _only_answers(chain: _chains.Chain[int], answer: _Answer) -> bool:
    """Say whether a chain is a repost, or one answer to what somebody else wrote."""
    post = answer.posts[chain.keys[0]]
    kinds = {_json.text(one, "type") for one in _json.array(post, "referenced_tweets")}
    if "retweeted" in kinds:
        return True
    author = _json.text(post, "author_id")
    conversation = answer.posts.get(_json.number(post, "conversation_id"))
    if conversation is not None and _json.text(conversation, "author_id") != author:
        return True
    to = _json.text(post, "in_reply_to_user_id")
    return bool(to) and to != author and len(chain.keys) == 1


def _thread(chain: _chains.Chain[int], answer: _Answer) -> Imported:
    """Return a chain as a thread."""
    first = answer.posts[chain.keys[0]]
    user = answer.users.get(_json.text(first, "author_id"), {})
    handle = _social.clean(_json.text(user, "username"))
    author = Author(_social.clean(_json.text(user, "name")), f"@{handle}" if handle else "")
    number = _json.text(first, "id")
    return _social.thread(
        tuple(_entry(answer.posts[key], answer, handle) for key in chain.keys),
        answer.name,
        author=author if author != Author() else None,
        source={"kind": KIND, "url": _x.page(number, handle), "id": number},
        id=number,
        problems=_doubts(chain, first, answer),
    )


def _doubts(
    chain: _chains.Chain[int], first: Mapping[str, object], answer: _Answer
) -> Iterator[Problem]:
    """Yield what is to be said of a chain: posts missing before it, branches, a loop."""
    place = Location(answer.name)
    if _replied(first) >= 0 and not chain.looped:
        said = f"the post {_replied(first)} before x-{chain.keys[0]} is not in the file"
        yield warning("post-missing", said, place, "ask the API for the whole conversation")
    if chain.branches:
        said = f"{len(chain.branches)} answers set off from this thread and were left out"
        yield warning(
            "thread-branched", said, place, f"take one by itself: --thread {chain.branches[0]}"
        )
    if chain.looped:
        said = f"post x-{chain.keys[0]} answers one of its own answers: it was taken as first"
        yield warning("reply-loop", said, place)


def _entry(post: Mapping[str, object], answer: _Answer, handle: str) -> _social.Entry:
    """Return a post with its links and pictures."""
    note = _json.mapping(post, "note_tweet")
    known = _x.links(_json.array(post, "entities", "urls"))
    known |= _x.links(_json.array(note, "entities", "urls"))
    text, links = _x.worded(_json.text(note, "text") or _json.text(post, "text"), known)
    keys = [key for key in _json.array(post, "attachments", "media_keys") if isinstance(key, str)]
    shots = tuple(_shot(answer.media.get(key, {})) for key in dict.fromkeys(keys))
    number = _json.text(post, "id")
    created = _x.date(_json.text(post, "created_at"))
    return _social.Entry(f"x-{number}", text, links, created, _x.page(number, handle), shots)


def _shot(medium: Mapping[str, object]) -> _social.Shot:
    """Return a medium: of what moves the poster."""
    url = _json.text(medium, "url") or _json.text(medium, "preview_image_url")
    moving = _json.text(medium, "type") not in {"photo", ""}
    return _social.Shot(alt=_json.text(medium, "alt_text"), url=_x.largest(url), moving=moving)


importer = Importer("an answer of X's API v2", detects, reads)
