"""`threadpress new` makes a content repo that builds, and adds to it; nothing is written over."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator import content, fetch, frontmatter, intake
from generator.cli import threadpress
from generator.errors import GeneratorError, Severity
from generator.library import Library, brands, builtin_root
from generator.settings.json_schema import KINDS
from generator.settings.schema import KEYS, SLIDE_KEYS

FILES = {
    ".editorconfig",
    ".gitignore",
    ".threadpress/.gitignore",
    *(f".threadpress/schemas/{kind}.json" for kind in KINDS),
    ".vscode/extensions.json",
    ".vscode/settings.json",
    ".vscode/threadpress.code-snippets",
    "README.md",
    "content/hello.md",
    "output/.gitignore",
    "themes/_brands/mine/avatar.svg",
    "themes/_brands/mine/brand.yaml",
    "themes/_brands/mine/logo.svg",
    "threadpress.yaml",
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder that is the current one."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def repo(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a new content repo that is the current folder."""
    assert run("posts").exit_code == 0
    monkeypatch.chdir(here / "posts")
    return here / "posts"


def run(*arguments: str) -> Result:
    """Run `threadpress new` and return what came of it."""
    return CliRunner().invoke(threadpress, ["new", *arguments])


def test_a_new_repo_holds_all_its_files(repo: Path) -> None:
    found = {path.relative_to(repo).as_posix() for path in repo.rglob("*") if path.is_file()}
    assert found == FILES


def test_a_new_repo_builds(repo: Path) -> None:
    result = CliRunner().invoke(threadpress, ["build", "--strict"])
    assert result.exit_code == 0, result.output
    (made,) = (repo / "output").rglob("*.pdf")
    assert made.name == "hello.pdf"


@pytest.mark.usefixtures("repo")
def test_a_thread_that_new_made_builds() -> None:
    run("thread", "My launch: soon")
    command = ["build", "--strict", "content/my-launch-soon.md"]
    result = CliRunner().invoke(threadpress, command)
    assert result.exit_code == 0, result.output


def test_the_sample_thread_shows_what_posts_can_be(repo: Path) -> None:
    file = repo / "content" / "hello.md"
    source = content.load(file.read_bytes(), "content/hello.md", str(file), "hello")
    thread = content.read(source, SLIDE_KEYS)
    shapes = {post.shape for post in thread.posts}
    assert shapes >= {"text", "statement", "list", "steps", "quote", "comparison"}
    assert {"title", "cover", "outro"} <= set(source.front.values)
    assert not [problem for problem in thread.problems if problem.severity != Severity.INFO]


def test_the_new_brand_and_settings_are_sound(repo: Path) -> None:
    library = Library((("project", repo), ("builtin", builtin_root())))
    brand = brands.load(library, "mine")
    assert (brand.speaker, brand.handle) == ("Your Name", "@you")
    for picture in (brand.avatar, brand.logo):
        fetch.check_picture(Path(picture).read_bytes(), Path(picture))
    settings = frontmatter.parse((repo / "threadpress.yaml").read_text("utf-8"), "threadpress.yaml")
    assert set(settings.values) <= KEYS["threadpress.yaml"]


def test_every_commented_setting_is_a_setting_too(repo: Path) -> None:
    lines = (repo / "threadpress.yaml").read_text("utf-8").splitlines()[2:]
    settings = frontmatter.parse("\n".join(line.removeprefix("# ") for line in lines), "x.yaml")
    assert len(settings.values) > 4
    assert set(settings.values) <= KEYS["threadpress.yaml"]


def test_every_snippet_writes_keys_and_layouts_that_exist(repo: Path) -> None:
    text = (repo / ".vscode" / "threadpress.code-snippets").read_text("utf-8")
    snippets = json.loads(text)
    assert json.loads((repo / ".vscode" / "settings.json").read_text("utf-8"))
    layouts = next(s for s in snippets.values() if s["prefix"] == "layout")["body"][0]
    named = layouts.partition("|")[2].partition("|")[0].split(",")
    assert all((builtin_root() / "layouts" / name / "layout.yaml").is_file() for name in named)
    for snippet in snippets.values():
        assert {"scope", "prefix", "body", "description"} == set(snippet)


def test_a_folder_that_only_holds_git_may_become_a_repo(here: Path) -> None:
    (here / ".git").mkdir()
    (here / ".gitignore").write_text("mine\n", "utf-8")
    result = run(".")
    assert result.exit_code == 0, result.output
    assert (here / ".gitignore").read_text("utf-8") == "mine\n"
    assert ".gitignore: info[file-kept]" in result.stderr
    assert (here / "content" / "hello.md").is_file()


def test_a_folder_that_holds_something_is_left_alone(here: Path) -> None:
    (here / "notes.txt").write_text("mine", "utf-8")
    result = run(".")
    assert result.exit_code == 2
    assert "error[folder-not-empty]" in result.stderr
    assert [path.name for path in here.iterdir()] == ["notes.txt"]


def test_a_file_cannot_become_a_repo(here: Path) -> None:
    (here / "notes.txt").write_text("mine", "utf-8")
    assert run("notes.txt").exit_code == 2
    assert run("notes.txt/below").exit_code in {2, 3}


def test_new_thread_takes_its_title_from_its_name(repo: Path) -> None:
    assert run("thread", "2026/why-bread-rises").exit_code == 0
    assert run("thread", "My launch: soon").exit_code == 0
    first = (repo / "content" / "2026" / "why-bread-rises.md").read_text("utf-8")
    second = (repo / "content" / "my-launch-soon.md").read_text("utf-8")
    assert first.startswith("---\ntitle: Why bread rises\n---\n")
    assert second.startswith('---\ntitle: "My launch: soon"\n---\n')


def test_new_thread_never_writes_over_one(repo: Path) -> None:
    before = (repo / "content" / "hello.md").read_bytes()
    result = run("thread", "Hello")
    assert result.exit_code == 2
    assert "content/hello.md: error[file-exists]" in result.stderr
    assert (repo / "content" / "hello.md").read_bytes() == before


def test_new_brand_is_a_copy_to_fill_in(repo: Path) -> None:
    assert run("brand", "Acme").exit_code == 0
    library = Library((("project", repo), ("builtin", builtin_root())))
    assert brands.load(library, "acme").speaker == "Your Name"
    assert run("brand", "Acme").exit_code == 2


def test_a_part_needs_a_content_repo(here: Path) -> None:
    result = run("thread", "x")
    assert result.exit_code == 2
    assert "error[project-missing]" in result.stderr
    assert not list(here.iterdir())


@pytest.mark.parametrize(
    ("arguments", "code"), [(("thread",), "name-missing"), (("tread", "x"), "part-unknown")]
)
def test_a_slip_of_the_pen_gets_a_hint(here: Path, arguments: tuple[str, ...], code: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert f"error[{code}]" in result.stderr
    assert "hint:" in result.stderr
    assert not list(here.iterdir())


def test_an_installation_without_its_files_says_so(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.intake.starter.builtin_root", lambda: here / "nowhere")
    with pytest.raises(GeneratorError) as caught:
        intake.repo(here / "posts")
    assert caught.value.problems[0].code == "starter-missing"
