"""Anki: notes exported as text, or a deck package (`.apkg`), as questions with their answers.

Source: https://docs.ankiweb.net/exporting.html, and the headers of text files
(https://docs.ankiweb.net/importing/text-files.html#file-headers). A package is read in memory with
the standard library; what only newer Anki reads (`collection.anki21b`, zstd) is told.
"""

import csv
import io
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from generator.errors import GeneratorError, Location, Problem, error, info
from generator.fetch.archives import Archive, Zip
from generator.importers import (
    Imported,
    Importer,
    Offer,
    _html,
    _json,
    _phrases,
    _quiz,
    _text,
)
from generator.importers._beside import Shelf
from generator.importers._quiz import Card
from generator.importers.pictures import WANTED

KIND = "anki"
SEPARATORS = {
    "tab": "\t", "comma": ",", "semicolon": ";", "space": " ", "pipe": "|", "colon": ":",
}  # fmt: skip
_HEADER = re.compile(r"^#([a-z ]+?)\s*:\s*(.*?)\s*$")
_HEADERS = frozenset(
    ["separator", "html", "tags", "columns", "notetype", "deck", "notetype column", "deck column",
     "tags column", "guid column", "if matches"]
)  # fmt: skip
_CLOZE = re.compile(r"\{\{c\d+::(?P<said>.*?)(?:::(?P<hint>[^{}]*?))?\}\}", re.DOTALL)
_PICTURE = re.compile(r"!\[(?P<alt>(?:[^\]\\]|\\.)*)\]\(<?(?P<src>[^()<>]*)>?\)")
_SOUND = re.compile(r"\[sound:[^\]]*\]")
_BASES = ("collection.anki21", "collection.anki2")
_NEWER = "collection.anki21b"
MEDIA = "media"
LARGEST_LIST = 20_000_000
SQLITE = b"SQLite format 3\0"
"""How a database begins (https://www.sqlite.org/fileformat.html)."""

LONGEST_FIELD = 1_000_000
LARGEST_BASE = 200_000_000
MOST_NOTES = 100_000


def detects(content: bytes, name: str) -> float:
    """Return how sure it is that these are Anki's notes."""
    if content[:2] == b"PK":
        return 0.0
    lines = _text.glimpse(content[:20_000])
    headers = [found[1] for line in lines[:12] if (found := _HEADER.match(line))]
    if any(header in _HEADERS for header in headers):
        return 0.97
    rows = [line.count("\t") for line in content[:20_000].decode("utf-8", "ignore").splitlines()]
    columned = [count for count in rows if count]
    if name.lower().endswith((".txt", ".tsv")) and columned and len(columned) > len(rows) * 0.9:
        return 0.6
    return 0.0


def reads(content: bytes, name: str) -> tuple[Imported, ...]:
    """Return the cards of the file as one quiz."""
    if content[:2] == b"PK":
        return (_package(Zip(io.BytesIO(content), name)),)
    problems: list[Problem] = []
    shelf = Shelf()
    reading = _phrases.Reading(shelf.picture, name)
    cards = list(_rows(content, name, problems, reading))
    made = _quiz.thread(cards, KIND, name, problems)
    return (replace(made, media=tuple(shelf.media)),)


def _rows(
    content: bytes, name: str, problems: list[Problem], reading: _phrases.Reading
) -> Iterator[Card]:
    """Yield the notes of a text file."""
    text = _text.decode(content, name).replace("\r\n", "\n").replace("\r", "\n")
    headers: dict[str, str] = {}
    lines = text.split("\n")
    above = 0
    while above < len(lines) and (found := _HEADER.match(lines[above])) and found[1] in _HEADERS:
        headers[found[1]] = found[2]
        above += 1
    separator = SEPARATORS.get(headers.get("separator", "").lower(), headers.get("separator", ""))
    body = "\n".join(lines[above:])
    if len(separator) != 1:
        separator = next((sign for sign in "\t;," if sign in body), "\t")
    skipped = {
        int(number) - 1
        for key in ("tags column", "deck column", "notetype column", "guid column")
        if (number := headers.get(key, "")).isascii() and number.isdigit() and len(number) < 4  # noqa: PLR2004 (digits)
    }
    marked_up = headers.get("html", "").lower() != "false" and "html" in headers
    csv.field_size_limit(LONGEST_FIELD)
    table = csv.reader(io.StringIO(body.replace("\x00", "")), delimiter=separator)
    try:
        for row in table:
            fields = [each for at, each in enumerate(row) if at not in skipped]
            if any(each.strip() for each in fields):
                card = _card(fields, reading if marked_up or _looks_html(body) else None)
                card.line = table.line_num + above
                yield card
    except csv.Error as trouble:
        place = Location(name, table.line_num + above)
        raise GeneratorError(
            error("import-broken", f"the table is broken: {trouble}", place)
        ) from None
    if not headers:
        said = f"no `#separator` line: the columns were parted at {separator!r}"
        problems.append(info("separator-guessed", said, Location(name)))


def _looks_html(text: str) -> bool:
    """Return whether fields without a header are HTML: Anki always writes that."""
    return bool(re.search(r"</?(?:div|br|b|i|span|p)\b[^<>]*>|&nbsp;", text, re.IGNORECASE))


def _card(fields: Sequence[str], reading: _phrases.Reading | None) -> Card:
    """Return a note as a question: the first field asks, the others answer.

    Without `reading` the fields are plain words, else HTML.
    """
    front, *others = [_SOUND.sub("", _text.lines(each)) for each in fields]
    if _CLOZE.search(front):
        asked = _CLOZE.sub(lambda gap: f"[{gap['hint'] or '…'}]", front)
        others = [_CLOZE.sub(lambda gap: gap["said"], front), *others]
        front = asked
    say = partial(_marked_up, reading=reading) if reading else _quiz.plain
    answers = [say(each) for each in others if each.strip()]
    asked, pictures = _apart(say(front))
    shown = [each for each in pictures if not each["src"].startswith(WANTED)][:1]
    below = [each[0] for each in pictures if each not in shown]
    answer = "\n\n".join(each for each in (*below, *answers) if each)
    image = {"src": shown[0]["src"], "alt": _plain(shown[0]["alt"])} if shown else None
    return Card(asked, answer=answer, image=image)


def _apart(asked: str) -> tuple[str, list[re.Match[str]]]:
    """Return what is asked in words, and the pictures among them: a slide shows them beside it."""
    words = re.sub(r"\s*\n\n+", "\n\n", _PICTURE.sub("", asked)).strip()
    return (words, list(_PICTURE.finditer(asked))) if words else (asked, [])


def _plain(alt: str) -> str:
    """Return the words of a description without what escapes them in Markdown."""
    return re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", alt)


def _marked_up(text: str, reading: _phrases.Reading) -> str:
    """Return a field of HTML as Markdown."""
    pieces = _html.pieces(_text.lines(text), reading)
    return "\n\n".join(piece.written for piece in pieces if piece.kind != "rule")


def holds(archive: Archive) -> float:
    """Return how sure it is that an archive is a deck package."""
    return 0.99 if {*_BASES, _NEWER} & archive.sizes.keys() else 0.0


def unpacks(archive: Archive) -> tuple[Offer, ...]:
    """Return the one quiz of a package."""
    quiz = _package(archive)
    return (Offer("", quiz.posts[0].markdown[:80], len(quiz.posts), lambda: quiz),)


def _package(archive: Archive) -> Imported:
    """Return the notes of a deck package as one quiz."""
    name = archive.shown
    if _NEWER in archive.sizes:
        hint = "export it again with `Support older Anki versions` ticked, or as text"
        said = "only a newer Anki can read this package"
        raise GeneratorError(error("anki-newer", said, Location(name), hint))
    base = next((each for each in _BASES if each in archive.sizes), _BASES[-1])
    try:
        rows = _notes(archive.read(base, LARGEST_BASE))
    except (sqlite3.Error, ValueError, OverflowError) as trouble:
        said = f"the package's collection can't be read: {trouble}"
        raise GeneratorError(error("anki-broken", said, Location(name))) from None
    shelf = _shelf(archive)
    reading = _phrases.Reading(shelf.picture, name)
    cards = [_card(fields.split("\x1f"), reading) for fields in rows]
    made = _quiz.thread(cards, KIND, name)
    return replace(made, media=tuple(shelf.media))


def _shelf(archive: Archive) -> Shelf:
    """Return where the pictures of a package are: `media` tells the name of each numbered file."""
    told = archive.read(MEDIA, LARGEST_LIST) if MEDIA in archive.sizes else b"{}"
    found = _json.mapping(_json.document(told, f"{archive.shown}/{MEDIA}"))
    places = {str(name): place for place, name in found.items() if place in archive.sizes}
    return Shelf("", frozenset(places) or frozenset([""]), lambda name: archive.read(places[name]))


def _notes(database: bytes) -> list[str]:
    """Return the fields of each note of a collection, in the order that they were made."""
    if not database.startswith(SQLITE):
        said = "it is no database"
        raise ValueError(said)
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(database)
        connection.execute("PRAGMA trusted_schema = OFF")
        asked = f"SELECT flds FROM notes ORDER BY id LIMIT {MOST_NOTES}"  # noqa: S608 (a number of ours)
        return [str(fields) for (fields,) in connection.execute(asked)]
    finally:
        connection.close()


importer = Importer("notes of Anki: text, CSV or a package", detects, reads, holds, unpacks)
