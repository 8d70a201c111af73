"""What Bluesky's JSON holds: posts however deep, links by bytes, what is shown below a post."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.importers import _json, _social

POST = "app.bsky.feed.post"
_WITHIN = ("thread", "post", "parent", "root", "replies", "feed", "posts", "records", "value")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?")
_HANDLE = re.compile(r"[\w.:-]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A post as it was found: its address, who wrote it, what they wrote, what goes with it."""

    uri: str
    author: Mapping[str, object]
    record: Mapping[str, object]
    embed: Mapping[str, object]
    known: bool = True

    @property
    def owner(self) -> str:
        """Return who keeps the post: the first part of its address."""
        return self.uri.removeprefix("at://").partition("/")[0]

    @property
    def key(self) -> str:
        """Return the last part of the address."""
        return "".join(re.findall(r"[\w.-]+", self.uri.rpartition("/")[2]))

    @property
    def parent(self) -> str:
        """Return the address of the post that this one answers."""
        return _json.text(self.record, "reply", "parent", "uri")

    @property
    def date(self) -> str:
        """Return when it was written; nothing if that is no date."""
        said = _json.text(self.record, "createdAt")
        return said if _ISO.fullmatch(said) else ""


def found(document: object) -> Iterator[Found]:
    """Yield the posts of a document, in the order they stand there; no reposts."""
    waiting = [document]
    number = 0
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += reversed(one)
        if not isinstance(one, dict):
            continue
        number += 1
        record = next((entry for key in ("record", "value") if (entry := _worded(one, key))), None)
        if record is not None:
            uri = _json.text(one, "uri") or _made(number)
            author, embed = _json.mapping(one, "author"), _json.mapping(one, "embed")
            yield Found(uri, author, record, embed, known=bool(_json.text(one, "uri")))
        elif "text" in one and (_json.text(one, "$type") == POST or "createdAt" in one):
            yield Found(_made(number), {}, one, {}, known=False)
        elif "reasonRepost" not in _json.text(one, "reason", "$type"):
            keys = (*_WITHIN, *(["reply"] if "post" in one else []))
            waiting += [one[key] for key in reversed(keys) if key in one]


def _worded(one: Mapping[str, object], key: str) -> Mapping[str, object]:
    """Return the record below a key, if it is one of a post."""
    record = _json.mapping(one, key)
    return record if isinstance(record.get("text"), str) else {}


def _made(number: int) -> str:
    """Return an address for a post that has none."""
    return f"at://self/{POST}/{number}"


def page(who: str, key: str) -> str:
    """Return the page of a post."""
    return f"https://bsky.app/profile/{who}/post/{key}" if _HANDLE.fullmatch(who) else ""


def spans(text: str, facets: Sequence[object]) -> tuple[list[_social.Span], int]:
    """Return where the links of a text stand, and how many point into the middle of a letter.

    `index` counts bytes of UTF-8 (lexicon app.bsky.richtext.facet).
    """
    raw = text.encode("utf-8", "surrogatepass")
    placed: list[_social.Span] = []
    crooked = 0
    for facet in facets:
        urls = [_json.text(feature, "uri") for feature in _json.array(facet, "features")]
        url = next(filter(None, urls), "")
        start, end = (_json.number(facet, "index", key) for key in ("byteStart", "byteEnd"))
        if not url:
            continue
        try:
            ends = [len(raw[:at].decode("utf-8", "surrogatepass")) for at in (start, end)]
        except UnicodeDecodeError:
            ends = []
        if ends and 0 <= start < end <= len(raw):
            placed.append((ends[0], ends[1], None, url))
        else:
            crooked += 1
    return placed, crooked


def shots(post: Found) -> tuple[_social.Shot, ...]:
    """Return the pictures of a post: as the API shows them, else as the record names them."""
    shown = tuple(_pictures(post.embed, post.owner))
    return shown or tuple(_pictures(_json.mapping(post.record, "embed"), post.owner))


def card(post: Found) -> tuple[str, str] | None:
    """Return the title and address of the page that a post shows below its text."""
    for embed in (post.embed, _json.mapping(post.record, "embed")):
        for part in (embed, _json.mapping(embed, "media")):
            url = _json.text(part, "external", "uri")
            if url:
                title = " ".join(_social.clean(_json.text(part, "external", "title")).split())
                return title or _social.displayed(url), url
    return None


def quoted(post: Found) -> str:
    """Return the page of the post that this one quotes."""
    for embed in (post.embed, _json.mapping(post.record, "embed")):
        uri = _json.text(embed, "record", "uri") or _json.text(embed, "record", "record", "uri")
        if uri.startswith("at://") and f"/{POST}/" in uri:
            other = Found(uri, {}, {}, {})
            return page(other.owner, other.key)
    return ""


def _pictures(embed: Mapping[str, object], owner: str) -> Iterator[_social.Shot]:
    """Yield the pictures of what is shown below a post, the poster of a video too."""
    for image in _json.array(embed, "images"):
        blob = _json.text(image, "image", "ref", "$link")
        made = f"https://cdn.bsky.app/img/feed_fullsize/plain/{owner}/{blob}@jpeg" if blob else ""
        url = _json.text(image, "fullsize") or (made if owner.startswith("did:") else "")
        yield _social.Shot(alt=_json.text(image, "alt"), url=url)
    if "video" in _json.text(embed, "$type"):
        url = _json.text(embed, "thumbnail")
        yield _social.Shot(alt=_json.text(embed, "alt"), url=url, moving=True)
    media = _json.mapping(embed, "media")
    if media:
        yield from _pictures({key: media[key] for key in media if key != "media"}, owner)
