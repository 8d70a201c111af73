"""What output/ holds of each content file: what is no longer wanted goes, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator import disk
from generator.build.journal import Journal
from generator.build.manifest import Entry, Manifest
from generator.build.stamps import written
from generator.model import Artifact


@dataclass(slots=True)
class Outputs:
    """The output folder and the manifest, which knows what was written there for which file."""

    root: Path
    manifest: Manifest
    journal: Journal

    def recover(self) -> None:
        """Take over what a build that was ended by force left behind: it belongs to its files."""
        for slug, path, writes in (planned := tuple(self.journal.left())):
            entry = self.manifest.entries.setdefault(slug, Entry(path, "", {}, [], {}))
            entry.order = ""
            entry.writes = {name: [] for name in writes} | entry.writes
        if planned and self.root.is_dir():
            disk.sweep_stale(self.root)

    def publish(
        self, slug: str, path: str, artifacts: Iterable[Artifact], kept: Iterable[str] = ()
    ) -> tuple[tuple[Path, ...], dict[str, list[int]]]:
        """Write a content file's artifacts whole, and remove what it no longer gives.

        Below the folders in `kept` all that was there stays too. Returns the paths whose bytes
        changed, and all that the file has now with size and mtime.
        """
        made = tuple(artifacts)
        self.journal.plan(slug, path, (artifact.path for artifact in made))
        changed = disk.publish(self.root, made)
        before = self._before(slug)
        last = {path for path in before if path.startswith(tuple(f"{name}/" for name in kept))}
        wanted = {artifact.path for artifact in made} | last
        if before - wanted:
            self._remove(before - wanted - self._others(slug))
        there = (path for path in sorted(wanted) if (self.root / path).is_file())
        return changed, {path: written(self.root / path) for path in there}

    def forget(self, known: Iterable[str]) -> tuple[str, ...]:
        """Remove the output of content files that are no more; return their slugs."""
        gone = tuple(sorted(set(self.manifest.entries) - set(known)))
        before = [path for slug in gone for path in self._before(slug)]
        for slug in gone:
            del self.manifest.entries[slug]
        if before:
            kept = {path for entry in self.manifest.entries.values() for path in entry.writes}
            self._remove(set(before) - kept)
        return gone

    def _before(self, slug: str) -> set[str]:
        entry = self.manifest.entries.get(slug)
        return {path for path in entry.writes if isinstance(path, str)} if entry else set()

    def _others(self, slug: str) -> set[str]:
        """Return what other files gave that lies where this one's output may lie."""
        near = f"{slug}/"
        return {
            path
            for other, entry in self.manifest.entries.items()
            if other != slug and (other.startswith(near) or slug.startswith(f"{other}/"))
            for path in entry.writes
        }

    def _remove(self, paths: Iterable[str]) -> None:
        for path in sorted(paths):
            if (self.root / path).resolve().is_relative_to(self.root.resolve()):
                disk.remove(self.root / path, self.root)
