"""Bluesky: a thread by the address of any of its posts, from the public API."""

import re
from urllib.parse import urlencode

from generator.errors import GeneratorError
from generator.intake.networks import Ask, Came, Network, document, nothing

API = "https://public.api.bsky.app/xrpc"
_POST = re.compile(
    r"(?:https?://(?:www\.)?bsky\.app/profile/(?P<actor>[\w.:%-]+)/post/(?P<key>[\w.~-]+)"
    r"|at://(?P<owner>[\w.:%-]+)/app\.bsky\.feed\.post/(?P<record>[\w.~-]+))",
    re.IGNORECASE,
)
DEPTH = 300
"""Answers below each other, of 1,000 that the API would give: no thread for a carousel is longer,
and Python reads JSON that is nested so deeply."""


def knows(url: str) -> bool:
    """Say whether this is the address of a post."""
    return _POST.match(url) is not None


def asks(url: str, ask: Ask) -> Came:
    """Return the thread around a post, what it answers and what answers it."""
    found = _POST.match(url)
    actor = (found["actor"] or found["owner"]) if found else ""
    key = (found["key"] or found["record"]) if found else ""
    owner = actor if actor.startswith("did:") else _resolved(actor, url, ask)
    uri = f"at://{owner}/app.bsky.feed.post/{key}"
    said = urlencode({"uri": uri, "depth": DEPTH, "parentHeight": DEPTH}, safe=":/")
    return Came("bluesky", ask(f"{API}/app.bsky.feed.getPostThread?{said}"), f"bsky-{key}")


def _resolved(handle: str, url: str, ask: Ask) -> str:
    """Return the lasting name of who has a handle."""
    said = urlencode({"handle": handle})
    answer = document(ask(f"{API}/com.atproto.identity.resolveHandle?{said}"))
    owner = answer.get("did")
    if not isinstance(owner, str) or not re.fullmatch(r"did:[a-z]+:[\w.:%-]+", owner):
        raise GeneratorError(nothing(f"there is no account `{handle}`", url))
    return owner


network = Network("Bluesky", knows, asks)
