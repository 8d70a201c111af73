"""Editors, file managers and git at random, and kills at random: `./dev torture`.

A watch runs while files are saved, renamed, moved, deleted and checked out; when it is quiet,
output/ must be what a clean build gives, byte for byte. Builds are ended by force at any moment;
each file in output/ must then be whole, the old one or the new one.
"""

import argparse
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.incremental import MAIN, ROOT, THEME, build, outputs
from tests.processes import alive, comes, program, session
from tests.project import Project, png
from tests.watching import clean, saves

WORDS = ("paper", "ink", "press", "thread", "post", "page", "margin", "type", "word", "line")
SHAPES = (
    "{0}.\n\n---\n\n{1}.\n",
    "# {0}\n\n{1}.\n",
    "- {0}\n- {1}\n",
    "> {0}\n\n---\n\n<!-- layout: mine -->\n{1}.\n",
    "![{0}](pic.png)\n\n---\n\n{1}.\n",
)
BROKEN = (
    b"",
    b"---\ntheme: none-such\n---\nWords.\n",
    b"---\ntitle: [\n---\nWords.\n",
    b"\xff\xfe",
)
SETTLES = 60.0
"""Seconds after which a watch that has not come to rest is taken for lost."""


@dataclass(slots=True)
class Storm:
    """A project and somebody at work in it."""

    project: Project
    chance: random.Random
    files_at_first: int = 4
    number: int = 0
    branches: list[str] = field(default_factory=lambda: ["main"])

    @property
    def content(self) -> Path:
        """Return the folder of the content files."""
        return self.project.root / "content"

    def prepare(self) -> None:
        """Write a first state of everything, and commit it."""
        self.project.file("threadpress.yaml", "files: [pdf]\n")
        self.project.file(".gitignore", "output/\n.threadpress/\n")
        self.project.file("layouts/mine/layout.yaml", "title: Mine\n")
        self.project.file("layouts/mine/slide.html.jinja", MAIN)
        self.project.file("layouts/mine/slide.css", ".slide{border-left:9px solid red}")
        self.project.file("themes/mine/theme.yaml", THEME)
        self.project.file("content/pic.png", png(30, 20))
        for number in range(self.files_at_first):
            self.project.file(f"content/talk-{number}.md", self.text())
        git(self.project.root, "init", "-q", "-b", "main")
        self.commit()

    def text(self) -> bytes:
        """Return a content file that is sound."""
        self.number += 1
        told = [" ".join(self.chance.choices(WORDS, k=6)) + f" {self.number}" for _ in range(2)]
        theme = self.chance.choice(["", "theme: mine\n", "theme: night\n"])
        return f"---\n{theme}---\n{self.chance.choice(SHAPES).format(*told)}".encode()

    def files(self) -> list[Path]:
        """Return the content files."""
        return sorted(self.content.rglob("*.md"))

    def act(self) -> None:
        """Do something that a person or a program does to files."""
        acts: list[Callable[[], None]] = [
            self.save, self.save, self.save, self.break_and_mend, self.add, self.rename, self.move,
            self.remove, self.rename_folder, self.picture, self.layout, self.theme, self.settings,
            self.touch, self.checkout, self.checkout, self.recreate,
        ]  # fmt: skip
        self.chance.choice(acts)()

    def save(self) -> None:
        """Save a file as some editor does."""
        path = self.chance.choice(self.files())
        self.chance.choice(list(saves(path).values()))(self.text())

    def break_and_mend(self) -> None:
        """Leave a file broken for a while."""
        path = self.chance.choice(self.files())
        path.write_bytes(self.chance.choice(BROKEN))
        time.sleep(self.chance.choice([0, 0.01, 0.05, 0.15]))
        path.write_bytes(self.text())

    def fresh(self) -> Path:
        """Return a path that no file has had."""
        self.number += 1
        folder = self.chance.choice(["", "one/", "two/", "two/deep/"])
        return self.content / f"{folder}talk-{self.number}.md"

    def add(self) -> None:
        """Write a new file."""
        path = self.fresh()
        self.project.file(str(path.relative_to(self.project.root)), self.text())
        self.picture_beside(path)

    def picture_beside(self, path: Path) -> None:
        """See that there is a picture for a content file to show."""
        if not (beside := path.parent / "pic.png").exists():
            shutil.copy(self.content / "pic.png", beside)

    def rename(self) -> None:
        """Give a file another name."""
        path = self.chance.choice(self.files())
        self.number += 1
        path.rename(path.with_name(f"talk-{self.number}.md"))

    def move(self) -> None:
        """Move a file elsewhere."""
        path, new = self.chance.choice(self.files()), self.fresh()
        new.parent.mkdir(parents=True, exist_ok=True)
        self.picture_beside(new)
        path.rename(new)

    def remove(self) -> None:
        """Delete a file, unless it is one of the last."""
        if len(self.files()) > 3:
            self.chance.choice(self.files()).unlink()

    def folders(self) -> list[Path]:
        """Return the folders in content/."""
        return sorted(path for path in self.content.iterdir() if path.is_dir())

    def rename_folder(self) -> None:
        """Give a folder another name."""
        if folders := self.folders():
            self.number += 1
            self.chance.choice(folders).rename(self.content / f"folder-{self.number}")

    def recreate(self) -> None:
        """Move all of content/ away, and bring it back whole."""
        away = self.project.root.parent / "away"
        self.content.rename(away)
        time.sleep(self.chance.choice([0, 0.02, 0.2]))
        if self.chance.random() < 1 / 2:
            away.rename(self.content)
        else:
            shutil.copytree(away, self.content)
            shutil.rmtree(away)

    def picture(self) -> None:
        """Replace a picture."""
        path = self.chance.choice(sorted(self.content.rglob("pic.png")))
        saves(path)["by replacing"](png(self.chance.randint(20, 60), 20))

    def layout(self) -> None:
        """Edit a layout."""
        css = f".slide{{border-left:{self.chance.randint(1, 30)}px solid red}}"
        path = self.project.root / "layouts" / "mine" / "slide.css"
        self.chance.choice(list(saves(path).values()))(css.encode())

    def theme(self) -> None:
        """Edit a theme."""
        colour = f"#f5f0{self.chance.randint(0xC0, 0xF0):x}"
        path = self.project.root / "themes" / "mine" / "theme.yaml"
        saves(path)["like vim"](THEME.replace("#f5f0e6", colour).encode())

    def settings(self) -> None:
        """Edit the project's settings."""
        lang = self.chance.choice(["", "lang: de\n", "lang: fr\n"])
        self.project.file("threadpress.yaml", f"files: [pdf]\n{lang}")

    def touch(self) -> None:
        """Touch a file, or save the same bytes again."""
        path = self.chance.choice(self.files())
        if self.chance.random() < 1 / 2:
            path.touch()
        else:
            path.write_bytes(path.read_bytes())

    def commit(self) -> None:
        """Commit everything."""
        git(self.project.root, "add", "-A")
        git(self.project.root, "commit", "-q", "--allow-empty", "-m", "Words")

    def checkout(self) -> None:
        """Commit, and go to another branch or a new one."""
        self.commit()
        if len(self.branches) < 6 and self.chance.random() < 1 / 2:
            self.branches.append(f"branch-{len(self.branches)}")
            git(self.project.root, "checkout", "-q", "-b", self.branches[-1])
        else:
            git(self.project.root, "checkout", "-q", self.chance.choice(self.branches))


def git(root: Path, *arguments: str) -> None:
    """Run git in a folder, as nobody in particular."""
    nobody = ["-c", "user.name=Your Name", "-c", "user.email=you@example.com", "-c", "gc.auto=0"]
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *nobody, *arguments], cwd=root, env=environment, check=True)


@dataclass(slots=True)
class Seen:
    """What came of a storm: seconds until each round was right, MiB and CPU seconds of it all."""

    settled: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    idle: float = 0.0

    def __str__(self) -> str:
        """Return it in a line or two."""
        ranked = sorted(self.settled)
        slow = ranked[int(0.95 * (len(ranked) - 1))]
        return (
            f"{len(ranked)} rounds right; settled in {statistics.median(ranked):.2f} s, "
            f"p95 {slow:.2f} s, most {ranked[-1]:.2f} s (a clean build to compare with among it); "
            f"memory {self.memory[0]:.0f} -> {self.memory[-1]:.0f} MiB; idle {self.idle:.2%} CPU"
        )


def storm(root: Path, rounds: int, seed: int, told: Callable[[str], object] = len) -> Seen:
    """Return what was seen of rounds of changes under a watch; raise if one ends wrong."""
    project = Project(root / "project")
    work = Storm(project, random.Random(seed))  # noqa: S311  chance that can be repeated
    work.prepare()
    seen = Seen()
    with watch(project) as child:
        for number in range(rounds):
            for _ in range(work.chance.randint(1, 4)):
                work.act()
                time.sleep(work.chance.choice([0, 0, 0.003, 0.02, 0.1]))
            began = time.monotonic()
            wanted = clean(project)
            right = comes(lambda: _built(project) == wanted, SETTLES)  # noqa: B023
            if not right:
                raise AssertionError(_difference(number, seed, outputs(project), wanted))
            seen.settled.append(time.monotonic() - began)
            if number % 100 in {0, 20}:
                seen.memory.append(memory(child.pid))
                told(f"{number + 1}: {len(wanted)} files, {seen.memory[-1]:.0f} MiB")
        seen.memory.append(memory(child.pid))
        if rounds >= 100:
            seen.idle = idle(child.pid)
    return seen


def _built(project: Project) -> dict[str, bytes] | None:
    """Return what lies in output/, nothing while it changes under the reader's eyes."""
    try:
        return outputs(project)
    except FileNotFoundError:
        return None


def _difference(number: int, seed: int, found: dict[str, bytes], wanted: dict[str, bytes]) -> str:
    differ = [name for name in found.keys() & wanted.keys() if found[name] != wanted[name]]
    return (
        f"round {number} of seed {seed}: too many {sorted(found.keys() - wanted.keys())}, "
        f"missing {sorted(wanted.keys() - found.keys())}, other {sorted(differ)}"
    )


@contextmanager
def watch(project: Project) -> Iterator["subprocess.Popen[str]"]:
    """Yield a watch of a project that has built everything; see that it ends and leaves nothing."""
    log = project.root.parent / "watch.log"
    arguments = ["-m", "generator", "--project", str(project.root), "watch", "-j", "2"]
    with log.open("w") as out, program(*arguments, stdout=out) as child:
        assert comes(lambda: "watching" in log.read_text(), SETTLES), log.read_text()
        try:
            yield child
            assert child.poll() is None, log.read_text()
            pids = session(child.pid)
            os.killpg(child.pid, signal.SIGINT)
            child.wait(SETTLES)
            assert comes(lambda: not any(map(alive, pids)))
            assert "Traceback" not in log.read_text(), log.read_text()
        except AssertionError as wrong:
            wrong.add_note(log.read_text()[-3000:])
            raise


def memory(leader: int) -> float:
    """Return the MiB that all processes of a session have of their own."""
    total = 0
    for pid in session(leader):
        try:
            told = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in told if line.startswith("Pss:"))
    return total / 1024


def idle(leader: int, seconds: float = 20.0) -> float:
    """Return the share of a core that the processes of a session use while nothing happens."""
    time.sleep(3)
    before = _ticks(leader)
    time.sleep(seconds)
    return (_ticks(leader) - before) / os.sysconf("SC_CLK_TCK") / seconds


def _ticks(leader: int) -> int:
    total = 0
    for pid in session(leader):
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total


def kills(root: Path, times: int, seed: int, *, command: bool) -> int:
    """Return how many builds were ended by force before they were done; raise if one left harm.

    `command` starts the program itself; else a copy of this process builds, which is quicker.
    """
    project, chance = Project(root / "project"), random.Random(seed)  # noqa: S311  repeatable
    work, hit, took = Storm(project, chance, 2), 0, 1.5 if command else 0.3
    work.prepare()
    build(project)
    for number in range(times):
        before = outputs(project)
        for path in work.files():
            path.write_bytes(work.text())
        if chance.random() < 1 / 3:
            work.rename()
        after = clean(project)
        began = time.monotonic()
        child = _started(project) if command else forked(project)
        ended = comes(lambda: not alive(child), chance.random() * took)  # noqa: B023
        hit += not ended
        _kill(child, whole=command)
        os.waitpid(child, 0)
        took = max(0.1, (time.monotonic() - began) * 1.5) if ended else took * 1.1
        _demand_whole(outputs(project), before, after, number)
        build(project)
        assert outputs(project) == after, _difference(number, seed, outputs(project), after)
        assert not list((project.root / ".threadpress").glob("journal-*"))
    return hit


def _demand_whole(
    found: dict[str, bytes], before: dict[str, bytes], after: dict[str, bytes], number: int
) -> None:
    """Raise unless each file is the old one or the new one; a file under way has its own name."""
    for name, content in found.items():
        if name.endswith(".tmp"):
            continue
        known = content in {before.get(name), after.get(name)}
        assert known, f"kill {number}: {name} is neither the old one nor the new one"


def _started(project: Project) -> int:
    arguments = [sys.executable, "-m", "generator", "--project", str(project.root), "build"]
    child = subprocess.Popen(arguments, cwd=ROOT, start_new_session=True, stderr=subprocess.DEVNULL)
    child.returncode = 0  # it is waited for by its number
    return child.pid


def forked(project: Project) -> int:
    """Return the number of a copy of this process that builds a project and ends."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            build(project)
        finally:
            os._exit(0)
    return child


def _kill(child: int, *, whole: bool) -> None:
    """End a process, with its whole session every other time: workers end with it anyway."""
    if alive(child):
        (os.killpg if whole and child % 2 else os.kill)(child, signal.SIGKILL)


def main() -> None:
    """Run for long, and tell what was seen."""
    parser = argparse.ArgumentParser(prog="./dev torture", description=__doc__)
    parser.add_argument("--rounds", type=int, default=1000, help="of changes under a watch")
    parser.add_argument("--kills", type=int, default=200, help="of builds")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="repeats a run")
    parser.add_argument(
        "--folder", type=Path, default=ROOT / "build" / "torture", help="to work in"
    )
    chosen = parser.parse_args()
    shutil.rmtree(chosen.folder, ignore_errors=True)

    def told(line: str) -> None:
        sys.stderr.write(f"{line}\n")

    told(f"seed {chosen.seed}")
    if chosen.kills:
        hit = kills(chosen.folder / "kills", chosen.kills, chosen.seed, command=True)
        told(f"{chosen.kills} kills, {hit} of them in the middle: every file whole")
    if chosen.rounds:
        told(str(storm(chosen.folder / "storm", chosen.rounds, chosen.seed, told)))


if __name__ == "__main__":
    main()
