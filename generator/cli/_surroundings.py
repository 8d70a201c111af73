"""What Threadpress finds around it: one function a thing, each tells Findings."""

import importlib.util
import json
import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from generator import disk, library, packages
from generator.cli import _child
from generator.errors import Problem, error, info, warning

OLDEST_PYTHON = (3, 11)
OLDEST_PANGO = (1, 44)
"""What WeasyPrint 70 asks for."""
LOOK_SECONDS, RENDER_SECONDS = 20, 60
FASTER = {"harfbuzz-subset"}
"""A build works without it, but fonts are subset in Python: 0.4 s more for each (engine.md)."""
HEAVY = ("weasyprint", "fontTools", "jinja2", "PIL", "pydantic", "generator")
"""Packages that start slowly without bytecode: importing weasyprint took 1634 ms, not 729."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: its name, what was found, and what is wrong with it, if any."""

    name: str
    found: str
    problem: Problem | None = None


def python() -> Iterator[Finding]:
    """Tell the interpreter and the libraries that decide how a page looks."""
    found = f"{platform.python_version()} ({sys.executable})"
    old = sys.version_info < OLDEST_PYTHON
    problem = error("python-old", f"Python {found} is older than 3.11") if old else None
    yield Finding("python", found, problem)
    for name in ("weasyprint", "pypdfium2", "pillow"):
        try:
            yield Finding(name, version(name))
        except PackageNotFoundError:
            hint = f"{sys.executable} -m pip install threadpress"
            yield Finding(
                name, "missing", error("package-missing", f"{name} is not installed", hint=hint)
            )


def libraries() -> Iterator[Finding]:
    """Tell the shared libraries, and for which scripts there are fonts, as a child sees them."""
    ended = _child.run(
        "from generator.cli import _libraries; _libraries.told()", seconds=LOOK_SECONDS
    )
    if ended.code:
        message = f"looking for shared libraries failed: {ended.last_words}"
        yield Finding("libraries", "unknown", error("library-broken", message))
        return
    told = json.loads(ended.out)
    found: dict[str, str | None] = told["libraries"]
    missing = [name for name, number in found.items() if number is None]
    for name, number in found.items():
        shown = "missing" if number is None else number or "found"
        yield Finding(name, shown, _library_problem(name, number, missing))
    yield from _fonts(told["fonts"])


def _library_problem(name: str, number: str | None, missing: list[str]) -> Problem | None:
    """Return what is wrong with a library; the first that is missing names the line for all."""
    if number is None:
        hint = f"to install: {packages.line(missing)}" if name == missing[0] else None
        if name in FASTER:
            message = f"the library {name} is missing: builds take 0.4 s longer"
            return warning("library-missing", message, hint=hint)
        return error("library-missing", f"the library {name} is missing", hint=hint)
    if name == "pango" and tuple(map(int, number.split(".")[:2])) < OLDEST_PANGO:
        wanted = ".".join(map(str, OLDEST_PANGO))
        return error("library-old", f"pango {number} is older than {wanted}")
    return None


def _fonts(scripts: dict[str, bool]) -> Iterator[Finding]:
    """Tell the fonts that ship with us, and the scripts for which the system has one."""
    count = len(list((library.builtin_root() / "themes" / "_fonts").glob("*/*.ttf")))
    problem = None if count else error("font-missing", "the bundled fonts are missing")
    yield Finding("bundled fonts", f"{count} faces", problem)
    missing = [script for script, there in scripts.items() if not there]
    for script, there in scripts.items():
        note = None
        if not there:
            hint = f"to install: {packages.line(missing)}" if script == missing[0] else None
            note = info("font-missing", f"no font for {script}: they print as boxes", hint=hint)
        yield Finding(f"font for {script}", "found" if there else "none", note)


def formulas() -> Iterator[Finding]:
    """Tell what sets formulas: MathJax, which wants a JavaScript engine, or ziamath."""
    if importlib.util.find_spec("quickjs"):
        yield Finding("formulas", "MathJax in QuickJS")
    elif importlib.util.find_spec("ziamath"):
        hint = f"{sys.executable} -m pip install quickjs-ng"
        message = "formulas are set by ziamath, some signs of them badly: QuickJS is not installed"
        yield Finding("formulas", "ziamath", info("math-engine", message, hint=hint))
    else:
        hint = f"{sys.executable} -m pip install threadpress"
        message = "nothing is here that sets formulas: quickjs-ng is not installed"
        yield Finding("formulas", "none", warning("math-engine", message, hint=hint))


def cache(project: Path | None) -> Iterator[Finding]:
    """Tell where the cache lies, or that there is none."""
    folder = disk.cache_dir(project)
    hint = "builds work without it, only slower; XDG_CACHE_HOME can name another place"
    problem = None if folder else warning("cache-read-only", "no cache can be written", hint=hint)
    yield Finding("cache", str(folder or "none"), problem)


def bytecode() -> Iterator[Finding]:
    """Tell whether the packages that start slowly are compiled."""
    missing = [name for name in HEAVY if not _compiled(name)]
    problem = None
    if missing:
        message = f"{', '.join(missing)}: not compiled, so every start takes longer"
        hint = f"{sys.executable} -m compileall -q {' '.join(map(str, _folders(missing)))}"
        if os.environ.get("PYTHONDONTWRITEBYTECODE"):
            hint += "\nPYTHONDONTWRITEBYTECODE is set: Python will not do it by itself"
        problem = warning("bytecode-missing", message, hint=hint)
    yield Finding("bytecode", "missing" if missing else "present", problem)


def _compiled(package: str) -> bool:
    """Return whether a package has its bytecode; one that is not there needs none."""
    found = importlib.util.find_spec(package)
    if not found or not found.origin:
        return True
    return Path(importlib.util.cache_from_source(found.origin)).exists()


def _folders(names: list[str]) -> list[Path]:
    """Return where packages lie."""
    found = (importlib.util.find_spec(package) for package in names)
    return [Path(spec.origin).parent for spec in found if spec and spec.origin]


def render() -> Iterator[Finding]:
    """Tell whether a page can be made, in a child that is ended when it takes too long."""
    ended = _child.run("from generator import paginate; paginate.smoke()", seconds=RENDER_SECONDS)
    problem = None
    if ended.code:
        hint = "what is missing above comes first; else tell us, with this whole output"
        message = f"a page can't be made: {ended.last_words}"
        problem = error("render-broken", message, hint=hint)
    yield Finding("page", "none" if problem else "made in a child process", problem)
