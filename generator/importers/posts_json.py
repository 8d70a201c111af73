"""Our own JSON, for anything that nothing else reads: threads with posts, described in the docs.

`{"threadpress": 1, "threads": [{"title": …, "posts": [{"text": …}]}]}`; of one thread its keys may
stand at the top. `text` is plain words, `markdown` is Markdown. What is not known is an error that
says where it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from generator.errors import GeneratorError, Location, Problem, choices, error
from generator.importers import (
    Elsewhere,
    Imported,
    ImportedPost,
    Importer,
    _inlines,
    _json,
    _markdown,
    _phrases,
    _quiz,
    _reports,
    _source,
    _text,
)
from generator.importers._beside import Shelf
from generator.importers.pictures import WANTED
from generator.model import Author, Value

KIND = "posts-json"
VERSION = 1
THREAD = ("id", "title", "author", "url", "date", "lang", "recipe", "posts")
POST = ("id", "text", "markdown", "date", "url", "images", "options", "answer")
RECIPES = ("thread", "interview", "lesson", "quiz", "tips", "case-study", "recap")


@dataclass(slots=True)
class _Reading:
    """A file being read: what it is called, its pictures, what is told."""

    name: str
    shelf: Shelf = field(default_factory=Shelf)
    problems: list[Problem] = field(default_factory=list)

    def fail(self, said: str, hint: str | None = None) -> NoReturn:
        """Raise what is wrong."""
        raise GeneratorError(error("import-schema", said, Location(self.name), hint))


def detects(content: bytes, name: str) -> float:  # noqa: ARG001 (it says what it is)
    """Return how sure it is that this says that it is our own."""
    head = "\n".join(_text.glimpse(content[:4000]))
    return 0.99 if head.lstrip().startswith("{") and '"threadpress"' in head else 0.0


def reads(content: bytes, name: str) -> tuple[Imported, ...]:
    """Return the threads of the file."""
    found = _json.document(content, name)
    reading = _Reading(name)
    if not isinstance(found, Mapping):
        reading.fail("the file is no object: `{`")
    if found.get("threadpress") != VERSION:
        hint = 'the file begins with `{"threadpress": 1,`'
        reading.fail("the file does not say `threadpress: 1`", hint)
    top = {key: value for key, value in found.items() if key != "threadpress"}
    if "threads" not in top:
        return (_thread(top, reading, "the thread"),)
    if list(top) != ["threads"]:
        reading.fail("beside `threads` nothing else can stand at the top")
    threads = _list(top["threads"], reading, "threads")
    if not threads:
        reading.fail("`threads` is empty")
    return tuple(
        _thread(_object(one, reading, f"threads[{at}]"), reading, f"threads[{at}]")
        for at, one in enumerate(threads)
    )


def _thread(said: Mapping[str, object], reading: _Reading, place: str) -> Imported:
    """Return a thread."""
    _demand_known(said, THREAD, reading, place)
    reading.shelf = Shelf()
    posts = _list(said.get("posts", []), reading, f"{place}.posts")
    made = tuple(
        _post(
            _object(one, reading, f"{place}.posts[{at}]"), reading, f"{place}.posts[{at}]", at + 1
        )
        for at, one in enumerate(posts)
    )
    if not made:
        raise GeneratorError(error("import-empty", f"{place} has no posts", Location(reading.name)))
    ids = [post.id for post in made]
    if doubled := sorted({each for each in ids if ids.count(each) > 1}):
        reading.fail(f"{place}.posts: the id `{doubled[0]}` stands twice")
    source: dict[str, Value] = {"kind": KIND}
    for key in ("url", "id", "date"):
        if words := _words(said, key, reading, place):
            source[key] = words
    front: dict[str, Value] = {}
    recipe = _words(said, "recipe", reading, place)
    if recipe and recipe not in RECIPES:
        reading.fail(f"{place}.recipe: no recipe `{recipe}`", choices(recipe, RECIPES))
    front |= {"recipe": recipe} if recipe else {}
    lang = _words(said, "lang", reading, place)
    front |= {"lang": lang} if lang else {}
    return Imported(
        made,
        title=_inlines.escaped(_words(said, "title", reading, place)),
        author=_author(said, reading, place),
        source=source,
        id=_words(said, "id", reading, place),
        problems=tuple(reading.problems),
        front=front,
        media=tuple(reading.shelf.media),
    )


def _author(said: Mapping[str, object], reading: _Reading, place: str) -> Author | None:
    """Return the author: a name, or an object of name and handle."""
    author = said.get("author")
    if author is None or isinstance(author, str):
        return Author(_words(said, "author", reading, place)) if author else None
    named = _object(author, reading, f"{place}.author")
    _demand_known(named, ("name", "handle"), reading, f"{place}.author")
    return Author(*(_words(named, key, reading, f"{place}.author") for key in ("name", "handle")))


def _post(said: Mapping[str, object], reading: _Reading, place: str, number: int) -> ImportedPost:
    """Return a post."""
    _demand_known(said, POST, reading, place)
    if "text" in said and "markdown" in said:
        reading.fail(f"{place} has both `text` and `markdown`", "one of them says it")
    read = _markdown_of if "markdown" in said else _plain
    asked = read(
        _text_of(said, "markdown" if "markdown" in said else "text", reading, place), reading
    )
    options = [
        _option(_object(one, reading, f"{place}.options[{at}]"), reading, f"{place}.options[{at}]")
        for at, one in enumerate(_list(said.get("options", []), reading, f"{place}.options"))
    ]
    answer = read(_text_of(said, "answer", reading, place), reading)
    blocks = [_quiz.written(_quiz.Card(asked, options, answer)) if options or answer else asked]
    pictured = list(blocks)
    settings: dict[str, Value] = {}
    elsewhere: list[Elsewhere] = []
    notes = [" ".join(filter(None, (_words(said, key, reading, place) for key in ("date", "url"))))]
    for at, one in enumerate(_list(said.get("images", []), reading, f"{place}.images")):
        image = _object(one, reading, f"{place}.images[{at}]")
        _demand_known(image, ("src", "alt"), reading, f"{place}.images[{at}]")
        alt, src = (_words(image, key, reading, place) for key in ("alt", "src"))
        name = reading.shelf.picture(src)
        if name and not name.startswith(WANTED):
            blocks.append(f"!{_markdown.link(alt, name)}")
            pictured.append(blocks[-1])
            continue
        settings["wants"] = "picture"
        notes.append(" ".join(filter(None, ("Picture to add:", src, f"({alt})" if alt else ""))))
        pictured.append(f"!{_markdown.link(alt, f'{WANTED}{len(elsewhere)}')}")
        elsewhere.append(Elsewhere(src if name else "", notes[-1]))
    written, whole = ("\n\n".join(filter(None, each)) for each in (blocks, pictured))
    if not written and not settings:
        reading.fail(f"{place} says nothing", "give it `text`, `markdown` or `images`")
    identity = _words(said, "id", reading, place) or f"post-{number}"
    kept = tuple(filter(None, notes))
    return ImportedPost(
        identity, written, settings, kept, whole if elsewhere else "", tuple(elsewhere)
    )


def _option(said: Mapping[str, object], reading: _Reading, place: str) -> tuple[str, bool]:
    """Return an option of a question, and whether it is right."""
    _demand_known(said, ("text", "right"), reading, place)
    right = said.get("right", False)
    if not isinstance(right, bool):
        reading.fail(f"{place}.right is neither true nor false")
    return _quiz.line(_text_of(said, "text", reading, place)), right


def _plain(text: str, reading: _Reading) -> str:  # noqa: ARG001 (as the other one)
    return _markdown.post(_text.squeeze(text)) if text.strip() else ""


def _markdown_of(text: str, reading: _Reading) -> str:
    converted = _phrases.Reading(reading.shelf.picture, reading.name)
    found = _source.read(text, converted)
    reading.problems += _reports.left_out(converted, reading.name)
    return "\n\n".join(piece.written for piece in found.pieces if piece.kind != "rule")


def _demand_known(
    said: Mapping[str, object], known: tuple[str, ...], reading: _Reading, place: str
) -> None:
    for key in said:
        if key not in known:
            reading.fail(f"{place} has no key `{key[:40]}`", choices(key[:40], known))


def _text_of(said: Mapping[str, object], key: str, reading: _Reading, place: str) -> str:
    value = said.get(key, "")
    if not isinstance(value, str):
        reading.fail(f"{place}.{key} is no text")
    return _text.lines(value)


def _words(said: Mapping[str, object], key: str, reading: _Reading, place: str) -> str:
    """Return a text or number on one line."""
    value = said.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)[:40]
    return " ".join(_text_of(said, key, reading, place).split()) if value is not None else ""


def _list(value: object, reading: _Reading, place: str) -> list[object]:
    return _of(value, lambda: isinstance(value, list), reading, f"{place} is no list: `[`")  # type: ignore[return-value]


def _object(value: object, reading: _Reading, place: str) -> Mapping[str, object]:
    return _of(value, lambda: isinstance(value, dict), reading, f"{place} is no object: `{{`")  # type: ignore[return-value]


def _of(value: object, fits: Callable[[], bool], reading: _Reading, said: str) -> object:
    if not fits():
        reading.fail(said)
    return value


importer = Importer("Threadpress's own JSON", detects, reads)
