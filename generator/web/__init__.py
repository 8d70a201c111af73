"""The one door to the network: opened by `import --fetch`, by nothing else, and never in a build.

Only https, only public hosts, no more bytes, seconds, tries or redirects than a picture is worth.
"""

import ssl
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urljoin

from generator.errors import GeneratorError, Problem, error
from generator.fetch import LIMIT, check_picture
from generator.web.addresses import Endpoint, Resolver, Target, endpoints, place, resolved, shown
from generator.web.addresses import target as target_of
from generator.web.exchange import BrokenOffError, Reply, Terms, exchange
from generator.web.kept import Answer, Kept, answer

__all__ = ["Answer", "Endpoint", "Web"]

BACK_OFF = (0.5, 1.0, 2.0)
"""Seconds before the second, third and fourth try, unless the host says how long."""

LONGEST_WAIT = 60.0
"""Seconds that a host may ask us to wait; one that wants more is told to the user."""

REDIRECTS = 5
AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
"""What a host says when asking once more may help (RFC 9110, 15; RFC 6585, 4)."""

MOVED = frozenset({301, 302, 303, 307, 308})
JSON = Terms(20_000_000, "application/json")
PICTURE = Terms(LIMIT, "image/jpeg, image/png, image/webp, image/gif, image/avif, image/svg+xml")
PICTURES = frozenset({"image/jpeg", "image/jpg", "image/png", "image/webp", "image/gif",
                      "image/avif", "image/svg+xml"})  # fmt: skip
_MEANINGS = {
    401: "it shows this only to who is logged in",
    403: "it does not let us see this",
    404: "is the address right, and the post still there?",
    410: "it was removed",
}
FRESH = 300.0
"""Seconds for which an API's answer is used again: a list, a look and the import are one."""

FOREVER = float("inf")


class Web:
    """Asks addresses for JSON and pictures, one after the other.

    `cache` is where answers are kept, if anywhere. The rest is what stands between this and the
    world: `stands_in` says where a host really is (a test's own server), `resolves`, `waits` and
    `now` are the system's, `json` and `picture` say what an answer may cost.
    """

    def __init__(  # noqa: PLR0913  (each is named where it is given)
        self,
        cache: Path | None = None,
        *,
        stands_in: Mapping[str, Endpoint] | None = None,
        resolves: Resolver = resolved,
        waits: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.time,
        authorities: Path | None = None,
        terms: tuple[Terms, Terms] = (JSON, PICTURE),
    ) -> None:
        """Take what stands between this and the world; nothing is asked yet."""
        self._kept = Kept(cache) if cache else None
        self._stands_in = stands_in or {}
        self._resolves, self._waits, self._now = resolves, waits, now
        self._authorities = authorities
        self._json, self._picture = terms

    @cached_property
    def _trusts(self) -> ssl.SSLContext:
        """Return whose word on a host's name is taken: the system's authorities."""
        return ssl.create_default_context(cafile=self._authorities)

    def json(self, url: str) -> Answer:
        """Return the JSON at an address."""
        return self._found(url, self._json, FRESH, _demand_json)

    def picture(self, url: str) -> Answer:
        """Return the picture at an address, looked at as every picture is."""
        return self._found(url, self._picture, FOREVER, _demand_picture)

    def _found(
        self, url: str, terms: Terms, fresh: float, demand: Callable[[str, Answer], None]
    ) -> Answer:
        """Return what is kept of an address, else what it holds now."""
        asked = target_of(url)
        kept = self._kept.find(asked.url, self._now(), fresh) if self._kept else None
        if kept:
            demand(asked.url, kept)
            return kept
        reply = self._followed(asked, terms)
        kind = _header(reply, "Content-Type").partition(";")[0].strip().lower()
        found = answer(reply.content, kind)
        demand(asked.url, found)
        if self._kept:
            self._kept.keep(asked.url, found, self._now())
        return found

    def _followed(self, asked: Target, terms: Terms) -> Reply:
        """Return the answer at the end of some redirects, each of which is looked at anew."""
        first, passed = asked.url, {asked.url}
        while True:
            reply = self._patient(asked, terms)
            if reply.status not in MOVED:
                return reply
            onward = _header(reply, "Location")
            asked = target_of(urljoin(asked.url, onward))
            if not onward or asked.url in passed or len(passed) > REDIRECTS:
                said = "the host sends us from one address to the next, and never ends"
                raise GeneratorError(error("web-redirects", said, place(first)))
            passed.add(asked.url)

    def _patient(self, asked: Target, terms: Terms) -> Reply:
        """Return an answer that is one, or a redirect; what may pass is asked again."""
        pauses = iter(BACK_OFF)
        while True:
            pause = next(pauses, None)
            try:
                reply = exchange(asked, self._places, terms, self._trusts)
            except BrokenOffError:
                if pause is None:
                    raise
                self._waits(pause)
                continue
            if reply.status == HTTPStatus.OK or reply.status in MOVED:
                return reply
            wait = self._asked_to_wait(reply)
            if reply.status not in AGAIN or pause is None or (wait or 0) > LONGEST_WAIT:
                raise GeneratorError(_said_no(asked, reply, wait))
            self._waits(pause if wait is None else wait)

    def _places(self, asked: Target) -> tuple[Endpoint, ...]:
        """Return where a host is."""
        there = self._stands_in.get(asked.host)
        return (there,) if there else endpoints(asked, self._resolves)

    def _asked_to_wait(self, reply: Reply) -> float | None:
        """Return for how many seconds a host asks us to wait (RFC 9110, 10.2.3)."""
        said = _header(reply, "Retry-After").strip()
        if said.isascii() and said.isdigit():
            return float(said[:9])
        try:
            return max(0.0, parsedate_to_datetime(said).timestamp() - self._now())
        except (ValueError, OverflowError):
            return None


def _header(reply: Reply, name: str) -> str:
    """Return what a header says; their names are written in any way."""
    found = (said for key, said in reply.headers.items() if key.lower() == name.lower())
    return next(found, "")


def _said_no(asked: Target, reply: Reply, wait: float | None) -> Problem:
    """Return what a host said instead of an answer."""
    try:
        words = f" {HTTPStatus(reply.status).phrase}"
    except ValueError:
        words = ""
    said = f"`{shown(asked.host)}` answers {reply.status}{words}"
    if reply.status in AGAIN:
        hint = f"it asks to wait for {wait:.0f} seconds" if wait else "try again later"
        return error("web-busy", said, place(asked.url), hint)
    return error("web-status", said, place(asked.url), _MEANINGS.get(reply.status))


def _demand_json(url: str, found: Answer) -> None:
    if found.media_type != "application/json" and not found.media_type.endswith("+json"):
        said = f"there is no JSON at this address, but {found.media_type or 'something'}"
        raise GeneratorError(error("web-type", said, place(url)))


def _demand_picture(url: str, found: Answer) -> None:
    if found.media_type not in PICTURES:
        said = f"there is no picture at this address, but {found.media_type or 'something'}"
        raise GeneratorError(error("web-type", said, place(url)))
    check_picture(found.content, Path(url.rpartition("/")[2].partition("?")[0]), place(url))
