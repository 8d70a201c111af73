"""Slides that a seam must not change, and what came of them: for the tests of the seams.

A seam is judged by laying all of these out in two processes, one of them with stock WeasyPrint:
`python -m tests.torture OUT.json [SEAM …]`, with THREADPRESS_STOCK=1 for stock.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from generator.fetch import Door
from generator.paginate import About, LaidOut, Press, seams
from tests.torture_slides import BASE, HEAD, SIZE, Torture, region, torture

__all__ = ["BASE", "HEAD", "SIZE", "Torture", "differences", "faces", "region", "torture"]

ROOT = Path(__file__).parents[1]
FONTS = ROOT / "themes" / "_fonts"
FACES = ("inter/400", "inter/600", "instrument-serif/400i", "jetbrains-mono/500", "symbols/400")
STREAM = re.compile(rb"(<<[^\n]*>>)\nstream\n(.*?)\nendstream", re.DOTALL)
LONG = re.compile(rb"-?\d+\.\d{4,}")
OFF_TIES = 0.000123
"""Added before rounding: the halves and quarters of layout would else be rounded either way."""
EPOCH = "1700000000"
"""SOURCE_DATE_EPOCH of both processes: a PDF says when it was made."""


def faces(door: Door) -> str:
    """Return the `@font-face` rules of the set's fonts, under private names."""
    return "".join(
        f"@font-face {{ font-family: tp-{name.partition('/')[0]};"
        f" font-weight: {name[-4:].strip('/i')};"
        f" font-style: {'italic' if name.endswith('i') else 'normal'};"
        f" src: url({door.url(FONTS / f'{name}.ttf')}) }}"
        for name in FACES
    )


def all_facts() -> dict[str, Any]:
    """Return what came of every slide, each laid out three times in one process.

    PDFs of the same bytes have the same pixels, words, links, outline and tags.
    """
    press = Press(Door([("builtin", ROOT)]))
    slides, sheets = torture(press.door), (faces(press.door) + BASE,)
    found: dict[str, Any] = {}
    for turn in range(3):  # the second time from what is remembered, the third back to front
        pages = []
        for slide in slides[:: -1 if turn == 2 else 1]:
            laid = press.lay_out(slide.html, (*sheets, *slide.css), *SIZE)
            found[f"{slide.name} {turn}"] = _measures(laid)
            pages.append(laid.page)
        pdf = press.write(pages, About("Torture", "en", "You"))
        found[f"all {turn}"] = {"bytes": hashlib.sha256(_to_a_thousandth(pdf)).hexdigest()}
    return found


def _to_a_thousandth(pdf: bytes) -> bytes:
    """Return all that a PDF draws and says, its numbers rounded to thousandths of a point.

    What is laid out and then moved stands a millionth of a point from what is laid out in place.
    """
    parts = []
    for head, stream in STREAM.findall(pdf):
        if b"/XRef" in head:
            continue
        content = zlib.decompress(stream) if b"/FlateDecode" in head else stream
        first = re.search(rb"/First (\d+)", head)  # of the objects, after their places
        drawn = content[int(first[1]) if first else 0 :]
        parts.append(LONG.sub(lambda number: b"%.3f" % (float(number[0]) + OFF_TIES), drawn))
    return b"\n".join(parts)


def _measures(laid: LaidOut) -> dict[str, Any]:
    places = [
        f"{type(box).__name__} {box.element_tag} {getattr(box, 'text', '')!r}"
        f" {box.position_x} {box.position_y} {box.width} {box.height}"
        for box in laid.page._page_box.descendants()  # noqa: SLF001  there is no public box tree
    ]
    return {
        "problems": [problem.message for problem in laid.problems],
        "regions": [repr(region) for region in laid.regions],
        "links": [repr(link[:3]) for link in laid.page.links],
        "bookmarks": [repr(mark) for mark in laid.page.bookmarks],
        "spilled": laid.spilled,
        "boxes": hashlib.sha256("\n".join(places).encode()).hexdigest(),
    }


@cache
def found_with(*names: str, stock: bool = False) -> dict[str, Any]:
    """Return all facts from a process that has these seams only (none named: every one)."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "facts.json")
        surroundings = os.environ | {
            "SOURCE_DATE_EPOCH": EPOCH,
            "THREADPRESS_STOCK": "1" if stock else "",
            "XDG_CACHE_HOME": folder,
        }
        command = [sys.executable, "-W", "error", "-m", "tests.torture", str(out), *names]
        caching = not stock and (not names or "sheets" in names)
        for _again in range(2 if caching else 1):  # the second finds what the first one cached
            subprocess.run(command, check=True, cwd=ROOT, env=surroundings)
        found: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return found


def differences(*names: str) -> list[str]:
    """Return what these seams change, by slide: nothing, where they are right."""
    stock, ours = found_with(stock=True), found_with(*names)
    keys = [(slide, fact) for slide in stock for fact in stock[slide]]
    return [f"{slide}: {fact}" for slide, fact in keys if stock[slide][fact] != ours[slide][fact]]


def _only(names: Sequence[str]) -> None:
    """Leave only the seams of these names."""
    import importlib  # noqa: PLC0415  (in the child process only)

    loaded = (importlib.import_module(f"generator.paginate.seams.{name}") for name in names)
    chosen = tuple(chain.from_iterable((module.seam,) for module in loaded))
    seams.known = lambda: chosen


if __name__ == "__main__":
    if sys.argv[2:]:
        _only(sys.argv[2:])
    Path(sys.argv[1]).write_text(json.dumps(all_facts(), ensure_ascii=False), "utf-8")
