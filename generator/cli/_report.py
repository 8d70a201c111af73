"""How problems are told: one formatter a format; what people read goes to stderr."""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import click

from generator.errors import Problem, Severity

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
SECONDS = 10
"""Below so many seconds a time is shown with two decimals."""
COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}

# A file's words may come from anyone: a control character in them must not steer the terminal,
# and a bidirectional override must not make a message read as something else.
STEERING = [*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
HARMLESS = {code: f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}" for code in STEERING}  # noqa: PLR2004 (the last code of one byte)


def show(problems: Sequence[Problem], form: str = "human") -> None:
    """Tell `problems` in the order given, in one of FORMATS; SARIF has the silenced ones too."""
    told = problems if form == SARIF else [one for one in problems if not one.silenced]
    FORMATS[form](told)


def say(text: str) -> None:
    """Tell people something on stderr, in colour where a terminal takes it."""
    click.echo(text, err=True, color=None if _colours_wanted() else False)


def plain(text: str) -> str:
    """Return `text` with whatever could steer a terminal spelled out."""
    return text.translate(HARMLESS)


def _colours_wanted() -> bool:
    """Return whether colours may be used; click leaves them out where there is no terminal."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _human(problems: Sequence[Problem]) -> None:
    """Write `file:line:column: error[code]: message`, and the hint on a line of its own."""
    for problem in problems:
        place = f"{plain(str(problem.location))}: " if problem.location else ""
        label = click.style(
            f"{problem.severity}[{problem.code}]", fg=COLOURS[problem.severity], bold=True
        )
        say(f"{place}{label}: {plain(problem.message)}")
        if problem.hint:
            lines = [plain(line) for line in problem.hint.splitlines()]
            say(click.style("  hint: ", dim=True) + "\n        ".join(lines))


def _json(problems: Sequence[Problem]) -> None:
    """Write one object a line on stdout; a place that is not known is null."""
    for problem in problems:
        place = problem.location
        entry = {
            "severity": str(problem.severity),
            "code": problem.code,
            "message": problem.message,
            "file": place.path if place else None,
            "line": (place.line if place else 0) or None,
            "column": (place.column if place else 0) or None,
            "hint": problem.hint,
        }
        click.echo(json.dumps(entry))


def _github(problems: Sequence[Problem]) -> None:
    """Write workflow commands on stdout: GitHub shows them beside the lines they speak of."""
    for problem in problems:
        place = problem.location
        fields = {"title": problem.code}
        if place:
            fields |= {"file": place.path, "line": str(place.line), "col": str(place.column)}
        marked = ",".join(
            f"{name}={_quoted(text, ':,')}" for name, text in fields.items() if text != "0"
        )
        message = "\n".join(part for part in (problem.message, problem.hint) if part)
        click.echo(f"::{COMMANDS[problem.severity]} {marked}::{_quoted(message)}")


def _quoted(text: str, also: str = "") -> str:
    """Return `text` with what would end a workflow command's line or property percent-encoded."""
    return "".join(f"%{ord(char):02X}" if char in f"%\r\n{also}" else char for char in text)


def _sarif(problems: Sequence[Problem]) -> None:
    """Write one document on stdout, as code scanning reads it."""
    from generator.cli._sarif import document  # noqa: PLC0415  only where it is asked for

    click.echo(json.dumps(document(problems), indent=2))


SARIF = "sarif"
FORMATS: Mapping[str, Callable[[Sequence[Problem]], None]] = MappingProxyType(
    {"human": _human, "json": _json, "github": _github, SARIF: _sarif}
)


def leave(problems: Sequence[Problem], *, strict: bool) -> None:
    """End with the exit code that problems give a command; warnings count if `strict`."""
    codes = {problem.code for problem in problems if problem.severity is Severity.ERROR}
    if codes & SURROUNDINGS:
        raise SystemExit(3)
    warned = any(one.severity is Severity.WARNING and not one.silenced for one in problems)
    if codes or (strict and warned):
        raise SystemExit(1)


def seconds(took: float) -> str:
    """Return a time as it is told."""
    return f"{took:.2f} s" if took < SECONDS else f"{took:.0f} s"


SURROUNDINGS = frozenset(
    {"disk-full", "output-read-only", "path-too-long", "disk-error", "engine-missing"}
)
"""Codes of problems that the machine has, not the content: the exit code is 3."""
