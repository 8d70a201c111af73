"""An imported thread as a content file: front matter, then a post a section, each with its id."""

import os
from pathlib import Path

from generator import disk
from generator.errors import GeneratorError, Location, Problem, UsageError, error, info
from generator.importers import Imported, ImportedPost
from generator.intake import _yaml
from generator.model import Author, Value

RULE = "\n\n---\n\n"


def render(imported: Imported) -> str:
    """Return the content file's text; what the source does not say is not in it."""
    front: dict[str, Value] = {}
    if imported.title:
        front["title"] = imported.title
    if imported.author:
        front["author"] = _author(imported.author)
    if imported.source:
        front["source"] = dict(imported.source)
    posts = RULE.join(_section(post) for post in imported.posts)
    return f"---\n{_yaml.block(front)}---\n\n{posts}\n" if front else f"{posts}\n"


def write(imported: Imported, path: Path, *, force: bool = False) -> tuple[Problem, ...]:
    """Write the thread to `path`, whole or not at all, and return what is to be told about it.

    A file that is there already is only written over with `force`, and that is told.
    """
    content = render(imported).encode()
    told = Location(shown(path))
    if not os.path.lexists(path):
        disk.write(path, content)
        return ()
    if path.is_symlink() or not path.is_file():
        raise GeneratorError(error("file-not-regular", "this is no file to write to", told))
    if path.read_bytes() == content:
        return (info("file-unchanged", "the file says all this already", told),)
    if not force:
        hint = "name another one with --as NAME, or write over it with --force"
        raise UsageError(error("file-exists", "there is a content file already", told, hint))
    disk.write(path, content)
    return (info("file-replaced", "the file was written over (--force)", told),)


def shown(path: Path) -> str:
    """Return a path as a user would type it: relative to the current folder if it is below it."""
    here = Path.cwd()
    whole = path.absolute()
    return whole.relative_to(here).as_posix() if whole.is_relative_to(here) else str(path)


def _author(author: Author) -> dict[str, Value]:
    """Return what is known of the author."""
    said = {"name": author.name, "handle": author.handle, "avatar": author.avatar}
    return {key: value for key, value in said.items() if value}


def _section(post: ImportedPost) -> str:
    """Return a post with the comment that says where it came from."""
    known: dict[str, Value] = {"id": post.id} if post.id else {}
    comment = _yaml.inline(known | dict(post.settings))
    return f"<!-- {comment} -->\n{post.markdown}" if comment else post.markdown
