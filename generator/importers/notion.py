"""Notion exports: a zip in a zip, or its folder, with a page a file in Markdown or HTML.

Source: https://www.notion.com/help/export-your-content. The 32 letters behind a title are the
page's id. Tables of a database (CSV) are no posts.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

from generator.errors import GeneratorError, Location, error
from generator.fetch.archives import Archive, Zip, is_zip
from generator.importers import (
    Imported,
    Importer,
    Offer,
    _articles,
    _html,
    _inlines,
    _notion,
    _phrases,
    _reports,
    _source,
    _text,
    html,
)
from generator.importers._beside import Shelf
from generator.importers._tree import parse

KIND = "notion"
_PAGE = re.compile(r"^(?P<title>.*?)[ _-]?(?P<id>[0-9a-f]{32})(?P<all>_all)?\.(?P<kind>md|html)$")
_PART = re.compile(r"^(?:.*/)?(?:Export-[0-9a-f-]+|ExportBlock-[0-9a-f-]+)(?:-Part-\d+)?\.zip$")
LARGEST_PART = 500_000_000
LARGEST_PAGE = 20_000_000
MOST_PARTS = 50


class _Parts:
    """The archives of an export as one: each file in the part that has it."""

    def __init__(self, parts: list[Archive], shown: str) -> None:
        self.shown = shown
        self._holder = {name: part for part in parts for name in part.sizes}

    @property
    def sizes(self) -> Mapping[str, int]:
        return {name: part.sizes[name] for name, part in self._holder.items()}

    def read(self, name: str, limit: int = LARGEST_PAGE) -> bytes:
        return self._holder[name].read(name, limit)

    def pieces(self, name: str) -> Iterator[bytes]:
        return self._holder[name].pieces(name)


def detects(content: bytes, name: str) -> float:
    """Return how sure it is that this is one page of an export."""
    if re.search(rb'<article id="[0-9a-f-]{36}" class="page\b', content[:200_000]):
        return 0.95
    return 0.9 if _PAGE.match(PurePosixPath(name.replace("\\", "/")).name) else 0.0


def reads(content: bytes, name: str) -> tuple[Imported, ...]:
    """Return the one page of a file."""
    if is_zip(content[:4]):
        return tuple(offer.opens() for offer in unpacks(Zip(io.BytesIO(content), name)))
    return (_page(content, name, PurePosixPath(name.replace("\\", "/")).name, Shelf()),)


def holds(archive: Archive) -> float:
    """Return how sure it is that an archive is an export."""
    names = list(archive.sizes)
    if any(_PART.match(name) for name in names):
        return 0.95
    pages = sum(bool(_PAGE.match(PurePosixPath(name).name)) for name in names)
    return 0.95 if pages and pages >= 0.2 * len(names) else 0.6 if pages else 0.0


def unpacks(archive: Archive) -> tuple[Offer, ...]:
    """Return the pages of an export that have any words, those higher up first."""
    whole = _whole(archive)
    files = frozenset(whole.sizes)
    paths = [path for path in files if _PAGE.match(PurePosixPath(path).name)]
    offers = []
    for path in sorted(paths, key=lambda path: (path.count("/"), path)):
        shelf = Shelf(str(PurePosixPath(path).parent).removeprefix("."), files, whole.read)
        shown = f"{archive.shown}/{path}"
        try:
            page = _page(whole.read(path, LARGEST_PAGE), shown, PurePosixPath(path).name, shelf)
        except GeneratorError as trouble:
            if all(problem.code == "import-empty" for problem in trouble.problems):
                continue
            raise
        begins = page.title or page.posts[0].markdown[:80]
        offers.append(Offer(page.id, begins, len(page.posts), partial(_same, page)))
    if not offers:
        said = "no page of this export has any words"
        raise GeneratorError(error("import-empty", said, Location(archive.shown)))
    return tuple(offers)


def _same(page: Imported) -> Imported:
    return page


def _whole(archive: Archive) -> Archive:
    """Return an export with the archives in it as one."""
    parts = [name for name in archive.sizes if _PART.match(name)][:MOST_PARTS]
    if not parts:
        return archive
    inner: list[Archive] = [
        Zip(io.BytesIO(archive.read(name, LARGEST_PART)), f"{archive.shown}/{name}")
        for name in parts
    ]
    return _Parts(inner, archive.shown)


def _page(content: bytes, name: str, file: str, shelf: Shelf) -> Imported:
    """Return a page as a thread."""
    text, mended = _text.read(content, name)
    reading = _phrases.Reading(shelf.picture, name)
    found = _PAGE.match(file)
    title = ""
    if re.match(r"\s*<", text) and "<body" in text:
        tree = parse(text)
        head = next((each for each in tree.walk() if "page-title" in each.classes), None)
        title = _inlines.escaped(head.text()) if head else ""
        if head:
            head.children = []
        _notion.unfold(tree)
        pieces = list(_html.blocks(html.main(tree), reading))
    else:
        pieces = _source.read(text, reading).pieces
        # A page's title is its first heading, whatever headings follow.
        if pieces and pieces[0].kind == "heading" and pieces[0].level == 1:
            title = pieces.pop(0).markdown
    known = found["id"] if found else ""
    pieces = [piece for piece in pieces if piece.kind != "text" or piece.markdown.strip()]
    pieces = list(_notion.tidied(pieces))
    posts = _articles.posts(pieces, known[:8] or KIND, name) if pieces else ()
    if not posts:
        raise GeneratorError(error("import-empty", "this page has no words", Location(name)))
    titled = title or (_inlines.escaped(found["title"]) if found else "")
    source = {"kind": KIND, **({"id": known} if known else {})}
    problems = (*mended, *_reports.left_out(reading, name))
    made = Imported(posts, title=titled, source=source, id=known, problems=problems)
    return replace(made, front=_articles.recipe(pieces), media=tuple(shelf.media))


importer = Importer("a Notion export, or a page of one", detects, reads, holds, unpacks)
