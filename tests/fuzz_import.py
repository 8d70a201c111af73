"""Broken files for the importers: every sample, mutated, thousands of times, the same each run.

`./dev fuzz [COUNT] [SEED]` runs it. Whatever is read has to end in Problems or in a content file
that is read again with the same posts; a traceback, a post that got lost and a file that takes
seconds are finds, and are printed with what makes them again.
"""

import io
import random
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
from generator.settings.schema import SLIDE_KEYS

FIXTURES = Path(__file__).parent / "fixtures" / "import"
SHARED = Path(__file__).parents[2] / "shared"
LIMITS = frozenset(["posts-too-many", "file-too-large", "word-too-long", "nesting-too-deep"])
"""What a build may say of a content file that an importer made: it holds too much, never worse."""

SLOWEST = 5.0
"""Seconds for a file of some kilobytes, on a machine with other things to do."""

_ID = "0123456789abcdef" * 2
LARGEST = 40_000
"""Bytes of a sample: larger ones are cut, so that there is time for many."""

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
    return [(name, raw) for name, raw in small if len(raw) <= LARGEST] + [
        ("export.zip", _zipped({f"Page {_ID}.md": b"# A page\n\nWords.\n"})),
        ("nested.zip", _zipped({"Export-0-Part-1.zip": _zipped(
            {f"Page {_ID}.html": b"<body><h1>A</h1><p>b</p></body>"})})),
    ]  # fmt: skip


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
    wanted = [post.id for post in imported.posts if post.markdown or "image" in post.settings]
    found = [post.id for post in thread.posts]
    first = wanted[:1] if thread.title_from == "heading" and found != wanted else []
    if found != wanted[len(first) :]:
        raise AssertionError(wanted, found)


def run(count: int, seed: int) -> Iterator[str]:
    """Yield what was found, with what makes it again."""
    known = samples()
    kinds = [None, *importers.importers()]
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")  # noqa: S311 (the same in each run)
        name, raw = chance.choice(known)
        broken = mutated(raw, chance.choice(known)[1], chance)
        kind = chance.choice(kinds) if chance.random() < 0.2 else None
        started = time.monotonic()
        try:
            for imported in read(broken, name, kind):
                demand_sound(imported)
        except Exception as trouble:  # noqa: BLE001 (every kind is a find)
            line = traceback.extract_tb(trouble.__traceback__)[-1]
            where = f"{Path(line.filename).name}:{line.lineno}"
            what = f"{type(trouble).__name__} {where}: {trouble!s:.300}"
            yield f"{name} --from {kind}, number {number}: {what}"
        if time.monotonic() - started > SLOWEST:
            yield f"{name} --from {kind}, number {number}: {time.monotonic() - started:.1f} s"


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
