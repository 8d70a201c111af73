"""What output/ holds of each content file: what is no longer wanted goes, and nothing else."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from generator import disk
from generator.model import Artifact


@dataclass(slots=True)
class Outputs:
    """The ledger of output/: paths by slug. `record` None keeps no ledger (a single file)."""

    root: Path
    record: Path | None
    paths: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Path, cache: Path | None) -> "Outputs":
        """Return the ledger of the output folder `root`; one that can't be read is begun anew."""
        record = cache / "outputs.json" if cache else None
        found: object = None
        if record and record.is_file():
            try:
                found = json.loads(record.read_bytes())
            except ValueError:
                found = None  # a ledger cut off by a crash: what it named stays in place
        good = isinstance(found, dict) and all(isinstance(names, list) for names in found.values())
        return cls(root, record, dict(found) if good and isinstance(found, dict) else {})

    def publish(
        self, slug: str, artifacts: Iterable[Artifact], failed: tuple[str, ...] = ()
    ) -> tuple[Path, ...]:
        """Write a content file's artifacts whole, and remove what it no longer gives.

        Below the folders in `failed` the last good output stays.
        """
        made = tuple(artifacts)
        written = disk.publish(self.root, made)
        before = self.paths.get(slug, ())
        last_good = [
            path for path in before if path.startswith(tuple(f"{name}/" for name in failed))
        ]
        wanted = sorted({*(artifact.path for artifact in made), *last_good})
        self._remove(set(self.paths.get(slug, ())) - set(wanted) - self._others(slug))
        self.paths[slug] = wanted
        return written

    def forget(self, known: Iterable[str]) -> None:
        """Remove the output of content files that are no more."""
        for slug in set(self.paths) - set(known):
            gone = self.paths.pop(slug)
            self._remove(set(gone) - self._others(slug))

    def save(self) -> None:
        """Write the ledger."""
        if self.record:
            disk.write(self.record, json.dumps(self.paths, sort_keys=True).encode())

    def _others(self, slug: str) -> set[str]:
        return {path for other, paths in self.paths.items() if other != slug for path in paths}

    def _remove(self, paths: Iterable[str]) -> None:
        for path in sorted(paths):
            target = self.root / path
            if target.resolve().is_relative_to(self.root.resolve()):
                disk.remove(target, self.root)
