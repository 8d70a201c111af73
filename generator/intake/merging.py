"""Importing again: what was imported, what the writer made of it and what comes in, as one file.

Posts are matched by their ids, and within a post its blocks. What only one side changed is taken;
where both did, both stand in the file, marked, and the user is told. Nothing is ever guessed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from generator import frontmatter
from generator.errors import GeneratorError, Location, Problem, info, warning
from generator.importers import columns, restructure
from generator.intake import _parts, _yaml, aligning
from generator.intake._parts import Section
from generator.model import Value

YOURS, INCOMING = "Yours", "Imported again"
"""What the two versions of a conflict are called, in a callout each."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The file that came of it, what is to be told, and the copy to keep of what came in."""

    text: str
    problems: tuple[Problem, ...]
    copy: str


def merge(base: str | None, yours: str, incoming: str, path: str) -> Merged:
    """Return `yours` with what `incoming` changed since `base`; `path` is what the user is shown.

    Without a base each difference is a conflict: nobody can say whose it is.
    """
    front, problems = _front(base, yours, incoming, path)
    known = [one for one in _parts.sections(base or "") if one.id]
    before = {one.id: one for one in known}
    mine = _parts.sections(yours)
    sections = _parts.sections(incoming)
    named = aligning.aligned(known, sections, {one.id for one in mine})
    theirs = [_as_before(one, before) for one in named]
    came = {one.id: one for one in theirs if one.id}
    kept: list[Section] = []
    for section in mine:
        if section.id in came:
            one, told = _post(before.get(section.id), section, came[section.id])
            kept.append(one)
            problems += told
        elif section.id in before and section == before[section.id]:
            said = f"post `{section.id}` is gone from the source, and you had not changed it"
            problems.append(info("post-removed", said, Location(path)))
        else:
            if section.id in before:
                said = f"post `{section.id}` is gone from the source; you changed it, so it stays"
                problems.append(warning("post-kept", said, Location(path)))
            kept.append(section)
    kept = aligning.ordered(kept, known if base is not None else None, theirs, path, problems)
    _added(kept, theirs, before, path, problems)
    text = front + _parts.joined(kept)
    copy = incoming if named == sections else _parts.front(incoming) + _parts.joined(named)
    return Merged(text, tuple(_placed(problem, text, path) for problem in problems), copy)


def _added(
    kept: list[Section],
    theirs: Sequence[Section],
    before: Mapping[str, Section],
    path: str,
    problems: list[Problem],
) -> None:
    """Put what is new behind the post that it follows; what the writer removed stays away."""
    present = {section.id for section in kept if section.id}
    last = ""
    for section in theirs:
        if section.id in present:
            last = section.id
        elif section.id in before:
            if section != before[section.id]:
                said = (
                    f"post `{section.id}`, which you removed, changed in the source; it stays away"
                )
                problems.append(info("post-removed", said, Location(path)))
        else:
            at = next((n for n, one in enumerate(kept, 1) if last and one.id == last), 0)
            kept.insert(at if last else 0, section)
            present.add(section.id)
            last = section.id
            problems.append(info("post-added", f"post `{section.id}` is new", Location(path)))


def _as_before(section: Section, before: Mapping[str, Section]) -> Section:
    """Return a post as it was imported, if only its line breaks or columns had been given back."""
    was = before.get(section.id)
    rebuilt = was and restructure.restructure(section.body) == was.body != section.body
    if was and (rebuilt or columns.flattened(section.body, was.body)):
        return Section(section.id, section.opening, was.body)
    return section


def _post(before: Section | None, mine: Section, theirs: Section) -> tuple[Section, list[Problem]]:
    """Return a post merged."""
    was = (before.opening, before.body) if before else (None, None)
    opening, told = _opening(was[0], mine.opening, theirs.opening, mine.id)
    body, clashes = _body(was[1], mine.body, theirs.body)
    if clashes:
        said = f"post `{mine.id}` was changed by you and in the source"
        hint = f"both are in the file, as `{YOURS}` and `{INCOMING}`: keep one of them"
        told.append(warning("import-conflict", said, None, hint))
    return Section(mine.id, opening, body), told


def _body(base: str | None, mine: str, theirs: str) -> tuple[str, int]:
    """Return the blocks of a post merged, and how many places both sides changed."""
    if theirs in (mine, base):
        return mine, 0
    if base == mine:
        return theirs, 0
    if base is None:
        return _both(mine, theirs), 1
    blocks: list[str] = []
    clashes = 0
    for was, one, other in _chunks(*(_parts.blocks(text) for text in (base, mine, theirs))):
        if was == one:
            blocks += other
        elif other in (was, one):
            blocks += one
        else:
            blocks.append(_both("\n\n".join(one), "\n\n".join(other)))
            clashes += 1
    return "\n\n".join(blocks), clashes


def _chunks(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]
) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Yield the runs of blocks of all three that stand between blocks that none has changed."""
    one = _matches(base, mine)
    other = _matches(base, theirs)
    start = (0, 0, 0)
    anchors = [(at, one[at], other[at]) for at in range(len(base)) if at in one and at in other]
    for anchor in [*anchors, (len(base), len(mine), len(theirs))]:
        runs = [
            list(side[begin:end])
            for side, begin, end in zip((base, mine, theirs), start, anchor, strict=True)
        ]
        if runs[0] and len({len(run) for run in runs}) == 1:  # as many blocks: one by one
            yield from (([a], [b], [c]) for a, b, c in zip(*runs, strict=True))
        elif any(runs):
            yield runs[0], runs[1], runs[2]
        if anchor[0] < len(base):
            same = [base[anchor[0]]]
            yield same, same, same
        start = (anchor[0] + 1, anchor[1] + 1, anchor[2] + 1)


def _matches(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Return which block of another text each unchanged block of the base is."""
    found = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {run.a + n: run.b + n for run in found for n in range(run.size)}


def _both(mine: str, theirs: str) -> str:
    """Return both versions, each in a callout that says whose it is."""
    told = ((YOURS, mine or "…"), (INCOMING, theirs or "…"))
    return "\n\n".join(f"> [!CAUTION] {name}\n{_quoted(text)}" for name, text in told)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _opening(base: str | None, mine: str, theirs: str, name: str) -> tuple[str, list[Problem]]:
    """Return the comments that open a post merged: of settings each key, the writer's first."""
    if base is None or theirs in (mine, base):
        return mine, []
    if base == mine:
        return theirs, []
    sides = [_settings(text) for text in (base, mine, theirs)]
    was, one, other = sides
    if was is None or one is None or other is None:
        return mine, [_setting_kept(name, "its comment")]
    merged = dict(one)
    told = []
    for key in [*was, *(key for key in other if key not in was)]:
        if was.get(key) == other.get(key) or one.get(key) == other.get(key):
            continue
        if one.get(key) != was.get(key):
            told.append(_setting_kept(name, f"`{key}`"))
        elif key in other:
            merged[key] = other[key]
        else:
            merged.pop(key, None)
    notes = _parts.COMMENT.sub("", mine, count=1)
    first = f"<!-- {_yaml.inline(merged)} -->"
    return "\n".join(part for part in (first, notes.strip("\n")) if part), told


def _setting_kept(name: str, what: str) -> Problem:
    said = f"{what} of post `{name}` was changed by you and in the source; yours was kept"
    return warning("import-conflict", said)


def _settings(opening: str) -> dict[str, Value] | None:
    """Return what the first comment sets, None if it is no plain list of settings."""
    found = _parts.COMMENT.match(opening)
    if not found:
        return None
    said = found["said"].strip()
    try:
        if "\n" in said:
            return dict(frontmatter.parse(said, "comment", 1).values)
        return dict(frontmatter.inline(said, "comment", 1, 1).values)
    except GeneratorError:
        return None


def _front(base: str | None, yours: str, incoming: str, path: str) -> tuple[str, list[Problem]]:
    """Return the front matter merged key by key, as it was typed, and what is told of it."""
    was, one, other = (_parts.keys(text) for text in (base or "", yours, incoming))
    merged = dict(one)
    problems: list[Problem] = []
    for key in [*other, *(key for key in was if key not in other)]:
        if one.get(key) == other.get(key) or was.get(key) == other.get(key):
            continue
        if base is not None and one.get(key) == was.get(key):
            if key in other:
                merged[key] = other[key]
            else:
                merged.pop(key)
        elif base is None and key not in one:
            merged[key] = other[key]
        else:
            says = other.get(key, "nothing").strip()
            said = f"`{key}` was changed by you and in the source; yours was kept"
            hint = f"the source says: {says[:200]}"
            problems.append(warning("import-conflict", said, Location(path), hint))
    if not merged:
        return "", problems
    return f"---\n{''.join(merged.values())}---\n\n", problems


def _placed(problem: Problem, text: str, path: str) -> Problem:
    """Return a problem with its line in the merged file, where it names a post."""
    named = re.search(r"post `([^`]*)`", problem.message)
    sign = rf"id: {re.escape(_yaml.scalar(named[1]))}(?=[ ,])" if named else ""
    found = re.search(sign, text) if sign else None
    line = text.count("\n", 0, found.start()) + 1 if found else 0
    return Problem(
        problem.severity, problem.code, problem.message, Location(path, line), problem.hint
    )
