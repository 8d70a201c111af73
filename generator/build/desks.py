"""What a worker keeps of the carousels that it made: their composers, pages and pictures."""

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from generator.build.stamps import now, stamp
from generator.cache import Cache
from generator.compose import Composer
from generator.fetch import Door
from generator.library import Library
from generator.model import Carousel
from generator.paginate import Press

WARM_PAGES = 400
"""Pages that a warm worker keeps: eight decks of fifty. One is some 0.2 MB."""
WARM_DESKS = 8
"""Carousels whose composed slides and pictures a warm worker keeps."""
MOST_MADE = 64_000_000
"""Bytes of pictures and codes that were made for slides: then all begins anew. The composers and
the engine know them by name, and each version of a picture that is edited leaves one behind."""
CHANGED: list[int] = [0]
"""A stamp that no file has."""


@dataclass(slots=True)
class Desk:
    """What is kept of a carousel for the next time: its composer, its pages, their pictures.

    `files` are those that its press's door served for it: it is the door's while it works.
    """

    carousel: Carousel
    composer: Composer
    press: Press
    files: dict[str, str] = field(default_factory=dict)
    stamps: dict[str, Any] = field(default_factory=dict)
    began: int = field(default_factory=now)
    pages: tuple[Any, ...] = ()
    asked: frozenset[Any] = frozenset()
    pictures: dict[tuple[int, str], bytes] = field(default_factory=dict)
    proofed: tuple[Any, ...] = ()
    prints: dict[int, bytes] = field(default_factory=dict)

    def still(self, carousel: Carousel) -> bool:
        """Return whether only slides differ, and no file that was read has changed."""
        return replace(carousel, slides=()) == self.carousel and all(
            stamp(path) == was for path, was in self.stamps.items()
        )

    @property
    def used(self) -> tuple[frozenset[str], frozenset[str]]:
        """Return the files that it was made from, and those that were looked for in vain."""
        library = self.composer.library
        read = frozenset(map(str, library.read)).union(self.files)
        return read, frozenset(map(str, library.missed))


@dataclass(slots=True)
class Desks:
    """The desks of a worker, and a press for each set of folders and fonts.

    With `warm`, pages and desks are kept for the next time, the least recently used go first.
    """

    warm: bool
    cache: Cache
    presses: dict[object, Press] = field(default_factory=dict)
    kept: "OrderedDict[str, Desk]" = field(default_factory=OrderedDict)

    def at(self, carousel: Carousel) -> Desk:
        """Return the desk of a carousel: as it was left, or a new one if other files go into it."""
        press = self._press(carousel)
        press.door.refused.clear()
        desk = self.kept.get(carousel.folder)
        if desk and desk.press is press and desk.still(carousel):
            desk.composer.carousel = carousel
            desk.began = now()
        else:
            library = Library(tuple((name, Path(path)) for name, path in carousel.roots))
            composer = Composer(carousel, library, press.door, self.cache)
            desk = Desk(replace(carousel, slides=()), composer, press)
        press.door.files = desk.files
        return desk

    def keep(self, carousel: Carousel, desk: Desk) -> None:
        """Keep a desk as it is, until a file that it was made from changes."""
        files = frozenset().union(*desk.used)
        desk.stamps = {path: desk.stamps.get(path) or _before(path, desk.began) for path in files}
        self.kept[carousel.folder] = desk
        self.kept.move_to_end(carousel.folder)
        while len(self.kept) > WARM_DESKS:
            self.kept.popitem(last=False)
        # an edit leaves pages behind that nobody will ask for again, 0.3 MB each, and a change of
        # the looks parsed sheets, of half a megabyte each
        desk.asked = desk.press.turn()
        desk.press.retain(frozenset().union(*(one.asked for one in self.kept.values())))

    def forget(self, carousel: Carousel) -> None:
        """Drop what a failed carousel used: the engine remembers a failed picture as none."""
        self.kept.pop(carousel.folder, None)
        for key in [key for key, press in self.presses.items() if press.door.refused]:
            del self.presses[key]

    def _press(self, carousel: Carousel) -> Press:
        """Return the press for a carousel's folders and fonts; other fonts want a new one."""
        key = (carousel.roots, *(str(stamp(face.file)) for face in carousel.faces))
        if key in self.presses and self.presses[key].door.weight > MOST_MADE:
            del self.presses[key]
            self.kept.clear()
        if key not in self.presses:
            roots = tuple((name, Path(path)) for name, path in carousel.roots)
            self.presses[key] = Press(Door(roots), WARM_PAGES if self.warm else 0)
        return self.presses[key]


def _before(path: str, began: int) -> list[int] | None:
    """Return a file's stamp; one that changed after a desk began may have been read before."""
    found = stamp(path)
    return CHANGED if found and max(found[:2]) >= began else found
