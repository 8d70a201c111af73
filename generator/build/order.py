"""What a build is asked for."""

from dataclasses import dataclass, field
from pathlib import Path

from generator import disk
from generator.build.manifest import CHECKS, NAME
from generator.build.project import Project
from generator.build.shards import Shard
from generator.model import Document


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: which files, with which settings, where to.

    `order` is a fingerprint of how it is asked for: with another one all is built anew. With a
    `shard`, what belongs to others is left alone. With `checks` nothing is written: it is looked
    for what is wrong, which has a record of its own.
    """

    project: Project
    paths: tuple[Path, ...] = ()
    command: Document = field(default_factory=lambda: Document({}, {}, "command line"))
    output: Path | None = None
    single: Path | None = None
    drafts: bool = False
    force: bool = False
    order: str = ""
    shard: Shard | None = None
    checks: bool = False

    @property
    def root(self) -> Path:
        """Return the folder that the tree of files goes to."""
        return self.output or self.project.root / "output"

    @property
    def record(self) -> str:
        """Return the name of the manifest in the cache folder."""
        return CHECKS if self.checks else NAME

    @property
    def journal(self) -> Path | None:
        """Return where it is written down what is about to be written, if anything is."""
        return None if self.checks else self.cache

    @property
    def cache(self) -> Path | None:
        """Return the project's cache folder; what goes elsewhere than output/ leaves no record."""
        return None if self.single or self.output else disk.cache_dir(self.project.root)
