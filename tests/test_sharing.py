"""A carousel that several workers make together is the one that one worker makes."""

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from generator import exporters
from generator.build.inline import Inline
from generator.build.job import Pressed, lay, work
from generator.build.sharing import shared, shares
from generator.build.worker import WorkerError
from generator.cache import Place
from generator.model import Carousel
from tests.project import SVG, Project, png

ROOT = Path(__file__).parents[1]
FRONT = "title: One deck, many hands\nbrand: sample\noutro: {lines: [Repost it]}"
POSTS = (
    "The first sentence leads. **Bold**, ==marked==, `code` and a [link](https://example.com) 🚀.",
    "- ❌ Before: a wall\n- ✅ After: a door",
    "![A grey field](p.svg)",
    "![A smaller one](q.png)\n\nIts words.",
    "> Said — and written.\n>\n> — somebody",
    "1. **One:** first\n2. **Two:** second",
    "| a | b |\n|---|---|\n| c | 12.50 |",
    "```python\nprint('words')\n```",
    "$$a^2 + b^2 = c^2$$",
)
LONG = "\n\n".join(f"{number}. " + "These are words that take room. " * 6 for number in range(14))


@dataclass(slots=True)
class Hands(Inline):
    """A crew of three that does each job at once, and counts them."""

    size: int = 3
    done: list[str] = field(default_factory=list)

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **named: Any) -> "Future[Any]":  # noqa: ANN401
        """Return the future of a job that is done already."""
        self.done.append(work.__name__)
        return Inline.submit(self, work, *arguments, **named)


def deck(root: Path, *posts: str, front: str = FRONT) -> Carousel:
    """Return a carousel of these posts, whose pictures are there."""
    project = Project(root)
    project.file("content/p.svg", SVG)
    project.file("content/q.png", png(300, 200))
    project.thread(front, "\n\n---\n\n".join(posts))
    return project.carousel(files=["pdf", "jpeg"])


def both(carousel: Carousel, crew: Hands) -> tuple[Pressed, Pressed]:
    """Return what one worker makes of a carousel, and what three do."""
    alone = work(carousel)
    return alone, shared(crew, carousel, 3, Place()).result()


def test_hands_that_share_a_deck_make_the_same_bytes(tmp_path: Path) -> None:
    crew = Hands()
    alone, together = both(deck(tmp_path, *POSTS), crew)
    assert crew.done == ["lay", "lay", "lay", "bind"]
    assert together.artifacts == alone.artifacts
    assert together.problems == alone.problems
    assert (together.read, together.missed) == (alone.read, alone.missed)


def test_a_post_that_needs_more_slides_moves_the_numbers_of_all(tmp_path: Path) -> None:
    crew = Hands()
    alone, together = both(deck(tmp_path, *POSTS[:4], LONG, *POSTS[4:]), crew)
    assert crew.done == ["lay", "lay", "lay", "lay", "bind"]  # it weighs as much as two shares
    assert together.artifacts == alone.artifacts
    assert [problem.code for problem in together.problems].count("post-split") == 1
    assert together.problems == alone.problems


@pytest.mark.parametrize(
    "post",
    ["x" * 900, "No face has \U000f0000 or \U0010fffd.", "[To a post](#post-2)"],
    ids=["does-not-fit", "glyph-missing", "link"],
)
def test_what_can_not_be_shared_is_made_by_one(tmp_path: Path, post: str) -> None:
    alone, together = both(deck(tmp_path, *POSTS, post), Hands())
    assert together.artifacts == alone.artifacts
    assert together.problems == alone.problems


def test_a_worker_that_is_lost_is_told_and_no_other_one_tries(tmp_path: Path) -> None:
    class Losing(Hands):
        def submit(self, work: Callable[..., Any], /, *_arguments: Any, **_: Any) -> "Future[Any]":  # noqa: ANN401
            future: Future[Any] = Future()
            self.done.append(work.__name__)
            future.set_exception(WorkerError("its worker died"))
            return future

    crew = Losing()
    with pytest.raises(WorkerError):
        shared(crew, deck(tmp_path, *POSTS), 2, Place()).result()
    assert set(crew.done) == {lay.__name__}


def test_a_deck_is_parted_where_hands_are_free_and_slides_enough(tmp_path: Path) -> None:
    carousel = deck(tmp_path, *POSTS)  # eleven slides, cover and outro among them
    assert [shares(8, 1, carousel), shares(2, 1, carousel), shares(8, 4, carousel)] == [3, 2, 2]
    assert shares(2, 2, carousel) == shares(1, 1, carousel) == 1


@pytest.mark.parametrize("stock", ["", "1"])
def test_two_processes_make_what_one_makes(tmp_path: Path, stock: str) -> None:
    deck(tmp_path, *POSTS)
    made = []
    for jobs in ("1", "2"):
        out = tmp_path / f"{jobs}.pdf"
        arguments = ["build", "content/talk.md", "-o", str(out), "-j", jobs, "--force"]
        environment = {**os.environ, "THREADPRESS_STOCK": stock, "PYTHONPATH": str(ROOT)}
        subprocess.run(
            [sys.executable, "-m", "generator", *arguments],
            cwd=tmp_path,
            env=environment,
            check=True,
            capture_output=True,
        )
        made.append(out.read_bytes())
    assert made[0] == made[1]


def test_a_deck_whose_exporter_asks_what_stands_on_pages_is_not_shared() -> None:
    assert exporters.measuring(("pdf", "html"))
    assert exporters.measuring(("pptx",))
    assert not exporters.measuring(("pdf", "jpeg", "txt"))
