"""A content file that is to be built, and what is told of it."""

from dataclasses import dataclass
from pathlib import Path

from generator.build.report import Outcome
from generator.errors import Problem


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What the user is told of: one content file that was built again, or failed."""

    outcome: Outcome
    seconds: float


@dataclass(slots=True)
class Task:
    """A content file to build: since when, whether it changed itself, how often it was tried."""

    path: Path
    began: float
    own: bool
    hasty: bool = True
    tries: int = 0
    before: object = None


def is_news(task: Task, outcome: Outcome, before: tuple[Problem, ...] | None) -> bool:
    """Return whether an outcome is worth a line; `before` is what was wrong with the file."""
    if outcome.fresh:
        return before is not None
    if outcome.failed:
        return task.own or before != outcome.problems
    return task.own or bool(outcome.written) or before is not None
