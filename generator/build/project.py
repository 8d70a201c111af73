"""A project: the folder that is built, its settings, its looks, its content files."""

import difflib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from generator import content, frontmatter
from generator.errors import GeneratorError, Location, Problem, UsageError, error
from generator.fetch import Door
from generator.library import BUILT_IN, Library, builtin_root
from generator.model import Document, Source
from generator.settings.resolve import NO_DOCUMENT

FILE = "threadpress.yaml"
CONTENT, OUTPUT = "content", "output"
MOST_BYTES = 256 * 1024
"""reliability.md's cap for a content file."""


@dataclass(frozen=True, slots=True)
class Project:
    """`root` is the only folder of the user's that is read; `given` what it sets for all.

    `digest` is the SHA-256 of its threadpress.yaml as it was read; nothing if there was none.
    """

    root: Path
    given: Document
    looks: tuple[tuple[str, Path], ...]
    digest: str = ""

    def library(self) -> Library:
        """Return a fresh view of the looks: own ones, those of `looks:`, built-in ones."""
        return Library(self.looks)

    def door(self) -> Door:
        """Return the door to the project's files."""
        return Door(self.looks)

    @property
    def content(self) -> Path:
        """Return the folder that slugs begin at."""
        return self.root / CONTENT

    def shown(self, path: Path) -> str:
        """Return a path as the user sees it: relative to where the project begins."""
        return (
            path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)
        )


def open_project(root: Path) -> Project:
    """Return the project at `root`, with or without a threadpress.yaml."""
    root = root.resolve()
    given, digest = NO_DOCUMENT, ""
    if (root / FILE).is_file():
        door = Door((("project", root),))
        text = frontmatter.read_text(door.read_file(root / FILE, MOST_BYTES), FILE)
        digest = door.files[str(root / FILE)]
        given = frontmatter.parse(text, FILE)
    looks = (("project", root), *_vendored(root, given), (BUILT_IN, builtin_root()))
    return Project(root, given, looks, digest)


def _vendored(root: Path, given: Document) -> list[tuple[str, Path]]:
    """Return the folders of `looks:`; they lie inside the project."""
    named = given.values.get("looks") or []
    if not isinstance(named, list):
        raise GeneratorError(
            error("value-type", "`looks` wants a list of folders", given.place("looks"))
        )
    found = []
    for index, name in enumerate(named):
        folder = (root / str(name)).resolve()
        place = given.place("looks", index)
        if not folder.is_relative_to(root):
            raise GeneratorError(
                error("looks-outside", f"`{name}` lies outside the project", place)
            )
        if not folder.is_dir():
            hint = "a git submodule? `git submodule update --init` fetches it"
            raise GeneratorError(
                error("looks-missing", f"there is no folder `{name}`", place, hint)
            )
        found.append((f"looks{index}", folder))
    return found


def sources(project: Project, paths: Iterable[Path]) -> tuple[list[Source], list[Problem]]:
    """Return the content files that paths name, and what is wrong with those that can't be read."""
    found, problems = find_sources(project, paths)
    return _loaded(project, found, problems)


def find_sources(project: Project, paths: Iterable[Path]) -> tuple[dict[Path, str], list[Problem]]:
    """Return content files with their slugs, and what is wrong with their names.

    Without paths these are all of content/; a path is a content file or a folder of them.
    """
    wanted = list(paths)
    found: list[tuple[Path, str]] = []
    problems: list[Problem] = []
    if not wanted:
        found, problems = _discover(project, project.content)
    for path in wanted:
        if path.is_dir():
            base = project.content if _inside(path, project.content) else path.resolve()
            below, wrong = _discover(project, base)
            found += [entry for entry in below if _inside(entry[0], path)]
            problems += wrong
        elif path.exists():
            found.append((path.resolve(), _slug(project, path.resolve())))
        else:
            message, place = f"there is no `{path}`", Location(str(path))
            raise UsageError(error("file-missing", message, place, _near(path)))
    return dict(found), problems


def _near(path: Path) -> str | None:
    """Return a hint that names the file in the same folder that may be meant."""
    there: list[str] = []
    with suppress(OSError):
        there = [one.name for one in path.parent.iterdir()]
    near = difflib.get_close_matches(path.name, there, n=1, cutoff=0.6)
    return f"did you mean `{path.with_name(near[0])}`?" if near else None


def _inside(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def _discover(project: Project, base: Path) -> tuple[list[tuple[Path, str]], list[Problem]]:
    if not base.is_dir():
        hint = "`threadpress new PATH` makes a project; `threadpress build FILE.md` needs none"
        raise UsageError(
            error("content-missing", f"there is no folder `{project.shown(base)}`", None, hint)
        )
    discovery = content.discover(base)
    found = [(each.file.resolve(), each.slug) for each in discovery.found]
    return found, [_relative(project, problem) for problem in discovery.problems]


def _relative(project: Project, problem: Problem) -> Problem:
    place = problem.location
    if not place:
        return problem
    message = problem.message.replace(f"`{project.root.as_posix()}/", "`")
    return replace(
        problem, message=message, location=replace(place, path=project.shown(Path(place.path)))
    )


def _slug(project: Project, path: Path) -> str:
    """Return the slug of a file that was named; a bundle's, outside of content/ too, its folder."""
    alone = path.parent.parent if path.name.lower() == "index.md" else path.parent
    base = project.content if path.is_relative_to(project.content) else alone
    return content.slug_of(path.relative_to(base).as_posix(), project.shown(path))


def _loaded(
    project: Project, found: dict[Path, str], problems: list[Problem]
) -> tuple[list[Source], list[Problem]]:
    loaded = []
    door = project.door()
    for path, slug in found.items():
        try:
            loaded.append(load(project, door, path, slug))
        except GeneratorError as wrong:
            problems += wrong.problems
    return loaded, problems


def load(project: Project, door: Door, path: Path, slug: str) -> Source:
    """Return one content file, read through the door."""
    shown = project.shown(path)
    read = door.read_file(path, MOST_BYTES, Location(shown))
    return content.load(read, shown, path.as_posix(), slug)
