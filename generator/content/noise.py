"""What threads bring from their network, left out on request: `1/9`, `🧵👇`, no other word."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.content import titles
from generator.content.form import shape_of
from generator.content.sentences import plain
from generator.content.shape import Blocks
from generator.model import Block, Post, Span, Thread

FEWEST = 2
"""Posts whose counters go up with them: `24/7` alone, or `1/2` of a cup, is none."""
PROSE = ("paragraph", "heading")
_SIGN = "(?:🧵|👇[🏻-🏿]?|⬇\ufe0f?|⤵\ufe0f?|🔽|↓)"
_THREAD = r"(?:a\s)?(?:(?:short|long|mini|mega)[\s-]?)?thread\b\s?[:.]?"
_COUNT = r"[(\[]?(?P<number>\d{1,3})\s?[/\uff0f]\s?(?:\d{1,3}|n\b|x\b|🧵)?[)\]]?"
_BEGINS = re.compile(rf"^(?:{_SIGN}\s*)+(?:{_THREAD}\s*)?", re.IGNORECASE)
_ENDS = re.compile(
    rf"(?:^|\s+)(?:[(\[]?\b{_THREAD}\s*(?=🧵))?[(\[]?(?:{_SIGN}\s*)+[)\]]?$", re.IGNORECASE
)
_COUNT_BEGINS = re.compile(rf"^{_COUNT}[:.)]?(?=\s|$)\s*", re.IGNORECASE)
_COUNT_ENDS = re.compile(rf"(?:^|\s+){_COUNT}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A thread without noise, and what was left out of it, in order."""

    thread: Thread
    left_out: tuple[str, ...] = ()


def cleaned(thread: Thread) -> Cleaned:
    """Return a thread whose posts bear no counters, and begin or end with no 🧵 and 👇.

    A counter is one if others go up with it, post by post. A post of nothing else stays as it is.
    """
    bare = [_signless(post) for post in thread.posts]
    counted = _counted([blocks for blocks, _ in bare])
    left_out: list[str] = []
    thread = _titled_by_heading(thread, left_out)
    posts = tuple(
        _rid(post, *bare[at], left_out, counted=at in counted)
        for at, post in enumerate(thread.posts)
    )
    if not left_out:
        return Cleaned(thread)
    return Cleaned(_titled_by_hook(replace(thread, posts=posts)), tuple(left_out))


def _rid(
    post: Post, blocks: Blocks, gone: list[str], left_out: list[str], *, counted: bool
) -> Post:
    """Return a post with its blocks without noise, which is noted; as it is if that is all."""
    if counted:
        blocks, counters = _countless(blocks)
        gone = [*gone, *counters]
    if not gone or not blocks:
        return post
    left_out += gone
    return replace(post, blocks=blocks, shape=shape_of(blocks))


def _titled_by_heading(thread: Thread, left_out: list[str]) -> Thread:
    """Return the thread with its title without signs, if that was a heading."""
    if thread.title_from != "heading":
        return thread
    heading = _cut(Block("heading", spans=thread.title_spans), _ENDS, left_out)
    spans = heading.spans if heading else thread.title_spans
    return replace(thread, title=" ".join(plain(spans).split()), title_spans=spans)


def _titled_by_hook(thread: Thread) -> Thread:
    """Return the thread with its title anew, if that was taken from its first post."""
    found = titles.hook(thread.posts[0]) if thread.title_from == "hook" else ""
    return replace(thread, title=found, title_spans=(Span("text", found),)) if found else thread


def _signless(post: Post) -> tuple[Blocks, list[str]]:
    """Return a post's blocks without signs at its beginning and at their ends, and these signs."""
    gone: list[str] = []
    blocks = [_cut(block, _ENDS, gone) for block in post.blocks]
    if blocks and blocks[0]:
        blocks[0] = _cut(blocks[0], _BEGINS, gone)
    return tuple(block for block in blocks if block), gone


def _countless(blocks: Blocks) -> tuple[Blocks, list[str]]:
    """Return blocks without the counter that they begin or end with, and without signs there."""
    gone: list[str] = []
    first = _cut(blocks[0], _COUNT_BEGINS, gone)
    if not gone:
        last = _cut(blocks[-1], _COUNT_ENDS, gone)
        last = last and _cut(last, _ENDS, gone)
        return (*blocks[:-1], *((last,) if last else ())), gone
    first = first and _cut(first, _BEGINS, gone)
    return (*((first,) if first else ()), *blocks[1:]), gone


def _counted(posts: Sequence[Blocks]) -> set[int]:
    """Return the places, from 0, of those posts whose counters go up with them."""
    ahead = {at: number - at for at, blocks in enumerate(posts) if (number := _number(blocks))}
    common = Counter(ahead.values()).most_common(1)
    if not common or common[0][1] < FEWEST:
        return set()
    return {at for at, difference in ahead.items() if difference == common[0][0]}


def _number(blocks: Blocks) -> int | None:
    """Return the number of the counter that a post begins or ends with, if any."""
    if not blocks:
        return None
    found = _COUNT_BEGINS.search(_edge(blocks[0], last=False)) or _COUNT_ENDS.search(
        _edge(blocks[-1], last=True)
    )
    return int(found["number"]) if found else None


def _edge(block: Block, *, last: bool) -> str:
    """Return the text that a block of prose begins or ends with, up to its first or last markup."""
    spans = _trimmed(block.spans) if block.kind in PROSE else ()
    edge = spans[-1 if last else 0] if spans else None
    return edge.text if edge and edge.kind == "text" else ""


def _cut(block: Block, noise: "re.Pattern[str]", gone: list[str]) -> Block | None:
    """Return a block of prose without the noise at its edge, which is noted; None if that is all.

    What is cut at the end ends with `$`.
    """
    last = noise.pattern.endswith("$")
    found = noise.search(_edge(block, last=last))
    if not found:
        return block
    gone.append(found[0].strip())
    spans = _trimmed(block.spans)
    if last:
        left = (*spans[:-1], replace(spans[-1], text=spans[-1].text[: found.start()]))
    else:
        left = (replace(spans[0], text=spans[0].text[found.end() :]), *spans[1:])
    left = _trimmed(left)
    return replace(block, spans=left) if left else None


def _trimmed(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return spans without space and breaks at their beginning and end."""
    while spans and _blank(spans[0]):
        spans = spans[1:]
    while spans and _blank(spans[-1]):
        spans = spans[:-1]
    if spans and spans[0].kind == "text":
        spans = (replace(spans[0], text=spans[0].text.lstrip()), *spans[1:])
    if spans and spans[-1].kind == "text":
        spans = (*spans[:-1], replace(spans[-1], text=spans[-1].text.rstrip()))
    return spans


def _blank(span: Span) -> bool:
    return span.kind == "break" or (span.kind == "text" and not span.text.strip())
