"""Whatever a carousel is made from makes it anew, and nothing else does."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import disk
from generator.build import manifest as records
from tests.incremental import FONTS, ROOT, THEME, build, by_workers, outputs, rich
from tests.project import SVG, Project, png
from tests.trees import tree

BASE = (ROOT / "layouts" / "_base" / "base.css").read_text("utf-8")
FRAME = (ROOT / "layouts" / "_base" / "frame.html.jinja").read_text("utf-8")
FRAME = FRAME.replace("</b>/", "</b> of ")
RED = ".slide{border-left:9px solid red}"
MORE = "{{ parts.body() }}<p>Mine</p>"
OTHER_SVG = SVG.replace("#808080", "#208040")
Change = Callable[[Project], object]


def replaced(path: str, old: str, new: str) -> Change:
    """Return a change of some words in a file."""

    def change(project: Project) -> None:
        file = project.root / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    return change


def written(path: str, content: str) -> Change:
    """Return a change that writes a file."""
    return lambda project: project.file(path, content)


def quietly(change: Change, path: str) -> Change:
    """Return a change that leaves a file's time of change as it was."""

    def changed(project: Project) -> None:
        file = project.root / path
        before = file.stat()
        change(project)
        assert file.stat().st_size == before.st_size
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    return changed


def other_font(project: Project) -> None:
    """Put another font into the place of one."""
    fonts = project.root / "themes" / "_fonts" / "literata"
    for path in fonts.glob("*.ttf"):
        shutil.copy(FONTS / "ibm-plex-mono" / "400.ttf", path)


ONE = {
    "words": replaced("content/fancy.md", "first post", "other post"),
    "words of the same length, its time set back": quietly(
        replaced("content/fancy.md", "first", "early"), "content/fancy.md"
    ),
    "a picture": written("content/pic.svg", OTHER_SVG),
    "a picture of the same length, its time set back": quietly(
        written("content/pic.svg", SVG.replace("#808080", "#802040")), "content/pic.svg"
    ),
    "a layout's template": replaced("layouts/mine/slide.html.jinja", "{{ parts.body() }}", MORE),
    "a layout's CSS": written("layouts/mine/slide.css", RED),
    "a brand": replaced("themes/_brands/mine/brand.yaml", "Your Name", "Your Other Name"),
    "a preset": replaced("themes/_presets/mine.yaml", "40", "44"),
    "a pattern": written("themes/_patterns/mine.svg.jinja", OTHER_SVG),
}
ALL = {
    "the project's settings": written("threadpress.yaml", "files: [pdf]\nlang: de\n"),
    "a theme's tokens": replaced("themes/mine/theme.yaml", "#a8321f", "#a8331f"),
    "a theme's CSS": written("themes/mine/theme.css", ".slide{background-color:#fff}"),
    "a theme's picture": written("themes/mine/leaf.svg", OTHER_SVG),
    "a frame that comes into being": written("themes/mine/frame.html.jinja", FRAME),
    "a font": other_font,
    "a layout that hides ours": written("layouts/cover/slide.css", ".cover{color:red}"),
    "a canvas that hides ours": written(
        "layouts/_canvases/linkedin.yaml", "title: Mine\nwidth: 800\nheight: 1000\nfiles: [pdf]\n"
    ),
    "words that hide ours": written("layouts/_base/words.yaml", "en: {swipe: Onward}\n"),
    "a base stylesheet that hides ours": written("layouts/_base/base.css", BASE + RED),
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project that was built and is up to date."""
    made = rich(tmp_path / "project")
    assert not build(made).report.every_problem
    assert build(made).fresh
    return made


def test_a_second_build_has_nothing_to_do(project: Project) -> None:
    before = stamps(project.root / "output")
    done = build(project)
    assert (done.fresh, done.asked) == (True, [])
    assert stamps(project.root / "output") == before


def stamps(folder: Path) -> dict[Path, tuple[int, int]]:
    """Return which file lies under each name, and when it was last written."""
    told = {path: path.stat() for path in folder.rglob("*")}
    return {path: (one.st_ino, one.st_mtime_ns) for path, one in told.items()}


@pytest.fixture(scope="module")
def steady(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project that each test leaves as it was."""
    made = rich(tmp_path_factory.mktemp("steady") / "project")
    made.thread("theme: mine", "Only words here.", "plain")
    assert not build(made).report.every_problem
    return made


def put_back(project: Project, files: dict[str, bytes]) -> None:
    """Make a project's own files what they were."""
    for name in own(project).keys() - files.keys():
        disk.remove(project.root / name, project.root)
    for name, content in files.items():
        (project.root / name).write_bytes(content)


def own(project: Project) -> dict[str, bytes]:
    """Return the files of a project that its user made."""
    made = tree(project.root).items()
    return {path: content for path, content in made if not path.startswith((".thread", "output"))}


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        *((change, ["fancy"]) for change in ONE.values()),
        *((change, ["fancy", "plain"]) for change in ALL.values()),
    ],
    ids=[*ONE, *ALL],
)
def test_a_change_makes_anew_what_it_concerns_and_its_undoing_asks_no_worker(
    steady: Project, change: Change, asked: list[str]
) -> None:
    assert build(steady).asked == []
    before, files = outputs(steady), own(steady)
    change(steady)
    assert sorted(build(steady).asked) == asked
    assert outputs(steady) != before
    assert build(steady).fresh
    put_back(steady, files)
    assert build(steady).asked == []
    assert outputs(steady) == before
    assert build(steady).fresh


def test_a_file_that_is_only_touched_is_as_it_was(project: Project) -> None:
    for path in project.root.glob("content/*"):
        path.touch()
    assert build(project).fresh


def test_a_checkout_that_writes_the_same_again_is_as_it_was(project: Project) -> None:
    for path in [path for path in project.root.glob("content/*") if path.is_file()]:
        content = path.read_bytes()
        path.unlink()
        path.write_bytes(content)
    assert build(project).fresh


def test_the_program_or_the_options_ask_for_everything_anew(project: Project) -> None:
    assert sorted(build(project, "another program").asked) == ["fancy", "plain"]
    assert build(project, "another program").fresh
    said = {"theme": "night"}
    assert sorted(build(project, "with a theme", said).asked) == ["fancy", "plain"]
    assert build(project, "another program").asked == []  # as before, and that is known


def test_force_asks_for_everything_anew(project: Project) -> None:
    assert sorted(build(project, force=True).asked) == ["fancy", "plain"]


def test_output_that_was_deleted_or_changed_by_hand_is_put_right_without_a_worker(
    project: Project,
) -> None:
    before = outputs(project)
    pdf = project.root / "output" / "fancy" / "linkedin" / "fancy.pdf"
    status = pdf.stat()
    for spoil in (
        pdf.unlink,
        lambda: pdf.write_bytes(b"%PDF-1.7 mine"),
        lambda: pdf.write_bytes(pdf.read_bytes()[:-1] + b"x"),
        lambda: shutil.rmtree(project.root / "output"),
    ):
        spoil()
        if pdf.exists():
            os.utime(pdf, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert build(project).asked == []
        assert outputs(project) == before


def test_a_source_that_is_gone_takes_its_output_along_and_nothing_else(project: Project) -> None:
    project.file("output/fancy/mine.txt", "mine")
    project.file("output/other.txt", "mine")
    (project.root / "content" / "fancy.md").unlink()
    assert build(project).report.removed == ("fancy",)
    assert project.output == ["fancy/mine.txt", "other.txt", "plain/linkedin/plain.pdf"]


def test_a_source_that_was_renamed_moves_its_output(project: Project) -> None:
    path = project.root / "content" / "fancy.md"
    path.rename(path.with_name("new.md"))
    assert build(project).report.removed == ("fancy",)
    assert project.output == ["new/linkedin/new.pdf", "plain/linkedin/plain.pdf"]


def test_a_target_that_is_not_wanted_any_more_takes_its_files_along(project: Project) -> None:
    project.thread("targets: [linkedin, story]\nfiles: [pdf, jpeg]", name="plain")
    build(project)
    assert "plain/story/01.jpg" in project.output
    project.thread("targets: [story]\nfiles: [pdf]", name="plain")
    build(project)
    assert project.output == ["fancy/linkedin/fancy.pdf", "plain/story/plain.pdf"]


def test_a_draft_has_no_output_and_gets_it_back_without_a_worker(project: Project) -> None:
    before = project.pdf("plain/linkedin/plain.pdf")
    replaced("content/plain.md", "---\n\n---", "---\ndraft: true\n---")(project)
    assert build(project).asked == []
    assert project.output == ["fancy/linkedin/fancy.pdf"]
    assert build(project).fresh
    replaced("content/plain.md", "draft: true", "draft: false")(project)
    build(project)
    assert project.pdf("plain/linkedin/plain.pdf") == before


def test_the_last_good_output_stays_while_a_file_is_broken_and_mending_it_asks_no_worker(
    project: Project,
) -> None:
    before = outputs(project)
    replaced("content/fancy.md", "theme: mine", "theme: none-such")(project)
    for _ in range(2):
        done = build(project)
        assert [outcome.failed for outcome in done.report.outcomes] == [True, False]
        assert outputs(project) == before
    replaced("content/fancy.md", "theme: none-such", "theme: mine")(project)
    done = build(project)
    assert (done.asked, done.report.every_problem) == ([], ())
    assert outputs(project) == before


def test_a_picture_that_two_carousels_show_makes_both_anew(project: Project) -> None:
    project.file("content/both.png", png(40, 30))
    project.thread("", "![One](both.png)", "one")
    project.thread("theme: mine", "![Two](both.png)", "two")
    build(project)
    project.file("content/both.png", png(50, 30))
    assert sorted(build(project).asked) == ["one", "two"]


def test_a_thread_that_another_file_tells_is_made_anew_with_it(project: Project) -> None:
    project.thread("thread: ../content/plain.md", "", "again")
    build(project)
    replaced("content/plain.md", "Only words", "Just words")(project)
    assert sorted(build(project).asked) == ["again", "plain"]


def test_a_theme_that_comes_into_being_hides_ours(project: Project) -> None:
    project.thread("theme: paper", "Only words here.", "plain")
    build(project)
    project.file("themes/paper/theme.yaml", THEME.replace("#f5f0e6", "#f5f0e7"))
    assert build(project).asked == ["plain"]


# --- the clock ------------------------------------------------------------------------------------


def test_a_clock_that_went_back_hides_no_change(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = time.time_ns
    monkeypatch.setattr("time.time_ns", lambda: real() - 3600 * 10**9)
    assert build(project).fresh
    replaced("content/fancy.md", "first post", "other post")(project)
    assert build(project).asked == ["fancy"]
    assert build(project).asked == []
    assert build(project).fresh
    monkeypatch.undo()
    assert build(project).fresh


def test_a_file_from_the_future_is_built_once(project: Project) -> None:
    path = project.root / "content" / "fancy.md"
    replaced("content/fancy.md", "first post", "other post")(project)
    os.utime(path, (4_000_000_000, 4_000_000_000))
    assert build(project).asked == ["fancy"]
    build(project)
    assert build(project).fresh


# --- the cache ------------------------------------------------------------------------------------


def cached(project: Project, pattern: str) -> list[Path]:
    """Return files of the cache."""
    return sorted(path for path in (project.root / ".threadpress").glob(pattern) if path.is_file())


WRONG: dict[str, object] = {
    "version": records.VERSION,
    "looks": [],
    "entries": {},
    "stamps": {},
    "tree": [],
}
WRONG_ENTRY = ["content/plain.md", "as ever", {}, [], {}, [], 0, False, 0]
WRONG_PARTS: list[dict[str, object]] = [
    {"stamps": []},
    {"stamps": {"x": 5}},
    {"stamps": {"x": [1, 2]}},
    {"taken": "x"},
    {"tree": 5},
    {"tree": [1]},
    {"looks": [[5, 6]]},
    {"entries": {"fancy": [0]}},
]
WRONG_ENTRIES = [
    *([*WRONG_ENTRY[:n], 5.5, *WRONG_ENTRY[n + 1 :]] for n in range(2, 7)),
    [*WRONG_ENTRY[:5], [7], 0, False, 0],
]
FOREIGN = [
    *("", "{", "[]", "null", "7", '{"version": 999}', '{"entries": {}}', "\x00\xff"),
    *(json.dumps({**WRONG, "taken": 5, **part}) for part in WRONG_PARTS),
    *(
        json.dumps({**WRONG, "taken": 5, "looks": [[{}, []]], "entries": {"plain": entry}})
        for entry in WRONG_ENTRIES
    ),
]


@pytest.mark.parametrize("content", FOREIGN, ids=range(len(FOREIGN)))
def test_a_manifest_of_somebody_else_is_as_good_as_none(steady: Project, content: str) -> None:
    before = outputs(steady)
    (steady.root / ".threadpress" / records.NAME).write_text(content, "utf-8")
    assert not records.load(steady.root / ".threadpress", steady.root).entries
    done = build(steady)
    assert (done.asked, done.report.every_problem) == ([], ())
    assert outputs(steady) == before


def test_a_manifest_that_was_cut_off_anywhere_is_as_good_as_none(project: Project) -> None:
    before = outputs(project)
    path = project.root / ".threadpress" / records.NAME
    whole = path.read_bytes()
    for cut in range(0, len(whole) - 1, len(whole) // 12):
        path.write_bytes(whole[:cut])
        assert build(project).asked == []
        assert outputs(project) == before


def test_a_spoilt_blob_or_record_is_made_again(project: Project) -> None:
    before = outputs(project)
    for number, path in enumerate(cached(project, "objects/??/*")):
        shutil.rmtree(project.root / "output")
        whole = path.read_bytes()
        path.write_bytes((b"", whole[:-1], b"x" + whole[1:])[number % 3])
        build(project)
        assert outputs(project) == before
    assert build(project).fresh


def test_a_cache_that_is_deleted_costs_time_and_nothing_else(project: Project) -> None:
    before = outputs(project)
    shutil.rmtree(project.root / ".threadpress")
    assert sorted(build(project).asked) == ["fancy", "plain"]
    assert outputs(project) == before


def test_a_cache_that_cannot_be_written_is_done_without(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = outputs(project)
    monkeypatch.setattr("generator.disk.cache_dir", lambda _project: None)
    replaced("content/fancy.md", "first post", "other post")(project)
    for _ in range(2):
        assert not build(project).report.every_problem
    assert outputs(project).keys() == before.keys()


def test_objects_that_cannot_be_written_are_done_without(project: Project) -> None:
    shutil.rmtree(project.root / ".threadpress")
    project.file(".threadpress/objects", "a file, no folder")
    done = build(project)
    assert not done.report.every_problem
    assert sorted(done.asked) == ["fancy", "plain"]
    assert build(project).fresh


# --- the command ----------------------------------------------------------------------------------

HEAVY = {"yaml", "rich", "pydantic", "jinja2", "markdown_it", "weasyprint", "PIL", "pypdfium2"}
TOLD = """
import sys
from generator.__main__ import main
sys.argv = ["threadpress", *sys.argv[1:]]
try:
    main()
finally:
    print(*sorted(name for name in sys.modules if "." not in name))
"""


def test_a_build_with_nothing_to_do_imports_nothing_heavy(project: Project) -> None:
    arguments = [sys.executable, "-c", TOLD, "--project", str(project.root), "build"]
    loaded = []
    for _ in range(2):
        ended = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=True)
        loaded.append(set(ended.stdout.split()))
    assert "nothing to do" in ended.stderr
    assert loaded[0] & HEAVY
    assert not loaded[1] & HEAVY


def test_what_was_warned_of_is_told_again_when_there_is_nothing_to_do(project: Project) -> None:
    project.file("content/loud.md", "Words.\n\n![](pic.svg)\n")
    first, second = project.built(), project.built()
    assert "nothing to do" in second.err
    assert first.problems == second.problems == ["content/loud.md:3: warning[alt-missing]"]


def test_another_set_of_packages_is_another_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = records.fingerprint("asked")
    assert records.fingerprint("asked") == before
    assert records.fingerprint("asked otherwise") != before
    (tmp_path / "site-packages" / "weasyprint-99.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(str(tmp_path / "site-packages"))
    assert records.fingerprint("asked") != before


def test_options_are_part_of_what_a_build_is_known_by(project: Project) -> None:
    project.built()
    assert "nothing to do" in project.built().err
    assert "nothing to do" not in project.built("--theme", "night").err
    assert "nothing to do" in project.built("--theme", "night").err
    assert "nothing to do" not in project.built("--drafts").err


def test_two_builds_at_once_are_both_right(project: Project) -> None:
    for number in range(6):
        project.thread("", f"Words of number {number}.", f"more-{number}")
    arguments = [sys.executable, "-m", "generator", "--project", str(project.root), "build"]
    for _ in range(2):
        started = [
            subprocess.Popen(arguments, cwd=ROOT, stderr=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        told = [child.communicate(timeout=60)[1] for child in started]
        assert [child.returncode for child in started] == [0, 0], told
    found = outputs(project)
    assert len(project.output) == 8
    assert not [name for name in found if name.endswith(".tmp")]
    shutil.rmtree(project.root / ".threadpress")
    shutil.rmtree(project.root / "output")
    project.built()
    assert outputs(project) == found


def test_one_worker_or_eight_write_the_same_bytes(project: Project) -> None:
    assert by_workers(project, "--force", "-j", "1").code == 0
    one = outputs(project)
    assert by_workers(project, "--force", "-j", "8").code == 0
    assert outputs(project) == one
