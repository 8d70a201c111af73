"""The server in a thread of its own: on this machine's own address, and gone when told to."""

import asyncio
import errno
import itertools
import socket
import threading
from typing import TYPE_CHECKING, Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from generator.errors import SurroundingsError, error

if TYPE_CHECKING:
    from starlette.types import ASGIApp

ADDRESS = "127.0.0.1"
TRIES = 20
"""Ports that are tried, one after another, when the first is in use."""
MOST_CONNECTIONS = 200
"""Connections at once; a browser opens six to a server. One more ends the oldest."""
PATIENCE = 10.0
"""Seconds that a new connection has to ask for something."""
HEAD = 16 * 1024
"""Bytes that the head of a request may have."""
FAREWELL = 1.0
"""Seconds that answers under way get when the server ends."""


def bound(port: int) -> socket.socket:
    """Return a socket that listens on `port`, or on the next one that is free."""
    for number in range(port, min(port + TRIES, 65536)) if port else (0,):
        made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((ADDRESS, number))
            made.listen(socket.SOMAXCONN)
        except OSError as taken:
            made.close()
            if taken.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise SurroundingsError(_refused(number, taken.strerror or "")) from taken
        else:
            return made
    raise SurroundingsError(_refused(port, f"nor is any of the {TRIES} from there on free"))


def _refused(port: int, why: str) -> Any:  # noqa: ANN401
    message, hint = f"port {port} can't be listened on: {why}", "name another one: --port 9000"
    return error("port-refused", message, None, hint)


class Listening:
    """A server that answers in the background."""

    def __init__(self, app: "ASGIApp", place: socket.socket) -> None:
        """Take what answers, and the socket to listen on."""
        config = uvicorn.Config(
            app, http=_Bounded, ws="none", loop="asyncio", lifespan="off", interface="asgi3",
            log_config=SILENT, access_log=False, proxy_headers=False, server_header=False,
            h11_max_incomplete_event_size=HEAD, timeout_graceful_shutdown=1,
        )  # fmt: skip
        self._server = uvicorn.Server(config)
        self._place = place
        self._thread = threading.Thread(target=self._run, daemon=True, name="preview")

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more; what is under way gets a moment."""
        self._server.should_exit = True
        self._thread.join(FAREWELL)
        self._server.force_exit = True
        self._thread.join(FAREWELL / 2)

    def _run(self) -> None:
        asyncio.run(self._server.serve([self._place]))


SILENT: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"nowhere": {"class": "logging.NullHandler"}},
    "loggers": {"uvicorn": {"handlers": ["nowhere"], "propagate": False}},
}
"""What a stranger's malformed request looks like is no news to the user."""


class _Bounded(H11Protocol):
    """A connection that is closed when it asks for nothing, or when there are too many.

    The one that came first goes then: whoever comes now is let in, whatever others have left open.
    """

    coming = itertools.count()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.came = next(self.coming)
        if len(self.connections) > MOST_CONNECTIONS:
            first = min(self.connections, key=lambda one: getattr(one, "came", -1))
            self.connections.discard(first)
            first.transport.abort()
        self.loop.call_later(PATIENCE, self._unless_asked)

    def _unless_asked(self) -> None:
        if self.cycle is None and not self.transport.is_closing():
            self.transport.close()
