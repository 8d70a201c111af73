"""The looks that content files wear: read once for all, and anew when one of them changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator.build.project import Project
from generator.build.stamps import Stamp, now, recent
from generator.library import Library


@dataclass(slots=True)
class Looks:
    """The looks of a project, read `since` a time; `seen` is what changed after it."""

    project: Project
    library: Library = field(init=False)
    since: int = field(init=False)
    seen: dict[str, Stamp] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Open the library."""
        self.renew()

    def renew(self) -> None:
        """Read looks anew from now on."""
        self.library = self.project.library()
        self.since = now()
        self.seen.clear()

    def changed(self, files: Iterable[str]) -> Mapping[str, Stamp]:
        """Return the stamps of what changed since looks were read, before any of `files` is read.

        A look that has changed since may have been read before it did: then all are read anew.
        """
        new = recent({*files}, self.since)
        looks = {name: was for name, was in new.items() if not name.endswith(".md")}
        if self.library.used and any(self.seen.get(name) != was for name, was in looks.items()):
            self.renew()
            return self.changed(files)
        self.seen = {**looks, **self.seen}
        return {**new, **self.seen}
