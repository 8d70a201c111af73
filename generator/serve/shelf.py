"""What there is to look at: decks, their carousels as reels of slides, and what is wrong with them.

The watch, the workers and the server all come here, each from a thread of its own.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from generator import content
from generator.build.prepare import Prepared
from generator.build.proof import Frame, Negative, Proof, framed
from generator.build.report import Outcome
from generator.build.stamps import stamp
from generator.errors import Problem
from generator.serve import telling
from generator.serve.decks import Deck, Reel

MOST_OPEN = 6
"""Carousels that are drawn at once when they change: those looked at last."""
MOST_NAMES = 5000
"""Names of what files show that are remembered: a browser may ask for one a moment later."""

Tell = Callable[[str, str, Mapping[str, Any]], None]


@dataclass(slots=True)
class Shelf:
    """All decks, by slug; whoever looks on hears of each change."""

    root: Path
    tell: Tell
    decks: dict[str, Deck] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    _open: "OrderedDict[str, None]" = field(default_factory=OrderedDict)
    _names: "OrderedDict[str, tuple[Negative, int, Any]]" = field(default_factory=OrderedDict)
    _lock: Any = field(default_factory=threading.RLock)

    def listed(self, sources: Mapping[str, str]) -> None:
        """Take the content files that there are, slug to path: those of others are gone."""
        with self._lock:
            for slug in [slug for slug in self.decks if slug not in sources]:
                self.remove(slug)
            for slug, path in sources.items():
                if slug not in self.decks:
                    self.decks[slug] = Deck(slug, path)
                    self._tell_deck(self.decks[slug])

    def recall(self, slug: str, writes: Mapping[str, list[int]]) -> None:
        """Take the files of an earlier build, which are looked at until there are others."""
        with self._lock:
            deck = self.decks.get(slug)
            if deck and not deck.reels and writes:
                _hold(deck, writes)
                for reel in deck.reels.values():
                    reel.files = _files(reel, writes)
                self._tell_deck(deck)

    def remove(self, slug: str) -> None:
        """Take a deck away."""
        with self._lock:
            if self.decks.pop(slug, None):
                self.tell("gone", slug, {"slug": slug})

    def take(self, prepared: Prepared, *, again: bool = True) -> int:
        """Take what a content file is to become; return which reading of it that is.

        `again`: it is about to be built; else it is only described.
        """
        with self._lock:
            deck = self._deck(prepared.source.slug, prepared.source.path)
            deck.turn += again
            kept = {key: deck.reels[key] for key in prepared.failed if key in deck.reels}
            reels = {
                one.folder: deck.reels.get(one.folder, Reel(one.folder))
                for one in prepared.carousels
            }
            for one in prepared.carousels:
                reels[one.folder].carousel = one
                deck.title = _plain(one.title)
            deck.reels = {**reels, **kept}
            self._tell_deck(deck)
            return deck.turn

    def call(self, slug: str, title: str) -> None:
        """Take the title of a deck of which nothing else can be said."""
        with self._lock:
            if deck := self.decks.get(slug):
                deck.title = _plain(title)
                self._tell_deck(deck)

    def proved(self, slug: str, key: str, turn: int, proof: Proof) -> None:
        """Take the pictures of a carousel's slides, which come before its files."""
        with self._lock:
            deck = self.decks.get(slug)
            reel = deck.reels.get(key) if deck else None
            if not deck or not reel or not proof.frames or turn < reel.made:
                return
            before = [frame.digest for frame in reel.frames]
            after = [frame.digest for frame in proof.frames]
            if before != after:  # else it was only written better
                drawn = bool(before) and turn > reel.made
                fresh = (n for n, one in enumerate(after, 1) if one not in before)
                reel.changed = tuple(fresh) if drawn else ()
            reel.frames = tuple(replace(frame, picture=b"") for frame in proof.frames)
            reel.made, reel.proved = turn, True
            self._tell_reel(deck, reel)

    def settle(self, outcome: Outcome, writes: Mapping[str, list[int]]) -> None:
        """Take what came of a content file, and the files that it has now."""
        with self._lock:
            if outcome.draft:
                self.remove(outcome.slug)
                return
            deck = self._deck(outcome.slug, outcome.path)
            if outcome.fresh and any(one.written < deck.turn for one in deck.reels.values()):
                deck.turn += 1  # what was read last was never written: all is as it was before
            deck.problems = outcome.problems
            deck.state = "failed" if outcome.failed else "ready"
            _hold(deck, writes)
            for reel in deck.reels.values():
                self._wrote(deck, reel, outcome, writes)
            if not deck.reels:
                self._tell_reel(deck, Reel(deck.slug))
            self._tell_deck(deck)

    def _wrote(
        self, deck: Deck, reel: Reel, outcome: Outcome, writes: Mapping[str, list[int]]
    ) -> None:
        was, reel.files = reel.files, _files(reel, writes)
        if not outcome.failed:
            reel.written = deck.turn
            if reel.key not in self._open and not reel.sharp:
                reel.frames, reel.changed, reel.made, reel.proved = (), (), reel.written, False
        if reel.key in self._open or was != reel.files:
            self._tell_reel(deck, reel)

    def notice(self, problems: Iterable[Problem]) -> None:
        """Take what is wrong with no single deck."""
        with self._lock:
            if (found := tuple(problems)) != self.problems:
                self.problems = found
                self.tell("notices", "", {"problems": telling.problems(found)})

    def opened(self, key: str) -> tuple[Deck, Reel] | None:
        """Return a carousel that somebody looks at, so that it is drawn at once from now on.

        A deck of which nothing is known yet, or could be built, is looked at all the same.
        """
        with self._lock:
            found = [(deck, deck.reels[key]) for deck in self.decks.values() if key in deck.reels]
            if not found:
                found = [
                    (deck, Reel(key))
                    for deck in self.decks.values()
                    if key == deck.slug or (not deck.reels and key.startswith(f"{deck.slug}/"))
                ][:1]
            if found:
                self._open[key] = None
                self._open.move_to_end(key)
            while len(self._open) > MOST_OPEN:
                self._open.popitem(last=False)
            return found[0] if found else None

    def looked_at(self, key: str) -> bool:
        """Return whether somebody looks at a carousel."""
        return key in self._open

    def known(self, key: str) -> frozenset[str]:
        """Return the hashes of a carousel's pictures that are shown already."""
        with self._lock:
            reels = (deck.reels.get(key) for deck in self.decks.values())
            return frozenset(one.digest for reel in reels if reel for one in reel.frames)

    def counted(self, reel: Reel, count: int) -> None:
        """Take how many slides a carousel's files show, where nothing better is known of them."""
        with self._lock:
            if reel.frames:
                return
            names = [self._frame(reel, number) for number in range(1, count + 1)]
            slides = reel.carousel.slides if reel.carousel else ()
            if len(slides) == count:  # no post was continued on another slide
                frames = [framed(slide, b"") for slide in slides]
                named = zip(frames, names, strict=True)
                reel.frames = tuple(replace(frame, digest=name) for frame, name in named)
            else:
                reel.frames = tuple(map(Frame, names))
            reel.made = reel.written

    def origin(self, digest: str) -> tuple[Negative, int] | None:
        """Return the file, and the number of the slide in it, that a picture can be drawn from."""
        with self._lock:
            if digest in self._names:
                named, page, was = self._names[digest]
                return (named, page) if stamp(named.file) == was else None
            for deck in self.decks.values():
                for reel in deck.reels.values():
                    for number, frame in enumerate(reel.frames, 1):
                        negative = reel.negative(self.root, number)
                        if frame.digest == digest and reel.sharp and negative:
                            return negative, _within(negative, number)
        return None

    def file(self, name: str) -> Path | None:
        """Return where a file lies that was built."""
        with self._lock:
            there = any(
                name in reel.files for deck in self.decks.values() for reel in deck.reels.values()
            )
        return self.root / name if there else None

    def as_told(self) -> dict[str, Any]:
        """Return all decks for the page."""
        with self._lock:
            decks = [self._told(deck) for deck in self.decks.values()]
            return {"decks": decks, "problems": telling.problems(self.problems)}

    def reel_as_told(self, deck: Deck, reel: Reel) -> dict[str, Any]:
        """Return a carousel for the page."""
        with self._lock:
            return telling.reel(deck, reel)

    def _deck(self, slug: str, path: str) -> Deck:
        return self.decks.setdefault(slug, Deck(slug, path))

    def _told(self, deck: Deck) -> dict[str, Any]:
        first = next(iter(deck.reels.values()), None)
        shown = self._shown(first) if first else ()
        return telling.deck(deck, shown[0] if shown else "")

    def _shown(self, reel: Reel) -> tuple[str, ...]:
        """Return the hashes of a carousel's slides, at least that of its first."""
        if reel.frames:
            return tuple(frame.digest for frame in reel.frames)
        first = self._frame(reel, 1)
        return (first,) if first else ()

    def _frame(self, reel: Reel, number: int) -> str:
        """Return a name for what a file shows, which changes when the file does."""
        negative = reel.negative(self.root, number)
        was = stamp(negative.file) if negative else None
        if negative is None or was is None:
            return ""
        told = f"{negative.file} {was} {number}"
        name = hashlib.blake2b(told.encode(), digest_size=12).hexdigest()
        self._names[name] = negative, _within(negative, number), was
        self._names.move_to_end(name)
        while len(self._names) > MOST_NAMES:
            self._names.popitem(last=False)
        return name

    def _tell_deck(self, deck: Deck) -> None:
        self.tell("deck", deck.slug, self._told(deck))

    def _tell_reel(self, deck: Deck, reel: Reel) -> None:
        if reel.key in self._open:
            self.tell("reel", reel.key, telling.reel(deck, reel))


def _hold(deck: Deck, writes: Mapping[str, list[int]]) -> None:
    """Let a deck have a reel for each folder that it has files in."""
    for name in writes:
        key = name.rpartition("/")[0]
        if not any(name.startswith(f"{one}/") for one in deck.reels):
            deck.reels[key] = Reel(key)


def _files(reel: Reel, writes: Mapping[str, list[int]]) -> dict[str, int]:
    """Return a reel's files with their sizes."""
    own = f"{reel.key}/"
    return {name: (size or [0])[0] for name, size in writes.items() if name.startswith(own)}


def _plain(title: str) -> str:
    """Return the words of a title without their markup."""
    return "".join(span.plain() for span in content.inline(title))


def _within(negative: Negative, number: int) -> int:
    """Return which page of a file a slide is: the picture of a slide has one."""
    return number if negative.file.endswith(".pdf") else 1
