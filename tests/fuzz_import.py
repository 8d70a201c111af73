"""Broken files for the importers: every sample, mutated, thousands of times, the same each run.

`./dev fuzz [COUNT] [SEED]` runs it. Whatever is read has to end in Problems or in a content file
that is read again with the same posts; a traceback, a post that got lost and a file that takes
seconds are finds, and are printed with what makes them again.
"""

import io
import json
import random
import re
import sqlite3
import sys
import time
import traceback
import zipfile
from collections.abc import Iterator
from pathlib import Path

from generator import content, importers, intake
from generator.errors import GeneratorError
from generator.fetch.archives import Zip, is_zip
from generator.importers import Imported
from generator.intake import _parts, merging
from generator.settings.schema import SLIDE_KEYS
from tests.imports import car

FIXTURES = Path(__file__).parent / "fixtures" / "import"
SHARED = Path(__file__).parents[2] / "shared"
LIMITS = frozenset(["posts-too-many", "file-too-large", "word-too-long", "nesting-too-deep"])
"""What a build may say of a content file that an importer made: it holds too much, never worse."""

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
SLOWEST = 5.0
"""Seconds for a file of some kilobytes, on a machine with other things to do."""

_ID = "0123456789abcdef" * 2
LARGEST = 40_000
"""Bytes of a sample: larger ones are cut, so that there is time for many."""

_MEDIA = [{"url": "https://t.co/m", "type": "photo", "media_url_https": "https://p/A.png"}]
_TWEETS = [
    {"tweet": {"id_str": "1", "created_at": "Fri Nov 20 10:00:00 +0000 2026",
               "full_text": "One &amp; https://t.co/a https://t.co/m",
               "display_text_range": ["0", "9"],
               "entities": {"urls": [{"url": "https://t.co/a", "expanded_url": "https://a.example"}]},
               "extended_entities": {"media": _MEDIA}}},
    {"tweet": {"id_str": "2", "created_at": "Fri Nov 20 10:00:01 +0000 2026",
               "full_text": "@you Two\u2026", "in_reply_to_status_id_str": "1",
               "in_reply_to_screen_name": "you",
               "edit_info": {"initial": {"editTweetIds": ["2", "3"]}}}},
    {"tweet": {"id_str": "3", "full_text": "Two, mended", "in_reply_to_status_id_str": "1"}},
    {"tweet": {"id_str": "4", "full_text": "- a\n- b", "in_reply_to_status_id_str": "3"}},
]  # fmt: skip
_NOTES = [{"noteTweet": {"createdAt": "2026-11-20T10:00:01.000Z",
                         "core": {"text": "Two and more", "urls": []}}}]  # fmt: skip
_TOOTS = [
    {"type": "Create", "object": {
        "id": f"https://m/{at}", "inReplyTo": f"https://m/{at - 1}" if at else None,
        "published": f"2026-11-20T10:00:0{at}Z", "content": f"<p>Post {at}<br>#x</p>",
        "summary": "Mind", "attachment": [{"url": "/a.png", "mediaType": "image/png"}]}}
    for at in range(3)
]  # fmt: skip

NASTY = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r", b"\n---\n", b"\n\n---\n\n",
    b"\n```\n", b"<!--", b"-->", b"$$", b"<aside>", b"</aside>", b"<script>",
    b"<table><tr><td>", b"</p></div>", b"{", b"}", b"[", b"]", b"](", b"![", b'"', b"\\",
    b"\\u", b"\\ud800", b"|", b"&#0;", b"&#x110000;", b"<!-- layout: x -->", b"<!-- id: x -->",
    b"..", b"/../", b"\xf0\x9f\x91\x87", b"\xe2\x80\xae", b"1e999", b"-1", b"null",
    b"99999999999999999999", b"<" * 50, b"> " * 40, b"- " * 40, b"(" * 60, b"*" * 60, b"_" * 30,
    b"########", b"\xee\x80\x80", b"\xee\x80\x81", b"\xef\xbf\xbc", b"=~{}", b"::", b"####",
    b"%", b"title: [", b"\t",
)  # fmt: skip


def samples() -> list[tuple[str, bytes]]:
    """Return every sample by name: ours, and those that came with the project if they are here."""
    folders = [FIXTURES, SHARED / "samples", SHARED / "seeds"]
    files = [file for folder in folders if folder.is_dir() for file in sorted(folder.rglob("*"))]
    found = [
        (file.name, file.read_bytes())
        for file in files
        if file.is_file() and file.suffix not in (".svg", ".png", ".cases")
    ]
    small = [(name, raw if is_zip(raw[:4]) else raw[:LARGEST]) for name, raw in found]
    whole = [(name, raw) for name, raw in small if len(raw) <= LARGEST]
    packed = [(name, _zipped(files)) for name, files in exports().items()]
    return [*whole, *packed, ("repo.car", car({f"app.bsky.feed.post/{at}": {"text": f"Post {at}"}
                                               for at in range(3)}))]  # fmt: skip


def exports() -> dict[str, dict[str, bytes]]:
    """Return the files of an export of each kind that comes as a zip, by its name."""
    return {
        "notion.zip": {f"Page {_ID}.md": b"# A page\n\nDay: 1\nBy: you\n\n- [ ] \n- [x]  Words.\n"},
        "nested.zip": {"Export-0-Part-1.zip": _zipped(
            {f"Page {_ID}.html": b"<body><h1>A</h1><p>b</p></body>"})},
        "x.zip": {
            "data/account.js": b'window.YTD.account.part0 = [{"account":{"username":"you"}}]',
            "data/tweets.js": b"window.YTD.tweets.part0 = " + json.dumps(_TWEETS).encode(),
            "data/note-tweet.js": b"window.YTD.note_tweet.part0 = " + json.dumps(_NOTES).encode(),
            "data/tweets_media/1-A.png": b"\x89PNG",
        },
        "mastodon.zip": {
            "actor.json": b'{"name":"You","preferredUsername":"you"}',
            "outbox.json": json.dumps({"orderedItems": _TOOTS}).encode(),
        },
        "threads.zip": {"threads/threads_and_replies.json": json.dumps(
            {"text_post_app_text_posts": [{"media": [
                {"creation_timestamp": 9 + at, "title": f"Post {at}", "uri": "a.jpg",
                 "text_post_app_post": {"is_reply": at > 0}}]} for at in range(3)]}).encode()},
        "linkedin.zip": {"Shares.csv": b"Date,ShareLink,ShareCommentary\n"
                         b'2026-11-20 10:00:00,urn:li:share:1,"One ""two""\n""\nthree"\n'},
        "anki.zip": {"collection.anki2": _notes(), "media": b'{"0": "a.svg"}', "0": b"<svg/>"},
        "marp.zip": {"a/deck.md": b"---\nmarp: true\n---\n# A\n\n---\n\n![bg](p.svg)\n",
                     "a/p.svg": b"<svg/>"},
    }  # fmt: skip


def mutated(raw: bytes, other: bytes, chance: random.Random) -> bytes:
    """Return bytes with one to six things done to them."""
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        at, end = sorted(chance.randrange(len(raw) + 1) for _ in range(2))
        end = min(end, at + 200) if chance.random() < 0.7 else end
        piece = chance.choice(NASTY)
        start = chance.randrange(len(other) + 1)
        raw = chance.choice(
            (
                lambda raw=raw, at=at, piece=piece: raw[:at] + piece + raw[at:],
                lambda raw=raw, at=at, end=end: raw[:at] + raw[end:],
                lambda raw=raw, at=at, end=end: raw[:at] + raw[at:end] * 2 + raw[end:],
                lambda raw=raw, at=at: raw[:at],
                lambda raw=raw, at=at: raw[:at] + bytes([chance.randrange(256)]) + raw[at + 1 :],
                lambda raw=raw, at=at, start=start: (
                    raw[:at] + other[start : start + 300] + raw[at:]
                ),
                lambda raw=raw, at=at, piece=piece: raw[:at] + piece * 20 + raw[at:],
            )
        )()
    return raw


def repacked(raw: bytes, other: bytes, chance: random.Random) -> bytes:
    """Return a zip with one of its files broken: broken zips are let go of before they are read."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(files))
    inner = files.pop(name)
    called = name if chance.random() < 0.9 else f"{chance.choice(('', '../', 'x/'))}{name}"
    broken = repacked if is_zip(inner[:4]) else mutated
    return _zipped(files | {called: broken(inner, other, chance)})


def read(raw: bytes, name: str, kind: str | None = None) -> tuple[Imported, ...]:
    """Return what is imported of a file, as the command reads it; nothing if that says why not."""
    try:
        offers: tuple[importers.Offer, ...]
        if is_zip(raw[:4]):
            archive = Zip(io.BytesIO(raw), name)
            if not importers.unpackable(archive, kind):
                return ()
            offers = importers.offers(archive, name, kind)
        else:
            offers = importers.offers(raw, name, kind)
        return tuple(offer.opens() for offer in offers)
    except GeneratorError as trouble:
        if not all(problem.code and problem.message for problem in trouble.problems):
            raise
        return ()


def demand_sound(imported: Imported) -> None:
    """Raise unless a thread's file is read again with all its posts and nothing else."""
    text = intake.render(imported)
    try:
        source = content.load(text.encode(), "x.md", "/x.md", "x")
        thread = content.read(source, SLIDE_KEYS)
    except GeneratorError as trouble:
        codes = {problem.code for problem in trouble.problems}
        if codes <= LIMITS:
            return
        raise AssertionError(f"{codes}: {trouble}") from trouble  # noqa: TRY003, EM102 (a find)
    errors = [problem for problem in thread.problems if problem.severity == "error"]
    if [problem for problem in errors if problem.code != "id-duplicate"]:
        raise AssertionError(errors)
    # A post of nothing but a picture that is still to come gives no slide, and stays in the file.
    shown = [
        post
        for post in imported.posts
        if COMMENT.sub("", post.markdown).strip() or "image" in post.settings
    ]
    wanted = [post.id for post in shown]
    found = [post.id for post in thread.posts]
    first = wanted[:1] if thread.title_from == "heading" and found != wanted else []
    if found != wanted[len(first) :]:
        raise AssertionError(wanted, found)


def demand_merged(before: str, now: str) -> None:
    """Raise unless a file that nobody edited says what comes in: its posts in their order.

    Their words are compared: a table that comes in as lines stays the table that it was.
    """
    merged = merging.merge(before, before, now, "x.md")
    found, wanted = (
        [re.findall(r"\w+", one.body) for one in _parts.sections(text)]
        for text in (merged.text, now)
    )
    if found != wanted:
        raise AssertionError(wanted, found)


def run(count: int, seed: int) -> Iterator[str]:
    """Yield what was found, with what makes it again."""
    known = samples()
    kinds = [None, *importers.importers()]
    first: dict[str, tuple[str, ...]] = {}
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")  # noqa: S311 (the same in each run)
        name, raw = chance.choice(known)
        packed = is_zip(raw[:4]) and chance.random() < 0.8
        broken = (repacked if packed else mutated)(raw, chance.choice(known)[1], chance)
        kind = chance.choice(kinds) if chance.random() < 0.2 else None
        started = time.monotonic()
        try:
            before = first.setdefault(name, tuple(map(intake.render, read(raw, name))))
            for imported in read(broken, name, kind):
                demand_sound(imported)
                if before:
                    demand_merged(before[0], intake.render(imported))
        except Exception as trouble:  # noqa: BLE001 (every kind is a find)
            line = traceback.extract_tb(trouble.__traceback__)[-1]
            where = f"{Path(line.filename).name}:{line.lineno}"
            what = f"{type(trouble).__name__} {where}: {trouble!s:.300}"
            yield f"{name} --from {kind}, number {number}: {what}"
        if time.monotonic() - started > SLOWEST:
            yield f"{name} --from {kind}, number {number}: {time.monotonic() - started:.1f} s"


def _notes() -> bytes:
    """Return a collection of Anki with two notes."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE notes (id INTEGER, flds TEXT)")
    notes = [(1, "What?\x1f<b>That</b>"), (2, 'Which? <img src="a.svg">\x1fThis')]
    base.executemany("INSERT INTO notes VALUES (?, ?)", notes)
    base.commit()
    return base.serialize()


def _zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files.items():
            archive.writestr(zipfile.ZipInfo(name), raw)
    return stream.getvalue()


def main() -> int:
    """Run as many mutations as are asked for; return 1 if something was found."""
    count, seed, *_ = [*map(int, sys.argv[1:3]), 10_000, 1][: max(2, len(sys.argv) - 1)]
    if len(sys.argv) == 2:
        seed = 1
    finds = 0
    for find in run(count, seed):
        finds += 1
        print(find, flush=True)  # noqa: T201 (a program of its own)
    print(f"{count:,} mutations of {len(samples())} samples, seed {seed}: {finds} finds")  # noqa: T201
    return 1 if finds else 0


if __name__ == "__main__":
    sys.exit(main())
