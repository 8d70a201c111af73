"""Pictures that a foreign file names: what they are called beside ours, and where they lie."""

import base64
import posixpath
import re
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from generator.importers import Media, _text, pictures
from generator.importers.pictures import WANTED

PICTURES = frozenset([".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"])

SUFFIXES = {"png": ".png", "jpeg": ".jpg", "jpg": ".jpg", "gif": ".gif", "webp": ".webp",
            "svg+xml": ".svg"}  # fmt: skip
_DATA = re.compile(
    r"data:image/(?P<kind>png|jpe?g|gif|webp|svg\+xml)(?:;[\w=-]+)*;base64,(?P<bytes>[\w+/=%\s-]+)",
    re.IGNORECASE,
)
FEWEST_LETTERS = 400
"""Letters of a picture in the text: smaller ones stand in for those that a page loads later."""


@dataclass(slots=True)
class Shelf:
    """Names for pictures. `folder` is where relative addresses begin, below what is imported.

    `files` are the names that there are, if that is known; `reads` opens one of them.
    """

    folder: str = ""
    files: frozenset[str] | None = None
    reads: Callable[[str], bytes] | None = None
    media: list[Media] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)

    def picture(self, address: str) -> str:
        """Return what stands for the picture at an address; nothing for what is none."""
        address = _text.lines(address).strip()
        if re.match(r"https?://|//", address, re.IGNORECASE):
            return WANTED + address
        if address[:5].lower() == "data:":
            return self._written_out(address)
        path = self._path(address)
        if not path:
            return WANTED + address if self._lacking(address) else ""
        if path not in self.names:
            self.names[path] = self._named(path)
            reads = self.reads
            opened = (lambda: reads(path)) if reads else None
            self.media.append(Media(self.names[path], opened, path))
        return self.names[path]

    def _lacking(self, address: str) -> bool:
        """Return whether a picture is named that is not at hand: elsewhere on a disk, or gone."""
        named = urllib.parse.unquote(address.split("?", maxsplit=1)[0])
        elsewhere = re.match(r"file:|/|[a-z]:[\\/]", named, re.IGNORECASE) is not None
        inside = not re.match(r"[a-z][a-z0-9+.-]*:|[/#]", named, re.IGNORECASE)
        known = elsewhere or (inside and bool(self.files))
        return known and PurePosixPath(named).suffix.lower() in PICTURES

    def _written_out(self, address: str) -> str:
        """Return the name of a picture that stands in the text itself, byte for byte (RFC 2397)."""
        found = _DATA.fullmatch(address)
        if not found or len(found["bytes"]) < FEWEST_LETTERS:
            return ""
        if address not in self.names:
            self.names[address] = self._named(f"picture{SUFFIXES[found['kind'].lower()]}")
            written = re.sub(r"[^A-Za-z0-9+/]", "", found["bytes"])
            content = base64.b64decode(written + "=" * (-len(written) % 4))
            self.media.append(Media(self.names[address], lambda: content, self.names[address]))
        return self.names[address]

    def _path(self, address: str) -> str:
        """Return the path that an address means, nothing if it leads out or is no picture's."""
        if re.match(r"[a-z][a-z0-9+.-]*:", address, re.IGNORECASE) or address.startswith(
            ("/", "#")
        ):
            return ""
        for spelled in dict.fromkeys(
            (address, urllib.parse.unquote(address.split("?", maxsplit=1)[0]))
        ):
            path = posixpath.normpath(posixpath.join(self.folder, spelled.replace("\\", "/")))
            outside = path.startswith(("..", "/")) or "\0" in path or path == "."
            if outside or PurePosixPath(path).suffix.lower() not in PICTURES:
                continue
            if self.files is None or path in self.files:
                return path
        return ""

    def _named(self, path: str) -> str:
        """Return a safe name that no other picture has."""
        # an export may have written a name in percents on the disk itself
        pure = PurePosixPath(_text.lines(urllib.parse.unquote(PurePosixPath(path).name)))
        taken = {name.casefold() for name in self.names.values()}
        return pictures.unique(pure.stem, pure.suffix.lower(), taken)
