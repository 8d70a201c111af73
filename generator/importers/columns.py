"""Tables that lost their columns on the clipboard, given back by the names of the columns.

Where a cell ends is nowhere in the text: cells begin with a capital letter, a number or a sign, and
never within brackets; of too many such places the last ones count, as a row's own name often has
several capitals (`Known Failure Mode Catastrophic accuracy collapse Custom kernel …`). So it is
only done when asked for, and shown. The words stay what they were, in their order.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, pairwise

from generator.errors import Location, Problem, warning
from generator.importers import Imported, ImportedPost, restructure

_BREAK = re.compile(r"\\?\n")
_OPENING, _CLOSING = re.compile(r"[(\[{]"), re.compile(r"[)\]}]")
_PIPE = re.compile(r"(?<!\\)\|")
_ESCAPED = r"\\|"
_RULE = re.compile(r"^\|(?:---\|)+$", re.MULTILINE)
FEWEST_ROWS = 2
"""The names and one row: less is no table."""


def names(said: str) -> tuple[str, ...]:
    """Return the names of columns that somebody typed between `|`."""
    return tuple(filter(None, (name.strip() for name in said.strip().strip("|").split("|"))))


def tabled(
    imported: Imported, wanted: Sequence[tuple[str, ...]], place: str, found: set[tuple[str, ...]]
) -> tuple[Imported, tuple[Problem, ...]]:
    """Return a thread with the tables of the given columns, and what could not be made one.

    The columns that it has are added to `found`.
    """
    problems: list[Problem] = []
    here: set[tuple[str, ...]] = set()
    posts = tuple(_post(post, wanted, here, problems, place) for post in imported.posts)
    lines = {" ".join(columns) for columns in here}
    left = tuple(one for one in imported.problems if not any(line in one.message for line in lines))
    found |= here
    return replace(imported, posts=posts, problems=left), tuple(problems)


def unknown(columns: tuple[str, ...], place: str) -> Problem:
    """Return the warning that no table has these columns."""
    said = f"no line reads `{' '.join(columns)}`: these are the columns of no table"
    hint = "name them as they stand in the text, with `|` between them"
    return warning("columns-unknown", said, Location(place), hint)


def flattened(body: str, table: str) -> bool:
    """Say whether a post is one whose table had been given back: the same words, no columns."""
    if not _RULE.search(table) or _RULE.search(body):
        return False
    bare = [word for word in restructure.words(_RULE.sub("", table)) if word != "|"]
    return bare == [word for word in restructure.words(_BREAK.sub("\n", body)) if word != "|"]


def _post(
    post: ImportedPost,
    wanted: Sequence[tuple[str, ...]],
    found: set[tuple[str, ...]],
    problems: list[Problem],
    place: str,
) -> ImportedPost:
    """Return a post with its tables."""
    blocks = post.markdown.split("\n\n")
    for at, block in enumerate(blocks):
        lines = [line.strip() for line in _BREAK.split(block)]
        first = restructure.words(lines[0])
        columns = next((one for one in wanted if " ".join(one).split() == first), None)
        if columns is None or len(lines) < FEWEST_ROWS:
            continue
        found.add(columns)
        rows = [_cells(line, len(columns)) for line in lines[1:]]
        short = [line for line, row in zip(lines[1:], rows, strict=True) if row is None]
        if short:
            said = f"`{short[0][:60]}` has no {len(columns)} cells: its table was left alone"
            problems.append(warning("columns-unfit", said, Location(place)))
        else:
            blocks[at] = _written([_named(lines[0], columns), *(row for row in rows if row)])
    return replace(post, markdown="\n\n".join(blocks))


def _named(line: str, columns: Sequence[str]) -> tuple[str, ...]:
    """Return the first line in as many words a cell as the columns' names have."""
    left = iter(line.split())
    return tuple(" ".join(islice(left, len(name.split()))) for name in columns)


def _begins(word: str) -> bool:
    """Say whether a cell may begin with a word: a capital letter, a number, or signs alone."""
    first = next((sign for sign in word if sign.isalnum()), "")
    return word[0] not in "([{" and (not first or first.isupper() or first.isdigit())


def _cells(line: str, count: int) -> tuple[str, ...] | None:
    """Return the cells of a row, None if it has too few places where one could begin."""
    words = line.split()
    starts, depth = [], 0
    for at, word in enumerate(words):
        if at and not depth and _begins(word):
            starts.append(at)
        depth = max(0, depth + len(_OPENING.findall(word)) - len(_CLOSING.findall(word)))
    if len(starts) < count - 1:
        return None
    cuts = [0, *(starts[len(starts) - count + 1 :]), len(words)]
    return tuple(" ".join(words[start:end]) for start, end in pairwise(cuts))


def _written(rows: Sequence[Sequence[str]]) -> str:
    """Return a table as Markdown."""
    lines = [f"| {' | '.join(_PIPE.sub(_ESCAPED, cell) for cell in row)} |" for row in rows]
    return "\n".join([lines[0], f"|{'---|' * len(rows[0])}", *lines[1:]])
