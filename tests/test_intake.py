"""An imported thread becomes one content file, which reads back as what came in."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import assume, given
from hypothesis import strategies as st

from generator import content, frontmatter, intake
from generator.cli import threadpress
from generator.errors import GeneratorError, Severity, UsageError
from generator.importers import Imported, ImportedPost, _markdown, read, restructure
from generator.intake import _yaml
from generator.model import Author, Thread, Value
from generator.settings.schema import SLIDE_KEYS

PAGE = Path(__file__).parent / "fixtures" / "import" / "page.txt"
SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
CARD = "Drag Post #1\nYour Name\n@you\n\nThe tools: - a saw - a plane - a file\n"
SIGNS = [
    *(
        "==",
        "=",
        "===",
        "**",
        "*",
        "_",
        "~~",
        "`",
        "<mark>",
        "</mark>",
        "<br>",
        "<!--",
        "-->",
        "<u>",
    ),
    *(
        "- ",
        "# ",
        "> ",
        "1. ",
        "---",
        "[ ] ",
        "![",
        "](",
        ")",
        "❌ ",
        "a",
        "word",
        "é",
        "\n",
        "\n\n",
    ),
]
# What no YAML 1.2 file may hold, and what readers take out of foreign text before.
texts = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=30)
keys = texts.filter(lambda key: key not in {"", "<<"})  # the front matter has no merge keys
values = st.recursive(
    st.one_of(texts, st.integers(), st.booleans(), st.none()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a content repo that is the current folder."""
    (tmp_path / "threadpress.yaml").write_text("", "utf-8")
    (tmp_path / "content").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    """Run `threadpress import` and return what came of it."""
    return CliRunner().invoke(threadpress, ["import", *map(str, arguments)], input=stdin)


def thread_of(text: str) -> Thread:
    """Return a content file's text as the thread that a build would see."""
    source = content.load(text.encode(), "content/x.md", "/x/content/x.md", "x")
    return content.read(source, SLIDE_KEYS)


@given(st.dictionaries(keys, values, max_size=5))
def test_front_matter_reads_back_as_what_was_written(front: dict[str, Value]) -> None:
    text = _yaml.block(front)
    assert frontmatter.parse(text, "x.md").values == front
    assert "-->" not in text


@given(st.dictionaries(keys, texts, min_size=1, max_size=4))
def test_a_comment_reads_back_as_what_was_written(settings: dict[str, Value]) -> None:
    assert frontmatter.inline(_yaml.inline(settings), "x.md", 1, 1).values == settings


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Your Name", "Your Name"),
        ("@you", '"@you"'),
        ("#ff0000", '"#ff0000"'),
        ("no", '"no"'),
        ("4:5", '"4:5"'),
        ("", '""'),
        ("a: b", '"a: b"'),
        ("Zoë O'Neil", "Zoë O'Neil"),
        ("-->", '"-\\x2d>"'),
        (["a", {"b": True}], "[a, {b: true}]"),
    ],
)
def test_yaml_is_written_as_a_person_would_type_it(value: Value, written: str) -> None:
    assert _yaml.flow(value) == written


def test_the_content_file_reads_back_as_the_thread_that_came_in() -> None:
    (imported,) = read(PAGE.read_bytes(), "page.txt")
    thread = thread_of(intake.render(imported))
    assert thread.author == Author("Your Name", "@_you")
    assert dict(thread.source) == {"kind": "carousel-studio"}
    assert [post.id for post in thread.posts] == ["cs-1", "cs-2", "cs-3"]
    assert thread.posts[0].settings["wants"] == "picture"
    assert thread.posts[1].plain() == (
        "1) Yeast eats sugar & makes <b>bubbles</b>, 2 * 3 of them.\nIt likes warmth.\nAnd time."
    )
    assert thread.posts[2].plain().startswith('More: example.com/a… and <a href="javascript:')


@given(st.lists(st.sampled_from(SIGNS), min_size=1, max_size=12), st.sampled_from(["", " "]))
def test_a_build_reads_the_words_that_came_in(pieces: list[str], between: str) -> None:
    text = "\n".join(line.strip() for line in between.join(pieces).split("\n")).strip("\n")
    assume(text)
    post = ImportedPost("x-1", _markdown.post(text))
    (found,) = thread_of(intake.render(Imported((post,)))).posts
    assert found.plain() == re.sub(r"\n{2,}", "\n", text)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not here")
@pytest.mark.parametrize("number", ["000", "001", "003"])
@pytest.mark.parametrize("rebuilt", [False, True])
def test_every_word_of_a_seed_is_in_its_thread(number: str, rebuilt: bool) -> None:  # noqa: FBT001
    path = next(SEEDS.glob(f"{number}_*"))
    (imported,) = read(path.read_bytes(), path.name)
    shown = restructure.restructured(imported) if rebuilt else imported
    thread = thread_of(intake.render(shown))
    assert not [p for p in thread.problems if p.severity != Severity.INFO]
    for post, came in zip(thread.posts, imported.posts, strict=True):
        address = came.markdown.find("](")
        words = restructure.words(came.markdown[: address if address >= 0 else None])
        assert restructure.words(post.plain())[: len(words) - 1] == words[:-1]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("My Launch: 4:5!", "my-launch-4-5"),
        ("Über „Öl“", "über-öl"),
        ("हिन्दी में", "हिन्दी-में"),
        ("__hidden", "hidden"),
        ("CON", "con-thread"),
        ("a/b\\c", "a-b-c"),
        ("…", ""),
        ("word " * 40, "-".join(["word"] * 16)),
    ],
)
def test_a_name_becomes_a_slug(name: str, slug: str) -> None:
    assert intake.slug(name) == slug


@given(st.text(max_size=120))
def test_a_slug_is_the_slug_that_a_build_gives_its_file(name: str) -> None:
    slug = intake.slug(name)
    assert not slug or content.slug_of(f"{slug}.md") == slug
    assert len(slug) <= 120
    assert not slug.startswith("_")


def test_a_file_may_be_put_into_a_folder(tmp_path: Path) -> None:
    assert intake.place(tmp_path, "2026/My Launch") == tmp_path / "2026" / "my-launch.md"


@pytest.mark.parametrize("name", ["..", "../x", "/", "", "a//b", "…"])
def test_a_name_without_a_slug_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError) as caught:
        intake.place(tmp_path, name)
    assert caught.value.problems[0].code == "slug-invalid"


def test_a_folder_that_is_a_link_is_not_followed_out(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "away").symlink_to(tmp_path)
    with pytest.raises(GeneratorError) as caught:
        intake.place(tmp_path / "content", "away/x")
    assert caught.value.problems[0].code == "path-outside"


@pytest.mark.parametrize("there", ["launch.md", "Launch.MD", "launch/index.md"])
def test_a_slug_that_is_taken_gives_the_file_that_has_it(tmp_path: Path, there: str) -> None:
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_text("mine", "utf-8")
    assert intake.place(tmp_path, "launch") == tmp_path / there


def test_import_writes_a_content_file_and_says_how_to_build_it(project: Path) -> None:
    result = run(PAGE)
    assert result.exit_code == 0, result.output
    written = (project / "content" / "page.md").read_text("utf-8")
    assert written == PAGE.with_suffix(".md").read_text("utf-8")
    assert "content/page.md: 3 posts" in result.stderr
    assert "Still without their picture: cs-1" in result.stderr
    assert "threadpress build content/page.md" in result.stderr


def test_a_file_that_is_there_is_kept_unless_forced(project: Path) -> None:
    file = project / "content" / "bread.md"
    file.write_text("mine", "utf-8")
    refused = run(PAGE, "--as", "bread")
    assert (refused.exit_code, file.read_text("utf-8")) == (2, "mine")
    assert "content/bread.md: error[file-exists]" in refused.stderr
    forced = run(PAGE, "--as", "bread", "--force")
    assert forced.exit_code == 0
    assert "info[file-replaced]" in forced.stderr
    assert file.read_text("utf-8") != "mine"


def test_importing_the_same_again_changes_nothing(project: Path) -> None:
    run(PAGE)
    before = (project / "content" / "page.md").stat()
    again = run(PAGE)
    assert again.exit_code == 0
    assert "info[file-unchanged]" in again.stderr
    assert (project / "content" / "page.md").stat().st_mtime_ns == before.st_mtime_ns


def test_a_paste_from_standard_input_is_named_by_how_it_begins(project: Path) -> None:
    result = run("-", stdin=CARD.encode())
    assert result.exit_code == 0, result.output
    assert (project / "content" / "the-tools-a-saw-a-plane-a.md").is_file()
    assert "standard input: info[structure-lost]: 1 post looks" in result.stderr


def test_restructure_shows_a_diff_and_writes_the_lists(project: Path) -> None:
    result = run("-", "--as", "tools", "--restructure", stdin=CARD.encode())
    assert "-The tools: - a saw - a plane - a file\n" in result.stderr
    assert "+- a plane\n" in result.stderr
    assert "structure-lost" not in result.stderr
    written = (project / "content" / "tools.md").read_text("utf-8")
    assert written.endswith("The tools:\n\n- a saw\n- a plane\n- a file\n")


def test_restructure_says_so_when_there_is_nothing_to_do(project: Path) -> None:
    result = run("-", "--as", "x", "--restructure", stdin=b"Drag Post #1\n\nOnly words.\n")
    assert "No post looks as if" in result.stderr
    assert (project / "content" / "x.md").is_file()


def test_without_a_project_the_file_is_written_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(PAGE).exit_code == 0
    assert (tmp_path / "page.md").is_file()


def test_the_output_may_be_named(project: Path) -> None:
    assert run(PAGE, "-o", "notes/bread.md").exit_code == 0
    assert run(PAGE, "-o", "drafts", "--as", "loaf").exit_code == 0
    printed = run(PAGE, "-o", "-")
    assert (project / "notes" / "bread.md").is_file()
    assert (project / "drafts" / "loaf.md").is_file()
    assert printed.stdout == PAGE.with_suffix(".md").read_text("utf-8")
    assert not list((project / "content").iterdir())


def test_list_shows_the_threads_and_writes_nothing(project: Path) -> None:
    result = run(PAGE, "--list")
    assert result.stdout == "-  3 posts  Why does bread rise? It is alive → look 👇\n"
    assert not list((project / "content").iterdir())


def test_of_several_threads_one_is_to_be_named(project: Path) -> None:
    threads = [
        {"id": f"{n}", "title": f"Number {n}", "posts": [{"text": f"Thread {n}"}]} for n in (1, 2)
    ]
    (project / "two.json").write_text(json.dumps({"threadpress": 1, "threads": threads}), "utf-8")
    unnamed, unknown = run("two.json"), run("two.json", "--thread", "3")
    named = run("two.json", "--thread", "2")
    assert (unnamed.exit_code, unknown.exit_code, named.exit_code) == (2, 2, 0)
    assert "1  1 post  Thread 1\n2  1 post  Thread 2" in unnamed.stdout
    assert "error[thread-unknown]" in unknown.stderr
    assert (project / "content" / "number-2.md").read_text("utf-8").startswith("---\ntitle: ")


@pytest.mark.parametrize(
    ("arguments", "stdin", "code", "status"),
    [
        (("nothing.txt",), None, "file-missing", 1),
        (("content",), None, "import-unknown", 1),
        (("-",), b"just words", "import-unknown", 1),
        (("-", "--from", "carousel"), b"", "import-kind-unknown", 2),
        (("-", "--from", "carousel-studio"), b"\xff", "encoding", 1),
        (("-", "--from", "carousel-studio"), b"", "import-empty", 1),
        (("-", "--as", ".."), CARD.encode(), "slug-invalid", 2),
    ],
)
@pytest.mark.usefixtures("project")
def test_a_mistake_is_told_without_a_traceback(
    arguments: tuple[str, ...], stdin: bytes | None, code: str, status: int
) -> None:
    result = run(*arguments, stdin=stdin)
    assert result.exit_code == status, result.output
    assert f"error[{code}]" in result.stderr
    assert "Traceback" not in result.output


def test_a_page_that_steers_the_terminal_is_shown_harmless(project: Path) -> None:
    card = b"Drag Post #1\n\nred \x1b[31m words \xe2\x80\xae here\n"
    result = run("-", "--list", stdin=card)
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout
    assert project.is_dir()


def test_nothing_is_left_when_the_file_cannot_be_written(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    result = run(PAGE)
    assert result.exit_code == 3
    assert "error[disk-full]" in result.stderr
    assert not list((project / "content").iterdir())
