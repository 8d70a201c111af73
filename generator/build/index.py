"""output/index.html: everything that was built on one page, also where there is no server."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from generator import disk
from generator.build.manifest import INDEX, Manifest
from generator.build.packs import CAPTION, MANIFEST, PREVIEW, TRANSCRIPT
from generator.build.stamps import written
from generator.errors import Location, Problem, warning
from generator.library import BUILT_IN, Library, builtin_root

TEMPLATE = "layouts/_index/page.html.jinja"
OURS = b'<meta name="generator" content="Threadpress">'
"""What tells our page from one that somebody else put there."""
HEAD = 1024
"""Bytes of a page in which that stands."""

TURNED = frozenset({".pdf", ".html"})
"""Files that a browser shows slide by slide, which a click on a slide opens at it."""

Card = dict[str, Any]
"""What the page shows of a carousel: its pack's manifest, and the names of its files."""


@dataclass(slots=True)
class Index:
    """The page of one output folder; what it says of a carousel is read once."""

    root: Path
    manifest: Manifest
    _known: dict[str, tuple[list[int], Card]] = field(default_factory=dict)

    @property
    def stands(self) -> bool:
        """Return whether the page is there as it was written."""
        path = self.root / INDEX
        return path.is_file() and written(path) == self.manifest.index

    def cards(self) -> list[Card]:
        """Return what there is to show, in the order of the content files' slugs."""
        found: list[Card] = []
        for slug, entry in sorted(self.manifest.entries.items()):
            for path, was in sorted(entry.writes.items()):
                if path.endswith(f"/{MANIFEST}") and (card := self._card(path, was, entry.writes)):
                    found.append({**card, "slug": slug})
        return found

    def _card(self, path: str, was: list[int], paths: Iterable[str]) -> Card | None:
        """Return what a pack's manifest says; nothing if somebody spoilt it meanwhile."""
        known = self._known.get(path)
        if known and known[0] == was:
            return known[1]
        try:
            card = json.loads((self.root / path).read_bytes())
            card = {key: card[key] for key in KEYS} | {"folder": _folder(path)}
            card |= _files(card, (one for one in paths if _folder(one) == card["folder"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        self._known[path] = (was, card)
        return card

    def wanted(self) -> list[Card] | None:
        """Return what a new page has to show; nothing if the one that is there shows it."""
        cards = self.cards()
        said = _digest(cards)
        if said == self.manifest.shown and (self.stands or not cards):
            return None
        self.manifest.shown = said
        return cards

    def publish(self, content: bytes) -> tuple[Problem, ...]:
        """Write the page, or take it away if it is empty; somebody else's page stays."""
        path = self.root / INDEX
        if path.is_file() and not _ours(path):
            message = f"`{INDEX}` in the output folder is not ours, and stays as it is"
            hint = "move it elsewhere, and the next build writes the page of all carousels"
            return (warning("index-foreign", message, Location(str(path)), hint),)
        if content:
            disk.write(path, content)
            self.manifest.index = written(path)
        else:
            disk.remove(path, self.root)
            self.manifest.index = []
        return ()


KEYS = (
    "title", "target", "platform", "brand", "theme", "lang", "slides", "size", "files", "caption",
    "sources",
)  # fmt: skip
"""What the page wants to know of a pack."""


def page(cards: Sequence[Card]) -> bytes:
    """Return the page; nothing if there is nothing to show. A job for a worker: it wants Jinja."""
    if not cards:
        return b""
    from generator.compose import templates  # noqa: PLC0415  only where the page is written

    library = Library(((BUILT_IN, builtin_root()),))
    threads: dict[str, list[Card]] = {}
    for card in cards:
        threads.setdefault(card["slug"], []).append(card)
    targets = {card["target"]: card["platform"] for card in cards}
    room = templates.environment(library, ())
    known = {"threads": threads, "targets": dict(sorted(targets.items())), "count_of": len(cards)}
    return templates.render_text(room, library.text(TEMPLATE), TEMPLATE, known).encode()


def _files(card: Card, paths: Iterable[str]) -> Card:
    """Return the files of a carousel by what they are: pictures, others, pack, preview."""
    names = [PurePosixPath(path).name for path in paths]
    asked = [
        file for file in card["files"] if file["name"] not in {CAPTION, TRANSCRIPT, "alt.json"}
    ]
    return {
        "pictures": [file["name"] for file in asked if _is_picture(file["name"])],
        "others": [
            {**file, "turned": PurePosixPath(file["name"]).suffix in TURNED}
            for file in asked
            if not _is_picture(file["name"])
        ],
        "pack": next((name for name in names if name.endswith(".zip")), ""),
        "preview": PREVIEW if PREVIEW in names else "",
        "transcript": TRANSCRIPT if TRANSCRIPT in names else "",
    }


def _is_picture(name: str) -> bool:
    path = PurePosixPath(name)
    return path.stem.isdigit() and path.suffix in {".jpg", ".png", ".webp"}


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _ours(path: Path) -> bool:
    with path.open("rb") as file:
        return OURS in file.read(HEAD)


def _digest(cards: Sequence[Card]) -> str:
    template = (builtin_root() / TEMPLATE).read_bytes()
    said = json.dumps(cards, sort_keys=True).encode()
    return hashlib.sha256(template + said).hexdigest()
