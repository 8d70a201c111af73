"""Doctor says what is there, what is missing, and how to get it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator import packages
from generator.cli import _child as child
from generator.cli import _libraries as libraries
from generator.cli import threadpress

SMOKE = "from generator import paginate; paginate.smoke()"
LIBRARIES: dict[str, str | None] = dict.fromkeys(libraries.NAMES, "1.50.0")
FONTS = dict.fromkeys(libraries.SCRIPTS, True)


def doctor(
    monkeypatch: pytest.MonkeyPatch,
    *options: str,
    found: dict[str, str | None] | None = None,
    fonts: dict[str, bool] | None = None,
    smoke: child.Ended | None = None,
) -> Result:
    """Return how `threadpress doctor` ended on a Debian machine whose children answer this."""

    def run(code: str, seconds: float) -> child.Ended:
        assert seconds > 0
        return (smoke or child.Ended(0, "", "")) if code == SMOKE else child.Ended(0, answer, "")

    answer = json.dumps({"libraries": LIBRARIES | (found or {}), "fonts": FONTS | (fonts or {})})
    monkeypatch.setattr(child, "run", run)
    monkeypatch.setattr(packages, "_here", lambda: "apt")
    monkeypatch.setattr(packages, "_rights", lambda _installer: "sudo ")
    return CliRunner().invoke(threadpress, ["doctor", *options])


def test_a_good_machine_is_said_to_be_good(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = doctor(monkeypatch)

    assert ended.exit_code == 0
    assert "ok  pango: 1.50.0" in ended.stderr
    assert ended.stderr.endswith("All that a build needs is here.\n")


def test_a_missing_library_is_named_with_the_line_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ended = doctor(monkeypatch, found={"pango": None, "pangoft2": None})

    assert ended.exit_code == 3
    assert "error[library-missing]: the library pango is missing" in ended.stderr
    assert "sudo apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2" in (
        ended.stderr
    )


def test_without_harfbuzz_subset_builds_are_slow_but_work(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = doctor(monkeypatch, found={"harfbuzz-subset": None})

    assert ended.exit_code == 0
    assert "warning[library-missing]: the library harfbuzz-subset is missing" in ended.stderr


def test_an_old_pango_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = doctor(monkeypatch, found={"pango": "1.42.4"})

    assert ended.exit_code == 3
    assert "error[library-old]: pango 1.42.4 is older than 1.44" in ended.stderr


def test_a_script_without_a_font_is_only_worth_knowing(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = doctor(monkeypatch, fonts={"Devanagari": False})

    assert ended.exit_code == 0
    assert "info[font-missing]" in ended.stderr
    assert "fonts-noto-core" in ended.stderr


def test_a_page_that_cannot_be_made_is_an_error_with_the_last_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ended = doctor(monkeypatch, smoke=child.Ended(1, "", "Traceback ...\nOSError: no pango\n"))

    assert ended.exit_code == 3
    assert "error[render-broken]: a page can't be made: OSError: no pango" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_json_tells_each_finding_as_an_object(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = doctor(monkeypatch, "--format", "json")

    findings = [json.loads(line) for line in ended.stdout.splitlines()]
    pango = next(finding for finding in findings if finding.get("name") == "pango")
    assert pango == {"name": "pango", "found": "1.50.0", "good": True}
    assert ended.stderr == ""


def test_a_cache_that_cannot_be_written_is_a_warning(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file" / "below"))
    monkeypatch.chdir(tmp_path)

    ended = doctor(monkeypatch)

    assert ended.exit_code == 0
    assert "warning[cache-read-only]" in ended.stderr


def test_a_child_finds_the_libraries_of_this_machine() -> None:
    ended = child.run("from generator.cli import _libraries; _libraries.told()", seconds=60)

    told = json.loads(ended.out)
    assert (ended.code, ended.err) == (0, "")
    assert told["libraries"]["pango"].startswith("1.")
    assert set(told["fonts"]) == set(libraries.SCRIPTS)


def test_a_child_that_hangs_is_ended_with_all_that_it_started() -> None:
    sleeper = "[sys.executable, '-c', 'import time; time.sleep(600)']"

    # what it started holds the same pipes: run() returns only when that is gone too
    ended = child.run(f"import subprocess, sys; subprocess.run({sleeper})", seconds=0.5)

    assert ended.code == child.KILLED
    assert ended.last_words == "it was ended after 0.5 s"


def test_a_child_prefers_our_modules_to_those_of_the_users_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('taken over')", "utf-8")
    monkeypatch.chdir(tmp_path)

    assert child.run("import json", seconds=60).code == 0


@pytest.mark.parametrize("installer", sorted(packages.INSTALLERS))
def test_every_installer_knows_a_package_for_every_need(installer: str) -> None:
    needs = [*libraries.NAMES, *libraries.SCRIPTS, "venv", "qpdf", "pdftotext", "chromium"]

    line = packages.line(needs, installer)

    assert packages.INSTALLERS[installer] in line
    assert len(set(line.split())) == len(line.split())


def test_without_a_known_installer_all_lines_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "_here", lambda: None)

    assert len(packages.line(["pango"]).splitlines()) == len(packages.INSTALLERS)
