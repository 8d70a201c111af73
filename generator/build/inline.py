"""A crew of nobody: jobs are done where they are given, one after another."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from generator.errors import GeneratorError


class Inline(Executor):
    """Does each job at once, in this process: for tests, and where nothing may be forked."""

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **_: Any) -> "Future[Any]":  # noqa: ANN401  Executor's signature
        """Return the future of a job that is done already."""
        future: Future[Any] = Future()
        try:
            future.set_result(work(*arguments))
        except GeneratorError as wrong:
            future.set_exception(wrong)
        return future
