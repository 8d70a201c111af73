"""The guard before the preview: who may ask, for what, and what every answer says.

A page of another site must learn nothing from a server on this machine: neither under a name that
leads here (DNS rebinding, the Host header), nor by a request of its own (the Origin header).
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

NAMES = ("127.0.0.1", "localhost", "[::1]")
METHODS = ("GET", "HEAD")
CROOKED = re.compile(r"\\|//|(?:^|/)\.{1,2}(?:/|$)|%(?:2e|2f|5c|[01]|7f)|[^!-~]", re.IGNORECASE)
"""What no address of ours has: a step upward, a backslash, either in disguise, unseen letters."""
LONGEST = 2000
MOST_HEADERS = 16 * 1024
"""Bytes: no browser sends as many to a server that sets no cookies."""
OURS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
        " connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Guard:
    """An ASGI application around another one, which it keeps from strangers."""

    def __init__(self, app: "ASGIApp", port: int) -> None:
        """Take what is guarded, and the port that it listens on."""
        self.app = app
        hosts = [f"{name}:{port}" for name in NAMES]
        self.hosts = frozenset([*hosts, *(NAMES if port == 80 else ())])  # noqa: PLR2004  HTTP's own
        self.origins = frozenset(f"http://{host}" for host in self.hosts)

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer, or let the application answer."""
        if scope["type"] != "http":
            return

        async def telling(message: "Message") -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in OURS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        refused = self._refused(scope)
        await (refused or self.app)(scope, receive, telling)

    def _refused(self, scope: "Scope") -> PlainTextResponse | None:
        """Return why a request is not answered, or nothing."""
        headers = Headers(scope=scope)
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        path = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1")
        if scope["method"] not in METHODS:
            return PlainTextResponse(
                "only GET and HEAD are answered here\n", 405, {"Allow": ", ".join(METHODS)}
            )
        if len(path) > LONGEST or CROOKED.search(path):
            return PlainTextResponse("this is no address of the preview\n", 400)
        if sum(len(name) + len(value) for name, value in headers.raw) > MOST_HEADERS:
            return PlainTextResponse("these are too many headers\n", 431)
        if len(hosts) != 1 or len(origins) > 1:
            return PlainTextResponse("a request has one Host, and at most one Origin\n", 400)
        ours = hosts[0].lower() in self.hosts and self.origins.issuperset(map(str.lower, origins))
        if not ours or _from_elsewhere(headers, scope["path"]):
            return PlainTextResponse("the preview answers its own page only\n", 403)
        return None


def _from_elsewhere(headers: Headers, path: str) -> bool:
    """Return whether another site's page asks; it may lead people to ours, and nothing else."""
    site = headers.get("sec-fetch-site", "none")
    leads = path == "/" and headers.get("sec-fetch-mode") == "navigate"
    return site not in {"none", "same-origin"} and not leads
