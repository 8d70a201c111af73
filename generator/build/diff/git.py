"""A git repository, asked through its plumbing: nothing in it, or in its working tree, is changed.

The only place that starts git. What a user named as a revision is never an option of it, hooks and
filters do not run, and nothing is fetched: a revision that is not here is told to be missing.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.errors import (
    GeneratorError,
    SurroundingsError,
    UsageError,
    choices,
    error,
)

QUIET = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # what git before 2.45 has in its place
}
"""How git is asked: in English, without a lock, a question or a look into the network."""
FEW_BYTES = 32_000_000
"""Blobs are read in groups of about so many bytes: a repo of pictures may hold gigabytes."""
FILE, LINK, SUBMODULE = "100", "120000", "160000"
"""What the modes of files, links and submodules begin with."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a revision: its mode in octal, its object, its size in bytes."""

    mode: str
    object: str
    size: int


@dataclass(frozen=True, slots=True)
class Git:
    """The repository around a project; `prefix` is where the project lies in it, `` for its top."""

    folder: Path
    top: Path = field(init=False)
    prefix: str = field(init=False)

    def __post_init__(self) -> None:
        """Find the repository, or say why there is none to ask."""
        if shutil.which("git") is None:
            hint = "install git; `diff` reads earlier states with it"
            raise SurroundingsError(
                error("git-missing", "there is no git on this machine", None, hint)
            )
        asked = self._run("rev-parse", "--show-toplevel", "--show-prefix")
        if asked.returncode:
            raise self._refused(asked.stderr.decode(errors="replace"))
        top, prefix = asked.stdout.decode(errors="surrogateescape").split("\n")[:2]
        object.__setattr__(self, "top", Path(top))
        object.__setattr__(self, "prefix", prefix)

    def ask(self, *arguments: str, given: bytes = b"") -> bytes:
        """Return what git answers; its refusal is told in its own words."""
        asked = self._run(*arguments, given=given)
        if asked.returncode:
            raise self._refused(asked.stderr.decode(errors="replace"))
        return asked.stdout

    def knows(self, name: str) -> str:
        """Return the object that a name of ours stands for, or nothing."""
        asked = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", name)
        return asked.stdout.decode().strip() if not asked.returncode else ""

    def commit(self, revision: str) -> str:
        """Return the commit that a user's revision stands for, or tell that there is none."""
        odd = revision.startswith("-") or "\0" in revision
        found = "" if odd or not revision else self.knows(f"{revision}^{{commit}}")
        if found:
            return found
        raise UsageError(
            error(
                "revision-unknown",
                f"git knows no revision `{revision}`",
                None,
                self._near(revision),
            )
        )

    def base(self, one: str, other: str) -> str:
        """Return the commit at which two parted."""
        asked = self._run("merge-base", one, other)
        if asked.returncode:
            message = f"`{one[:12]}` and `{other[:12]}` have no commit in common"
            raise UsageError(error("revision-unknown", message, None, self._shallow()))
        return asked.stdout.decode().strip()

    def tree(self, commit: str) -> str:
        """Return the tree of the project's folder in a commit; nothing if it was not there."""
        return self.knows(f"{commit}:{self.prefix}".rstrip("/"))

    def entries(self, tree: str) -> Mapping[str, Entry]:
        """Return all files of a tree by path."""
        found = {}
        for line in self.ask("ls-tree", "-r", "-z", "-l", "--full-tree", tree).split(b"\0"):
            if line:
                about, _, path = line.partition(b"\t")
                mode, _, name, size = about.decode().split()
                found[os.fsdecode(path)] = Entry(mode, name, int(size) if size.isdigit() else 0)
        return found

    def blobs(self, wanted: Iterable[Entry]) -> Iterator[tuple[str, bytes]]:
        """Yield objects with their bytes."""
        group: list[Entry] = []
        for entry in wanted:
            group.append(entry)
            if sum(one.size for one in group) > FEW_BYTES:
                yield from self._read(group)
                group = []
        yield from self._read(group)

    def _read(self, group: list[Entry]) -> Iterator[tuple[str, bytes]]:
        names = "".join(f"{one.object}\n" for one in group).encode()
        answer = self.ask("cat-file", "--batch", given=names) if group else b""
        at = 0
        for one in group:
            end = answer.index(b"\n", at)
            head = answer[at:end].split()
            if head[1:2] == [b"missing"]:
                hint = "a partial clone? `git fetch --refetch` brings all objects"
                raise GeneratorError(
                    error("revision-incomplete", f"git has no object {one.object}", None, hint)
                )
            size = int(head[2])
            yield one.object, answer[end + 1 : end + 1 + size]
            at = end + size + 2

    def changed(self, before: str, after: str = "") -> Iterator[tuple[str, str, str]]:
        """Yield what differs between two trees, or a tree and the working tree.

        Each is a status letter, the path before and the path after, below the project's folder.
        """
        options = ("-z", "-M", "--name-status", "--no-ext-diff", "--no-textconv", "--relative")
        parts = self.ask("diff", *options, before, *([after] if after else []), "--").split(b"\0")
        at = iter(os.fsdecode(part) for part in parts)
        for status in at:
            if status:
                path = next(at)
                yield status[0], path, next(at) if status[0] in "RC" else path

    def untracked(self, *folders: str) -> Iterator[str]:
        """Yield what is in the working tree and not in git; in these folders also if ignored."""
        asked = ("ls-files", "--others", "-z")
        for answer in (
            self.ask(*asked, "--exclude-standard"),
            self.ask(*asked, "--", *folders) if folders else b"",
        ):
            yield from (os.fsdecode(path) for path in answer.split(b"\0") if path)

    def common(self) -> Path:
        """Return the folder of the repository itself."""
        return self.folder / self.ask("rev-parse", "--git-common-dir").decode().strip()

    def names(self) -> tuple[str, ...]:
        """Return the names of branches and tags."""
        kinds = "refs/heads", "refs/tags", "refs/remotes"
        asked = self._run("for-each-ref", "--format=%(refname:short)", *kinds)
        return tuple(asked.stdout.decode(errors="replace").split())

    def _near(self, revision: str) -> str:
        names = self.names()
        if not names:
            return "there is no commit yet: `git commit` makes the first"
        return self._shallow() or choices(revision, names)

    def _shallow(self) -> str:
        asked = self._run("rev-parse", "--is-shallow-repository")
        if asked.stdout.strip() != b"true":
            return ""
        return "this clone is shallow: `git fetch --unshallow` brings what came before"

    def _refused(self, said: str) -> GeneratorError:
        if "not a git repository" in said:
            init = "`git init` makes one, and the first commit is what `diff` compares with"
            message = f"`{self.folder}` lies in no git repository"
            return UsageError(error("git-repo-missing", message, None, init))
        lines = said.strip().splitlines() or ["it said nothing"]
        hint = next((line.strip() for line in lines[1:] if line.strip().startswith("git ")), None)
        return SurroundingsError(error("git-failed", f"git refused: {lines[0]}", None, hint))

    def _run(self, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(  # noqa: S603 (arguments of ours, revisions behind --end-of-options)
            ["git", "-c", "core.quotePath=false", "-c", "core.fsmonitor=false", *arguments],  # noqa: S607 (the user's own git)
            cwd=self.folder,
            env={**os.environ, **QUIET},
            input=given,
            capture_output=True,
            check=False,
        )
