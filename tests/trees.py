"""Folders of files, and a system that refuses: for the tests of the one writer."""

import os
from pathlib import Path

import pytest

from generator.errors import GeneratorError


def tree(root: Path) -> dict[str, bytes]:
    """Return all files below a folder."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def failing(number: int) -> object:
    """Return a function that fails as the system would."""

    def fail(*_arguments: object, **_named: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def code(trouble: pytest.ExceptionInfo[GeneratorError]) -> str:
    """Return the code of the only problem raised."""
    (problem,) = trouble.value.problems
    return problem.code
