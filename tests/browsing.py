"""A browser on a preview: Debian's chromium, driven by Playwright."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.processes import PATIENCE, program
from tests.project import Project

if TYPE_CHECKING:
    import subprocess

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
CALM = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
"""It asks nobody for anything; CI is root, where there is no sandbox."""
expect.set_options(timeout=PATIENCE * 1000)
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")


@contextmanager
def browser() -> Iterator[Browser]:
    """Yield a browser that has never been anywhere."""
    if CHROMIUM is None:
        pytest.skip("there is no chromium here; ./dev test installs it")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CALM))
        try:
            yield started
        finally:
            started.close()


@contextmanager
def served(project: Project, *options: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """Yield the address of a preview of a project, and the process that serves it."""
    command = ("-m", "generator", "--project", str(project.root), "serve", "--port", "0")
    with program(*command, *options) as child:
        yield address(child.stdout), child


def address(told: IO[str] | None) -> str:
    """Return the address that a preview tells."""
    assert told is not None
    said = []
    for line in told:
        said.append(line)
        if found := ADDRESS.search(line):
            return found[0]
    raise AssertionError("".join(said))


def heard(page: Page) -> list[str]:
    """Return a list that fills with what goes wrong on a page."""
    wrong: list[str] = []

    def hear(said: ConsoleMessage) -> None:
        if said.type == "error":
            wrong.append(f"{said.text} {said.location.get('url', '')}")

    page.on("pageerror", lambda fault: wrong.append(str(fault)))
    page.on("console", hear)
    return wrong
