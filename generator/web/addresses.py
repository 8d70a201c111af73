"""Which addresses may be asked: https, a public host, nothing of the network that one sits in.

A picture's address may come out of a stranger's archive. So a name is resolved here, what it stands
for is looked at, and the connection goes to just that: a second look-up could answer otherwise.
"""

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.errors import GeneratorError, Location, Problem, error

SCHEME, PORT = "https", 443
LONGEST = 2_000
"""Letters of an address; browsers and servers take about as many."""

_SHOWN = 160
_PLAIN = re.compile(r"^(?:http:)?//", re.IGNORECASE)
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""The last four bytes are an IPv4 address behind a translator (RFC 6052)."""

Resolver = Callable[[str], Sequence[str]]
"""Gives the IP addresses of a host; raises OSError if there are none."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a connection goes: an IP address, a port, and whether TLS is spoken there."""

    address: str
    port: int = PORT
    secure: bool = True


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be asked: the host's name, and the path with its query."""

    url: str
    host: str
    path: str


def target(url: str) -> Target:
    """Return what an address asks for; raise if it is none that is ever asked.

    What was written as http:// is asked over https://.
    """
    from urllib3.exceptions import LocationParseError  # noqa: PLC0415  only with --fetch
    from urllib3.util import parse_url  # noqa: PLC0415

    if len(url) > LONGEST or not url.isprintable() or "\\" in url:
        raise GeneratorError(_refused(url, "is no address"))
    try:
        parts = parse_url(_PLAIN.sub(f"{SCHEME}://", url.strip()))
    except LocationParseError:
        raise GeneratorError(_refused(url, "is no address")) from None
    if parts.scheme != SCHEME or not parts.host:
        raise GeneratorError(_refused(url, "is no https:// address"))
    if parts.auth:
        raise GeneratorError(_refused(url, "holds a name or password"))
    if parts.port not in {None, PORT}:
        raise GeneratorError(_refused(url, f"names the port {parts.port}"))
    return Target(parts.url.partition("#")[0], parts.host.strip("[]"), parts.request_uri)


def resolved(host: str) -> tuple[str, ...]:
    """Return the IP addresses of a host, as the system knows them."""
    found = socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def endpoints(asked: Target, resolves: Resolver) -> tuple[Endpoint, ...]:
    """Return where the host's public addresses are; raise if it has none of these."""
    try:
        found = resolves(asked.host)
    except (OSError, UnicodeError) as trouble:
        said = f"there is no host `{shown(asked.host)}`: {trouble}"
        hint = "is the network there, and the address right?"
        raise GeneratorError(error("web-unreachable", said, place(asked.url), hint)) from trouble
    public = tuple(Endpoint(address) for address in found if is_public(address))
    if not public:
        raise GeneratorError(_refused(asked.url, "leads into the network that you sit in"))
    return public


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the internet at large."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and (inner := _wrapped(found)):
        return is_public(str(inner))
    return found.is_global and not (found.is_multicast or found.is_reserved)


def _wrapped(found: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 one only stands for."""
    if found in _TRANSLATED:
        return ipaddress.IPv4Address(found.packed[-4:])
    return found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)


def shown(url: str) -> str:
    """Return an address as it is told: not too long, nothing in it that a terminal obeys."""
    plain = "".join(sign if sign.isprintable() else "?" for sign in url)
    return plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1] + "…"


def place(url: str) -> Location:
    """Return the place that a problem with an address has."""
    return Location(shown(url))


def _refused(url: str, said: str) -> Problem:
    hint = "only https:// addresses of public hosts are asked"
    return error("web-refused", f"`{shown(url)}` {said}", place(url), hint)
