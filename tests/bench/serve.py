"""The preview: from a save to the changed slide in Chromium, on 11 slides, and from start to page.

A slide is seen when its new picture is decoded and the browser has drawn a frame with it.
"""

import contextlib
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Page

from tests.bench._decks import MARK, eleven
from tests.bench._race import Study, figure, surroundings, threadpress
from tests.bench._saves import REST, quantile
from tests.browsing import address, browser

SAVES_A_ROUND = 10
P50, P95, FIRST, WEIGHT = 120, 250, 1.5, 100
"""What issue 7 asks: milliseconds to a slide, seconds to the first page, kB without slides."""
STARTS = 3
WARM = 3
"""Saves that are not counted: a browser, too, is slow at first."""
PAGE = ("", "preview.css", "preview.js", "icon.svg")
MEET = """() => {
  const img = document.querySelector("#spot img.slide"), was = img.dataset.id;
  window.met = new Promise(seen => {
    const look = () => {
      if (img.dataset.id === was || !img.complete) requestAnimationFrame(look);
      else img.decode().then(() => requestAnimationFrame(() => seen(Date.now() / 1000)));
    };
    requestAnimationFrame(look);
  });
}"""
"""It asks at each frame; the page's policy lets nobody evaluate text there."""


@contextlib.contextmanager
def _serving(folder: Path) -> Iterator[str]:
    command = threadpress("--project", str(folder), "serve", "--port", "0")
    child = subprocess.Popen(
        command, cwd=folder, env=surroundings(), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield address(child.stdout)
    finally:
        child.send_signal(signal.SIGINT)
        child.communicate(timeout=10)


def _starts(page: Page, folder: Path) -> Iterator[tuple[float, int]]:
    """Yield how long it took from a start to a page of carousels, and what the page weighs."""
    for _ in range(STARTS):
        began = time.perf_counter()
        with _serving(folder) as at:
            page.goto(at)
            page.locator(".card").first.wait_for()
            took = time.perf_counter() - began
            weight = sum(len(page.request.get(at + name).body()) for name in PAGE)
        page.goto("about:blank")
        yield took, weight


def _save(page: Page, source: Path, text: str) -> float:
    """Save a deck; return after how many seconds its changed slide was seen."""
    page.evaluate(MEET)
    began = time.time()
    source.write_text(text, "utf-8")
    seen: float = page.evaluate("window.met")
    return seen - began


def _saves(page: Page, source: Path, count: int) -> Sequence[float]:
    text, took = source.read_text("utf-8"), []
    page.locator("#deck[data-proved=true][data-sharp=true]").wait_for()
    for turn in range(count):
        took.append(_save(page, source, text.replace(MARK, f"Word{turn}x")))
        time.sleep(REST)
    return took


def _measure(folder: Path, rounds: int) -> Sequence[str]:
    (folder / "content").mkdir()
    source = eleven(folder / "content")
    parts = source.read_text("utf-8").split("\n---\n")
    where = next(number for number, part in enumerate(parts) if MARK in part)
    with browser() as started:
        page = started.new_page(viewport={"width": 1440, "height": 900})
        starts = list(_starts(page, folder))
        with _serving(folder) as at:
            page.goto(at)
            page.locator(".card a").first.click()
            page.locator("#deck[data-proved=true]").wait_for()
            page.goto(f"{page.url.partition('@')[0]}@{where + 1}")
            took = _saves(page, source, WARM + SAVES_A_ROUND * rounds)[WARM:]
    times = [quantile(took, share) for share in (0.5, 0.95, 0.0, 1.0)]
    return [
        f"{len(took)} saves: p50, p95, least, most: "
        + ", ".join(f"{1000 * one:.0f} ms" for one in times),
        figure("p50", 1000 * times[0], P50, "ms"),
        figure("p95", 1000 * times[1], P95, "ms"),
        figure("first page", quantile([took for took, _ in starts], 0.5), FIRST, "s"),
        figure("page without slides", starts[0][1] / 1000, WEIGHT, "kB"),
    ]


case = Study("Serve: from a save to the changed slide in a browser", _measure)
