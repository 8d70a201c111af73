"""Decks to build: the eleven slides of text that the figures speak of."""

from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

from tests.bench._race import ROOT

SEEDS = ROOT.parent / "shared" / "seeds"
SEED = "000_*.txt"
OWN = Path(__file__).with_name("deck.md")
"""Nine posts of our own words, about as long as those of the seed: for where there are no seeds."""

FRONT = """---
title: When is the short way the long one?
author: {name: Your Name, handle: "@you"}
targets: [linkedin]
outro: {title: "Found this useful?", lines: [Repost it for your network, Follow @you for more]}
---
"""


MARK = "Word0"
"""Stands in the last post of each deck, for those who measure how long an edit takes."""


def eleven(folder: Path, turn: int = 0) -> Path:
    """Return a content file in `folder` that gives a cover, nine posts of text and an outro.

    With another `turn` the posts stand in another order: a deck of the same size.
    """
    posts = _posts()
    turn %= len(posts)
    return deck(folder / "eleven.md", [*posts[turn:], *posts[:turn]])


def deck(path: Path, posts: Sequence[str]) -> Path:
    """Return a content file of these posts, with a cover and an outro around them."""
    path.write_text(FRONT + "\n---\n\n".join(posts) + f"\n{MARK}\n", "utf-8")
    return path


def fifty(folder: Path) -> Path:
    """Return a content file that gives fifty slides: the same posts again and again."""
    return deck(folder / "fifty.md", list(islice(cycle(_posts()), 48)))


def batch(folder: Path, count: int) -> Path:
    """Return a folder of so many decks of eleven slides, each of them different."""
    folder.mkdir()
    for number in range(count):
        path = eleven(folder, number).rename(folder / f"deck-{number:03}.md")
        words = path.read_text("utf-8").replace("long one?", f"long one? ({number})")
        path.write_text(words, "utf-8")
    return folder


def repo(root: Path, count: int) -> Path:
    """Return a content repo of so many carousels of one slide, a hundred to a folder."""
    root.mkdir()
    (root / "threadpress.yaml").write_text("theme: night\n", "utf-8")
    for number in range(count):
        path = root / "content" / f"{number // 100:03}" / f"note-{number:05}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ncover: false\n---\n\nNote {number}. {MARK}\n", "utf-8")
    return root


def _posts() -> list[str]:
    found = sorted(SEEDS.glob(SEED)) if SEEDS.is_dir() else []
    if not found:
        return OWN.read_text("utf-8").split("\n---\n\n")
    from generator import importers  # noqa: PLC0415  only where the seeds are
    from generator.importers import restructure  # noqa: PLC0415

    imported = importers.read(found[0].read_bytes(), found[0].name)[0]
    return [f"{post.markdown.strip()}\n" for post in restructure.restructured(imported).posts]
