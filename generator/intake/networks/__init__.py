"""Networks whose posts are imported by their address: one module each, found by being here.

A network is `network = Network(title, knows, asks)`: it knows which questions its public API
answers about a post. What comes back is read by an importer, as a file of it would be.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from generator.errors import Location, Problem, UsageError, choices, error
from generator.fetch import Archive
from generator.importers import Offer, offers
from generator.rooms import parts

Ask = Callable[[str], bytes]
"""Gives the JSON at an address; raises GeneratorError if there is none."""

SCHEMES = ("https://", "http://", "at://")


@dataclass(frozen=True, slots=True)
class Came:
    """What a network answered, for the importer `kind`; `post` is the id of the post asked for."""

    kind: str
    content: bytes | Archive
    post: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Network:
    """How posts are asked for by their address.

    `knows(url)` says whether an address is one of a post of this network, by its looks alone.
    `asks(url, ask)` gives what the network answers about it.
    """

    title: str
    knows: Callable[[str], bool]
    asks: Callable[[str, Ask], Came]


def networks() -> dict[str, Network]:
    """Return every network by its name."""
    return cast("dict[str, Network]", parts(__name__, "network"))


def is_address(named: str) -> bool:
    """Say whether what is to be imported is named by an address, not by a path."""
    return named.lower().startswith(SCHEMES)


def asked(url: str, ask: Ask, name: str | None = None) -> tuple[tuple[Offer, ...], Came]:
    """Return the threads that the post at an address is in, and what the network answered.

    `name` is the network's, if the address alone does not tell it.
    """
    came = _network(url, name).asks(url, ask)
    found = offers(came.content, url, came.kind)
    holding = [one for one in found if any(post.id == came.post for post in one.opens().posts)]
    return tuple(holding[:1]) or found, came


def _network(url: str, name: str | None) -> Network:
    known = networks()
    if name is not None and name not in known:
        said = f"`{name}` is no network whose posts can be fetched"
        raise UsageError(error("import-kind-unknown", said, hint=choices(name, known)))
    wanted = [known[name]] if name else list(known.values())
    found = next((network for network in wanted if network.knows(url)), None)
    if found is None:
        titles = ", ".join(network.title for network in known.values())
        hint = f"there are: {titles}; of other pages save a file, and import that"
        said = "this is no address of a post that can be fetched"
        raise UsageError(error("import-unknown", said, Location(url), hint))
    return found


def document(content: bytes) -> Mapping[str, object]:
    """Return the mapping that an answer is, as far as it is one: its importer tells what is not."""
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def nothing(said: str, url: str) -> Problem:
    """Return the problem that a network has no such post."""
    return error("import-empty", said, Location(url))
