"""Pictures of which a source has only the addresses: told, or fetched if the user asked for it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from generator.errors import GeneratorError, Location, Problem, info, warning
from generator.importers import Elsewhere, Imported, ImportedPost, Media, pictures

if TYPE_CHECKING:
    from generator.web import Answer, Web

SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/jpg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "image/avif": ".avif",
    "image/svg+xml": ".svg",
}
LONGEST_STEM = 40
"""Letters. A longer name in an address was made by a machine, and tells nobody anything."""


@dataclass(slots=True)
class _Basket:
    """What was fetched so far: by its address the file's name, and what is to be told."""

    web: "Web"
    step: Callable[[], None]
    taken: set[str]
    names: dict[str, str] = field(default_factory=dict)
    answers: dict[str, "Answer"] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def count(imported: Imported) -> int:
    """Return how many pictures of a thread are only addresses."""
    return sum(bool(one.url) for post in imported.posts for one in post.elsewhere)


def told(imported: Imported, name: str) -> Iterator[Problem]:
    """Yield what is to be said of pictures that are not there; `name` is the source's."""
    plain = 0
    for one in (one for post in imported.posts for one in post.elsewhere):
        if one.problem:
            yield one.problem.at(Location(name))
        else:
            plain += 1
    if plain:
        some = "1 picture is" if plain == 1 else f"{plain} pictures are"
        said = f"{some} not in the file, only where to find them"
        hint = "get them with --fetch, or save them beside the content file: its comments say where"
        yield info("media-elsewhere", said, Location(name), hint)


def fetched(
    imported: Imported, web: "Web", step: Callable[[], None] = lambda: None
) -> tuple[Imported, tuple[Problem, ...]]:
    """Return a thread with the pictures that could be fetched, and what is to be told of others.

    `step` is called after each. Of what came, a comment keeps the address and the SHA-256.
    """
    basket = _Basket(web, step, {medium.name.casefold() for medium in imported.media})
    posts = tuple(_post(post, basket) if post.elsewhere else post for post in imported.posts)
    media = tuple(
        Media(name, partial(_content, basket.answers[url])) for url, name in basket.names.items()
    )
    whole = replace(imported, posts=posts, media=(*imported.media, *media))
    return whole, tuple(basket.problems)


def _content(answer: "Answer") -> bytes:
    return answer.content


def _post(post: ImportedPost, basket: _Basket) -> ImportedPost:
    """Return a post with its pictures, as far as they came."""
    names = [_taken(post, at, one, basket) for at, one in enumerate(post.elsewhere, 1)]
    notes = list(post.notes)
    for one, name in zip(post.elsewhere, names, strict=True):
        if name:
            digest = basket.answers[one.url].digest
            notes[notes.index(one.note)] = f"Picture {name} from {one.url} sha256:{digest}"
    left = tuple(one for one, name in zip(post.elsewhere, names, strict=True) if not name)
    settings = {key: value for key, value in post.settings.items() if left or key != "wants"}
    return replace(
        post,
        markdown=pictures.placed(post.pictured, names),
        settings=settings,
        notes=tuple(notes),
        pictured="",
        elsewhere=(),
    )


def _taken(post: ImportedPost, number: int, one: Elsewhere, basket: _Basket) -> str:
    """Return the name of a picture that was fetched; nothing of one that could not be."""
    if not one.url:
        basket.problems += [one.problem] if one.problem else []
        return ""
    if one.url not in basket.names:
        try:
            basket.answers[one.url] = basket.web.picture(one.url)
        except GeneratorError as trouble:
            basket.problems += map(_lacking, trouble.problems)
            basket.step()
            return ""
        basket.names[one.url] = _named(post, number, one.url, basket)
        basket.step()
    return basket.names[one.url]


def _named(post: ImportedPost, number: int, url: str, basket: _Basket) -> str:
    """Return what a picture is called: as at its address if that is a name, else after its post."""
    path = PurePosixPath(unquote(urlsplit(url).path))
    suffix = SUFFIXES[basket.answers[url].media_type]
    speaking = 0 < len(path.stem) <= LONGEST_STEM and path.suffix.lower() in {
        *SUFFIXES.values(),
        ".jpeg",
    }
    name = pictures.unique(path.stem if speaking else f"{post.id}-{number}", suffix, basket.taken)
    basket.taken.add(name.casefold())
    return name


def _lacking(problem: Problem) -> Problem:
    """Return what was wrong with a picture as a warning: its thread is imported all the same."""
    hint = problem.hint or "add the picture yourself: its post has `wants: picture`"
    said = f"a picture was not fetched: {problem.message}"
    return warning(problem.code, said, problem.location, hint)
