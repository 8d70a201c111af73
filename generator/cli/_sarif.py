"""Problems as SARIF 2.1.0 (OASIS), which GitHub's code scanning and editors read."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from generator import __version__
from generator.errors import Location, Problem, Severity
from generator.settings import codes

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def document(problems: Sequence[Problem]) -> dict[str, Any]:
    """Return a log of one run; what is silenced is in it, with the reason."""
    known = codes.every()
    wanted = sorted({problem.code for problem in problems})
    at = {code: number for number, code in enumerate(wanted)}
    rules = [
        {"id": code, "shortDescription": {"text": known.get(code, code)}, **_help(code)}
        for code in wanted
    ]
    driver = {"name": "Threadpress", "version": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, at[problem.code]) for problem in problems],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _help(code: str) -> dict[str, Any]:
    said = codes.sections().get(code)
    return {"help": {"text": said, "markdown": said}} if said else {}


def _result(problem: Problem, rule: int) -> dict[str, Any]:
    words = "\n".join(part for part in (problem.message, problem.hint) if part)
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": LEVELS[problem.severity],
        "message": {"text": words},
    }
    if problem.location:
        result["locations"] = [{"physicalLocation": _physical(problem.location)}]
    if problem.silenced:
        result["suppressions"] = [{"kind": "inSource", "justification": problem.silenced}]
    return result


def _physical(place: Location) -> dict[str, Any]:
    """Return a place; a path of our own looks (`builtin:…`) is a name, no file of the repo."""
    found: dict[str, Any] = {"artifactLocation": {"uri": quote(place.path)}}
    if place.line:
        region = {"startLine": place.line}
        found["region"] = region | ({"startColumn": place.column} if place.column else {})
    return found
