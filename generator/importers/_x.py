"""What X's archive and X's API have in common: a post's text with its links, and when it was."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping

from generator.importers import _json, _social

SHORT = re.compile(r"https?://t\.co/\w+")
"""X puts a short link for every address, and for all pictures of a post one at its end."""

_MONTHS = {
    month: number
    for number, month in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)  # noqa: SIM905 (twelve literals read worse)
}
_CREATED = re.compile(r"\w{3} (\w{3}) (\d{2}) (\d{2}:\d{2}:\d{2}) \+0000 (\d{4})")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z")

Links = Mapping[str, tuple[str, str]]
"""By short link: the words to show and the address; no address for a picture's link."""


def date(created: str) -> str:
    """Return when a post was written as `2026-11-20T10:00:00Z`; nothing if it does not say."""
    found = _CREATED.fullmatch(created)
    if found and found[1] in _MONTHS:
        return f"{found[4]}-{_MONTHS[found[1]]:02}-{found[2]}T{found[3]}Z"
    found = _ISO.fullmatch(created)
    return f"{found[1]}T{found[2]}Z" if found else ""


def links(urls: Iterable[object], shots: Iterable[object] = ()) -> dict[str, tuple[str, str]]:
    """Return what a post's short links stand for, by its `urls`; those of pictures for nothing.

    An archive says `expanded_url`, its long posts `expandedUrl`.
    """
    found: dict[str, tuple[str, str]] = {}
    for url in urls:
        short = _json.text(url, "url") or _json.text(url, "shortUrl")
        long = _json.text(url, "expanded_url") or _json.text(url, "expandedUrl")
        shown = _json.text(url, "display_url") or _json.text(url, "displayUrl")
        if short and _json.text(url, "media_key"):
            found[short] = ("", "")
        elif short and long:
            found[short] = (shown or _social.displayed(long), long)
    found |= {short: ("", "") for shot in shots if (short := _json.text(shot, "url"))}
    return found


def worded(text: str, known: Links) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return a post's text as it is shown: links as LINK signs, entities as their letters."""
    said, found = _social.linked(text, _spans(text, known), _plain)
    return "\n".join(line.rstrip() for line in said.split("\n")).strip(), found


def _plain(text: str) -> str:
    """Return words as they are shown."""
    return _social.clean(html.unescape(text))


def _spans(text: str, known: Links) -> Iterator[_social.Span]:
    """Yield where short links stand and what for; one that is not known stays as it is."""
    for found in SHORT.finditer(text):
        if found[0] in known:
            words, url = known[found[0]]
            yield found.start(), found.end(), words, url


def page(number: str, handle: str) -> str:
    """Return the page of a post."""
    return f"https://x.com/{handle.removeprefix('@') or 'i'}/status/{number}"


def largest(url: str) -> str:
    """Return the address under which X has a picture as it was sent; without it, a small one."""
    found = re.fullmatch(r"https?://pbs\.twimg\.com/media/[\w-]+\.(?:jpe?g|png|webp)", url)
    return f"{url}?name=orig" if found else url
