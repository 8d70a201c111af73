"""What a comparison found, as Markdown for a pull request, as words, and as plain values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from generator.build.diff.pairing import Change
from generator.build.report import ranges
from generator.errors import Problem, Severity

Status = Literal["changed", "added", "removed", "renamed", "failed"]
NAME = "report.md"


@dataclass(frozen=True, slots=True)
class Difference:
    """A carousel that is not the same in both states.

    `name` is its folder below output/, `before` and `after` how many slides it had and has, `was`
    its name before it was renamed, `sheets` the names of its contact sheets.
    """

    name: str
    status: Status
    changes: tuple[Change, ...] = ()
    before: int = 0
    after: int = 0
    was: str = ""
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two states, how many threads are the same, what there is to tell."""

    before: str
    after: str
    differences: tuple[Difference, ...]
    same: int
    problems: tuple[Problem, ...] = ()

    @property
    def failed(self) -> bool:
        """Return whether an error stands in the newer state: the older one can't be mended."""
        old = f"{self.before}:"
        return any(
            one.severity is Severity.ERROR
            and not (one.location and one.location.path.startswith(old))
            for one in self.problems
        )


def told(difference: Difference) -> str:
    """Return what became of a carousel, in one line."""
    if difference.status in ("added", "removed"):
        count = difference.after or difference.before
        return f"{difference.status}, {count} slide{'' if count == 1 else 's'}"
    if difference.status == "failed":
        return "can't be compared: one side can't be built"
    parts = list(_kinds(difference.changes))
    parts = [f"renamed from {difference.was}", *parts] if difference.was else parts
    return ", ".join(parts) or "no slide looks different"


def _kinds(changes: Sequence[Change]) -> Iterator[str]:
    """Yield each kind of change with the slides that it concerns."""
    order = ("changed", "added", "removed", "moved", "framed")
    ordered = sorted(changes, key=lambda one: order.index(one.kind))
    for kind, found in groupby(ordered, key=lambda one: one.kind):
        ones = list(found)
        if kind == "moved":
            yield ", ".join(f"slide {one.before} moved to {one.after}" for one in ones)
            continue
        numbers = [one.before if kind == "removed" else one.after for one in ones]
        slides = f"slide{'' if len(ones) == 1 else 's'} {ranges(n for n in numbers if n)}"
        yield f"only head or foot of {slides}" if kind == "framed" else f"{slides} {kind}"


def markdown(comparison: Comparison, link: str = "") -> str:
    """Return the report; `link` is where the pictures lie, nothing for beside the report."""
    base = f"{link.rstrip('/')}/" if link else ""
    return "\n".join(_lines(comparison, base)) + "\n"


def _lines(comparison: Comparison, base: str) -> Iterator[str]:
    found = comparison.differences
    before, after = _code(comparison.before), _code(comparison.after)
    unlike = "differs" if len(found) == 1 else "differ"
    yield f"## {_count(len(found), 'carousel')} {unlike} from {before}"
    yield ""
    yield f"Compared {before} with {after}. {_count(comparison.same, 'thread')} the same."
    yield ""
    if found:
        yield "| carousel | slides | what |"
        yield "|---|---|---|"
        for one in found:
            yield f"| {_code(one.name)} | {_slides(one)} | {_escaped(told(one))} |"
        yield ""
    for one in found:
        if one.sheets:
            yield f"### {_escaped(one.name)}"
            yield ""
            for sheet in one.sheets:
                yield f"![Before and after: {_escaped(told(one))}]({base}{sheet})"
            yield ""
    serious = [one for one in comparison.problems if one.severity is not Severity.INFO]
    if serious:
        yield "### To mend"
        yield ""
        for problem in serious:
            place = f"{_code(str(problem.location))}: " if problem.location else ""
            yield f"- {place}{problem.severity} {_code(problem.code)}: {_escaped(problem.message)}"
        yield ""


def _count(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count or 'no'} {what}s"


def _slides(one: Difference) -> str:
    if one.status == "failed":
        return "?"
    return str(one.after) if one.before == one.after else f"{one.before} → {one.after}"


def _code(text: str) -> str:
    """Return text as code: whatever it holds, it stays in its cell and says nothing to Markdown."""
    return f"`{' '.join(text.split()).replace('`', '').replace('|', '')}`"


def _escaped(text: str) -> str:
    """Return text that Markdown takes as text."""
    flat = " ".join(text.split()).replace("\\", "\\\\")
    for sign in "`*_[]<>|#!@":
        flat = flat.replace(sign, f"\\{sign}" if sign != "@" else "@\u200b")
    return flat


def plain(difference: Difference) -> dict[str, Any]:
    """Return a difference as plain values, for programs."""
    return {
        "carousel": difference.name,
        "status": difference.status,
        "was": difference.was or None,
        "before": difference.before,
        "after": difference.after,
        "slides": [
            {"status": one.kind, "before": one.before, "after": one.after}
            for one in difference.changes
        ],
        "sheets": list(difference.sheets),
    }
