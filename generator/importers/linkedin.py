"""LinkedIn: your posts in the data export, as a zip, unpacked, or `Shares.csv` alone.

Each post is a thread of its own. Of lines below each other the export quotes each by itself.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from functools import partial
from urllib.parse import unquote

from generator.errors import GeneratorError, Location, error
from generator.fetch import Archive, LooseFiles
from generator.importers import Imported, Importer, Offer, _social, _text, opened

KIND = "linkedin"
POSTS = re.compile(r"(?:.*/)?Shares\.csv")
COLUMNS = {"Date", "ShareLink", "ShareCommentary"}
LIMIT = 100_000_000
"""Bytes of a list of posts."""

GLANCE = 600
"""Letters of a post that are looked at to tell how it begins."""

_URN = re.compile(r"urn:li:\w+:(\d+)")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})")
_TORN = re.compile(r'^"{1,2}$', re.MULTILINE)
_QUOTED = re.compile(r'"\n"')
_LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]]")


def detects(content: bytes, name: str) -> float:  # noqa: ARG001 (the content says it)
    """Return how sure it is that this is the table of posts."""
    return 0.98 if _text.glimpse(content[:400])[:1] and _headed(content[:400]) else 0.0


def _headed(content: bytes) -> bool:
    """Say whether a table begins with the names of our columns."""
    return set(_text.glimpse(content)[0].replace('"', "").split(",")) >= COLUMNS


def reads(content: bytes, name: str) -> tuple[Imported, ...]:
    """Return the posts of the table, newest first."""
    return opened(offers(content, name))


def offers(content: bytes, name: str) -> tuple[Offer, ...]:
    """Return what the table offers."""
    return unpacks(LooseFiles({"Shares.csv": content}, name))


def holds(archive: Archive) -> float:
    """Return how sure it is that this is an export with posts."""
    return 0.9 if any(POSTS.fullmatch(name) for name in archive.sizes) else 0.0


def unpacks(archive: Archive) -> tuple[Offer, ...]:
    """Return the posts of an export, newest first."""
    rows = [
        row
        for name in archive.sizes
        if POSTS.fullmatch(name)
        for row in _rows(archive, name)
        if row["ShareCommentary"].strip()
    ]
    if not rows:
        said = "there is no post with words of your own in it"
        raise GeneratorError(error("import-empty", said, Location(archive.shown)))
    rows.sort(key=lambda row: row["Date"], reverse=True)
    return tuple(_offer(row, number, archive) for number, row in enumerate(rows, 1))


def _rows(archive: Archive, name: str) -> Iterator[Mapping[str, str]]:
    """Yield the rows of a table by its columns; one that is cut off is an error."""
    shown = archive.shown if isinstance(archive, LooseFiles) else f"{archive.shown}/{name}"
    text = _text.decode(archive.read(name, LIMIT), shown).replace("\0", "")
    table = csv.DictReader(io.StringIO(text.replace("\r\n", "\n"), newline=""), strict=True)
    try:
        if not set(table.fieldnames or ()) >= COLUMNS:
            said = f"the table has no columns {', '.join(sorted(COLUMNS))}"
            raise GeneratorError(error("import-broken", said, Location(shown, 1)))
        for row in table:
            known = {key: value or "" for key, value in row.items() if key}
            yield known
    except csv.Error as trouble:
        said = f"this is no table: {trouble}"
        hint = "the file may be cut off: get it once more"
        raise GeneratorError(
            error("import-broken", said, Location(shown, table.reader.line_num), hint)
        ) from None


def unquoted(text: str) -> str:
    """Return a post with the lines that it had.

    The export puts signs of quotation around line ends. They are taken away where an empty line
    shows that: a line of nothing but such a sign.
    """
    return _QUOTED.sub("\n", text) if _TORN.search(text) else text


def _offer(row: Mapping[str, str], number: int, archive: Archive) -> Offer:
    """Return a row as an offer."""
    begins = _social.begins(_worded(row["ShareCommentary"][:GLANCE]))
    found = _URN.search(unquote(row["ShareLink"]))
    key = found[1] if found else str(number)
    day = row["Date"][:10] if _DAY.match(row["Date"]) else ""
    return Offer(key, begins, 1, partial(_thread, row, key, archive), day)


def _worded(commentary: str) -> str:
    """Return the words of a post."""
    return _social.clean(unquoted(commentary)).strip()


def _thread(row: Mapping[str, str], key: str, archive: Archive) -> Imported:
    """Return a row as a thread of one post."""
    text = _worded(row["ShareCommentary"])
    link = row["ShareLink"] if _social.address(row["ShareLink"]) else ""
    spans = [
        (one.start(), one.end(), _social.displayed(one[0]), one[0]) for one in _LINK.finditer(text)
    ]
    said, links = _social.linked(text, spans)
    shared = row.get("SharedUrl", "").strip()
    if _social.address(shared) and all(shared != url for _, url in links):
        more, also = _social.linked("-", [(0, 1, _social.displayed(shared), shared)])
        said, links = f"{said}\n\n{more}", links + also
    found = _DAY.match(row["Date"])
    date = f"{found[1]}T{found[2]}" if found else ""
    media = row.get("MediaUrl", "").strip()
    shots = (_social.Shot(url=media),) if _social.address(media) else ()
    entry = _social.Entry(f"li-{key}", said, links, date, link, shots)
    source = {"kind": KIND, **({"url": link} if link else {}), "id": key}
    return _social.thread([entry], archive.shown, source=source, id=key)


importer = Importer("the posts in an export of LinkedIn", detects, reads, holds, unpacks, offers)
