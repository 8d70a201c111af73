"""From a name or URL that a user wrote to a file's bytes, or to a Problem that says why not."""

import hashlib
import os
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, unquote_to_bytes

from generator.errors import GeneratorError, Location, Problem, error
from generator.fetch import names, regular
from generator.fetch.digests import digest
from generator.fetch.pictures import check_picture, is_picture
from generator.fetch.regular import LIMIT, FetchError

SCHEME = "carousel"
MADE = "made"
DATA_LIMIT = 64 * 1024

# Our own table: `mimetypes` asks the machine's, which differs from one to the next.
MEDIA_TYPES = {
    ".css": "text/css",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".otf": "font/otf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a URL holds."""

    content: bytes
    media_type: str


class Door:
    """Serves the files below its roots under URLs that are the same wherever a checkout lies.

    `refused` holds what was asked for and not served: a layout engine may swallow the exception,
    so a build has to look here. `served` maps each file's URL to its SHA-256, `files` its path.
    """

    def __init__(self, roots: Iterable[tuple[str, Path]]) -> None:
        """Open the folders of `roots`, each under its name; of two that hold a file the deeper."""
        self._roots = {name: Path(os.path.realpath(folder)) for name, folder in roots}
        self._made: dict[str, Fetched] = {}
        self._sound: set[bytes] = set()
        self.refused: list[Problem] = []
        self.served: dict[str, str] = {}
        self.files: dict[str, str] = {}

    def url(self, file: Path) -> str:
        """Return the URL of a file below the roots: `carousel:///project/content/pic.png`."""
        real = Path(os.path.realpath(file))
        if (name := self._root_of(real)) is None:
            raise FetchError(_outside(str(file)))
        below = real.relative_to(self._roots[name]).as_posix()
        return f"{SCHEME}:///{quote(name)}/{quote(below)}"

    def keep(self, content: bytes, suffix: str) -> str:
        """Return a URL under which `content`, which we made ourselves, is served from now on."""
        suffix = "." + suffix.lstrip(".").lower()
        name = hashlib.sha256(content).hexdigest()[:32] + suffix
        self._made[name] = Fetched(content, MEDIA_TYPES[suffix])
        return f"{SCHEME}:///{MADE}/{name}"

    def digest(self, texts: Iterable[str]) -> str:
        """Return a hash of HTML or CSS and of what the files hold that it names."""
        return digest(texts, self._known)

    def _known(self, url: str) -> str:
        """Return the hash of a file's content; nothing if it is not served."""
        if url not in self.served:
            with suppress(GeneratorError):  # told to whoever wants to show it
                self._fetched(url)
        return self.served.get(url, "")

    @property
    def weight(self) -> int:
        """Return the bytes of all that was made."""
        return sum(len(fetched.content) for fetched in self._made.values())

    def read(self, url: str) -> Fetched:
        """Return what `url` holds; raise a FetchError, and remember it, if that is not served."""
        try:
            fetched = self._fetched(url)
        except GeneratorError as trouble:
            new = [problem for problem in trouble.problems if problem not in self.refused]
            self.refused.extend(new)
            raise FetchError(*trouble.problems) from trouble
        return fetched

    def read_file(self, path: Path, limit: int = LIMIT, location: Location | None = None) -> bytes:
        """Return the bytes of a file below the roots, at most `limit`; else raise a FetchError."""
        url, real = self.url(path), Path(os.path.realpath(path))
        content = regular.read(real, self._shown(real), limit, location)
        self._note(url, real, content)
        return content

    def _note(self, url: str, real: Path, content: bytes) -> None:
        self.served[url] = self.files[str(real)] = hashlib.sha256(content).hexdigest()

    def resolve(
        self, named: str, base: Path, location: Location | None = None, what: str = "image"
    ) -> Path:
        """Return the file that a writer named, relative to the folder `base`.

        `what` is the noun for messages and for the code of a miss: `image-missing`. The name may
        be percent-encoded, as Markdown has it. Raises a FetchError with a place and a hint.
        """
        if problem := names.refusal(named, what):
            raise FetchError(problem.at(location) if location else problem)
        for spelling in dict.fromkeys((named, unquote(named))):
            if "\0" in spelling:
                continue
            real = Path(os.path.realpath(base / spelling))
            if self._root_of(real) is None:
                raise FetchError(_outside(named, location))
            if found := names.spelled(real):
                regular.demand(found, self._shown(found), location)
                return found
        raise FetchError(names.missing(named, base, location, what))

    def _root_of(self, real: Path) -> str | None:
        """Return the name of the deepest root that holds `real`."""
        holding = [name for name, root in self._roots.items() if real.is_relative_to(root)]
        return max(holding, key=lambda name: len(self._roots[name].parts), default=None)

    def _shown(self, real: Path) -> str:
        """Return a path as the user knows it: below its root."""
        name = self._root_of(real)
        return real.relative_to(self._roots[name]).as_posix() if name else str(real)

    def _fetched(self, url: str) -> Fetched:
        if url.startswith("data:"):
            fetched = _inline(url)
            shown, location = "a data: URL", None
        else:
            root, parts = names.parts(url, SCHEME)
            shown = "/".join(parts)
            location = Location(shown)
            fetched = self._kept(parts) if root == MADE else self._file(url, root, parts)
        self._inspect(fetched, shown, location)
        return fetched

    def _kept(self, parts: tuple[str, ...]) -> Fetched:
        if (fetched := self._made.get("/".join(parts))) is None:
            raise FetchError(error("file-missing", f"nothing was made as `{'/'.join(parts)}`"))
        return fetched

    def _file(self, url: str, root: str, parts: tuple[str, ...]) -> Fetched:
        shown = "/".join(parts)
        if (folder := self._roots.get(root)) is None:
            raise FetchError(_outside(url))
        real = Path(os.path.realpath(folder.joinpath(*parts)))
        if self._root_of(real) is None:
            raise FetchError(_outside(shown))
        if (media_type := MEDIA_TYPES.get(Path(parts[-1]).suffix.lower())) is None:
            served = ", ".join(suffix[1:] for suffix in MEDIA_TYPES)
            hint = f"a slide can show these: {served}"
            raise FetchError(error("fetch-refused", f"`{shown}` is no picture or font", hint=hint))
        content = regular.read(real, shown, LIMIT)
        self._note(url.partition("#")[0], real, content)
        return Fetched(content, media_type)

    def _inspect(self, fetched: Fetched, shown: str, location: Location | None) -> None:
        """Look into pictures, whatever they are called: an engine goes by the bytes."""
        if not (fetched.media_type.startswith("image/") or is_picture(fetched.content)):
            return
        digest = hashlib.sha256(fetched.content).digest()
        if digest not in self._sound:
            check_picture(fetched.content, Path(shown), location)
            self._sound.add(digest)


def _outside(shown: str, location: Location | None = None) -> Problem:
    return error(
        "fetch-refused",
        f"`{_short(shown)}` lies outside the project",
        location,
        "copy the file into the project and name it from there",
    )


def _short(url: str, most: int = 120) -> str:
    return url if len(url) <= most else url[: most - 1] + "…"


def _inline(url: str) -> Fetched:
    """Return what a data: URL holds, if it is a small picture or font."""
    head, comma, payload = url[len("data:") :].partition(",")
    media_type, *parameters = (part.strip().lower() for part in head.split(";"))
    if not comma or not media_type.startswith(("image/", "font/")):
        raise FetchError(error("fetch-refused", f"`{_short(url, 40)}` is no picture or font"))
    content = unquote_to_bytes(payload)
    if "base64" in parameters:
        try:
            content = b64decode(content)
        except Base64Error as trouble:
            message = f"`{_short(url, 40)}` is not base64: {trouble}"
            raise FetchError(error("fetch-refused", message)) from trouble
    if len(content) > DATA_LIMIT:
        message = f"a data: URL of {len(content):,} bytes is over {DATA_LIMIT // 1024} kB"
        raise FetchError(error("file-too-large", message, hint="put it in a file of its own"))
    return Fetched(content, media_type)
