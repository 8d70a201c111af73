"""Run benchmarks: `python -m tests.bench [CASE...] [-n ROUNDS]`.

A case is a module of this folder that defines `case = Case(...)` or `Study(...)`. They print; no
time ever fails. PEERS names a folder where `shared/peers` is set up: its tools race too.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import cast

from generator.rooms import parts
from tests.bench._race import Case, Study, race, table


def main() -> None:
    """Race the cases asked for, else all of them, and print medians, ratios and figures."""
    cases = cast("dict[str, Case | Study]", parts("tests.bench", "case"))
    asked = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    asked.add_argument("cases", nargs="*", metavar="CASE", help=", ".join(cases))
    asked.add_argument("-n", "--rounds", type=int, default=5)
    given = asked.parse_args()
    unknown = set(given.cases) - set(cases)
    if unknown:
        asked.error(f"no case {', '.join(sorted(unknown))}; there are: {', '.join(cases)}")
    for name in given.cases or cases:
        _show(cases[name], given.rounds)


def _show(case: Case | Study, rounds: int) -> None:
    with tempfile.TemporaryDirectory(prefix="threadpress-bench-") as folder:
        if isinstance(case, Study):
            lines = list(case.measure(Path(folder), rounds))
        else:
            medians = race(case.runners(Path(folder)), rounds)
            lines = [f"Medians of {rounds} interleaved rounds.", "", table(medians), ""]
            lines += case.figures(medians)
    sys.stdout.write("\n".join([f"## {case.title}", "", *lines, "", ""]))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
