"""Content files -> carousels -> what is wrong with them, kept in a record of its own."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace

from generator.build.order import Order
from generator.build.pipeline import Builder, Told
from generator.build.report import Report
from generator.settings import silence
from generator.settings.resolve import NO_DOCUMENT


def check(order: Order, told: Told, crew: Executor, expected: Callable[[int], None]) -> Report:
    """Return what is wrong with what the order names; `told` hears when a content file is done.

    A project's own silence of what no content file is told of is among the report's problems.
    """
    builder = Builder(order, crew, told, expected)
    report = builder.everything()
    if order.paths or order.shard:
        return report
    silences, _ = silence.read(NO_DOCUMENT, order.project.given)
    used = {problem.code for problem in report.every_problem if problem.silenced}
    idle = tuple(silence.unused(one) for one in silences if one.code not in used)
    if idle:  # they belong to no file, so no record has them: the next check looks again
        builder.manifest.look_at(None)
        builder.save()
    return replace(report, problems=(*report.problems, *idle))
