"""`threadpress import` lists, picks, previews and writes threads of archives."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator import importers
from generator.cli import _picking, threadpress
from tests.imports import PNG, packed, tweet, x_files

THREADS = (
    tweet(10, "Old hook"),
    tweet(11, "Old end", 10),
    tweet(20, "New hook https://t.co/m", extended_entities={"media": [
        {"url": "https://t.co/m", "type": "photo", "media_url_https": "https://p/media/A.png"},
    ]}),
    tweet(21, "New end", 20),
    tweet(30, "Alone"),
)  # fmt: skip


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a content repo that is the current folder, with an archive in it."""
    (tmp_path / "threadpress.yaml").write_text("", "utf-8")
    (tmp_path / "content").mkdir()
    packed(tmp_path / "x.zip", x_files(*THREADS, **{"data/tweets_media/20-A.png": PNG}))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, stdin: str | None = None) -> Result:
    """Run `threadpress import` and return what came of it."""
    return CliRunner().invoke(threadpress, ["import", *arguments], input=stdin)


def written(project: Path) -> list[str]:
    """Return the files in content/ that people see."""
    found = (path.relative_to(project / "content") for path in (project / "content").rglob("*.*"))
    return sorted(str(path) for path in found if not path.name.startswith("."))


def test_list_shows_threads_newest_first_and_counts_the_rest(project: Path) -> None:
    result = run("x.zip", "--list")
    assert result.stdout.splitlines() == [
        "20  2026-11-20  2 posts  New hook",
        "10  2026-11-20  2 posts  Old hook",
    ]
    assert "1 single posts too" in result.stderr
    assert written(project) == []


def test_several_threads_without_a_terminal_end_with_the_list(project: Path) -> None:
    result = run("x.zip")
    assert result.exit_code == 2
    assert "20  2026-11-20  2 posts" in result.stdout
    assert "error[thread-unnamed]" in result.stderr
    assert "--thread 20, or --all" in result.stderr
    assert written(project) == []


def test_a_thread_with_pictures_gets_a_folder(project: Path) -> None:
    result = run("x.zip", "--thread", "20", "--slug", "launch")
    assert result.exit_code == 0, result.output
    assert written(project) == ["launch/20-A.png", "launch/index.md"]
    assert "content/launch/index.md: 2 posts, 1 picture\n" in result.stderr


def test_a_single_post_is_taken_by_its_id(project: Path) -> None:
    assert run("x.zip", "--thread", "30").exit_code == 0
    assert written(project) == ["alone.md"]


def test_all_takes_each_thread(project: Path) -> None:
    result = run("x.zip", "--all", "--into", "content/2026")
    assert result.exit_code == 0, result.output
    assert written(project) == ["2026/new-hook/20-A.png", "2026/new-hook/index.md",
                                "2026/old-hook.md"]  # fmt: skip


def test_a_folder_may_be_called_anything(project: Path) -> None:
    assert run("x.zip", "--thread", "10", "--into", "content/x.md").exit_code == 0
    assert written(project) == ["x.md", "x.md/old-hook.md"]


def test_threads_that_begin_alike_do_not_write_over_each_other(project: Path) -> None:
    packed(project / "y.zip", x_files(*(tweet(n, "Same words") for n in (1, 2))))
    assert run("y.zip", "--all").exit_code == 0
    assert len(written(project)) == 2


def test_all_goes_on_where_one_is_there_already(project: Path) -> None:
    (project / "content" / "old-hook.md").write_text("mine", "utf-8")
    result = run("x.zip", "--all")
    assert result.exit_code == 2
    assert "content/old-hook.md: error[file-exists]" in result.stderr
    assert (project / "content" / "old-hook.md").read_text("utf-8") == "mine"
    assert "new-hook/index.md" in written(project)


def test_a_dry_run_shows_everything_and_writes_nothing(project: Path) -> None:
    result = run("x.zip", "--thread", "20", "--dry-run")
    assert result.exit_code == 0
    assert "<!-- id: x-20 -->" in result.stdout
    assert "content/new-hook/index.md, 20-A.png: 2 posts, not written" in result.stderr
    assert written(project) == []


def test_a_thread_is_imported_again_into_its_file_whatever_that_is_called(project: Path) -> None:
    assert run("x.zip", "--thread", "10", "--slug", "launch").exit_code == 0
    old = (project / "content" / "launch.md").read_text("utf-8")
    packed(project / "x.zip", x_files(tweet(10, "New words"), tweet(11, "Old end", 10)))
    shown = run("x.zip", "--update", "--dry-run")
    assert shown.stdout == old.replace("Old hook", "New words")
    assert (project / "content" / "launch.md").read_text("utf-8") == old
    assert run("x.zip", "--update").exit_code == 0
    assert (project / "content" / "launch.md").read_text("utf-8") == shown.stdout
    assert written(project) == ["launch.md"]


def test_a_thread_that_was_imported_under_another_name_is_told(project: Path) -> None:
    assert run("x.zip", "--thread", "10", "--slug", "launch").exit_code == 0
    result = run("x.zip", "--thread", "10")
    assert "old-hook.md: info[imported-before]" in result.stderr
    assert "content/launch.md" in result.stderr
    assert "imported-before" not in run("x.zip", "--thread", "10").stderr
    assert written(project) == ["launch.md", "old-hook.md"]


def test_counters_that_a_build_can_leave_out_are_told(project: Path) -> None:
    packed(project / "y.zip", x_files(tweet(1, "1/ One 🧵"), tweet(2, "2/ Two", 1)))
    assert "info[noise-kept]" in run("y.zip").stderr
    assert "1/ One 🧵" in (project / "content" / "1-one.md").read_text("utf-8")


def test_a_thread_is_never_merged_with_another_of_its_name(project: Path) -> None:
    packed(project / "y.zip", x_files(tweet(5, "Old hook"), tweet(6, "Other end", 5)))
    assert run("x.zip", "--thread", "10").exit_code == 0
    assert run("y.zip", "--update").exit_code == 0
    assert written(project) == ["old-hook-5.md", "old-hook.md"]
    assert "Other end" not in (project / "content" / "old-hook.md").read_text("utf-8")


def test_a_dry_run_tells_that_there_is_a_file_already(project: Path) -> None:
    assert run("x.zip", "--thread", "10").exit_code == 0
    assert written(project) == ["old-hook.md"]
    assert "There is a content file already" in run("x.zip", "--thread", "10", "--dry-run").stderr


def test_a_picture_that_is_there_already_is_kept(project: Path) -> None:
    (project / "content" / "launch").mkdir()
    (project / "content" / "launch" / "20-A.png").write_bytes(b"mine")
    result = run("x.zip", "--thread", "20", "--slug", "launch")
    assert result.exit_code == 2
    assert "content/launch/20-A.png: error[file-exists]" in result.stderr
    assert written(project) == ["launch/20-A.png"]


def test_nothing_is_left_when_a_picture_cannot_be_written(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert run("x.zip", "--thread", "20").exit_code == 3
    assert list((project / "content").iterdir()) == []


def test_an_unknown_thread_names_those_that_are_there(project: Path) -> None:
    result = run("x.zip", "--thread", "21")
    assert result.exit_code == 2
    assert "there are: 10, 20" in result.stderr
    assert project.is_dir()


def test_one_name_for_several_threads_is_a_mistake(project: Path) -> None:
    assert run("x.zip", "--all", "--slug", "launch").exit_code == 2
    assert written(project) == []


def test_on_a_terminal_one_picks_by_words_then_number(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_picking, "on_a_terminal", lambda: True)
    result = run("x.zip", stdin="nothing like it\nold\n1\n")
    assert result.exit_code == 0, result.output
    assert "  1  20  2026-11-20" in result.stderr
    assert "no thread with these words" in result.stderr
    assert written(project) == ["old-hook.md"]


@pytest.mark.parametrize("flag", ["--force", "--update", "--dry-run"])
def test_the_file_that_is_imported_is_never_written_over(project: Path, flag: str) -> None:
    notes = project / "content" / "notes.md"
    notes.write_text("# Notes\n\nWords.\n", "utf-8")
    result = run("content/notes.md", flag)
    assert (result.exit_code, "error[file-exists]" in result.stderr) == (2, True)
    assert notes.read_text("utf-8") == "# Notes\n\nWords.\n"
    assert run("content/notes.md", "--slug", "mine").exit_code == 0


def test_an_archive_may_come_from_standard_input(project: Path) -> None:
    content = (project / "x.zip").read_bytes()
    result = CliRunner().invoke(threadpress, ["import", "-", "--thread", "20"], input=content)
    assert result.exit_code == 0, result.output
    assert written(project) == ["new-hook/20-A.png", "new-hook/index.md"]


def test_files_that_belong_together_are_read_together(project: Path) -> None:
    account = {"id": "1", "acct": "you"}
    toot = {"in_reply_to_id": None, "account": account, "created_at": "2026-11-20T10:00:00Z"}
    status = {**toot, "id": "1", "content": "One"}
    context = {"ancestors": [], "descendants": [{**toot, "id": "2", "in_reply_to_id": "1",
               "content": "Two", "created_at": "2026-11-20T10:00:01Z"}]}  # fmt: skip
    (project / "s.json").write_text(json.dumps(status), "utf-8")
    (project / "c.json").write_text(json.dumps(context), "utf-8")
    result = run("s.json", "c.json", "--slug", "toots")
    assert result.exit_code == 0, result.output
    assert "toots.md: 2 posts" in result.stderr


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"PK\3\4 no zip at all", "archive-broken"), (b"PK\5\6" + bytes(18), "import-unknown")],
)
def test_a_zip_that_is_broken_or_strange_is_told(project: Path, content: bytes, code: str) -> None:
    (project / "y.zip").write_bytes(content)
    result = run("y.zip")
    assert (result.exit_code, "Traceback" in result.output) == (1, False)
    assert f"error[{code}]" in result.stderr


def test_a_thread_that_cannot_be_read_does_not_keep_the_others_away(project: Path) -> None:
    threads = (tweet(1, " "), tweet(2, " ", 1), tweet(3, "Good"), tweet(4, "End", 3))
    packed(project / "y.zip", x_files(*threads))
    result = run("y.zip", "--all")
    assert result.exit_code == 1
    assert "error[import-empty]" in result.stderr
    assert written(project) == ["good.md"]


def test_a_picture_that_is_left_out_is_not_counted(project: Path) -> None:
    packed(project / "y.zip", x_files(*THREADS, **{"data/tweets_media/20-A.png": b"none"}))
    result = run("y.zip", "--thread", "20")
    assert "new-hook/index.md: 2 posts\n" in result.stderr
    assert "Still without their picture: x-20" in result.stderr
    assert result.stderr.count("media-missing") == 1


@pytest.mark.parametrize(("asked", "code"), [(True, 0), (False, 2)])
def test_what_could_be_two_kinds_is_asked_for_on_a_terminal(
    project: Path, monkeypatch: pytest.MonkeyPatch, *, asked: bool, code: int
) -> None:
    twin = replace(importers.importers()["paste"], detects=lambda *_: 0.95)
    known = importers.importers() | {"twin": twin}
    monkeypatch.setattr("generator.importers.importers", lambda: known)
    monkeypatch.setattr(_picking, "on_a_terminal", lambda: asked)
    (project / "p.txt").write_text("1/ One\n\n2/ Two\n\n3/ Three\n", "utf-8")
    result = run("p.txt", stdin="9\n1\n")
    assert result.exit_code == code, result.output
    assert ("What is this?" in result.stderr) is asked
    assert ("could be" in result.stderr) is not asked


@pytest.mark.parametrize("answer", ["y", "n"])
def test_on_a_terminal_one_says_whether_the_line_breaks_are_right(
    project: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    monkeypatch.setattr(_picking, "on_a_terminal", lambda: True)
    (project / "p.txt").write_text("1/ Tools: - a saw - a plane - a file\n\n2/ End\n", "utf-8")
    result = run("p.txt", "--restructure", stdin=f"{answer}\n")
    assert "+- a plane" in result.stderr
    text = (project / "content" / "p.md").read_text("utf-8")
    assert ("\n- a plane\n" in text) is (answer == "y")
    assert ("structure-lost" in result.stderr) is (answer == "n")


def test_an_empty_file_and_a_page_of_words_say_what_they_are(project: Path) -> None:
    (project / "empty.txt").write_text("\n", "utf-8")
    (project / "words.txt").write_text("Only words.\n", "utf-8")
    assert "there is nothing in it" in run("empty.txt").stderr
    assert "--from paste" in run("words.txt").stderr
    assert written(project) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x1f\x8b\x08 an export that is packed", "unpack it, and import the folder"),
        (b"%PDF-1.7", "copy its text"),
        (b'[{"words": 1}]', "into our own"),
        (b"\x89PNG\r\n\x1a\n", "a picture is no text"),
    ],
)
def test_a_file_of_another_kind_is_called_what_it_is(
    project: Path, content: bytes, said: str
) -> None:
    (project / "strange").write_bytes(content)
    result = run("strange")
    assert (result.exit_code, said in result.stderr) == (1, True)


def test_a_text_that_windows_calls_unicode_is_recognised(project: Path) -> None:
    (project / "p.txt").write_bytes("1/ Eins\n\n2/ Zwei\n\n3/ Drei: ü\n".encode("utf-16"))
    assert "p.md: 3 posts" in run("p.txt").stderr
