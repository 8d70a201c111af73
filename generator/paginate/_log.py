"""WeasyPrint only logs what it does not understand: its lines become Problems."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from generator.errors import Location, Problem, warning

HARMLESS = (
    "Anchor defined twice",
    "Font-face",
)


class _Hearing(logging.Handler):
    def __init__(self, heard: list[Problem]) -> None:
        super().__init__(logging.WARNING)
        self.heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        message = re.sub(r"\s+", " ", record.getMessage()).strip()
        self.heard.append(_problem(message))


def _problem(message: str) -> Problem:
    if message.startswith(("Ignored", "Invalid", "Parse error", "Unknown", "Expected")):
        return warning("css-ignored", f"WeasyPrint ignores: {message}")
    if "image" in message.lower():
        return warning("image-failed", message)
    return warning("engine", message)


def in_sheet(problem: Problem, css: str) -> Problem:
    """Return a problem of a stylesheet with its file, if the sheet says it, and its line."""
    file = re.match(r"/\*@ (.*?) \*/", css)
    line = re.search(r" at (\d+):\d+", problem.message)
    if not file:
        return problem
    message = problem.message.replace(line[0], "") if line else problem.message
    place = Location(file[1], int(line[1]) if line else 0)
    return replace(problem, message=message, location=place)


@contextmanager
def listening() -> Iterator[list[Problem]]:
    """Yield a list that fills with what WeasyPrint logs meanwhile."""
    heard: list[Problem] = []
    logger = logging.getLogger("weasyprint")
    handler = _Hearing(heard)
    before = logger.propagate, list(logger.handlers)
    logger.handlers, logger.propagate = [handler], False
    try:
        yield heard
    finally:
        logger.propagate, logger.handlers = before[0], before[1]
