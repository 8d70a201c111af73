"""What Threadpress tells its user: a Problem with severity, code, place, message and hint."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class Severity(StrEnum):
    """How much a Problem matters: an error fails its carousel, a warning fails it with --strict."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file that the user can open; line and column count from 1, 0 is unknown."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return `file:line:column`, as editors and terminals link it."""
        parts = [self.path, *(str(number) for number in (self.line, self.column) if number)]
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to tell the user. `code` is stable, `message` one sentence, `hint` what to do.

    `silenced` is why somebody decided that it is no matter here: then it is only counted.
    """

    severity: Severity
    code: str
    message: str
    location: Location | None = None
    hint: str | None = None
    silenced: str = ""

    def at(self, location: Location) -> "Problem":
        """Return this problem with a place, unless it has one already."""
        return self if self.location else replace(self, location=location)


class GeneratorError(Exception):
    """One or more Problems that end the work on a carousel. The exit code is 1: content."""

    exit_code = 1

    def __init__(self, *problems: Problem) -> None:
        """Take the problems to tell; their messages become the exception's text."""
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems: tuple[Problem, ...] = problems

    def __reduce__(self) -> tuple[type["GeneratorError"], tuple[Problem, ...]]:
        """Travel between processes whole: pickle would keep the text only."""
        return type(self), self.problems


class UsageError(GeneratorError):
    """The command line asks for something that is not there. The exit code is 2."""

    exit_code = 2


class SurroundingsError(GeneratorError):
    """The machine lacks something: a library, a right, room on the disk. The exit code is 3."""

    exit_code = 3


def error(
    code: str, message: str, location: Location | None = None, hint: str | None = None
) -> Problem:
    """Return a Problem that fails its carousel."""
    return Problem(Severity.ERROR, code, message, location, hint)


def warning(
    code: str, message: str, location: Location | None = None, hint: str | None = None
) -> Problem:
    """Return a Problem that is worth a look."""
    return Problem(Severity.WARNING, code, message, location, hint)


def info(
    code: str, message: str, location: Location | None = None, hint: str | None = None
) -> Problem:
    """Return a Problem that is only worth knowing."""
    return Problem(Severity.INFO, code, message, location, hint)


def choices(wanted: str, known: Iterable[str]) -> str:
    """Return a hint that names the nearest known name and lists what there is."""
    names: Sequence[str] = sorted(known)
    near = difflib.get_close_matches(wanted, names, n=1, cutoff=0.6)
    there = f"there are: {', '.join(names)}" if names else "there are none"
    return f"did you mean `{near[0]}`? {there}" if near else there
