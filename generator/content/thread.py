"""A Source read as a Thread."""

from dataclasses import replace
from typing import TYPE_CHECKING

from generator.content import _blocks, _markdown, titles
from generator.content import posts as _posts
from generator.content._spans import TooDeep, spans
from generator.content.form import shape_of
from generator.content.sentences import plain
from generator.errors import GeneratorError, Location, Problem, error
from generator.model import Author, Block, Document, Post, Source, Span, Thread

if TYPE_CHECKING:
    from collections.abc import Sequence


def read(source: Source, settings_keys: frozenset[str]) -> Thread:
    """Return the thread that a source holds; warnings are in its `problems`.

    `settings_keys` are the keys that a post's opening comment may set.
    """
    posts, problems = _read_posts(source, settings_keys)
    words, taken = _titled(source, posts)
    if taken == "heading":
        posts = _without_title(posts)
    return _thread(source, source, posts, (words, taken), problems)


def reused(own: Source, other: Source, keys: frozenset[str]) -> Thread:
    """Return the posts of `other` as a thread of `own`, which names it by `thread:`.

    Posts, comments, author, source and language come along, nothing else; pictures are looked for
    beside `other`. Raises GeneratorError if `own` has a body, or `other` names a thread itself.
    """
    place = own.front.place("thread")
    if own.body.strip():
        begins = own.body_line + len(own.body) - len(own.body.lstrip("\n"))
        where = Location(own.path, begins, 1)
        message = f"a file that names a `thread` has no posts of its own; it shows {other.path}"
        hint = "delete the text, or the `thread` key"
        raise GeneratorError(error("thread-body", message, where, hint))
    if other.front.values.get("thread") is not None:
        message = f"{other.path} shows another file's thread itself"
        raise GeneratorError(error("thread-chain", message, place, "name the file with the posts"))
    posts, problems = _read_posts(other, keys)
    words, taken = _titled(other, posts)
    if taken == "heading":
        posts = _without_title(posts)
    if (named := _front_title(own)) or taken == "title":
        words, taken = (named, "title") if named else _hook(own, posts)
    elif taken == "name":
        words = (Span("text", titles.from_name(own.slug)),)
    return _thread(own, other, posts, (words, taken), problems)


def inline(text: str) -> tuple[Span, ...]:
    """Return the spans of one line of Markdown: a title, an outro's line, a caption."""
    try:
        return spans(_markdown.inline_tokens(text), _markdown.LIMIT_LEVELS)
    except TooDeep:
        return (Span("text", text),)


def blocks(text: str, place: Location) -> tuple[Block, ...]:
    """Return the blocks of a Markdown text that stands at a place: a slide's `text`.

    Thematic breaks and comments in it are passed over.
    """
    sections, problems = _blocks.sections(text, place.path, place.line or 1)
    if any(problem.severity == "error" for problem in problems):
        raise GeneratorError(*problems)
    return tuple(block for section in sections for block in section.blocks)


def _read_posts(source: Source, keys: frozenset[str]) -> tuple[tuple[Post, ...], list[Problem]]:
    """Return a source's posts, a leading heading still among them."""
    sections, met = _blocks.sections(source.body, source.path, source.body_line)
    posts, more = _posts.posts(sections, keys, source.path)
    problems = sorted([*met, *more], key=lambda each: each.location or Location(source.path))
    if any(problem.severity == "error" for problem in problems):
        raise GeneratorError(*problems)
    return posts, problems


def _thread(
    own: Source,
    other: Source,
    posts: tuple[Post, ...],
    title: "tuple[Sequence[Span], str]",
    problems: list[Problem],
) -> Thread:
    values = {**other.front.values, **_set(own.front)}
    origin = values.get("source")
    lang = values.get("lang")
    return Thread(
        title=" ".join(plain(title[0]).split()),
        posts=posts,
        folder=other.folder,
        title_from=title[1],
        title_spans=tuple(title[0]),
        author=_author(values.get("author")),
        source=origin if isinstance(origin, dict) else {},
        lang=lang if isinstance(lang, str) else "",
        problems=tuple(problems),
    )


def _set(front: Document) -> dict[str, object]:
    """Return what a front matter sets: a null sets nothing."""
    return {key: value for key, value in front.values.items() if value is not None}


def _author(value: object) -> Author | None:
    """Return who wrote the thread; what is no name is the settings' to refuse."""
    if isinstance(value, str) and value:
        return Author(value)
    if not isinstance(value, dict):
        return None
    known = {key: str(value[key]) for key in ("name", "handle", "avatar") if value.get(key)}
    return Author(**known) if known else None


def _titled(source: Source, posts: tuple[Post, ...]) -> tuple[tuple[Span, ...], str]:
    """Return a source's title and what it was taken from."""
    if named := _front_title(source):
        return named, "title"
    first = posts[0].blocks[0] if posts and posts[0].blocks else None
    if first and first.kind == "heading" and first.level == 1:
        return first.spans, "heading"
    return _hook(source, posts)


def _front_title(source: Source) -> tuple[Span, ...]:
    title = source.front.values.get("title")
    return inline(str(title)) if isinstance(title, str | int | float) else ()


def _hook(source: Source, posts: tuple[Post, ...]) -> tuple[tuple[Span, ...], str]:
    found = titles.hook(posts[0]) if posts else ""
    if found:
        return (Span("text", found),), "hook"
    return (Span("text", titles.from_name(source.slug)),), "name"


def _without_title(posts: tuple[Post, ...]) -> tuple[Post, ...]:
    """Return posts without the heading that is the title; a post left empty takes no number."""
    first, *others = posts
    rest = first.blocks[1:]
    if rest or _posts.FILLS_A_SLIDE & first.settings.keys():
        return (replace(first, blocks=rest, shape=shape_of(rest)), *others)
    if others:
        others[0] = replace(others[0], notes=first.notes + others[0].notes)
    return tuple(replace(post, number=post.number - 1) for post in others)
