"""A preview without a socket: what it answers, with the work done in the test's own process."""

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

from generator.build.inline import Inline
from generator.build.order import Order
from generator.build.pipeline import Builder
from generator.build.project import open_project
from generator.errors import Problem
from generator.serve import Serving
from generator.serve.guard import Guard
from tests.incremental import Counting
from tests.processes import comes
from tests.project import Project
from tests.watching import EndedError, Ending

PORT = 4321
OURS = f"127.0.0.1:{PORT}"


Headers = dict[str, str] | Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Client:
    """Asks an application, without a socket between."""

    app: Guard

    def request(self, method: str, path: str, headers: Headers = ()) -> httpx.Response:
        """Return the answer to a request of our own page's, as far as headers don't differ."""
        return asyncio.run(self._request(method, path, headers))

    def get(self, path: str, headers: Headers = ()) -> httpx.Response:
        """Return the answer to a GET."""
        return self.request("GET", path, headers)

    def head(self, path: str) -> httpx.Response:
        """Return the answer to a HEAD."""
        return self.request("HEAD", path)

    async def _request(self, method: str, path: str, headers: Headers) -> httpx.Response:
        way = httpx.ASGITransport(self.app, raise_app_exceptions=True)
        async with httpx.AsyncClient(transport=way, base_url=f"http://{OURS}") as client:
            return await client.request(method, path, headers=headers or None)


@dataclass(slots=True)
class Preview:
    """A preview that has built everything, and a client that asks it."""

    project: Project
    serving: Serving
    client: Client
    problems: list[Problem] = field(default_factory=list)

    def reel(self, key: str = "talk/linkedin") -> dict[str, Any]:
        """Return what the page is told of a carousel."""
        answer = self.client.get(f"/reels/{key}")
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def decks(self) -> list[dict[str, Any]]:
        """Return what the page is told of all decks."""
        told: list[dict[str, Any]] = self.client.get("/decks").json()["decks"]
        return told

    def comes(self, told: Callable[[dict[str, Any]], object], key: str = "talk/linkedin") -> bool:
        """Return whether a carousel comes to be told of like that."""
        return comes(lambda: bool(told(self.reel(key))))

    def lists(self, *slugs: str) -> bool:
        """Return whether just these decks come to be listed."""
        return comes(lambda: sorted(deck["slug"] for deck in self.decks()) == sorted(slugs))


@contextmanager
def preview(project: Project) -> Iterator[Preview]:
    """Yield a preview of a project."""
    order = Order(open_project(project.root), order="as ever")
    builder = Builder(order, Counting(), warm=True)
    problems: list[Problem] = []
    events = Ending(lambda _text: None)
    serving = Serving(builder, events, Inline(), lambda _: None, lambda _: None, problems.extend)

    def run() -> None:
        with suppress(EndedError):
            serving.run()
        builder.finish()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    one = Preview(project, serving, Client(serving.answers.guarded(PORT)), problems)
    try:
        assert comes(lambda: events.looks > 1)
        yield one
    finally:
        events.over = True
        thread.join(20)
        serving.stop()
