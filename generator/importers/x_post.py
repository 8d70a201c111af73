"""X: posts as its embeds have them, one JSON document a post: what `import --fetch` gets.

The syndication JSON (`cdn.syndication.twimg.com/tweet-result`) has links and pictures, and of a
long post the beginning; oEmbed (`publish.twitter.com/oembed`) has words and links only.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from generator.errors import GeneratorError, Location, Problem, error, info, warning
from generator.importers import Imported, Importer, _chains, _json, _markdown, _social, _x
from generator.model import Author

KIND = "x"
_STATUS = re.compile(r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/(\w+)/status(?:es)?/(\d+)")
_PICTURES = re.compile(r"pic\.(?:x|twitter)\.com/\w+")


@dataclass(frozen=True, slots=True)
class _Post:
    """A post: what it answers, its words with LINK signs, what goes with it."""

    id: int
    parent: int
    author: Author
    text: str
    links: tuple[tuple[str, str], ...] = ()
    date: str = ""
    shots: tuple[_social.Shot, ...] = ()
    notes: tuple[str, ...] = ()
    cut: bool = False
    bare: bool = False


def detects(content: bytes, name: str) -> float:  # noqa: ARG001 (the content says it)
    """Return how sure it is that posts of X's embeds are in it."""
    if content.lstrip()[:1] not in {b"{", b"["}:
        return 0.0
    typed = re.search(rb'"__typename"\s*:\s*"Tweet', content) and b'"id_str"' in content
    embedded = b'"provider_name"' in content and b"twitter-tweet" in content
    return 0.9 if typed or embedded else 0.0


def reads(content: bytes, name: str) -> tuple[Imported, ...]:
    """Return the threads among the posts, newest first."""
    document = _json.document(content, name)
    posts: dict[int, _Post] = {}
    for one in document if isinstance(document, list) else [document]:
        for post in _read(_json.mapping(one)):
            posts.setdefault(post.id, post)
    if not posts:
        said = "there is no post in it: X shows it to nobody, or to who is logged in"
        raise GeneratorError(error("import-empty", said, Location(name)))
    parents = {key: _parent(post, posts) for key, post in sorted(posts.items())}
    chains = sorted(_chains.chains(parents), key=lambda chain: -chain.keys[0])
    return tuple(_thread(chain, posts, name) for chain in chains)


def _read(said: Mapping[str, object]) -> Iterator[_Post]:
    """Yield a post, and those that it came with because it answers them."""
    while said:
        post = _embedded(said) if "html" in said else _typed(said)
        if post:
            yield post
        said = _json.mapping(said, "parent")


def _typed(said: Mapping[str, object]) -> _Post | None:
    """Return a post of the syndication JSON; nothing of one that is not shown."""
    number = _json.number(said, "id_str")
    if number < 0 or not isinstance(said.get("text"), str):
        return None
    media = _json.array(said, "mediaDetails") or _json.array(said, "photos")
    hidden = _json.array(said, "entities", "media")
    known = _x.links(_json.array(said, "entities", "urls"), [*media, *hidden])
    text, links = _x.worded(_displayed(said), known)
    handle = _social.clean(_json.text(said, "user", "screen_name"))
    quoted = _json.mapping(said, "quoted_tweet")
    return _Post(
        number,
        _json.number(said, "in_reply_to_status_id_str"),
        Author(_social.clean(_json.text(said, "user", "name")), f"@{handle}" if handle else ""),
        text,
        links,
        _x.date(_json.text(said, "created_at")),
        tuple(_shot(_json.mapping(one)) for one in media),
        (f"quotes {_quoted(quoted)}",) if _json.number(quoted, "id_str") >= 0 else (),
        cut=bool(_json.mapping(said, "note_tweet")),
    )


def _displayed(said: Mapping[str, object]) -> str:
    """Return the words that are shown: without whom the post answers, and its pictures' link.

    `display_text_range` counts code points of the text, whose entities are escaped.
    """
    text = _json.text(said, "text")
    start, end = ([*_json.array(said, "display_text_range"), 0, len(text)])[:2]
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
        return text
    return text[start:] if end >= len(text) else text[start:end] + _behind(text[end:])


def _behind(rest: str) -> str:
    """Return what stands behind the shown range, unless that is a link of a picture only."""
    return "" if _x.SHORT.fullmatch(rest.strip()) else rest


def _shot(medium: Mapping[str, object]) -> _social.Shot:
    """Return a medium, of what moves the poster; `photos` names the address `url`."""
    kind = _json.text(medium, "type")
    address = _json.text(medium, "media_url_https") or _json.text(medium, "url")
    alt = _json.text(medium, "ext_alt_text") or _json.text(medium, "accessibilityLabel")
    return _social.Shot(alt=alt, url=_x.largest(address), moving=kind not in {"photo", ""})


def _quoted(said: Mapping[str, object]) -> str:
    handle = _social.clean(_json.text(said, "user", "screen_name"))
    return _x.page(_json.text(said, "id_str"), handle)


def _embedded(said: Mapping[str, object]) -> _Post | None:
    """Return a post of oEmbed, whose words stand in a piece of HTML."""
    address = _STATUS.match(_json.text(said, "url"))
    reader = _Words()
    reader.feed(_json.text(said, "html"))
    reader.close()
    text = _PICTURES.sub("", "".join(reader.parts)).strip()
    if not address or not text:
        return None
    handle = (_STATUS.match(_json.text(said, "url")) or address)[1]
    author = Author(_social.clean(_json.text(said, "author_name")), f"@{handle}")
    return _Post(int(address[2]), -1, author, text, tuple(reader.links), bare=True)


class _Words(HTMLParser):
    """Gathers the words of the first paragraph; links to pictures go."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.links: list[tuple[str, str]] = []
        self._inside, self._href, self._said = False, "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "p" and not self.parts:
            self._inside = True
        elif tag == "br" and self._inside:
            self.parts.append("\n")
        elif tag == "a":
            self._href, self._said = dict(attrs).get("href") or "", ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self._inside = False
        elif tag == "a" and self._href and self._inside:
            plain = self._said[:1] in {"@", "#", "$"} or _PICTURES.fullmatch(self._said)
            if plain or not _social.address(self._href):
                self.parts.append(self._said)
            else:
                self.links.append((self._said, self._href))
                self.parts.append(_markdown.LINK)
        if tag == "a":
            self._href = ""

    def handle_data(self, data: str) -> None:
        if self._href:
            self._said += _social.clean(data).replace("\n", " ")
        elif self._inside:
            self.parts.append(_social.clean(data))


def _parent(post: _Post, posts: Mapping[int, _Post]) -> int | None:
    """Return the post by the same author that this one answers."""
    other = posts.get(post.parent)
    return post.parent if other and other.author.handle == post.author.handle else None


def _thread(chain: _chains.Chain[int], posts: Mapping[int, _Post], name: str) -> Imported:
    """Return a chain as a thread."""
    first = posts[chain.keys[0]]
    url = _x.page(str(first.id), first.author.handle)
    return _social.thread(
        tuple(_entry(posts[key]) for key in chain.keys),
        name,
        author=first.author if first.author != Author() else None,
        source={"kind": KIND, "url": url, "id": str(first.id)},
        id=str(first.id),
        problems=_doubts(chain, posts, name),
    )


def _entry(post: _Post) -> _social.Entry:
    url = _x.page(str(post.id), post.author.handle)
    return _social.Entry(
        f"x-{post.id}", post.text, post.links, post.date, url, post.shots, post.notes
    )


def _doubts(chain: _chains.Chain[int], posts: Mapping[int, _Post], name: str) -> Iterator[Problem]:
    """Yield what is to be said of a chain: long posts that end early, what comes before it."""
    place = Location(name)
    thread: Sequence[_Post] = [posts[key] for key in chain.keys]
    for post in thread:
        if post.cut:
            said = f"post x-{post.id} is a long one, and X shows only its beginning here"
            yield warning("post-cut", said, place, "copy it from the page of the post")
        if post.bare:
            said = f"of post x-{post.id} only the words were to be had: no pictures, no time"
            yield info("post-bare", said, place)
    if thread[0].parent >= 0 and not chain.looped:
        said = "the thread begins with an answer to a post that is not its author's, or not there"
        yield info("post-missing", said, place)
    if chain.looped:
        said = f"post x-{chain.keys[0]} answers one of its own answers: it was taken as first"
        yield warning("reply-loop", said, place)
    if chain.branches:
        said = f"{len(chain.branches)} answers set off from this thread and were left out"
        hint = f"take one by itself: --thread {chain.branches[0]}"
        yield warning("thread-branched", said, place, hint)


importer = Importer("a post of X as its embeds have it", detects, reads)
