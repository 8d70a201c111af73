"""The command line as a whole: finding commands, shared options, and how problems are told."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import click
import pytest
from click.testing import CliRunner

from generator.cli import Context, threadpress
from generator.cli import _report as report
from generator.errors import GeneratorError, Location, SurroundingsError, error, info, warning

TYPO = error(
    "theme-unknown",
    "no theme named `papr`",
    Location("content/launch.md", 3, 8),
    "did you mean `paper`?",
)


@pytest.fixture
def probe(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Put a command named `doctor` in place of ours, which does what its `act` says."""
    module = ModuleType("generator.cli.doctor")
    module.act = lambda _context: None  # type: ignore[attr-defined]

    @click.command
    @click.pass_obj
    def command(context: Context) -> None:
        module.act(context)

    module.command = command  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    return module


def refusing(*problems: BaseException) -> object:
    """Return an `act` that raises."""

    def act(_context: Context) -> None:
        raise problems[0]

    return act


def test_a_problem_reads_as_place_severity_code_message_and_hint(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report.show([TYPO])

    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == (
        "content/launch.md:3:8: error[theme-unknown]: no theme named `papr`\n"
        "  hint: did you mean `paper`?\n"
    )


def test_a_problem_without_a_place_begins_with_its_severity(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report.show([warning("a-code", "A message")])

    assert capsys.readouterr().err == "warning[a-code]: A message\n"


def test_words_of_a_file_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    report.show([error("a-code", "a\x1b[2Jb\rc\u202ed", Location("e\nf", 1), "g\x07")])

    told = capsys.readouterr().err
    assert told == "e\\x0af:1: error[a-code]: a\\x1b[2Jb\\x0dc\\u202ed\n  hint: g\\x07\n"


def test_json_is_one_object_a_line_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    report.show([TYPO, info("a-code", "Größe")], "json")

    told = capsys.readouterr()
    first, second = map(json.loads, told.out.splitlines())
    assert told.err == ""
    assert first == {
        "severity": "error",
        "code": "theme-unknown",
        "message": "no theme named `papr`",
        "file": "content/launch.md",
        "line": 3,
        "column": 8,
        "hint": "did you mean `paper`?",
    }
    assert (second["message"], second["file"], second["line"]) == ("Größe", None, None)


def test_github_gets_workflow_commands_that_no_text_can_break(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report.show([error("a-code", "50%\n::error::x", Location("a,b:c.md", 2))], "github")

    assert capsys.readouterr().out == (
        "::error title=a-code,file=a%2Cb%3Ac.md,line=2::50%25%0A::error::x\n"
    )


@pytest.mark.parametrize("arguments", [["--format", "json", "doctor"], ["doctor", "--format=json"]])
def test_shared_options_stand_before_or_after_the_command(
    probe: ModuleType, arguments: list[str]
) -> None:
    probe.act = refusing(GeneratorError(TYPO))  # type: ignore[attr-defined]

    ended = CliRunner().invoke(threadpress, arguments)

    assert ended.exit_code == 1
    assert json.loads(ended.stdout)["code"] == "theme-unknown"


def test_a_command_learns_the_project(probe: ModuleType, tmp_path: Path) -> None:
    learned: list[Context] = []
    probe.act = learned.append  # type: ignore[attr-defined]

    CliRunner().invoke(threadpress, ["doctor", "--project", str(tmp_path)])

    assert learned == [Context(tmp_path, "human")]


def test_the_kind_of_failure_decides_the_exit_code(probe: ModuleType) -> None:
    probe.act = refusing(SurroundingsError(TYPO))  # type: ignore[attr-defined]

    ended = CliRunner().invoke(threadpress, ["doctor"])

    assert ended.exit_code == 3
    assert "error[theme-unknown]" in ended.stderr


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), click.Abort()])
def test_an_interrupted_command_ends_with_130(probe: ModuleType, stop: BaseException) -> None:
    probe.act = refusing(stop)  # type: ignore[attr-defined]

    ended = CliRunner().invoke(threadpress, ["doctor"])

    assert ended.exit_code == 130


def test_ctrl_c_while_starting_ends_with_130() -> None:
    code = (
        "import os, signal, sys; sys.meta_path.insert(0, type('Stop', (), {'find_spec': "
        "lambda name, *rest: os.kill(os.getpid(), signal.SIGINT) if name == 'click' else None}));"
        "import generator.__main__ as start; start.main()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )

    assert (ended.returncode, ended.stderr) == (130, "")


def test_a_command_that_is_none_is_a_usage_error_with_a_hint() -> None:
    ended = CliRunner().invoke(threadpress, ["docter"])

    assert ended.exit_code == 2
    assert "did you mean `doctor`?" in ended.stderr
    assert "Traceback" not in ended.output


def test_a_project_that_is_not_there_is_a_usage_error() -> None:
    ended = CliRunner().invoke(threadpress, ["--project", "nowhere", "clean"])

    assert ended.exit_code == 2
    assert "nowhere" in ended.stderr


def test_colours_are_for_terminals_and_no_color_turns_them_off(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    report.show([TYPO])
    assert "\x1b[" in capsys.readouterr().err

    monkeypatch.setenv("NO_COLOR", "1")
    report.show([TYPO])
    assert "\x1b[" not in capsys.readouterr().err
