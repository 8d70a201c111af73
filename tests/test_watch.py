"""Whatever happens to files while they are watched, output/ becomes what a clean build gives."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from generator import disk
from generator.build.crew import Crew, Foreman
from generator.model import Artifact
from generator.watch import events as events_room
from tests.incremental import PRESS, Counting, outputs, rich
from tests.processes import PATIENCE, all_gone, comes, program
from tests.processes import session as processes
from tests.project import SVG, Project, png, words
from tests.watching import Session, clean, saves, watching

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="counts on inotify")
FRONT = "files: [pdf]"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project of two content files."""
    made = Project(tmp_path / "project")
    made.file("threadpress.yaml", "files: [pdf]\n")
    made.thread(body="First words.")
    made.thread(body="Other words.", name="other")
    return made


def text(body: str, front: str = "") -> bytes:
    """Return a content file."""
    return f"---\n{front}\n---\n{body}\n".encode()


def talk(project: Project) -> Path:
    """Return the path of the content file that is changed."""
    return project.root / "content" / "talk.md"


# --- saves ----------------------------------------------------------------------------------------


def test_each_editors_way_of_saving_is_seen_and_told_once_it_is_right(project: Project) -> None:
    with watching(project) as watch:
        for number, (way, save) in enumerate(saves(talk(project)).items()):
            save(text(f"Words by way {number}."))
            assert watch.shows(f"by way {number}"), way
            told = watch.rests()
            assert "talk: built" in told, way
            assert not {line for line in told if "removed" in line or "empty" in line}, way
    assert outputs(project) == clean(project)


def test_a_touch_and_a_save_of_the_same_bytes_build_nothing(project: Project) -> None:
    crew = Counting()
    with watching(project, crew) as watch:
        crew.asked.clear()
        talk(project).touch()
        talk(project).write_bytes(talk(project).read_bytes())
        saves(talk(project))["by replacing"](talk(project).read_bytes())
        time.sleep(0.1)
        assert watch.rests() == []
        assert crew.asked == []


def test_reading_builds_nothing(project: Project) -> None:
    crew = Counting()
    with watching(project, crew) as watch:
        watch.rests()
        crew.asked.clear()
        for _ in range(3):
            shutil.copytree(project.root / "content", project.root.parent / "copy")
            shutil.rmtree(project.root.parent / "copy")
        time.sleep(0.1)
        looks = watch.events.looks
        assert watch.rests() == []
        assert crew.asked == []
        time.sleep(0.3)
        assert watch.events.looks - looks < 30


def test_a_broken_file_is_told_keeps_its_output_and_is_built_once_it_is_mended(
    project: Project,
) -> None:
    with watching(project) as watch:
        before = outputs(project)
        for content, code in (
            (b"", "content-empty"),
            (text("Words.", "theme: papr"), "theme-unknown"),
            (b"---\ntitle: [\n---\nWords.", "yaml-syntax"),
        ):
            talk(project).write_bytes(content)
            assert watch.tells(f"talk: {code}")
            assert outputs(project) == before
            talk(project).write_bytes(text("First words."))
            assert watch.tells("talk: built")
            assert outputs(project) == before


def test_an_empty_file_that_is_filled_at_once_is_not_told(project: Project) -> None:
    with watching(project) as watch:
        for number in range(5):
            talk(project).write_bytes(b"")
            time.sleep(0.01)
            talk(project).write_bytes(text(f"Words number {number}."))
            assert watch.shows(f"number {number}.")
        assert not [line for line in watch.rests() if line != "talk: built"]


def test_what_a_file_missed_mends_it_when_it_comes(project: Project) -> None:
    with watching(project) as watch:
        talk(project).write_bytes(text("![A picture](late.svg)", "theme: mine"))
        assert watch.tells("talk: theme-unknown")
        shutil.copytree(Path(__file__).parents[1] / "themes/paper", project.root / "themes/mine")
        assert watch.tells("talk: image-missing")
        project.file("content/late.svg", SVG)
        assert watch.tells("talk: built")
    assert outputs(project) == clean(project)


def test_a_draft_loses_its_output_and_gets_it_back(project: Project) -> None:
    with watching(project) as watch:
        before = outputs(project)
        talk(project).write_bytes(text("First words.", "draft: true"))
        assert watch.tells("talk: removed")
        assert project.output == ["other/linkedin/other.pdf"]
        talk(project).write_bytes(text("First words."))
        assert watch.tells("talk: built")
        assert outputs(project) == before


# --- looks and pictures ---------------------------------------------------------------------------


def test_a_change_of_any_look_or_picture_is_seen(tmp_path: Path) -> None:
    project = rich(tmp_path / "project")
    with watching(project) as watch:
        for path, content in (
            ("content/pic.svg", SVG.replace("#808080", "#208040")),
            ("layouts/mine/slide.css", ".slide{border-left:9px solid red}"),
            ("layouts/mine/slide.html.jinja", None),
            ("themes/mine/leaf.svg", SVG.replace("#808080", "#204080")),
            ("themes/mine/theme.css", ".slide{border-left:7px solid red}"),
            ("themes/_brands/mine/brand.yaml", "name: Your Other Name\n"),
            ("themes/_patterns/mine.svg.jinja", SVG.replace("#808080", "#204081")),
            ("threadpress.yaml", "files: [pdf]\nlang: de\n"),
            ("layouts/_base/words.yaml", "de: {swipe: Weiter}\n"),
        ):
            before = outputs(project)
            if content is None:
                content = (project.root / path).read_text().replace("body() }}", "body() }}More")  # noqa: PLW2901
            project.file(path, content)
            assert comes(lambda: outputs(project) != before), path  # noqa: B023
            watch.rests()
            assert outputs(project) == clean(project), path


def test_a_picture_that_two_warm_carousels_have_is_changed_in_both(project: Project) -> None:
    project.file("content/one.png", png(40, 30))
    project.file("content/two.png", png(40, 30))
    talk(project).write_bytes(text("![One](one.png)"))
    project.thread(body="![Two](two.png)", name="other")
    with watching(project) as watch:
        talk(project).write_bytes(text("![One](one.png)\n\n---\n\nMore words."))
        assert watch.shows("More words.")
        watch.rests()
        for name in ("one", "two", "one"):
            project.file(f"content/{name}.png", png(50, 30 + len(watch.lines)))
            assert watch.tells(f"{'talk' if name == 'one' else 'other'}: built")
            watch.rests()
            assert outputs(project) == clean(project)
            project.file(f"content/{name}.png", png(60, 30))
            watch.rests()
    assert outputs(project) == clean(project)


def test_settings_that_are_broken_are_told_and_the_last_ones_stay(project: Project) -> None:
    own = project.root / "threadpress.yaml"
    with watching(project) as watch:
        before = outputs(project)
        own.write_text("files: [pdf\n")
        assert watch.tells("yaml-syntax")
        assert outputs(project) == before
        own.write_text("files: [pdf]\nlang: de\n")
        assert comes(lambda: outputs(project) != before)
        watch.rests()
        assert outputs(project) == clean(project)


# --- files and folders that come and go -----------------------------------------------------------


def test_files_that_come_go_and_move_take_their_output_along(project: Project) -> None:
    content = project.root / "content"
    with watching(project) as watch:
        project.thread(body="New words.", name="new")
        assert watch.tells("new: built")
        talk(project).unlink()
        assert watch.tells("talk: removed")
        (content / "new.md").rename(content / "newer.md")
        assert watch.tells("newer: built", "new: removed")
        assert project.output == ["newer/linkedin/newer.pdf", "other/linkedin/other.pdf"]


def test_folders_that_come_go_and_move_take_their_output_along(project: Project) -> None:
    content, outside = project.root / "content", project.root.parent / "outside"
    with watching(project) as watch:
        project.thread(body="Deep words.", name="2026/deep/talk")
        assert watch.tells("2026/deep/talk: built")
        (content / "2026").rename(content / "2027")
        assert watch.tells("2027/deep/talk: built", "2026/deep/talk: removed")
        (content / "2027").rename(outside)
        assert watch.tells("2027/deep/talk: removed")
        outside.rename(content / "2028")
        assert watch.tells("2028/deep/talk: built")
        (content / "2028" / "deep" / "talk.md").write_bytes(text("Deeper words."))
        assert watch.tells("2028/deep/talk: built")
        shutil.rmtree(content / "2028")
        assert watch.tells("2028/deep/talk: removed")
        project.thread(body="Again words.", name="2028/deep/talk")
        assert watch.tells("2028/deep/talk: built")
        watch.rests()
    assert outputs(project) == clean(project)


def test_a_content_folder_that_is_deleted_and_made_again_is_watched_again(
    project: Project,
) -> None:
    content, outside = project.root / "content", project.root.parent / "outside"
    with watching(project) as watch:
        before = outputs(project)
        content.rename(outside)
        assert watch.tells("content-missing")
        assert outputs(project) == before
        shutil.copytree(outside, content)
        watch.rests()
        talk(project).write_bytes(text("Words of the new folder."))
        assert watch.shows("of the new folder")
        (outside / "talk.md").write_bytes(text("Words of the old folder."))
        time.sleep(0.1)
        watch.rests()
    assert outputs(project) == clean(project)


def test_two_names_for_one_slug_are_told_and_nothing_is_lost(project: Project) -> None:
    with watching(project) as watch:
        before = outputs(project)
        twin = project.thread(body="Twin words.", name="Talk")
        assert watch.tells("slug-duplicate")
        assert outputs(project) == before
        twin.unlink()
        watch.rests()
        talk(project).write_bytes(text("Words alone."))
        assert watch.shows("Words alone.")
    assert outputs(project) == clean(project)


def test_a_bundle_that_comes_into_being_swallows_what_lay_there(project: Project) -> None:
    project.thread(body="Part.", name="set/part")
    with watching(project) as watch:
        project.thread(body="Whole.", name="set/index")
        assert watch.tells("set: built", "set/part: removed")
        (project.root / "content" / "set" / "index.md").unlink()
        assert watch.tells("set/part: built", "set: removed")
    assert outputs(project) == clean(project)


def test_a_large_checkout_and_the_way_back_end_where_a_clean_build_would(
    tmp_path: Path,
) -> None:
    project = Project(tmp_path / "project")
    project.file("threadpress.yaml", "files: [pdf]\n")
    git(project, "init", "-q", "-b", "main")
    for number in range(500):
        project.thread("draft: true", f"Words of {number}.", f"{number % 7}/talk-{number}")
    project.thread(body="First words.")
    commit(project)
    git(project, "checkout", "-q", "-b", "other")
    for number in range(500):
        project.thread("draft: true", f"Other words of {number}.", f"{number % 7}/talk-{number}")
    project.thread(body="Words on a branch.")
    project.thread(body="New on a branch.", name="9/new")
    commit(project)
    git(project, "checkout", "-q", "main")
    crew = Counting()
    with watching(project, crew) as watch:
        before = outputs(project)
        git(project, "checkout", "-q", "other")
        assert watch.shows("Words on a branch.")
        assert watch.tells("9/new: built")
        watch.rests()
        asked = list(crew.asked)
        git(project, "checkout", "-q", "main")
        assert comes(lambda: (project.root / "output/9").exists() is False)
        watch.rests()
        assert comes(lambda: outputs(project) == before)
        assert crew.asked == asked
        assert outputs(project) == before


def git(project: Project, *arguments: str) -> None:
    """Run git in a project, as nobody in particular."""
    nobody = ["-c", "user.name=Your Name", "-c", "user.email=you@example.com"]
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *nobody, *arguments], cwd=project.root, env=environment, check=True)


def commit(project: Project) -> None:
    """Commit what was written."""
    git(project, "add", "threadpress.yaml", "content")
    git(project, "commit", "-q", "-m", "Words")


# --- one file -------------------------------------------------------------------------------------


def test_a_single_file_is_watched_with_its_picture(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    path = project.file("talk.md", "![A picture](pic.svg)\n")
    project.file("pic.svg", SVG)
    out = project.root / "talk.pdf"
    with watching(project, paths=(path,), single=out) as watch:
        first = out.read_bytes()
        project.file("pic.svg", SVG.replace("#808080", "#208040"))
        assert comes(lambda: out.read_bytes() != first)
        for save in saves(path).values():
            before = out.read_bytes()
            save(f"Words {time.monotonic_ns()}.\n".encode())
            assert comes(lambda: out.read_bytes() != before)  # noqa: B023
        path.unlink()
        assert watch.tells("file-missing")
        path.write_text("Words again.\n")
        assert watch.tells("talk: built")


# --- while a build runs ---------------------------------------------------------------------------


class Slow(Executor):
    """Does jobs in threads, each when it is let go."""

    def __init__(self) -> None:
        """Begin with none."""
        self.held: list[threading.Event] = []
        self.given_up = 0
        self.hold = False

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **_: Any) -> "Future[Any]":  # noqa: ANN401  Executor's signature
        """Return the future of a job that waits."""
        future: Future[Any] = Future()
        go = threading.Event()
        if self.hold:
            self.held.append(go)
        else:
            go.set()

        def run() -> None:
            with PRESS:
                result = work(*arguments)
            go.wait(PATIENCE)
            future.set_result(result)

        threading.Thread(target=run, daemon=True).start()
        return future

    def give_up(self, futures: list["Future[Any]"]) -> None:
        """Let those go that nobody wants."""
        self.given_up += len(futures)
        for go in self.held:
            go.set()


def test_what_was_made_of_an_earlier_save_is_never_published(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    published: list[str] = []

    def publish(root: Path, artifacts: Iterable[Artifact]) -> tuple[Path, ...]:
        made = tuple(artifacts)
        published.extend(words(one.content) for one in made if one.path.endswith(".pdf"))
        return write(root, made)

    crew, write = Slow(), disk.publish
    with watching(project, crew) as watch:
        monkeypatch.setattr(disk, "publish", publish)
        crew.hold = True
        talk(project).write_bytes(text("Stale words."))
        assert comes(lambda: bool(crew.held))
        crew.hold = False
        talk(project).write_bytes(text("Newest words."))
        crew.held[0].set()
        assert watch.shows("Newest words.")
        watch.rests()
        assert not [shown for shown in published if "Stale" in shown]


def test_a_build_that_hangs_is_given_up_when_what_it_builds_changes(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.watch.STALE", 0.05)
    crew = Slow()
    with watching(project, crew) as watch:
        crew.hold = True
        talk(project).write_bytes(text("Words that take long."))
        assert comes(lambda: bool(crew.held))
        crew.hold = False
        talk(project).write_bytes(text("Quick words."))
        assert watch.shows("Quick words.")
        assert crew.given_up == 1


# --- the system -----------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EMFILE])
def test_a_system_without_watches_is_looked_at_instead_and_that_is_said(
    project: Project, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("watchdog.observers.Observer.schedule", full)
    monkeypatch.setattr(events_room, "POLLING", 0.1)
    with watching(project) as watch:
        assert [line for line in watch.announced if "looking every" in line]
        saves_and_removals(project, watch)


def test_polling_sees_what_events_would_tell(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events_room, "POLLING", 0.1)
    with watching(project, poll=True) as watch:
        saves_and_removals(project, watch)


def saves_and_removals(project: Project, watch: Session) -> None:
    """Change, add and remove a file, and see that each is noticed."""
    talk(project).write_bytes(text("Words that were polled."))
    assert watch.shows("that were polled")
    project.thread(body="New words.", name="new")
    assert watch.tells("new: built")
    talk(project).unlink()
    assert watch.tells("talk: removed")


def test_what_no_event_told_of_is_found_by_the_sweep(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.watch.SWEEP", 0.2)
    monkeypatch.setattr(events_room._Handler, "on_any_event", lambda *_: None)  # noqa: SLF001
    with watching(project) as watch:
        talk(project).write_bytes(text("Words unheard of."))
        assert watch.shows("Words unheard of.")
        project.thread(body="New words.", name="new")
        assert watch.tells("new: built")
        talk(project).unlink()
        assert watch.tells("talk: removed")


def test_a_sweep_finds_nothing_to_do_when_nothing_changed(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.thread("theme: papr", "Words.", "bad")
    crew = Counting()
    with watching(project, crew) as watch:
        watch.rests()
        monkeypatch.setattr("generator.watch.SWEEP", 0.05)
        asked = list(crew.asked)
        time.sleep(0.5)
        assert watch.rests() == []
        assert crew.asked == asked


def test_a_file_that_cannot_be_read_is_told_and_built_when_it_can(project: Project) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read anything")
    with watching(project) as watch:
        talk(project).chmod(0)
        assert watch.tells("talk: file-unreadable")
        talk(project).chmod(0o600)
        assert watch.tells("talk: built")


# --- the command ----------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_or_a_polite_end_leaves_no_process(project: Project, number: int) -> None:
    arguments = ["-m", "generator", "--project", str(project.root), "watch", "-j", "2"]
    with program(*arguments) as child:
        assert child.stdout
        told = iter(child.stdout.readline, "")
        assert any("watching" in line for line in told)
        talk(project).write_bytes(text("Words while it runs."))
        assert any("talk.md: " in line for line in told)
        pids = processes(child.pid)
        assert len(pids) > 2
        os.killpg(child.pid, number) if number == signal.SIGINT else child.terminate()
        assert child.wait(PATIENCE) == 130
        assert all_gone(pids)
        assert "Traceback" not in child.stdout.read()


def test_a_watch_with_real_workers_survives_the_loss_of_one(project: Project) -> None:
    crew = Crew(Foreman(os.getpid), 1, deadline=20)
    try:
        with watching(project, crew) as watch:
            worker = crew._desks[0]._worker  # noqa: SLF001
            assert worker
            os.kill(worker.pid, signal.SIGKILL)
            talk(project).write_bytes(text("Words by a new worker."))
            assert watch.shows("by a new worker")
    finally:
        crew.shutdown(wait=False)
