"""Mastodon, and what speaks its API: a thread by the address of one of its posts on any server.

A server tells who is not logged in at most 20 answers below each other, 60 in all, and 40 posts
above (`app/controllers/api/v1/statuses_controller.rb`): of a longer thread it is asked again.
"""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from generator.errors import GeneratorError
from generator.fetch import LooseFiles
from generator.intake.networks import Ask, Came, Network, document, nothing

_PATH = re.compile(
    r"(?:/web|/deck)?/(?:@[\w.-]+(?:@[\w.:-]+)?/(?P<number>\d{1,24})"
    r"|users/[\w.-]+/statuses/(?P<status>\d{1,24})|statuses/(?P<web>\d{1,24})"
    r"|@[\w.-]+/statuses/(?P<gts>[0-9A-Za-z]{26})|notice/(?P<notice>[0-9A-Za-z]{18}))/?"
)
"""The last two are GoToSocial's and Akkoma's."""

DEEPEST, HIGHEST = 20, 40
ROUNDS = 20
"""Questions about one thread: 400 posts."""


def knows(url: str) -> bool:
    """Say whether an address looks like one of a post."""
    return urlsplit(url).scheme in {"http", "https"} and _number(url) != ""


def asks(url: str, ask: Ask) -> Came:
    """Return a post and what is around it, in as many questions as that takes."""
    number = _number(url)
    api = f"https://{urlsplit(url).netloc}/api/v1/statuses"
    status = ask(f"{api}/{number}")
    owner = _owner(document(status))
    if not owner:
        said = "this is no post of Mastodon: its server answers something else"
        raise GeneratorError(nothing(said, url))
    files = {"status.json": status}
    asked: set[str] = set()
    waiting = [number]
    while waiting and len(asked) < ROUNDS:
        name = waiting.pop(0)
        asked.add(name)
        files[f"context-{len(asked)}.json"] = answer = ask(f"{api}/{name}/context")
        waiting += [one for one in _ends(document(answer), name, owner) if one not in asked]
    return Came("mastodon", LooseFiles(files, url), f"mastodon-{number}")


def _number(url: str) -> str:
    found = _PATH.fullmatch(urlsplit(url).path)
    return next(filter(None, found.groups()), "") if found else ""


def _owner(said: Mapping[str, object]) -> str:
    account = said.get("account")
    return str(account.get("id") or "") if isinstance(account, dict) else ""


def _ends(context: Mapping[str, object], number: str, owner: str) -> Iterator[str]:
    """Yield the posts at which a context was cut off, if it was: what is beyond is not in it."""
    above = list(_own(context.get("ancestors"), owner))
    if len(above) >= HIGHEST and above[0].get("in_reply_to_id"):
        yield str(above[0]["id"])
    below = {str(one.get("in_reply_to_id")): str(one["id"]) for one in
             reversed(list(_own(context.get("descendants"), owner)))}  # fmt: skip
    depth, at = 0, number
    while at in below and depth < len(below):
        depth, at = depth + 1, below[at]
    if depth >= DEEPEST:
        yield at


def _own(found: object, owner: str) -> Iterator[Mapping[str, object]]:
    for one in found if isinstance(found, list) else []:
        if isinstance(one, dict) and "id" in one and _owner(one) == owner:
            yield one


network = Network("Mastodon", knows, asks)
