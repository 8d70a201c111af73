"""The guide tells the truth: its commands run, its examples build, nothing is left out."""

import ast
import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from generator.cli import threadpress

ROOT = Path(__file__).parents[1]
GUIDE = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
PAGES = [*GUIDE, *sorted((ROOT / "docs" / "decisions").glob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"(?:#|/\*|\{#-) ((?:content/|layouts/|themes/|threadpress\.yaml)[\w./-]*)")
"""The comment in an example's first two lines that says which file it is."""
TESTED_ELSEWHERE = ("./dev ", "pip install .")
"""What test_dev and test_wheel run: here it is only known."""
SAYS = frozenset({"error", "warning", "info", "fault"})


@dataclass(frozen=True, slots=True)
class Example:
    """A fenced block of a page: its language and what stands in it."""

    language: str
    text: str

    @property
    def file(self) -> str:
        """Return the path that the example says it has, or nothing."""
        found = NAMED.search("\n".join(self.text.splitlines()[:2]))
        return found[1] if found else ""


def examples(page: Path) -> Iterator[Example]:
    """Yield the fenced blocks of a page."""
    for language, text in BLOCK.findall(page.read_text("utf-8")):
        yield Example(language, text)


def shown(page: Path) -> str:
    """Return a page's name for the test's name."""
    return page.relative_to(ROOT).as_posix()


def run(arguments: list[str]) -> None:
    """Run our command in this process; it has to end well."""
    ended = CliRunner().invoke(threadpress, arguments)
    assert ended.exit_code == 0, f"threadpress {shlex.join(arguments)}\n{ended.output}"


def follow(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Do what a line of a documented shell block says."""
    words = shlex.split(line, comments=True)
    if words[:1] == ["threadpress"]:
        run(words[1:])
    elif words[:1] == ["cd"]:
        monkeypatch.chdir(words[1])
    else:
        assert line.startswith(TESTED_ELSEWHERE), f"nobody tests `{line}`"


def has_code(page: Path) -> bool:
    """Return whether a page has something to run or build."""
    return any(each.language == "sh" or each.file for each in examples(page))


@pytest.mark.parametrize("page", [page for page in GUIDE if has_code(page)], ids=shown)
def test_a_page_can_be_followed_from_its_top_to_its_end(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = list(examples(page))
    monkeypatch.chdir(tmp_path)
    if not any("threadpress new my-posts" in each.text for each in found):
        run(["new", "my-posts"])
        monkeypatch.chdir("my-posts")
    for example in found:
        if example.file:
            path = Path(example.file)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(example.text, "utf-8")
            shutil.copy(ROOT / "layouts" / "image" / "hills.svg", "content")
            for picture in ("avatar.svg", "logo.svg"):
                if path.name == "brand.yaml" and not (path.parent / picture).exists():
                    shutil.copy(ROOT / "themes" / "_brands" / "sample" / picture, path.parent)
        if example.language == "sh":
            for line in example.text.splitlines():
                follow(line, monkeypatch)
    if Path("content").is_dir():
        run(["list", "--drafts"])


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_what_a_page_points_at_is_there(page: Path) -> None:
    prose = re.sub(r"`[^`\n]*`", "", BLOCK.sub("", page.read_text("utf-8")))
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", prose):
        if not target.startswith(("https://", "http://")) and "." in target:
            assert (page.parent / target).exists(), f"{shown(page)} points at {target}"


def test_every_command_and_option_is_documented() -> None:
    parts = re.split(
        r"^## ", (ROOT / "docs" / "commands.md").read_text("utf-8"), flags=re.MULTILINE
    )
    told = {part.partition("\n")[0]: part for part in parts[1:]}
    context = click.Context(threadpress)

    for name in threadpress.list_commands(context):
        assert name in told, f"docs/commands.md lacks `## {name}`"
        command = threadpress.get_command(context, name)
        assert command is not None
        options = [param.opts[-1] for param in command.params if isinstance(param, click.Option)]
        for option in options:
            assert f"`{option}" in told[name] + parts[0], f"{name} {option} is undocumented"


def test_every_code_is_explained() -> None:
    told = set(re.findall(r"`([a-z][a-z0-9-]*)`", (ROOT / "docs" / "errors.md").read_text("utf-8")))
    raised = {code for path in (ROOT / "generator").rglob("*.py") for code in codes(path)}

    assert len(raised) > 1
    assert not raised - told, "docs/errors.md wants a line for each"


def codes(path: Path) -> Iterator[str]:
    """Yield the codes that a module's problems bear, where they stand as plain text."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
            continue
        code = node.args[0]
        if node.func.id in SAYS and isinstance(code, ast.Constant) and isinstance(code.value, str):
            yield code.value


@pytest.mark.parametrize("folder", ["layouts", "themes"])
def test_the_readme_names_every_layout_and_theme(folder: str) -> None:
    told = (ROOT / "README.md").read_text("utf-8")

    for path in (ROOT / folder).iterdir():
        if path.is_dir() and not path.name.startswith(("_", ".")):
            assert f"`{path.name}`" in told


def test_the_readme_names_every_target() -> None:
    told = (ROOT / "README.md").read_text("utf-8")

    for path in (ROOT / "layouts" / "_canvases").glob("*.yaml"):
        assert f"`{path.stem}`" in told


def test_our_own_threads_build_without_a_word_of_complaint(tmp_path: Path) -> None:
    run(["--project", str(ROOT), "build", "-o", str(tmp_path), "--strict", "--files", "pdf"])

    made = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.pdf"))
    assert "caching/linkedin/caching.pdf" in made
    assert "lamp/instagram/lamp.pdf" in made
