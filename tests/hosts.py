"""A server of our own that plays other people's hosts, faults included."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from generator.web import Endpoint


@dataclass(frozen=True)
class Says:
    """An answer: what its head says, and its body; `acts` writes the body in its own way."""

    body: bytes = b""
    kind: str = "application/json"
    status: int = 200
    head: Mapping[str, str] = field(default_factory=dict)
    acts: "Callable[[_Handler], None] | None" = None


class Hosts(ThreadingHTTPServer):
    """Answers by host and path; of several answers each in its turn, the last one for good."""

    daemon_threads = True

    def __init__(self, answers: Mapping[str, Says | list[Says]]) -> None:
        """Take the answers by `host/path?query`."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = {
            key: list(said) if isinstance(said, list) else [said] for key, said in answers.items()
        }
        self.asked: list[str] = []
        self.heads: list[Mapping[str, str]] = []
        self.over = threading.Event()

    def stands_in(self, *, secure: bool = False) -> dict[str, Endpoint]:
        """Return where the hosts that are played are."""
        hosts = {key.partition("/")[0] for key in self.answers}
        return {host: Endpoint("127.0.0.1", self.server_address[1], secure) for host in hosts}

    def handle_error(self, request: object, client_address: object) -> None:
        """Take it that clients hang up: that is what they are tested for."""


class _Handler(BaseHTTPRequestHandler):
    server: Hosts
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        address = f"{self.headers['Host']}{self.path}"
        self.server.asked.append(address)
        self.server.heads.append(dict(self.headers.items()))
        turns = self.server.answers.get(address, [Says(b"{}", status=404)])
        says = turns.pop(0) if len(turns) > 1 else turns[0]
        self.send_response(says.status)
        head = {"Content-Type": says.kind, "Content-Length": str(len(says.body)), **says.head}
        for key, value in head.items():
            if value:
                self.send_header(key, value)
        self.send_header("Connection", "close")
        self.end_headers()
        if says.acts:
            says.acts(self)
        else:
            self.wfile.write(says.body)
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name there)
        """Say nothing."""


@contextmanager
def played(answers: Mapping[str, Says | list[Says]]) -> Iterator[Hosts]:
    """Play hosts for a while."""
    with Hosts(answers) as hosts:
        thread = threading.Thread(target=hosts.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield hosts
        finally:
            hosts.over.set()
            hosts.shutdown()
            thread.join()


def dripping(handler: _Handler) -> None:
    """Send a byte now and then, for as long as anybody listens."""
    while not handler.server.over.wait(0.02):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def endless(handler: _Handler) -> None:
    """Send as much as anybody takes."""
    while not handler.server.over.is_set():
        handler.wfile.write(bytes(1 << 16))
