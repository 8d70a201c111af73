"""What Mastodon's JSON holds: statuses of its API and notes of its export, as one kind of post."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from generator.importers import _json, _markdown, _social
from generator.model import Author

_APART = frozenset({"p", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6"})
_PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


@dataclass(frozen=True, slots=True)
class Toot:
    """A post: its number, what it answers, who wrote it, its words as HTML, its media."""

    key: str
    parent: str
    account: Mapping[str, object]
    html: str
    warned: str = ""
    date: str = ""
    url: str = ""
    media: tuple[Mapping[str, object], ...] = ()
    choices: tuple[str, ...] = ()

    @property
    def owner(self) -> str:
        """Return who wrote it."""
        return _json.text(self.account, "id") or _json.text(self.account, "acct")


def status(found: Mapping[str, object]) -> Toot | None:
    """Return a status of the API; nothing of a boost, or of what is meant for one person."""
    if _json.mapping(found, "reblog") or _json.text(found, "visibility") == "direct":
        return None
    return Toot(
        _json.text(found, "id"),
        _json.text(found, "in_reply_to_id"),
        _json.mapping(found, "account"),
        _json.text(found, "content"),
        _json.text(found, "spoiler_text"),
        _json.text(found, "created_at"),
        _json.text(found, "url") or _json.text(found, "uri"),
        tuple(_json.mapping(one) for one in _json.array(found, "media_attachments")),
        tuple(_json.text(one, "title") for one in _json.array(found, "poll", "options")),
    )


def note(activity: object, account: Mapping[str, object]) -> Toot | None:
    """Return a note of an export's outbox; nothing of a boost, or of what is meant for one."""
    found = _json.mapping(activity, "object")
    open_to = [*_json.array(found, "to"), *_json.array(found, "cc")]
    public = any(one == _PUBLIC or str(one).endswith("/followers") for one in open_to)
    if _json.text(activity, "type") != "Create" or not (public or not open_to):
        return None
    options = _json.array(found, "oneOf") or _json.array(found, "anyOf")
    return Toot(
        _json.text(found, "id"),
        _json.text(found, "inReplyTo"),
        account,
        _json.text(found, "content"),
        _json.text(found, "summary"),
        _json.text(found, "published"),
        _json.text(found, "url") or _json.text(found, "id"),
        tuple(_json.mapping(one) for one in _json.array(found, "attachment")),
        tuple(_json.text(one, "name") for one in options),
    )


def author(account: Mapping[str, object]) -> Author:
    """Return who an account is of."""
    name = _json.text(account, "display_name") or _json.text(account, "name")
    handle = _json.text(account, "acct") or _json.text(account, "preferredUsername")
    return Author(_social.clean(name), f"@{_social.clean(handle)}" if handle else "")


def worded(toot: Toot) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the words of a post with LINK signs, and its links."""
    reader = _Reader()
    reader.feed(toot.html)
    reader.close()
    text = "".join(reader.parts)
    lines = [" ".join(line.split(" ")).strip() for line in text.split("\n")]
    said = "\n".join(lines).strip("\n")
    while "\n\n\n" in said:
        said = said.replace("\n\n\n", "\n\n")
    warned = _social.clean(toot.warned).strip()
    choices = "\n".join(f"- {_social.clean(one)}" for one in toot.choices)
    return "\n\n".join(filter(None, (warned, said, choices))), tuple(reader.links)


@dataclass
class _Reader(HTMLParser):
    """Gathers the words of a post; a link's words are those that are shown of it."""

    parts: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    href: str = ""
    words: list[str] | None = None
    cut: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Make the parser ready: entities become letters."""
        HTMLParser.__init__(self, convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Begin what a tag begins."""
        known = {key: value or "" for key, value in attrs}
        classes = set(known.get("class", "").split())
        if tag == "span":
            self.hidden.append("hidden" if "invisible" in classes else "")
            self.cut.append("ellipsis" in classes)
        elif tag == "br":
            self._add("\n")
        elif tag == "li":
            self._add("\n- ")
        elif tag in _APART:
            self._add("\n\n")
        elif tag == "a" and self.words is None:
            named = classes & {"mention", "hashtag"}
            self.href, self.words = "" if named else known.get("href", ""), []

    def handle_endtag(self, tag: str) -> None:
        """End what a tag ends."""
        if tag == "span" and self.hidden:
            if self.cut.pop():
                self._add("…")
            self.hidden.pop()
        elif tag in _APART:
            self._add("\n\n")
        elif tag == "a" and self.words is not None:
            said, self.words = "".join(self.words), None
            words = " ".join(said.split())
            if words and _social.address(self.href):
                self.links.append((words, self.href.strip()))
                self._add(_markdown.LINK)
            else:
                self._add(said)

    def handle_data(self, data: str) -> None:
        """Take words; line ends between tags are spaces in HTML."""
        if "hidden" not in self.hidden:
            self._add(_social.clean(data).replace("\n", " "))

    def _add(self, text: str) -> None:
        (self.parts if self.words is None else self.words).append(text)


def shots(toot: Toot) -> Iterator[_social.Shot]:
    """Yield the media of a post; `path` is where an export has it."""
    for one in toot.media:
        url = _json.text(one, "url") or _json.text(one, "remote_url")
        alt = _json.text(one, "description") or _json.text(one, "name")
        kind = _json.text(one, "type") + " " + _json.text(one, "mediaType")
        moving = any(word in kind for word in ("video", "gifv", "audio"))
        inside = url.lstrip("/") if not _social.address(url) else ""
        poster = _json.text(one, "preview_url") if moving else url
        shown = poster if _social.address(poster) else ""
        yield _social.Shot(inside, alt, shown, moving=moving)
