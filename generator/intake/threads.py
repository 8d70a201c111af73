"""An imported thread as a content file: front matter, then a post a section, each with its id."""

import os
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from generator import disk
from generator.errors import GeneratorError, Location, Problem, UsageError, error, info, warning
from generator.fetch import check_picture, washed
from generator.importers import Imported, ImportedPost, Media
from generator.intake import _parts, _yaml, copies, merging
from generator.model import Artifact, Author, Value

Beside = Callable[[str], bytes]
"""Gives the bytes of a file that lies beside the imported one, by its relative path."""

_LIKE_SETTINGS = re.compile(r":(?:\s|$)|[{}\[\]\"',\\]|\s#|--|^[-?&*!|>%@`#\s]|\s$|^[\w-]*$")


def render(imported: Imported) -> str:
    """Return the content file's text; what the source does not say is not in it."""
    front: dict[str, Value] = {}
    if imported.title:
        front["title"] = imported.title
    if imported.author:
        front["author"] = _author(imported.author)
    if imported.source:
        front["source"] = dict(imported.source)
    front |= imported.front
    posts = _parts.RULE.join(_section(post) for post in imported.posts)
    return f"---\n{_yaml.block(front)}---\n\n{posts}\n" if front else f"{posts}\n"


def bundled(imported: Imported, path: Path) -> Path:
    """Return where a thread goes: one with pictures has a folder, unless the file is there."""
    if not imported.media or path.name == "index.md" or os.path.lexists(path):
        return path
    return path.with_suffix("") / "index.md"


def gathered(
    imported: Imported, beside: Beside | None = None
) -> tuple[Imported, dict[str, bytes], tuple[Problem, ...]]:
    """Return a thread with the bytes of its pictures by name, read once.

    One that is not there or can't be shown is told, and its post wants it from then on.
    """
    pictures: dict[str, bytes] = {}
    problems = []
    for medium in imported.media:
        try:
            pictures[medium.name] = _looked_at(medium, beside)
        except GeneratorError as trouble:
            problems += [_lacking(medium, problem) for problem in trouble.problems]
            imported = _without(imported, medium.name)
    kept = tuple(Media(name, partial(pictures.__getitem__, name)) for name in pictures)
    return replace(imported, media=kept), pictures, tuple(problems)


def write(
    imported: Imported,
    path: Path,
    *,
    force: bool = False,
    update: bool = False,
    beside: Beside | None = None,
) -> tuple[Problem, ...]:
    """Write the thread to `path` and its pictures beside it, all or nothing; return what to tell.

    What is there already is only written over with `force`, and that is told; with `update` it is
    merged with what comes in. A copy of what was imported is kept for that, hidden beside the file.
    """
    imported, pictures, problems = gathered(imported, beside)
    text = render(imported)
    if update and os.path.lexists(path):
        new, told = _updated(path, text, pictures)
        _publish(path.parent, new)
        return (*problems, *told)
    files = {path.parent / name: content for name, content in pictures.items()}
    files[path] = text.encode()
    there = [file for file in files if os.path.lexists(file)]
    changed = [file for file in there if not _holds(file, files[file])]
    if there and not changed and len(there) == len(files):
        said = info("file-unchanged", "the file says all this already", Location(shown(path)))
        return (*problems, said)
    if changed and not force:
        hint = "merge with it: --update; name another one: --slug NAME; write over it: --force"
        what = "there is a content file already" if path in changed else "there is a file already"
        places = [Location(shown(file)) for file in changed]
        raise UsageError(*(error("file-exists", what, place, hint) for place in places))
    _publish(path.parent, files | {copies.place(path): copies.written(text, pictures)})
    if path in changed:
        said = info("file-replaced", "the file was written over (--force)", Location(shown(path)))
        problems = (*problems, said)
    return problems


def previewed(imported: Imported, path: Path, *, update: bool) -> tuple[str, tuple[Problem, ...]]:
    """Return what the file would say once it is written, and what would be told of merging.

    The thread's pictures are at hand already (`gathered`).
    """
    text = render(imported)
    if not update or not os.path.lexists(path):
        return text, ()
    pictures = {one.name: one.reads() for one in imported.media if one.reads}
    new, told = _updated(path, text, pictures)
    return new[path].decode(), told


def _updated(
    path: Path, incoming: str, pictures: Mapping[str, bytes]
) -> tuple[dict[Path, bytes], tuple[Problem, ...]]:
    """Return the files that come of merging with the one that is there, and what is to be told."""
    _holds(path, b"")
    place = Location(shown(path))
    try:
        yours = path.read_bytes().decode().replace("\r\n", "\n").removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise GeneratorError(error("encoding", "the file is not UTF-8", place)) from None
    copy = copies.read(path)
    merged = merging.merge(copy.text if copy else None, yours, incoming, shown(path))
    told = list(merged.problems)
    new = {path: merged.text.encode(), copies.place(path): copies.written(merged.copy, pictures)}
    for name, content in pictures.items():
        file = path.parent / name
        if not os.path.lexists(file):
            new |= {file: content} if name in merged.text else {}
        elif not _holds(file, content):
            known = copy.digests.get(name) if copy else None
            problem = _pictured(file, content, known, place)
            told += [problem] if problem else []
            new |= {file: content} if problem and problem.code == "picture-replaced" else {}
    if merged.text == yours and not told:
        told.append(info("file-unchanged", "the file says all this already", place))
    return new, tuple(told)


def _pictured(file: Path, content: bytes, known: str | None, place: Location) -> Problem | None:
    """Return what becomes of a picture that differs from the source's; `known` was imported."""
    if known == copies.digest(content):  # only the writer changed it
        return None
    if known == copies.digest(file.read_bytes()):
        said = f"the picture `{file.name}` changed in the source, and was taken"
        return info("picture-replaced", said, place)
    said = f"the picture `{file.name}` differs from the source's; yours was kept"
    hint = "remove it and import once more to have the source's"
    return warning("picture-kept", said, place, hint)


def shown(path: Path) -> str:
    """Return a path as a user would type it: relative to the current folder if it is below it."""
    here = Path.cwd()
    whole = path.absolute()
    return whole.relative_to(here).as_posix() if whole.is_relative_to(here) else str(path)


def _publish(folder: Path, files: Mapping[Path, bytes]) -> None:
    """Write files into a folder, all or nothing; the folder is only there if they are."""
    made = not folder.exists()
    try:
        disk.publish(folder, (Artifact(file.name, content) for file, content in files.items()))
    except GeneratorError:
        if made:
            with suppress(OSError):
                folder.rmdir()
        raise


def _holds(file: Path, content: bytes) -> bool:
    """Say whether a file holds just these bytes; raise if it is no file to write to."""
    if file.is_symlink() or not file.is_file():
        place = Location(shown(file))
        raise GeneratorError(error("file-not-regular", "this is no file to write to", place))
    return file.read_bytes() == content


def _looked_at(medium: Media, beside: Beside | None) -> bytes:
    """Return the bytes of a picture that a slide can show."""
    if medium.reads:
        content = medium.reads()
    elif beside:
        content = beside(medium.path)
    else:
        said = f"`{medium.path}` lies beside a file that has no folder"
        raise GeneratorError(error("file-missing", said))
    check_picture(washed(content).content, Path(medium.name))
    return content


def _lacking(medium: Media, problem: Problem) -> Problem:
    """Return what was wrong with a picture as a warning: its thread is imported all the same."""
    hint = problem.hint or "add the picture yourself: its post has `wants: picture`"
    said = f"the picture `{medium.path or medium.name}` was left out: {problem.message}"
    return warning("media-missing", said, problem.location, hint)


def _without(imported: Imported, name: str) -> Imported:
    """Return a thread whose posts want a picture where they showed this one."""
    sign = re.compile(rf"!\[(?:[^\]\\]|\\.)*\]\(<?{re.escape(name)}>?\)")
    posts = tuple(_wanting(post, name, sign) for post in imported.posts)
    front = dict(imported.front)
    cover = front.get("cover")
    if isinstance(cover, Mapping) and _names(cover, name):
        front["cover"] = {key: value for key, value in cover.items() if key != "image"}
    return replace(imported, posts=posts, front=front)


def _wanting(post: ImportedPost, name: str, sign: re.Pattern[str]) -> ImportedPost:
    """Return a post that wants a picture if it showed this one, in its words or as its setting."""
    shown = _names(post.settings, name)
    if not shown and not sign.search(post.markdown):
        return post
    kept = {key: value for key, value in post.settings.items() if key != "image" or not shown}
    notes = [f"Picture to add: {name}"] if shown else []
    return replace(
        post,
        markdown=re.sub(r"\n{3,}", "\n\n", sign.sub("", post.markdown)).strip("\n"),
        settings={**kept, "wants": "picture"},
        notes=(*post.notes, *notes, *(found[0] for found in sign.finditer(post.markdown))),
    )


def _names(settings: Mapping[str, Value], name: str) -> bool:
    """Say whether the `image` of a slide is this picture."""
    image = settings.get("image")
    return (image.get("src") if isinstance(image, Mapping) else image) == name


def _author(author: Author) -> dict[str, Value]:
    """Return what is known of the author."""
    said = {"name": author.name, "handle": author.handle, "avatar": author.avatar}
    return {key: value for key, value in said.items() if value}


def _section(post: ImportedPost) -> str:
    """Return a post with the comments that say where it came from."""
    known: dict[str, Value] = {"id": post.id} if post.id else {}
    settings = _yaml.inline(known | dict(post.settings))
    lines = [settings, *map(_note, post.notes)]
    comments = [f"<!-- {line} -->" for line in lines if line]
    return "\n".join(filter(None, [*comments, post.markdown]))


def _note(text: str) -> str:
    """Return a note as a comment that no build takes for settings and no word of it can end."""
    plain = text.isprintable() and not _LIKE_SETTINGS.search(text)
    return text if plain else _yaml.scalar(text)
