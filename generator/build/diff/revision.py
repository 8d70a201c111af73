"""A revision's files below .threadpress/revisions: an earlier state, beside the user's own.

Files that are there already with the right bytes stay. The least recently used states go.
"""

import hashlib
import os
import posixpath
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator import disk
from generator.build.diff.git import FEW_BYTES, FILE, LINK, SUBMODULE, Entry, Git
from generator.errors import GeneratorError, Location, Problem, error, warning
from generator.model import Artifact

FOLDER = "revisions"
KEPT = 4
"""States that are kept: both sides of the last two comparisons."""
NOT_READ = ("output/", ".threadpress/")
"""What no build reads."""
POINTER = b"version https://git-lfs.github.com/spec/v1\n"
"""What a file that Git LFS keeps elsewhere begins with (git-lfs, docs/spec.md)."""
MOST_POINTER = 1024
GROUP = 200
"""Files that are written at once."""
ODD = re.compile(r"[\\\0:]")


@dataclass(slots=True)
class Revision:
    """The files of one tree of `git`, as they are put below `folder`."""

    git: Git
    tree: str
    folder: Path
    label: str
    problems: list[Problem] = field(default_factory=list)
    submodules: list[str] = field(default_factory=list)

    def write(self) -> None:
        """Put all files in place, and remove what does not belong there."""
        wanted = self._wanted(self.git.entries(self.tree)) if self.tree else {}
        _demand_own(self.folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        missing = {path: one for path, one in wanted.items() if not _holds(self.folder / path, one)}
        for files in self._files(missing):
            disk.publish(self.folder, files, lasting=False)
        others = [self.folder / path for path in self.submodules]
        kept = {self.folder / path for path in wanted}
        kept |= {file for base in others for file in base.rglob("*")}
        disk.sweep(self.folder, kept)
        os.utime(self.folder)

    def _files(self, wanted: Mapping[str, Entry]) -> Iterator[list[Artifact]]:
        """Yield the files in groups that fit into memory."""
        paths: dict[str, list[str]] = {}
        for path, one in wanted.items():
            paths.setdefault(one.object, []).append(path)
        files: list[Artifact] = []
        for name, content in self.git.blobs({one.object: one for one in wanted.values()}.values()):
            files += [Artifact(path, self._whole(path, content)) for path in paths[name]]
            if sum(len(file.content) for file in files[-GROUP:]) > FEW_BYTES or len(files) > GROUP:
                yield files
                files = []
        yield files

    def _wanted(self, entries: Mapping[str, Entry]) -> dict[str, Entry]:
        """Return the regular files by path; links inside the tree are files like any other."""
        found: dict[str, Entry] = {}
        for path, one in entries.items():
            if path.startswith(NOT_READ):
                continue
            if _odd(path):
                self._say("revision-path", path, "has a name that no file may have")
            elif one.mode == SUBMODULE:
                self._submodule(path, one.object)
            elif one.mode == LINK:
                found |= dict(self._linked(path, one, entries))
            else:
                found[path] = one
        return found

    def _linked(
        self, path: str, link: Entry, entries: Mapping[str, Entry]
    ) -> Iterator[tuple[str, Entry]]:
        """Yield the file, or the files of the folder, that a link stands for."""
        ((_, target),) = self.git.blobs([link])
        meant = posixpath.normpath(posixpath.join(posixpath.dirname(path), os.fsdecode(target)))
        below = [
            (f"{path}{name.removeprefix(meant)}", one)
            for name, one in entries.items()
            if (name == meant or name.startswith(f"{meant}/")) and one.mode.startswith(FILE)
        ]
        if not below:
            self._say("revision-link", path, "is a link that leads out of what git keeps")
        yield from below

    def _submodule(self, path: str, commit: str) -> None:
        """Put the files of a submodule in place, if its repository is here and has the commit."""
        home = self.git.folder / path
        inner = Git(home) if (home / ".git").exists() else None
        tree = inner.knows(f"{commit}^{{tree}}") if inner else ""
        if not inner or not tree:
            message = f"is a submodule whose commit {commit[:12]} is not here"
            self._say(
                "submodule-missing", path, message, "`git submodule update --init` fetches it"
            )
            return
        self.submodules.append(path)
        below = Revision(inner, tree, self.folder / path, self.label)
        below.write()
        self.problems += below.problems

    def _whole(self, path: str, content: bytes) -> bytes:
        """Return a file's bytes; those that Git LFS keeps, if it has them here."""
        if not (content.startswith(POINTER) and len(content) < MOST_POINTER):
            return content
        named = re.search(rb"^oid sha256:([0-9a-f]{64})$", content, re.MULTILINE)
        name = named[1].decode() if named else ""
        kept = self.git.common() / "lfs" / "objects" / name[:2] / name[2:4] / name
        if name and kept.is_file():
            return kept.read_bytes()
        hint = "`git lfs fetch` brings what an earlier state had"
        self._say("lfs-missing", path, "is kept by Git LFS, and its content is not here", hint)
        return content

    def _say(self, code: str, path: str, what: str, hint: str | None = None) -> None:
        place = Location(f"{self.label}:{path}")
        self.problems.append(warning(code, f"`{path}` {what}", place, hint))


def put(git: Git, tree: str, label: str, cache: Path) -> tuple[Path, list[Problem]]:
    """Return the folder that holds a revision's files, and what is missing of them."""
    base = cache / FOLDER
    revision = Revision(git, tree, base / (tree[:20] or "empty"), label)
    revision.write()
    _forget(base)
    return revision.folder, revision.problems


def _forget(base: Path) -> None:
    """Remove the states that were used least recently."""
    states = [one for one in base.iterdir() if one.is_dir() and not one.is_symlink()]
    for old in sorted(states, key=lambda one: one.stat().st_mtime)[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def _demand_own(folder: Path) -> None:
    """Raise if a folder of the cache is a link: it may have come with a repo."""
    for one in (folder, folder.parent):
        if one.is_symlink():
            message = f"`{one}` is a link"
            hint = "remove it: nothing outside the cache is ever written to"
            raise GeneratorError(error("output-outside", message, None, hint))


def _holds(path: Path, entry: Entry) -> bool:
    """Return whether a file holds what git knows under an object's name."""
    try:
        if path.is_symlink() or path.stat().st_size != entry.size:
            return False
        return blob_name(path.read_bytes(), len(entry.object)) == entry.object
    except OSError:
        return False


def blob_name(content: bytes, digits: int) -> str:
    """Return the name that git gives to a file's bytes: SHA-1 of 40 digits, or SHA-256."""
    made = hashlib.sha1 if digits == 40 else hashlib.sha256  # noqa: PLR2004 (a SHA-1 in hex)
    return made(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _odd(path: str) -> bool:
    parts = path.split("/")
    return any(part in {"", ".", ".."} or part.lower() == ".git" for part in parts) or bool(
        ODD.search(path)
    )
