"""Input that would hang or swell a build, builds that are killed, disks that are full."""

import os
import shutil
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator import disk
from generator.build import crew as crews
from tests.incremental import MAIN, build, by_workers, outputs
from tests.processes import PATIENCE, all_gone, program, session
from tests.project import Ended, Project
from tests.torture_saves import forked, kills, storm
from tests.watching import clean

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")

DEEP = 40


def nested(depth: int) -> str:
    """Return flex boxes in flex boxes, each of which is laid out twice: 2^depth in all."""
    return "<div class='row'>" * depth + "Words" + "</div>" * depth


def uses(levels: int) -> str:
    """Return a drawing that draws ten of what draws ten of what draws ten, and so on."""
    groups = "".join(
        f'<g id="g{n}">' + f'<use href="#g{n - 1}"/>' * 10 + "</g>"
        if n
        else '<g id="g0"><rect width="9" height="9"/></g>'
        for n in range(levels)
    )
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30">'
    return f'{head}{groups}<use href="#g{levels - 1}"/></svg>'


def layouts(project: Project, name: str, main: str, css: str = "") -> str:
    """Write a layout, and return a post that uses it."""
    project.file(f"layouts/{name}/layout.yaml", "title: Mine\n")
    body = MAIN.replace("{{ parts.body() }}", "{{ parts.body() }}" + main)
    project.file(f"layouts/{name}/slide.html.jinja", body)
    project.file(f"layouts/{name}/slide.css", css)
    return f"First.\n\n---\n\n<!-- layout: {name} -->\nWords that fill a slide."


def flex_boxes(project: Project) -> str:
    """Return a post whose layout takes minutes."""
    return layouts(project, "flex", nested(DEEP), ".row{display:flex}")


def loops(project: Project) -> str:
    """Return a post whose template takes ten thousand million steps."""
    steps = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    return layouts(project, "loops", steps)


def long_loop(project: Project) -> str:
    """Return a post whose template wants a thousand million steps at once."""
    return layouts(project, "range", "{% for a in range(1000000000) %}{% endfor %}")


def swelling(project: Project) -> str:
    """Return a post whose template asks for 4 GB."""
    return layouts(project, "swell", "{{ ('x' * 4000000000)|length }}")


def bomb(project: Project) -> str:
    """Return a post that shows a drawing of ten million rectangles."""
    project.file("content/bomb.svg", uses(8))
    return "![A drawing](bomb.svg)"


def wall(project: Project) -> str:
    """Return a post that shows a picture of 400 million pixels, which takes 50 kB."""
    side = 20_000
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(side * (1 + side // 8)), 1)
    made = chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    project.file("content/wall.png", b"\x89PNG\r\n\x1a\n" + made)
    return "![A wall](wall.png)"


def chunk(name: bytes, content: bytes) -> bytes:
    """Return a part of a PNG (PNG 1.2, 3.2)."""
    check = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + check


def pipe(project: Project) -> str:
    """Return a post that shows what never comes."""
    os.mkfifo(project.root / "content" / "pipe.png")
    return "![A pipe](pipe.png)"


HOSTILE: dict[Callable[[Project], str], str] = {
    flex_boxes: "worker-lost",
    loops: "worker-lost",
    long_loop: "template-error",
    swelling: "worker-lost",
    bomb: "image-invalid",
    wall: "image-too-large",
    pipe: "file-not-regular",
    lambda _: "x" * 100_000: "word-too-long",
    lambda _: "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 1000: "post-too-long",
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, Ended]]:
    """Return a project of hostile files and a good one, built once by real workers."""
    project = Project(tmp_path_factory.mktemp("hostile") / "project")
    project.file("threadpress.yaml", "files: [pdf]\n")
    for number, make in enumerate(HOSTILE):
        project.thread(body=make(project), name=f"case-{number}")
    project.thread(name="good")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(crews, "DEADLINE", 3.0)
        yield project, by_workers(project, "-j", "2")


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_what_would_hang_or_swell_a_build_is_told_by_name(
    hostile: tuple[Project, Ended], number: int
) -> None:
    code = list(HOSTILE.values())[number]
    place = "layouts/range/" if code == "template-error" else f"content/case-{number}.md"
    found = [line for line in hostile[1].problems if line.startswith(place)]
    assert [line for line in found if line.endswith(f"error[{code}]")], hostile[1].err


def test_everything_else_is_built_and_the_exit_code_is_one(
    hostile: tuple[Project, Ended],
) -> None:
    project, ended = hostile
    assert ended.code == 1
    assert project.output == ["good/linkedin/good.pdf"]
    assert "internal" not in ended.err


def test_a_real_build_of_what_hangs_leaves_no_process_when_it_is_interrupted(
    hostile: tuple[Project, Ended],
) -> None:
    root = hostile[0].root
    with program("-m", "generator", "--project", str(root), "build", "-j", "2", "--force") as child:
        assert child.stderr is None
        pids: set[int] = set()
        while len(pids) < 4 and child.poll() is None:  # itself, the foreman, two workers
            pids |= session(child.pid)
        os.killpg(child.pid, 2)
        assert child.wait(PATIENCE) == 130
        assert all_gone(pids)


# --- kills ----------------------------------------------------------------------------------------


def test_a_build_that_is_killed_at_any_moment_leaves_whole_files_and_no_rubbish(
    tmp_path: Path,
) -> None:
    assert kills(tmp_path, 18, seed=5, command=False) > 3


def test_a_command_that_is_killed_at_any_moment_leaves_whole_files(tmp_path: Path) -> None:
    kills(tmp_path, 2, seed=6, command=True)
    for path in tmp_path.rglob("output/**/*.pdf"):
        if shutil.which("qpdf"):
            subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)


def test_output_of_a_killed_build_goes_when_its_file_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(tmp_path / "project")
    project.file("threadpress.yaml", "files: [pdf]\n")
    project.thread(name="stays")
    build(project)
    project.thread(name="goes")
    monkeypatch.setattr("generator.build.pipeline.Builder.save", lambda _: os._exit(9))
    assert os.waitstatus_to_exitcode(os.waitpid(forked(project), 0)[1]) == 9
    monkeypatch.undo()
    assert "goes/linkedin/goes.pdf" in project.output
    (project.root / "output" / "goes" / "linkedin" / ".threadpress-4194399-00000000-1.tmp").touch()
    (project.root / "content" / "goes.md").unlink()
    build(project)
    assert project.output == ["stays/linkedin/stays.pdf"]


# --- a full disk ----------------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of 64 kB, where this machine lets tests make one."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("nothing may be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_disk_that_runs_full_leaves_whole_files_and_says_so(small: Path) -> None:
    project = Project(small.parent / "project")
    project.file("threadpress.yaml", "files: [pdf]\n")
    (project.root / "output").symlink_to(small)
    for number in range(9):
        project.thread(body=f"Words of number {number}.", name=f"talk-{number}")
    wanted = clean(project)
    ended = project.build()
    assert ended.code == 3
    assert "error[disk-full]" in ended.err
    found = outputs(project)
    assert found
    assert found.items() <= wanted.items()
    subprocess.run(["mount", "-o", "remount,size=4m", small], check=True)
    project.built()
    assert outputs(project) == wanted


def test_a_disk_that_is_full_for_a_while_is_written_to_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(tmp_path / "project")
    project.file("threadpress.yaml", "files: [pdf]\n")
    for number in range(3):
        project.thread(body=f"Words of number {number}.", name=f"talk-{number}")
    wanted, fill, room = clean(project), disk._fill, [2]  # noqa: SLF001  where bytes are written

    def filling(temporary: Path, content: bytes, *, lasting: bool) -> None:
        if content.startswith(b"%PDF"):
            room[0] -= 1
        if room[0] < 0:
            temporary.write_bytes(content[: len(content) // 2])
            raise OSError(28, os.strerror(28))
        fill(temporary, content, lasting=lasting)

    monkeypatch.setattr(disk, "_fill", filling)
    done = build(project)
    assert "disk-full" in {problem.code for problem in done.report.every_problem}
    assert outputs(project).items() <= wanted.items()
    assert not [name for name in project.output if name.endswith(".tmp")]
    monkeypatch.undo()
    build(project)
    assert outputs(project) == wanted


# --- storms ---------------------------------------------------------------------------------------


def test_whatever_happens_to_files_under_a_watch_ends_as_a_clean_build_would(
    tmp_path: Path,
) -> None:
    assert len(storm(tmp_path, 10, seed=3).settled) == 10
