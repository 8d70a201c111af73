"""What is answered under which address: from what is known in memory, never a path from a URL."""

import asyncio
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from generator.errors import GeneratorError, Problem, error
from generator.fetch import Door
from generator.library import BUILT_IN, Library, builtin_root
from generator.serve.decks import Deck, Reel
from generator.serve.guard import Guard
from generator.serve.pictures import Pictures
from generator.serve.shelf import Shelf
from generator.serve.streams import Streams

if TYPE_CHECKING:
    from starlette.requests import Request

FOLDER = "layouts/_preview"
PAGE = {
    "/": ("preview.html", "text/html; charset=utf-8"),
    "/preview.css": ("preview.css", "text/css; charset=utf-8"),
    "/preview.js": ("preview.js", "text/javascript; charset=utf-8"),
    "/icon.svg": ("icon.svg", "image/svg+xml"),
}
MOST_ASSET, MOST_FILE = 100_000, 200 * 1024 * 1024
FOR_EVER = "private, max-age=31536000, immutable"
"""A picture's address holds the hash of what it shows."""
TYPES = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".zip": "application/zip",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".json": "application/json",
}


class Answers:
    """The preview's addresses.

    `wanted` is called when somebody begins to look at a carousel, `failed` with a fault of ours.
    """

    def __init__(
        self,
        shelf: Shelf,
        pictures: Pictures,
        streams: Streams,
        wanted: Callable[[Deck, Reel], None],
        failed: Callable[[tuple[Problem, ...]], None],
    ) -> None:
        """Read the page itself; after that no file of it is asked for again."""
        self.shelf, self.pictures, self.streams = shelf, pictures, streams
        self.wanted, self.failed = wanted, failed
        self.door = Door((("output", shelf.root),))
        library = Library(((BUILT_IN, builtin_root()),))
        self.page = {
            address: (library.content(builtin_root() / FOLDER / name, MOST_ASSET), kind)
            for address, (name, kind) in PAGE.items()
        }

    def guarded(self, port: int) -> Guard:
        """Return the application that listens on a port."""
        routes = [
            *(Route(address, self._asset) for address in self.page),
            Route("/decks", self._decks),
            Route("/events", self._events),
            Route("/reels/{key:path}", self._reel),
            Route("/slides/{name}.jpg", self._slide),
            Route("/files/{name:path}", self._file),
        ]
        return Guard(Starlette(routes=routes, exception_handlers={Exception: self._fault}), port)

    async def _fault(self, request: "Request", fault: Exception) -> Response:
        message = f"a fault of the preview itself: {type(fault).__name__}: {fault}"
        hint = f"please report it; it was asked for {request.url.path}"
        self.failed((error("internal", message, None, hint),))
        return PlainTextResponse("a fault of the preview itself\n", 500)

    async def _asset(self, request: "Request") -> Response:
        content, kind = self.page[request.url.path]
        tag = f'"{hashlib.blake2b(content, digest_size=8).hexdigest()}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(content, headers=headers, media_type=kind)

    async def _decks(self, request: "Request") -> Response:
        del request
        return JSONResponse(self.shelf.as_told())

    async def _events(self, request: "Request") -> Response:
        if request.method == "HEAD":
            return Response(media_type="text/event-stream")
        # a stream that ends over a newer one is to leave no connection behind
        return StreamingResponse(
            self.streams.join(), headers={"Connection": "close"}, media_type="text/event-stream"
        )

    async def _reel(self, request: "Request") -> Response:
        found = self.shelf.opened(request.path_params["key"])
        if found is None:
            return _nothing()
        deck, reel = found
        await asyncio.to_thread(self.wanted, deck, reel)
        deck, reel = self.shelf.opened(reel.key) or found  # it may have been read only now
        if not reel.frames:
            await self.survey(reel)
        return JSONResponse(self.shelf.reel_as_told(deck, reel))

    async def survey(self, reel: Reel) -> None:
        """Find out how many slides a carousel's files show."""
        negative = reel.negative(self.shelf.root, 1)
        if negative is None:
            return
        if negative.file.endswith(".pdf"):
            self.shelf.counted(reel, await self.pictures.count(negative))
        else:
            self.shelf.counted(reel, len(reel.drawable))

    async def _slide(self, request: "Request") -> Response:
        digest, _, size = request.path_params["name"].partition("-")
        if size not in {"", "full"}:
            return _nothing()
        picture = await self.pictures.find(digest, full=size == "full")
        if picture is None:
            return _nothing()
        return Response(picture, headers={"Cache-Control": FOR_EVER}, media_type="image/jpeg")

    async def _file(self, request: "Request") -> Response:
        path = self.shelf.file(request.path_params["name"])
        try:
            content = self.door.read_file(path, MOST_FILE) if path else None
        except GeneratorError:
            content = None  # it went just now, or leads elsewhere
        if path is None or content is None:
            return _nothing()
        return Response(
            content, headers=_as_file(path), media_type=TYPES.get(path.suffix.lower(), OTHER)
        )


OTHER = "application/octet-stream"


def _as_file(path: Path) -> dict[str, str]:
    """Return the headers with which a browser keeps a file instead of showing it."""
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(path.name)}"}


def _nothing() -> Response:
    return PlainTextResponse("there is nothing here\n", 404)
