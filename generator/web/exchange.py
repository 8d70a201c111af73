"""One question and its answer: with a deadline for all of it, and never more than so many bytes."""

import queue
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from generator import __version__
from generator.errors import GeneratorError, Problem, error
from generator.web.addresses import Endpoint, Target, place, shown

if TYPE_CHECKING:
    from urllib3.connection import HTTPConnection
    from urllib3.response import BaseHTTPResponse

Finder = Callable[[Target], Sequence[Endpoint]]
"""Gives the addresses of a host, of which one is asked; there is one at least."""

CHUNK = 1 << 16
AGENT = f"threadpress/{__version__} (import --fetch)"


@dataclass(frozen=True, slots=True)
class Terms:
    """What an answer may cost: seconds for one step and for all of it, and bytes."""

    limit: int
    accepts: str
    pause: float = 10.0
    deadline: float = 60.0


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it came. `content` is only read of one that is what was asked for."""

    status: int
    headers: Mapping[str, str]
    content: bytes = b""


class BrokenOffError(GeneratorError):
    """The connection was not made, or broke off: asking once more may help."""


def exchange(asked: Target, finds: Finder, terms: Terms, trusts: ssl.SSLContext) -> Reply:
    """Return what the host answers; the first of its addresses that can be reached is asked.

    Raises BrokenOffError where another try may help, GeneratorError where none will.
    """
    return _in_time(lambda: _reached(asked, finds, terms, trusts), asked, terms)


def _reached(asked: Target, finds: Finder, terms: Terms, trusts: ssl.SSLContext) -> Reply:
    troubles: list[BrokenOffError] = []
    for endpoint in finds(asked):
        try:
            return _spoken(asked, endpoint, terms, trusts)
        except BrokenOffError as trouble:
            troubles.append(trouble)
    raise troubles[0]


def _in_time(ask: Callable[[], Reply], asked: Target, terms: Terms) -> Reply:
    """Return the answer, unless it takes longer than all of it may.

    A time-out of a socket starts anew with each byte, and looking a name up has none at all: so
    a thread asks, and is left to itself when its time is over.
    """
    came: queue.SimpleQueue[Reply | BaseException] = queue.SimpleQueue()

    def run() -> None:
        try:
            came.put(ask())
        except BaseException as trouble:  # noqa: BLE001  (raised again where somebody waits)
            came.put(trouble)

    threading.Thread(target=run, daemon=True, name="threadpress-web").start()
    try:
        reply = came.get(timeout=terms.deadline)
    except queue.Empty:
        said = f"`{shown(asked.host)}` took more than {terms.deadline:g} seconds"
        problem = error("web-slow", said, place(asked.url), "try again later")
        raise GeneratorError(problem) from None
    if isinstance(reply, BaseException):
        raise reply
    return reply


def _spoken(asked: Target, endpoint: Endpoint, terms: Terms, trusts: ssl.SSLContext) -> Reply:
    """Ask at an address, and return the answer."""
    connection = _connection(asked, endpoint, terms, trusts)
    headers = {
        "Host": asked.host if ":" not in asked.host else f"[{asked.host}]",
        "User-Agent": AGENT,
        "Accept": terms.accepts,
        "Accept-Encoding": "identity",
    }
    with _told(asked), closing(connection):
        connection.connect()
        connection.request("GET", asked.path, headers=headers, preload_content=False)
        with closing(connection.getresponse()) as response:
            content = _content(response, asked, terms) if response.status == HTTPStatus.OK else b""
            return Reply(response.status, dict(response.headers.items()), content)


def _connection(
    asked: Target, endpoint: Endpoint, terms: Terms, trusts: ssl.SSLContext
) -> "HTTPConnection":
    """Return a connection to an IP address that has to prove that it is the host."""
    from urllib3.connection import HTTPConnection, HTTPSConnection  # noqa: PLC0415

    if not endpoint.secure:
        return HTTPConnection(endpoint.address, endpoint.port, timeout=terms.pause)
    return HTTPSConnection(
        endpoint.address,
        endpoint.port,
        timeout=terms.pause,
        server_hostname=asked.host,
        ssl_context=trusts,
    )


def _content(response: "BaseHTTPResponse", asked: Target, terms: Terms) -> bytes:
    """Return the body of an answer; raise as soon as it is more than it may be."""
    parts: list[bytes] = []
    size = 0
    for part in _parts(response):
        size += len(part)
        if size > terms.limit:
            said = f"there are more than {terms.limit:,} bytes at this address"
            raise GeneratorError(error("file-too-large", said, place(asked.url)))
        parts.append(part)
    return b"".join(parts)


def _parts(response: "BaseHTTPResponse") -> Iterator[bytes]:
    """Yield a body as it comes in, unpacked if the host packed it although nobody asked."""
    while part := response.read1(CHUNK, decode_content=True):
        yield part


@contextmanager
def _told(asked: Target) -> Iterator[None]:
    """Tell what a connection stumbles over as a Problem."""
    from http.client import HTTPException  # noqa: PLC0415  only with --fetch

    from urllib3.exceptions import DecodeError, HTTPError, SSLError  # noqa: PLC0415

    try:
        yield
    except (SSLError, ssl.SSLError) as trouble:
        raise GeneratorError(_insecure(asked, trouble)) from trouble
    except DecodeError as trouble:
        said = f"what `{shown(asked.host)}` sent can't be unpacked"
        raise GeneratorError(error("web-type", said, place(asked.url))) from trouble
    except (HTTPError, HTTPException, OSError) as trouble:
        said = f"`{shown(asked.host)}` can't be reached, or broke off: {_reason(trouble)}"
        hint = "is the network there? Proxies are not used"
        raise BrokenOffError(error("web-unreachable", said, place(asked.url), hint)) from trouble


def _insecure(asked: Target, trouble: Exception) -> Problem:
    said = f"`{shown(asked.host)}` can't prove who it is: {_reason(trouble)}"
    hint = "nothing is fetched over a connection that others may read or change"
    return error("web-insecure", said, place(asked.url), hint)


def _reason(trouble: BaseException) -> str:
    """Return what went wrong, without the names of objects in it."""
    said = str(trouble).rpartition("object at 0x")[2].partition(">: ")[2] or str(trouble)
    return shown(said.strip() or type(trouble).__name__)
