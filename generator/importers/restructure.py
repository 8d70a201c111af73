"""Line breaks that a platform took away, given back: lists, pairs and numbered headings.

Only ever a suggestion, shown before it is written: where a list ends is a guess. The words stay
what they were, in their order; a post of which that cannot be said is left alone.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from generator.importers import Imported, ImportedPost, _markdown, _sentences

_BULLET = re.compile(r"(?:^|(?<=:)\s)\\?(?P<sign>[-•\u2013*▪])\s")
_MARK = re.compile(r"(?:^|(?<=\s))(?:[❌✅✗✘✓✔🚫☑👎👍]\ufe0f?)(?=\s+\w)")
_NUMBERED = re.compile(r"^(?P<number>\d{1,3})\\?(?P<sign>[.)])\s+(?P<words>.+)$", re.DOTALL)
_NUMBER = re.compile(r"(?:^|(?<=\s))(?P<number>\d{1,2})\\?(?P<sign>[.)])\s+(?=\S)")
_QUOTED = re.compile(
    r"(?P<lead>.*?(?:^|[:.!?]\s))(?P<quote>[\"\u201c\u00ab](?P<said>[^\"\u201c\u201d\u00ab\u00bb]+)"
    r"[\"\u201d\u00bb])(?:\s+(?P<by>[\u2014\u2013-]\s?[^\W\d_][^\"\u201c.!?]{1,60}))?",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")

MARKUP = frozenset(["-", "•", "\u2013", "*", "▪", "##", ">"])
"""What stands for structure, before as after, and is no word."""

FEWEST_LABELS = 3
"""`Name: …` twice may be a dialogue or chance; three times after a colon is a list."""

FEWEST_NUMBERS = 3
"""`1.` and `2.` may be two numbers; 1, 2 and 3 in this order count something."""

SHORTEST_QUOTE = 12
"""Words. Shorter ones between quotation marks are a name, a term or an aside."""

LONGEST_LABEL, LONGEST_HEADING = 5, 8
"""Words. Longer ones are sentences."""

_SMALL = {
    "a",
    "an",
    "and",
    "as",
    "at",
    "by",
    "for",
    "in",
    "of",
    "on",
    "or",
    "the",
    "to",
    "vs",
    "with",
}


def restructured(imported: Imported) -> Imported:
    """Return the thread with the lost line breaks of its posts given back."""
    return replace(imported, posts=tuple(_rebuilt(post) for post in imported.posts))


def flattened(imported: Imported) -> int:
    """Return how many posts look as if they had lost line breaks."""
    return sum(restructure(post.markdown) != post.markdown for post in imported.posts)


def restructure(markdown: str) -> str:
    """Return a post's Markdown with its flattened lists and headings rebuilt, or as it was."""
    parts = [part for block in markdown.split("\n\n") for part in _parts(block)]
    rebuilt = "\n\n".join(parts)
    return rebuilt if words(rebuilt) == words(markdown) else markdown


def words(markdown: str) -> list[str]:
    """Return the words of a post, without escapes and without what only marks structure."""
    return [word for word in _ESCAPE.sub("", markdown).split() if word not in MARKUP]


def _rebuilt(post: ImportedPost) -> ImportedPost:
    """Return a post with its Markdown rebuilt."""
    return replace(post, markdown=restructure(post.markdown))


def _parts(block: str) -> Iterator[str]:
    """Yield the blocks that a paragraph was: itself where nothing was lost."""
    if "\n" in block or "`" in block or _markdown.line_start(block) != block:
        yield block
        return
    heading, rest = _heading(block)
    if heading:
        yield heading
    ways: tuple[Callable[[str], list[str]], ...] = (_bullets, _marks, _numbers, _labels, _quote)
    for way in ways:
        found = way(rest)
        if found:
            yield from found
            return
    yield _markdown.line_start(rest)


def _heading(block: str) -> tuple[str, str]:
    """Return `1) Sparse Attention` as a heading and what follows, or no heading and the block."""
    found = _NUMBERED.match(block)
    if not found:
        return "", block
    title, rest = _sentences.until_opener(found["words"])
    names = title.split()
    if not rest or len(names) > LONGEST_HEADING or not _title(names):
        return "", block
    return f"## {found['number']}{found['sign']} {title}", rest


def _bullets(text: str) -> list[str]:
    """Return the blocks of `…: - one - two To go on: - three - four The end.`; none if it isn't."""
    first = _BULLET.search(text)
    if not first:
        return []
    sign = re.escape(first["sign"])
    entries = re.split(rf"\s+{sign}\s+", text[first.end() :])
    lead = text[: first.start()].strip()
    groups: list[tuple[str, list[str]]] = [(lead, [])]
    for number, entry in enumerate(entries):
        items = groups[-1][1]
        if entry.endswith(":") and number + 1 < len(entries):
            kept, intro = _sentences.introduction(entry, items)
            items.append(kept)
            if intro:
                groups.append((intro, []))
        else:
            items.append(entry)
    if any(len(items) < 2 for _, items in groups):  # noqa: PLR2004 (one thing is no list)
        return []
    kept, tail = _sentences.tail(groups[-1][1][-1], groups[-1][1][:-1])
    groups[-1][1][-1] = kept
    return _written(_leads(groups), tail)


def _leads(groups: list[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """Return the groups; `A does B: To do C:` is parted if another begins with `To`."""
    lead, items = groups[0]
    head, colon, own = lead.rpartition(": ")
    others = {intro.split()[0] for intro, _ in groups[1:]}
    if colon and own.split()[0] in others:
        return [(head + ":", []), (own, items), *groups[1:]]
    return groups


def _marks(text: str) -> list[str]:
    """Return the blocks of `…: ❌ Before … ✅ After …`; none if it is not such a text."""
    found = list(_MARK.finditer(text))
    if len(found) < 2:  # noqa: PLR2004 (one thing is no list)
        return []
    lead = text[: found[0].start()].strip()
    if lead and lead[-1] not in ":.!?…":
        return []
    ends = [match.start() for match in found[1:]] + [len(text)]
    items = [text[match.start() : end].strip() for match, end in zip(found, ends, strict=True)]
    tail = ""
    if len({match[0] for match in found}) == 1:
        items[-1], tail = _sentences.tail(items[-1], items[:-1])
    return _written([(lead, items)], tail)


def _numbers(text: str) -> list[str]:
    """Return the blocks of `…: 1. One 2. Two 3. Three`; none if the numbers don't run from 1."""
    found = list(_NUMBER.finditer(text))
    wanted = [match for at, match in enumerate(found) if int(match["number"]) == at + 1]
    if len(wanted) < FEWEST_NUMBERS or wanted != found or len({one["sign"] for one in found}) > 1:
        return []
    lead = text[: found[0].start()].strip()
    if lead and lead[-1] not in ":.!?…":
        return []
    ends = [match.start() for match in found[1:]] + [len(text)]
    items = [text[match.end() : end].strip() for match, end in zip(found, ends, strict=True)]
    items[-1], tail = _sentences.tail(items[-1], items[:-1])
    sign = found[0]["sign"]
    return _written([(lead, items)], tail, [f"{number}{sign}" for number in range(1, 100)])


def _quote(text: str) -> list[str]:
    """Return the blocks of `So the answer is: "…"`; none if more than a name stands behind it."""
    found = _QUOTED.fullmatch(text)
    if not found or len(found["said"].split()) < SHORTEST_QUOTE:
        return []
    lead, by = found["lead"].strip(), (found["by"] or "").strip()
    lines = [f"> {found['quote']}", *([">", f"> {by}"] if by else [])]
    if text.count("[") != text.count("]"):
        return []
    return [*([_markdown.line_start(lead)] if lead else []), "\n".join(lines)]


def _labels(text: str) -> list[str]:
    """Return the blocks of `…: Big Models: … Small Models: … Old Models: …`; none if it isn't."""
    lead, colon, rest = text.partition(": ")
    if not colon:
        return []
    starts = [0, *_sentences.boundaries(rest)]
    starts = [start for start in starts if _labelled(rest[start:])]
    if len(starts) < FEWEST_LABELS or starts[0] != 0:
        return []
    ends = [*starts[1:], len(rest)]
    items = [rest[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    return _written([(f"{lead}:", items)], "")


def _labelled(text: str) -> bool:
    """Say whether the text begins with a label: a few capitalised words and a colon."""
    label, colon, _ = text.partition(": ")
    names = label.split()
    return bool(colon) and len(names) <= LONGEST_LABEL and _title(names)


def _title(names: list[str]) -> bool:
    """Say whether the words are a title: capitals or digits first, save for the small ones."""
    large = [word[0].isupper() or word[0].isdigit() for word in names]
    small = all(one or word in _SMALL for one, word in zip(large, names, strict=True))
    return bool(large) and large[0] and small


def _written(
    groups: Sequence[tuple[str, list[str]]], tail: str, signs: Sequence[str] = ()
) -> list[str]:
    """Return leads, lists and tail as Markdown blocks; nothing if a link would be torn.

    `signs` stand before the items, bullets if there are none.
    """
    pieces = [piece for lead, items in groups for piece in (lead, *items)]
    if any(piece.count("[") != piece.count("]") for piece in (*pieces, tail)):
        return []
    blocks: list[str] = []
    for lead, items in groups:
        if lead:
            blocks.append(_markdown.line_start(lead))
        if items:
            before = signs or ["-"] * len(items)
            told = zip(before, items, strict=False)
            blocks.append("\n".join(f"{sign} {_markdown.item(one)}" for sign, one in told))
    return [*blocks, *_parts(_markdown.line_start(tail))] if tail else blocks
