"""What came of a build, file by file and as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from generator.build import manifest as records
from generator.build.manifest import Entry
from generator.errors import Problem, Severity


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one content file; `fresh` if there was nothing to do.

    `changed` are the numbers of the slides that had to be laid out.
    """

    slug: str
    path: str
    written: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()
    pages: int = 0
    draft: bool = False
    fresh: bool = False
    changed: tuple[int, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """Return whether an error kept it, or one of its carousels, from being built."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a build; `problems` belong to no single content file."""

    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def every_problem(self) -> tuple[Problem, ...]:
        """Return all problems, those of the files among them."""
        return (*self.problems, *(p for outcome in self.outcomes for p in outcome.problems))


def replayed(slug: str, entry: Entry) -> Outcome:
    """Return the outcome of a content file that nothing changed of: its problems are told again."""
    return Outcome(
        slug, entry.path, (), records.recalled(entry), entry.pages, entry.draft, fresh=True
    )


def ranges(numbers: Iterable[int]) -> str:
    """Return numbers as people write them: 1, 3-5, 9."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}" if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
