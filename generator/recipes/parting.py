"""Which part of a recipe each post belongs to, by its heading, its shape, its place, its asking."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from generator.model import Block, Part, Post, Recipe

LONGEST_LABEL = 4
"""Words of a paragraph that may still be a heading which lost its marks."""


def parted(
    recipe: Recipe, posts: Sequence[Post], asks: Callable[[tuple[Block, ...]], object]
) -> Mapping[int, Part]:
    """Return the part of each post that belongs to one, by the post's number: the first that fits.

    A part wants one of its headings or shapes, or a question, where it names any of these; its
    place besides.
    """
    found: dict[int, Part] = {}
    for at, post in enumerate(posts):
        places = {"", "first" if at == 0 else "", "last" if at == len(posts) - 1 else ""}
        for part in recipe.parts:
            if part.place in places and _fits(part, post, asks):
                found[post.number] = part
                break
    return found


def _fits(part: Part, post: Post, asks: Callable[[tuple[Block, ...]], object]) -> bool:
    wanted = part.heading or part.shape or part.asks
    if not wanted:
        return bool(part.place)
    return (
        _headed(part.heading, post)
        or post.shape in part.shape
        or (part.asks and asks(post.blocks) is not None)
    )


def _headed(beginnings: Iterable[str], post: Post) -> bool:
    """Return whether a post's heading begins with one of these words; a sign before it is none."""
    first = post.blocks[0] if post.blocks else None
    if first is None or first.kind not in ("heading", "paragraph"):
        return False
    text = first.plain().strip().casefold()
    if first.kind == "paragraph" and len(text.split()) > LONGEST_LABEL:
        return False
    while text and not text[0].isalnum():
        text = text[1:]
    return any(_begins(text, beginning) for beginning in beginnings)


def _begins(text: str, beginning: str) -> bool:
    return text.startswith(beginning) and not text[len(beginning) :][:1].isalpha()
