"""The carousel as an article in Markdown: for a blog, a newsletter, a repo, or for us again."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from generator.exporters import Deck, Exporter
from generator.exporters._markdown import Writer, typed
from generator.model import Artifact, Block, Slide

NAME = "thread.md"
RULE = "\n\n---\n\n"
"""Between posts, as our own content files have it."""
KEY = "answers"
"""What counts the slide with all answers of a quiz: they stand with their questions here."""


def export(deck: Deck) -> tuple[Artifact, ...]:
    """Return Markdown: the cover's words as the title, then each post as it was written.

    Read as a content file it has the same posts, and one more for what a cover or an outro says
    beside a title. Pictures have their paths as they stand in the content file.
    """
    carousel = deck.carousel
    folder = dict(carousel.roots).get("project", "")
    if carousel.location:
        folder = os.path.join(folder, os.path.dirname(carousel.location.path))  # noqa: PTH118, PTH120  only words

    def picture(alt: str, path: str, title: str) -> str:
        near = os.path.relpath(path, folder) if os.path.isabs(path) else path  # noqa: PTH117
        return typed(alt, near.replace(os.sep, "/"), title)

    covered = bool(carousel.slides) and carousel.slides[0].kind == "cover"
    parts = [] if covered else [f"# {carousel.title}"]
    parts += [
        Writer(picture, 1 if slide.kind == "outro" else 0).slide(slide)
        for slide in _posts(carousel.slides)
    ]
    content = RULE.join(part for part in parts if part.strip())
    return (Artifact(NAME, f"{content}\n".encode()),)


def _posts(slides: Sequence[Slide]) -> Iterator[Slide]:
    """Yield slides as they were written: a question stands once, with its answers."""
    for slide, after in pairwise((*slides, None)):
        if slide is None or slide.counted == KEY:
            continue
        if slide.question is None:
            yield _bulleted(slide)
        elif after is None or after.posts != slide.posts:
            yield _bulleted(_answered(slide))


def _answered(slide: Slide) -> Slide:
    """Return a slide that asks as the post that it was made of."""
    question = slide.question
    if question is None:
        return slide
    count = len(question.options)
    blocks = tuple(
        replace(block, blocks=question.options) if _boxed(block) == count else block
        for block in question.asks
    )
    return replace(slide, blocks=(*blocks, *question.answers))


def _bulleted(slide: Slide) -> Slide:
    """Return a slide whose options, which letters count there, have bullets again."""
    if not slide.counted:
        return slide
    blocks = (replace(one, ordered=False) if _boxed(one) else one for one in slide.blocks)
    return replace(slide, blocks=tuple(blocks))


def _boxed(block: Block) -> int:
    """Return how many entries a list has, if each of them has a box."""
    boxed = block.kind == "list" and all(item.checked is not None for item in block.blocks)
    return len(block.blocks) if boxed else 0


exporter = Exporter(".md", export)
