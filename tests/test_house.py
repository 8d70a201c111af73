"""The rules of the house that a script can check."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generator"
MODULES = sorted(PACKAGE.rglob("*.py"))
HEAVY = {"yaml", "rich", "pydantic", "jinja2", "markdown_it", "weasyprint", "PIL", "pypdfium2"}

# A fork of a bare interpreter is as good as a fresh one, and a hundred times quicker. What stands
# on the floors below is loaded: it imports nothing from above.
IMPORT_EACH_ALONE = """
import importlib, os, sys, traceback, warnings
import jinja2, markdown_it, pptx, pydantic, pygments, starlette, uvicorn, weasyprint
warnings.simplefilter("error")
failed = []
for floor in sys.argv[1:]:
    for name in floor.split():
        sys.stdout.flush()
        child = os.fork()
        if not child:
            try:
                importlib.import_module(name)
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        if os.waitpid(child, 0)[1]:
            failed.append(name)
    if failed:
        sys.exit(", ".join(failed))
    for name in floor.split():
        importlib.import_module(name)
"""

RUN_AND_LIST_MODULES = """
import sys
from generator.__main__ import main
try:
    main()
finally:
    sys.stderr.write(" ".join(sys.modules))
"""


def dotted(path: Path) -> str:
    """Return a module's name."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Return how a run of Python in the repo ended."""
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def nodes(path: Path) -> Iterator[ast.AST]:
    """Yield the syntax of a module, node by node."""
    yield from ast.walk(ast.parse(path.read_text("utf-8")))


def test_imports_point_down_only() -> None:
    ended = python("-c", "from importlinter.cli import lint_imports_command as c; c()")

    assert ended.returncode == 0, ended.stdout
    assert "0 broken" in ended.stdout


def floors() -> Iterator[list[str]]:
    """Yield the modules of each floor, from the ground up; the package itself is the ground."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers = next(one["layers"] for one in told["contracts"] if one["type"] == "layers")
    for layer in ("", *reversed(layers)):
        rooms = set(re.findall(r"\w+", layer)) or {""}
        yield [name for name in map(dotted, MODULES) if f"{name}.".split(".")[1] in rooms]


def test_each_module_can_be_imported_alone() -> None:
    each = list(floors())
    assert sum(map(len, each)) == len(MODULES)
    ended = python("-c", IMPORT_EACH_ALONE, *map(" ".join, each))

    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_a_quick_question_loads_nothing_heavy(option: str) -> None:
    ended = python("-c", RUN_AND_LIST_MODULES, option)

    assert ended.returncode == 0
    assert not HEAVY & set(ended.stderr.split())
    assert "threadpress" in ended.stdout


def test_help_lists_every_command_without_importing_one() -> None:
    ended = python("-c", RUN_AND_LIST_MODULES, "--help")
    commands = [path for path in PACKAGE.glob("cli/*.py") if not path.name.startswith("_")]

    for path in commands:
        name = path.stem.removesuffix("_").replace("_", "-")
        assert re.search(rf"^  {name}  +\S", ended.stdout, re.MULTILINE)
        assert f"generator.cli.{path.stem}" not in ended.stderr.split()


def test_the_manifest_knows_the_standard_library_only() -> None:
    if not (PACKAGE / "build" / "manifest.py").exists():
        pytest.skip("there is no manifest yet")
    ended = python(
        "-c",
        "import sys; before = set(sys.modules); import generator.build.manifest;"
        "print(*{name.partition('.')[0] for name in set(sys.modules) - before})",
    )

    assert ended.returncode == 0, ended.stderr
    assert set(ended.stdout.split()) <= sys.stdlib_module_names | {"generator"}


@pytest.mark.parametrize("path", [path for path in MODULES if "cli" not in path.parts], ids=dotted)
def test_a_room_outside_cli_prints_nothing_and_knows_no_colour(path: Path) -> None:
    for node in nodes(path):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "print"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert (node.value.id, node.attr) not in {("sys", "stdout"), ("sys", "stderr")}
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert not re.fullmatch(r"#[0-9a-fA-F]{6}", node.value)
