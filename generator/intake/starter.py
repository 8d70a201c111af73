"""A content repo that starts: plain files from layouts/_new, copied and never written over."""

import re
from collections.abc import Iterator
from pathlib import Path

from generator import disk
from generator.errors import GeneratorError, Location, Problem, UsageError, error, info
from generator.intake import _yaml
from generator.intake.slugs import place, slug
from generator.intake.threads import shown
from generator.library import builtin_root
from generator.model import Artifact

DOT = "dot-"
"""`dot-gitignore` becomes `.gitignore`: under its own name it would hide our files from git."""
CONTENT = "content"
TITLE, NAME = "__TITLE__", "__NAME__"
BRANDS = "themes/_brands"
LOOK = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
"""What a theme or layout may be called: its name is a class in CSS, too."""
OWN_BRAND = "mine"


def repo(folder: Path) -> tuple[Problem, ...]:
    """Make a content repo in `folder`, new or empty, and return what is to be told about it.

    Dotfiles and .git may be there already: those of the same name are kept and named.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(error("folder-not-empty", f"`{folder}` is a file", hint="name a folder"))
    if folder.is_dir() and (found := sorted(_visible(folder))):
        hint = "name a new folder; in a content repo, add to it with `threadpress new thread NAME`"
        said = f"`{folder}` is not empty: it holds {', '.join(found[:3])}"
        raise UsageError(error("folder-not-empty", said, hint=hint))
    sources = list(_files(_starters() / "repo"))
    kept = [path for path, _ in sources if (folder / path).exists()]
    disk.publish(folder, [Artifact(path, text) for path, text in sources if path not in kept])
    return tuple(
        info("file-kept", "the file that was there stays as it is", Location(shown(folder / path)))
        for path in kept
    )


def thread(project: Path, name: str) -> Path:
    """Make a content file with a first post to write over, and return its path."""
    path = place(project / CONTENT, name)
    if path.exists():
        hint = "write on in it, or take another name"
        told = Location(shown(path))
        raise UsageError(error("file-exists", "there is a content file already", told, hint))
    text = (_starters() / "thread.md").read_text("utf-8")
    disk.write(path, text.replace(TITLE, _yaml.scalar(_title(name))).encode())
    return path


def brand(project: Path, name: str) -> Path:
    """Make a brand to fill in, and return the path of its brand.yaml."""
    wanted = slug(name)
    if not wanted or "/" in name:
        raise UsageError(error("slug-invalid", f"`{name}` is no name for a brand"))
    folder = project / BRANDS / wanted
    if folder.exists():
        told = Location(shown(folder))
        raise UsageError(error("file-exists", "there is a brand of this name already", told))
    sources = _files(_starters() / "repo" / BRANDS / OWN_BRAND)
    disk.publish(project, [Artifact(f"{BRANDS}/{wanted}/{path}", text) for path, text in sources])
    return folder / "brand.yaml"


def theme(project: Path, name: str) -> Path:
    """Make a theme that builds at once, and return the path of its theme.yaml."""
    return _look(project, "theme", name) / "theme.yaml"


def layout(project: Path, name: str) -> Path:
    """Make a layout that builds at once, and return the path of its template."""
    return _look(project, "layout", name) / "slide.html.jinja"


def _look(project: Path, what: str, name: str) -> Path:
    """Copy the starter of a look into the folder of its name, and return the folder."""
    wanted = slug(name)
    if not LOOK.fullmatch(wanted):
        hint = "lower-case letters, digits and -"
        raise UsageError(error("slug-invalid", f"`{name}` is no name for a {what}", None, hint))
    folder = project / f"{what}s" / wanted
    if folder.exists():
        told = Location(shown(folder))
        raise UsageError(error("file-exists", f"there is a {what} of this name already", told))
    title = _yaml.scalar(_title(name)).encode()
    files = [
        Artifact(path, text.replace(TITLE.encode(), title).replace(NAME.encode(), wanted.encode()))
        for path, text in _files(_starters() / what)
    ]
    disk.publish(folder, files)
    return folder


def _starters() -> Path:
    """Return the folder of the files that a new repo starts with."""
    folder = builtin_root() / "layouts" / "_new"
    if not folder.is_dir():
        hint = "install it again: pip install --force-reinstall threadpress"
        raise GeneratorError(error("starter-missing", f"there is no `{folder}`", hint=hint))
    return folder


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the path that each file of a starter gets, and its content."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        parts = path.relative_to(folder).parts
        named = (f".{part[len(DOT) :]}" if part.startswith(DOT) else part for part in parts)
        yield "/".join(named), path.read_bytes()


def _visible(folder: Path) -> Iterator[str]:
    """Yield what lies in a folder, save dotfiles."""
    return (entry.name for entry in folder.iterdir() if not entry.name.startswith("."))


def _title(name: str) -> str:
    """Return a title for a thread of this name: the last part, in words."""
    words = name.replace("\\", "/").rpartition("/")[2].strip()
    words = words.replace("-", " ").replace("_", " ") if " " not in words else words
    return words[:1].upper() + words[1:]
