"""A repo that uses every kind of look, built in this process by a crew that counts its jobs."""

import shutil
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner

from generator.build.inline import Inline
from generator.build.order import Order
from generator.build.pipeline import Builder
from generator.build.project import open_project
from generator.build.report import Report
from generator.cli import threadpress
from generator.model import Carousel, Document, Value
from tests.project import SVG, Ended, Project
from tests.trees import tree

if TYPE_CHECKING:
    from concurrent.futures import Future

ROOT = Path(__file__).parents[1]
FONTS = ROOT / "themes" / "_fonts"
THEME = (ROOT / "themes" / "paper" / "theme.yaml").read_text("utf-8")
MAIN = (
    "{% extends '_base/slide.html.jinja' %}"
    "{% block main %}{{ parts.top() }}{{ parts.body() }}{% endblock %}"
)
FRONT = "theme: mine\nbrand: mine\npreset: mine\nfiles: [pdf]\npattern: mine"
BODY = """A first post.

---

<!-- layout: mine -->
A second post.

---

![A picture](pic.svg)
"""
LEAF = '.slide::after{content:url("leaf.svg");position:absolute;left:0;top:0}'
PRESS = threading.Lock()
"""The engine lays out one thing at a time in a process."""
TICK = 0.02
"""Seconds: a file that is this young may change again and bear the same time."""


class Counting(Inline):
    """Does each job at once and remembers whose it was."""

    def __init__(self) -> None:
        """Begin with none."""
        self.asked: list[str] = []

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **named: Any) -> "Future[Any]":  # noqa: ANN401  Executor's signature
        """Return the future of a job that is done already."""
        if isinstance(arguments[0], Carousel):
            self.asked.append(arguments[0].folder.partition("/")[0])
        with PRESS:
            return super().submit(work, *arguments, **named)


@dataclass(frozen=True, slots=True)
class Done:
    """What a build did: whose carousels workers were asked for, and what it told."""

    asked: list[str]
    report: Report

    @property
    def fresh(self) -> bool:
        """Return whether there was nothing to do at all."""
        return all(outcome.fresh for outcome in self.report.outcomes)


def rich(root: Path) -> Project:
    """Return a project: `fancy` has looks of its own throughout, `plain` has none."""
    project = Project(root)
    project.file("threadpress.yaml", "files: [pdf]\n")
    project.file("layouts/mine/layout.yaml", "title: Mine\n")
    project.file("layouts/mine/slide.html.jinja", MAIN)
    project.file("layouts/mine/slide.css", ".body{color:var(--fg)}")
    project.file("themes/mine/theme.yaml", THEME)
    project.file("themes/mine/theme.css", LEAF)
    project.file("themes/mine/leaf.svg", SVG)
    project.file("themes/_brands/mine/brand.yaml", 'name: Your Name\nhandle: "@you"\n')
    project.file("themes/_presets/mine.yaml", "typography: {title: 40}\n")
    project.file("themes/_patterns/mine.svg.jinja", SVG)
    shutil.copytree(FONTS / "literata", root / "themes" / "_fonts" / "literata")
    project.file("content/pic.svg", SVG)
    project.thread(FRONT, BODY, "fancy")
    project.thread("", "Only words here.", "plain")
    return project


def build(
    project: Project,
    order: str = "as ever",
    said: Mapping[str, Value] | None = None,
    *,
    force: bool = False,
) -> Done:
    """Build a project as the command does, but in this process."""
    time.sleep(TICK)  # else what was written just now is rightly mistrusted, and made again
    crew = Counting()
    opened = open_project(project.root)
    command = Document(said or {}, {}, "command line")
    asked = Order(opened, command=command, order=order, force=force)
    return Done(crew.asked, Builder(asked, crew).everything())


def by_workers(project: Project, *arguments: str) -> Ended:
    """Return how `threadpress build` ended with real workers."""
    ended = CliRunner().invoke(threadpress, ["--project", str(project.root), "build", *arguments])
    assert not ended.exception or isinstance(ended.exception, SystemExit), ended.exception
    return Ended(ended.exit_code, ended.stderr, ended.stdout)


def outputs(project: Project) -> dict[str, bytes]:
    """Return all that was built."""
    return tree(project.root / "output")
