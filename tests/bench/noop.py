"""A build with nothing to do in a repo of 1,000 carousels, against starting click."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench._decks import repo
from tests.bench._race import ROOT, Case, Run, Runner, figure, surroundings, threadpress

CAROUSELS = 1000
MOST_SECONDS, MOST_RATIO = 0.150, 3.0


def _runners(folder: Path) -> Sequence[Runner]:
    root = repo(folder / "repo", CAROUSELS)
    build = threadpress("build")
    subprocess.run(
        build,
        cwd=root,
        env={**surroundings(), "PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return (
        Runner("import click", (sys.executable, "-c", "import click")),
        Runner("threadpress", build, folder=root),
    )


def _figures(medians: dict[str, Run]) -> Sequence[str]:
    click, ours = medians["import click"].wall, medians["threadpress"].wall
    return (
        figure("wall clock", ours, MOST_SECONDS, "s"),
        figure("wall clock", ours / click, MOST_RATIO, "of `import click`"),
    )


case = Case(f"A build with nothing to do, {CAROUSELS} carousels", _runners, _figures)
