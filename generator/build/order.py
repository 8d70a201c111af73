"""What a build is asked for."""

from dataclasses import dataclass, field
from pathlib import Path

from generator import disk
from generator.build.project import Project
from generator.build.shards import Shard
from generator.model import Document


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: which files, with which settings, where to.

    `order` is a fingerprint of how it is asked for: with another one all is built anew. With a
    `shard`, what belongs to others is left alone.
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

    @property
    def root(self) -> Path:
        """Return the folder that the tree of files goes to."""
        return self.output or self.project.root / "output"

    @property
    def cache(self) -> Path | None:
        """Return the project's cache folder; what goes elsewhere than output/ leaves no record."""
        return None if self.single or self.output else disk.cache_dir(self.project.root)
