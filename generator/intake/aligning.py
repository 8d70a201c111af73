"""Which post is which when a source comes in again: by what it says where its id is only a number.

A network names each post for good. A document does not: there `article-3` is the third section, and
a new one above it would give its number, and what the writer set for it, to another. Also: the
order of the posts, if one side changed it.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from generator.errors import Location, Problem, info, warning
from generator.intake import _yaml
from generator.intake._parts import Section

_NUMBERED = re.compile(r"(?P<prefix>.+-q?)(?P<number>\d+)")
"""Ids that our readers of documents make: `article-3`, `lesson-q2`; no network has such."""
_SIGNS = re.compile(r"[\s>#*\\-]+")
ALIKE = 0.5
"""Share of words that two versions of one post have in common, of those that moved and changed."""


def aligned(
    base: Sequence[Section], incoming: Sequence[Section], taken: Collection[str]
) -> list[Section]:
    """Return what comes in under the ids that its posts had in `base`; new ones get new numbers.

    `taken` are ids that no new one may have. Posts whose ids are no mere numbers stay as they are.
    """
    if not base or not _counted(incoming):
        return list(incoming)
    known = _matched([_plain(one.body) for one in base], [_plain(one.body) for one in incoming])
    used = {base[at].id for at in known.values()}
    names = [base[known[at]].id if at in known else "" for at in range(len(incoming))]
    free = {*taken, *(one.id for one in base)}
    made = []
    for section, name in zip(incoming, names, strict=True):
        own = section.id not in free and section.id not in used
        named = name or (section.id if own else _next(section.id, free | used))
        used.add(named)
        made.append(_renamed(section, named))
    return made


def ordered(
    kept: list[Section],
    base: Sequence[Section] | None,
    theirs: Sequence[Section],
    path: str,
    problems: list[Problem],
) -> list[Section]:
    """Return the posts in the source's order if only the source changed it; else as they stand.

    What the writer added stays behind the post that it follows.
    """
    known = {one.id for one in theirs if one.id} & {one.id for one in kept}
    known &= {one.id for one in base} if base is not None else known
    was, mine, other = (
        [one.id for one in side if one.id in known] for side in (base or (), kept, theirs)
    )
    if other in (was, mine):
        return kept
    if mine != was:
        said = "the order of the posts was changed by you and in the source; yours was kept"
        hint = f"the source's is {', '.join(other)}"
        problems.append(warning("import-conflict", said, Location(path), hint))
        return kept
    groups: dict[str, list[Section]] = {"": []}
    last = ""
    for section in kept:
        last = section.id if section.id in known else last
        groups.setdefault(last, []).append(section)
    said = "the source has its posts in another order now, which was taken"
    problems.append(info("post-moved", said, Location(path)))
    return [section for name in ("", *other) for section in groups[name]]


def _counted(sections: Sequence[Section]) -> bool:
    """Say whether the ids only count the posts: behind each word 1, 2, 3."""
    counts: Counter[str] = Counter()
    for section in sections:
        found = _NUMBERED.fullmatch(section.id)
        if not found:
            return False
        counts[found["prefix"]] += 1
        if found["number"] != str(counts[found["prefix"]]):
            return False
    return True


def _plain(body: str) -> str:
    """Return the words of a post: lists and line breaks that were given back change none."""
    return " ".join(_SIGNS.sub(" ", body).split())


def _matched(base: Sequence[str], incoming: Sequence[str]) -> dict[int, int]:
    """Return which text of the base each one that comes in was, by their places."""
    often = Counter(base), Counter(incoming)
    places = {text: at for at, text in enumerate(base) if text and often[0][text] == 1}
    found = {
        at: places[text]
        for at, text in enumerate(incoming)
        if text in places and often[1][text] == 1
    }
    back = {was: at for at, was in found.items()}
    old = [f"={was}" if was in back else f"-{was}" for was in range(len(base))]
    new = [f"={found[at]}" if at in found else f"+{at}" for at in range(len(incoming))]
    for _, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone = [was for was in range(start, end) if was not in back]
        came = [at for at in range(begin, stop) if at not in found]
        if len(gone) == len(came):
            found |= zip(came, gone, strict=True)
    return found | _resembling(base, incoming, found)


def _resembling(
    base: Sequence[str], incoming: Sequence[str], found: dict[int, int]
) -> dict[int, int]:
    """Return, of texts that nothing was found for yet, those that share most of their words."""
    left = [was for was in range(len(base)) if was not in set(found.values())]
    pairs: dict[int, int] = {}
    for at in (at for at in range(len(incoming)) if at not in found):
        alike = [(_share(base[was], incoming[at]), -was) for was in left]
        share, place = max(alike, default=(0.0, 0))
        if share >= ALIKE:
            pairs[at] = -place
            left.remove(-place)
    return pairs


def _share(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def _next(name: str, taken: Collection[str]) -> str:
    """Return the first number behind the highest that is taken."""
    prefix = name.rstrip("0123456789")
    numbers = [one.removeprefix(prefix) for one in taken if one.startswith(prefix)]
    highest = max((int(one) for one in numbers if one.isascii() and one.isdigit()), default=0)
    return f"{prefix}{highest + 1}"


def _renamed(section: Section, name: str) -> Section:
    """Return a post under another id."""
    if name == section.id:
        return section
    before, after = (f"id: {_yaml.scalar(one)}" for one in (section.id, name))
    return replace(section, id=name, opening=section.opening.replace(before, after, 1))
