"""Where imported threads go, and what their files are called."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path

from generator import intake
from generator.cli import _project
from generator.errors import Location, Problem, info
from generator.importers import Imported, restructure

_PICTURE = re.compile(r"!\[(?:[^\]\\]|\\.)*\]\([^()]*\)")
_LINK = re.compile(r"\[((?:[^\]\\]|\\.)*)\]\([^()]*\)")
HOOK_WORDS = 7
"""Words of the first post that name a thread which has no other name."""


@dataclass
class Places:
    """What the command line says of places; `known` are content files by folder, `taken` ours.

    With `update` a thread goes where it was imported into before, whatever that is called.
    """

    project: Path | None
    slug: str | None
    output: str | None
    into: str | None
    update: bool
    known: dict[Path, dict[str, Path]] = field(default_factory=dict)
    taken: set[Path] = field(default_factory=set)

    def path(self, imported: Imported, stem: str) -> Path:
        """Return the file for a thread that came out of a file called `stem`."""
        name = self.slug or _named(stem, imported)
        path = self._below(name)
        if self.update and not self.slug:
            path = self._before(imported, path, name)
        if path in self.taken:
            path = self._below(f"{name}-{imported.id}")
        self.taken.add(path)
        return intake.bundled(imported, path)

    def told(self, imported: Imported, path: Path) -> Iterator[Problem]:
        """Yield the note that a thread lies elsewhere already, from an import before."""
        own = intake.identity(imported.source)
        there = self._sources.get(own) if own else None
        if there and there != path and not (self.update or path.exists()):
            said = f"this thread was imported before, into {intake.shown(there)}"
            hint = "--update merges it with that file"
            yield info("imported-before", said, Location(intake.shown(path)), hint)

    def _before(self, imported: Imported, path: Path, name: str) -> Path:
        """Return the file that a thread was imported into; none that came of another source."""
        own = intake.identity(imported.source)
        if own and own in self._sources:
            return self._sources[own]
        other = next((one for one, file in self._sources.items() if file == path), own)
        return path if other == own else self._below(f"{name}-{imported.id}")

    @cached_property
    def _sources(self) -> dict[intake.Identity, Path]:
        """Return the content files there are by what they were imported from."""
        return intake.sources(chain.from_iterable(map(dict.values, self.known.values())))

    def _below(self, name: str) -> Path:
        """Return where a name goes: -o, --into, the project's content/, or this folder."""
        here = Path.cwd()
        if self.output is not None:
            target = Path(self.output)
            return target if target.suffix == ".md" else self._placed(target, name)
        if self.into is not None:
            return self._placed(Path(self.into), name)
        project = self.project or _project.nearest(here) or here
        if self.project or _project.is_project(project):
            return self._placed(project / "content", name)
        return self._placed(here, name)

    def _placed(self, root: Path, name: str) -> Path:
        """Return the file for a name; the folder is looked through once, however many threads."""
        if root not in self.known:
            self.known[root] = intake.files(root)
        return intake.place(root, name, self.known[root])


def _named(stem: str, imported: Imported) -> str:
    """Return a name for a thread: its title, its file's name, or how it begins."""
    first = _LINK.sub(r"\1", _PICTURE.sub("", imported.posts[0].markdown))
    begins = " ".join(restructure.words(first)[:HOOK_WORDS])
    return next(filter(None, map(intake.slug, (imported.title, stem, begins))), "thread")
