"""A repo built on several machines: which of them builds what, and what they built joined."""

import ast
import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator import disk
from generator.build import manifest as records
from generator.build import stamps
from generator.build.index import Index, page
from generator.build.journal import Journal
from generator.build.manifest import Entry, Manifest
from generator.build.outputs import Outputs
from generator.build.project import OUTPUT, Project, find_sources
from generator.errors import GeneratorError, Location, Problem, UsageError, error, warning
from generator.fetch import Door
from generator.library import builtin_root
from generator.model import Artifact

FILE = "shard.json"
"""In the cache folder, beside the manifest: which shard was built here, by what, where."""
VERSION = "1"
CACHE = ".threadpress"
MOST_BYTES = 1_000_000_000
"""Of an output file: there is none of that size; a pipe or device is refused in any case."""
FACTOR = 2862933555777941757
"""Of the random numbers that the jump hash draws (Lamping and Veach 2014, arXiv 1406.2294)."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One of `of` equal parts of a repo, counted from 1."""

    number: int
    of: int

    def __str__(self) -> str:
        """Return it as it is written: `2/4`."""
        return f"{self.number}/{self.of}"

    def owns(self, slug: str) -> bool:
        """Return whether a content file belongs to this shard.

        That is decided by its slug alone: a new file moves no other, and with one shard more only
        those files move that the new one gets.
        """
        return _bucket(slug, self.of) == self.number - 1

    def share(self, found: Mapping[Path, str]) -> dict[Path, str]:
        """Return the content files of this shard."""
        return {path: slug for path, slug in found.items() if self.owns(slug)}


def shard(text: str) -> Shard:
    """Return the shard that a text like `2/4` names."""
    written = re.fullmatch(r"([1-9]\d{0,3})/([1-9]\d{0,3})", text)
    if not written or int(written[1]) > int(written[2]):
        hint = "write it as 2/4: the second of four"
        raise UsageError(error("shard-unknown", f"`{text}` is no shard", None, hint))
    return Shard(int(written[1]), int(written[2]))


def _bucket(slug: str, count: int) -> int:
    """Return which of `count` buckets a slug falls into, by the jump hash."""
    seed = int.from_bytes(hashlib.sha256(slug.encode()).digest()[:8], "big")
    bucket, jump = -1, 0
    while jump < count:
        bucket = jump
        seed = (seed * FACTOR + 1) % 2**64
        jump = int((bucket + 1) * (2**31 / ((seed >> 33) + 1)))
    return bucket


def leave(project: Project, shard: Shard, asked: object) -> None:
    """Note beside the manifest which shard was built, so that it can be merged."""
    folder = disk.cache_dir(project.root)
    if folder is None:
        return
    content = {
        "shard": str(shard),
        "asked": repr(asked),
        "program": _program(),
        "roots": [str(project.root), str(builtin_root())],
    }
    disk.write(folder / FILE, json.dumps({VERSION: content}).encode())


def _program() -> str:
    """Return the program and what it uses as a hash that is the same on another machine."""
    package = Path(__file__).resolve().parent.parent
    code = [
        (path.relative_to(package).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest())
        for path in sorted(package.rglob("*.py"))
    ]
    used = sorted(
        entry.name
        for path in sys.path
        if path.endswith("site-packages") and Path(path).is_dir()
        for entry in os.scandir(path)
        if entry.name.endswith(".dist-info")
    )
    stock = os.environ.get("THREADPRESS_STOCK", "")
    return hashlib.sha256(repr((code, used, sys.version_info[:3], stock)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Part:
    """What a machine left: its project's folder, the shard it built, and its manifest."""

    folder: Path
    shard: Shard
    asked: str
    program: str
    roots: tuple[str, str]
    manifest: Manifest

    def moved(self, path: str, roots: tuple[str, str]) -> str:
        """Return a path of that machine as it is on this one."""
        pairs = sorted(zip(self.roots, roots, strict=True), key=lambda pair: -len(pair[0]))
        for old, new in pairs:
            if path == old or path.startswith(old + os.sep):
                return new + path[len(old) :]
        return path

    def artifacts(self, entry: Entry) -> Iterator[Artifact]:
        """Yield what was built of a content file there; raise if it is not there."""
        door = Door((("shard", self.folder / OUTPUT),))
        for path in entry.writes:
            place = Location(f"{self.folder}/{OUTPUT}/{path}")
            yield Artifact(path, door.read_file(self.folder / OUTPUT / path, MOST_BYTES, place))


def part(folder: Path) -> Part:
    """Return what `build --shard` left in a project's folder."""
    cache = folder / CACHE
    try:
        content: dict[str, Any] = json.loads((cache / FILE).read_bytes())[VERSION]
        project, builtin = map(str, content["roots"])
        asked, program = str(content["asked"]), str(content["program"])
        which = shard(str(content["shard"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, UsageError):
        message = f"`{folder}` holds no shard: there is no `{CACHE}/{FILE}` that can be read"
        hint = "give the folders of projects that `build --shard` built: output/ and .threadpress/"
        place = Location(str(folder))
        raise GeneratorError(error("shard-unreadable", message, place, hint)) from None
    manifest = records.load(cache, Path(project))
    return Part(folder, which, asked, program, (project, builtin), manifest)


@dataclass(slots=True)
class Merged:
    """What a merge gave: how many content files, which are still to be built, what was told."""

    slugs: list[str] = field(default_factory=list)
    unbuilt: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def merge(project: Project, folders: Sequence[Path], output: Path | None = None) -> Merged:
    """Join what shards built in this project, all or nothing; or only their files, in `output`.

    Afterwards a build of the same sources, asked for in the same way, has nothing to do.
    """
    parts = [part(folder) for folder in folders]
    if wrong := [*_mismatches(parts), *_conflicts(parts)]:
        raise GeneratorError(*wrong)
    merged = Merged()
    ours = _program()
    merged.problems += [_foreign(one) for one in parts if one.program != ours]
    entries = [(one, slug, entry) for one in parts for slug, entry in _built(one)]
    merged.problems += [told for _, _, entry in entries for told in records.recalled(entry)]
    merged.slugs = sorted({slug for _, slug, _ in entries})
    if output is not None:
        for one, _, entry in entries:
            disk.publish(output, one.artifacts(entry))
        whole = Manifest(project.root, {slug: entry for _, slug, entry in entries})
        merged.problems += _show(output, whole)
        return merged
    _join(project, entries, ours, merged)
    return merged


def _join(
    project: Project, entries: Sequence[tuple[Part, str, Entry]], ours: str, merged: Merged
) -> None:
    """Write the output of shards into a project, and its manifest."""
    cache = disk.cache_dir(project.root)
    manifest = records.load(cache, project.root)
    outputs = Outputs(project.root / OUTPUT, manifest, Journal(cache))
    roots = (str(project.root), str(builtin_root()))
    asked = entries[0][0].asked if entries else "()"
    order = records.fingerprint(ast.literal_eval(asked))
    stamped = _stamps({one.folder: one for one, _, _ in entries}.values(), roots)
    for one, slug, entry in entries:
        _, writes = outputs.publish(slug, entry.path, one.artifacts(entry))
        known = order if entry.order and one.program == ours else ""
        manifest.note(slug, _moved(one, entry, roots, known, writes), stamped)
    found, _ = find_sources(project, ())
    outputs.forget({*merged.slugs, *found.values()})
    merged.unbuilt = [
        slug
        for path, slug in found.items()
        if not manifest.fresh(slug, project.shown(path), order, project.root / OUTPUT)
    ]
    merged.problems += _show(project.root / OUTPUT, manifest)
    manifest.look_at(None if merged.unbuilt else project.content)
    if cache is not None:
        disk.write(cache / records.NAME, manifest.dump(stamps.now()))
    outputs.journal.done()


def _show(output: Path, manifest: Manifest) -> tuple[Problem, ...]:
    """Write the page of all that is in an output folder now, unless it is as it was."""
    index = Index(output, manifest)
    cards = index.wanted()
    return () if cards is None else index.publish(page(cards))


def _moved(
    one: Part, entry: Entry, roots: tuple[str, str], order: str, writes: dict[str, list[int]]
) -> Entry:
    """Return the entry of another machine as this one would have made it."""
    reads = {**entry.reads, **entry.looks.reads}
    return Entry(
        entry.path,
        order,
        {one.moved(path, roots): was for path, was in sorted(reads.items())},
        [one.moved(path, roots) for path in sorted((*entry.misses, *entry.looks.misses))],
        writes,
        entry.told,
        entry.pages,
        entry.draft,
    )


def _stamps(parts: Iterable[Part], roots: tuple[str, str]) -> dict[str, stamps.Stamp]:
    """Return the stamps, on this machine, of the files that are here as they were there."""
    found: dict[str, stamps.Stamp] = {}
    for one in parts:
        for path, was in one.manifest.stamps.items():
            here = one.moved(path, roots)
            now = stamps.stamp(here)
            if here not in found and now is not None and stamps.digest(here) == was[4]:
                found[here] = [*now, was[4]]
    return found


def _built(one: Part) -> list[tuple[str, Entry]]:
    """Return the entries of what belongs to a shard: its folder may know of more."""
    return [(slug, entry) for slug, entry in one.manifest.entries.items() if one.shard.owns(slug)]


def _mismatches(parts: Sequence[Part]) -> Iterator[Problem]:
    """Yield what keeps these shards from being one whole."""
    for one in parts[1:]:
        if (one.shard.of, one.asked) != (parts[0].shard.of, parts[0].asked):
            message = (
                f"`{one.folder}` is shard {one.shard} of another build than `{parts[0].folder}`"
            )
            hint = "all shards have to be built with the same options"
            yield error("shard-mismatch", message, Location(str(one.folder)), hint)
            return
    count = parts[0].shard.of if parts else 0
    missing = sorted(set(range(1, count + 1)) - {one.shard.number for one in parts})
    if missing:
        names = ", ".join(f"{number}/{count}" for number in missing)
        said = f"shard {names} is" if len(missing) == 1 else f"shards {names} are"
        yield error("shard-missing", f"{said} not among these folders: a merge wants all of them")


def _conflicts(parts: Sequence[Part]) -> Iterator[Problem]:
    """Yield each output file that two folders have with different bytes."""
    seen: dict[str, tuple[Part, str]] = {}
    for one in parts:
        for _, entry in _built(one):
            for artifact in one.artifacts(entry):
                digest = hashlib.sha256(artifact.content).hexdigest()
                first, was = seen.setdefault(artifact.path, (one, digest))
                if was != digest:
                    message = f"`{artifact.path}` is one file in `{first.folder}`, another here"
                    place = Location(str(one.folder))
                    hint = "the two were built from different sources: build both shards again"
                    yield error("output-conflict", message, place, hint)


def _foreign(one: Part) -> Problem:
    message = f"shard {one.shard} was built by another version of the program, or of what it uses"
    hint = "its files are taken as they are; the next build makes them again"
    return warning("shard-foreign", message, Location(str(one.folder)), hint)
