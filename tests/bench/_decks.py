"""Decks to build: the eleven slides of text that the figures speak of."""

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


def eleven(folder: Path) -> Path:
    """Return a content file in `folder` that gives a cover, nine posts of text and an outro."""
    path = folder / "eleven.md"
    path.write_text(FRONT + "\n---\n\n".join(_posts()), "utf-8")
    return path


def _posts() -> list[str]:
    found = sorted(SEEDS.glob(SEED)) if SEEDS.is_dir() else []
    if not found:
        return OWN.read_text("utf-8").split("\n---\n\n")
    from generator import importers  # noqa: PLC0415  only where the seeds are
    from generator.importers import restructure  # noqa: PLC0415

    imported = importers.read(found[0].read_bytes(), found[0].name)[0]
    return [f"{post.markdown.strip()}\n" for post in restructure.restructured(imported).posts]
