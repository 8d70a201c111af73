"""`threadpress check`: what it tells, in which form, how it ends; and what is silenced."""

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import jsonschema
import pytest

from generator.cli import _report
from generator.errors import Location, info, warning
from tests.incremental import TICK
from tests.project import Project

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA = json.loads(
    (Path(__file__).parent / "fixtures" / "check" / "sarif-2.1.0.json").read_text("utf-8")
)
TWICE = "A thought that is written down once.\n\n---\n\nA thought that is written down once.\n"
PLAIN = "cover: false\noutro: false\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return an empty content repo."""
    project = Project(tmp_path)
    project.file("threadpress.yaml", "")
    return project


def test_a_check_tells_code_place_and_hint_and_builds_nothing(project: Project) -> None:
    project.thread(PLAIN, TWICE)
    ended = project.run("check")
    assert ended.code == 0
    assert ended.problems == ["content/talk.md:9:1: warning[post-doubled]"]
    assert "hint: delete one of them" in ended.err
    assert ended.err.splitlines()[-1].startswith("1 warning (1 thread checked, 0 unchanged")
    assert project.output == []
    assert project.run("check", "--strict").code == 1


def test_what_has_not_changed_is_told_again_and_not_checked_again(project: Project) -> None:
    project.thread(PLAIN, TWICE)
    project.thread(PLAIN, "Other words.", "other")
    time.sleep(TICK)  # what was written just now is mistrusted
    first = project.run("check")
    with patch("generator.build.press.Pressroom.press", side_effect=AssertionError):
        again = project.run("check")
        assert (again.problems, again.code) == (first.problems, 0)
        assert "nothing has changed" in again.err
        assert project.run("check", str(project.root / "content" / "other.md")).problems == []
    project.thread(PLAIN, "Other words now.", "other")
    assert "1 thread checked, 1 unchanged" in project.run("check").err
    project.thread(PLAIN, "Mended.")
    assert project.run("check").problems == []


def test_parts_of_a_repo_are_checked_one_by_one(project: Project) -> None:
    project.thread(PLAIN, TWICE)
    project.thread(PLAIN, TWICE, "other")
    told = [project.run("check", "--shard", f"{part}/2").problems for part in (1, 2)]
    assert sorted(told[0] + told[1]) == sorted(project.run("check").problems)
    assert len(told[0] + told[1]) == 2


def test_a_check_and_a_build_don_t_mix_their_records_up(project: Project) -> None:
    project.thread(PLAIN, TWICE)
    time.sleep(TICK)
    assert project.built().problems == []
    built = project.output
    assert project.run("check").problems == ["content/talk.md:9:1: warning[post-doubled]"]
    assert "nothing to do" in project.built().err
    assert project.output == built
    assert "nothing has changed" in project.run("check").err


def test_what_a_platform_refuses_fails_a_check_where_a_build_warns(project: Project) -> None:
    project.thread(f"{PLAIN}targets: [instagram]", "One slide.")
    assert project.built().problems == ["content/talk.md:1: warning[limit-count]"]
    for _ in range(2):
        ended = project.run("check")
        assert (ended.code, ended.problems) == (1, ["content/talk.md:1: error[limit-count]"])
    (project.root / "content" / "talk.md").unlink()
    project.thread(PLAIN, "A mended one.", "other")
    assert project.run("check").code == 0


def test_a_broken_thread_fails_a_check_and_the_others_are_checked(project: Project) -> None:
    project.thread("theme: nihgt", "Words.", "broken")
    project.thread(PLAIN, TWICE)
    ended = project.run("check")
    assert ended.code == 1
    assert ended.problems == [
        "content/broken.md:2:1: error[theme-unknown]",
        "content/talk.md:9:1: warning[post-doubled]",
    ]


@pytest.mark.parametrize("place", ["content/talk.md", "threadpress.yaml"])
def test_what_is_silenced_with_a_reason_is_only_counted(project: Project, place: str) -> None:
    silence = "silence: {post-doubled: it is a refrain}"
    own = place.startswith("content")
    project.thread(f"{PLAIN}{silence}" if own else PLAIN, TWICE)
    project.file("threadpress.yaml", "" if own else silence)
    for _ in range(2):
        ended = project.run("check", "--strict")
        assert (ended.code, ended.problems) == (0, [])
        assert "1 silenced" in ended.err


@pytest.mark.parametrize(
    ("silence", "told"),
    [
        ("{post-doubled: }", ["2:11: warning[silence-unreasoned]", "10:1: warning[post-doubled]"]),
        (
            "{post-doubled: ' '}",
            ["2:11: warning[silence-unreasoned]", "10:1: warning[post-doubled]"],
        ),
        ("{post-dubled: x}", ["2:11: warning[silence-unknown]", "10:1: warning[post-doubled]"]),
        ("{post-doubled: x, text-cut: y}", ["2:28: info[silence-unused]"]),
        ("[post-doubled]", ["2:1: error[value-type]", "10:1: warning[post-doubled]"]),
    ],
)
def test_a_silence_that_is_none_is_told(project: Project, silence: str, told: list[str]) -> None:
    project.thread(f"silence: {silence}\n{PLAIN}".strip(), TWICE)
    found = project.run("check").problems
    assert [line.removeprefix("content/talk.md:") for line in found] == told


def test_a_project_s_silence_of_what_nobody_is_told_is_told_each_time(project: Project) -> None:
    project.file("threadpress.yaml", "silence:\n  text-cut: we like it\n")
    project.thread(PLAIN, "Words.")
    for _ in range(2):
        assert project.run("check").problems == ["threadpress.yaml:2:3: info[silence-unused]"]
    assert project.run("check", str(project.root / "content" / "talk.md")).problems == []


def test_a_build_keeps_quiet_of_what_is_silenced_and_errors_stay(project: Project) -> None:
    project.thread(f"{PLAIN}silence: {{setext-rule: x}}", "A line\n---\nMore")
    assert project.built("--strict").problems == []
    project.thread("theme: nihgt\nsilence: {theme-unknown: x}", "Words.")
    assert project.build().problems == ["content/talk.md:2:1: error[theme-unknown]"]


def sarif(project: Project) -> dict[str, Any]:
    """Return the SARIF document of a check, which is what the standard says."""
    document: dict[str, Any] = json.loads(project.run("check", "--format", "sarif").out)
    jsonschema.validate(document, SCHEMA)
    return document


def test_sarif_has_rules_places_and_what_is_silenced(project: Project) -> None:
    project.thread(
        f"{PLAIN}silence: {{setext-rule: meant}}", f"{TWICE}\n---\n\nA line\n---\n", "ein wort"
    )
    (run,) = sarif(project)["runs"]
    assert run["tool"]["driver"]["name"] == "Threadpress"
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert "pasted" not in rules["post-doubled"]["shortDescription"]["text"]
    results: Mapping[str, Any] = {one["ruleId"]: one for one in run["results"]}
    place = results["post-doubled"]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "content/ein%20wort.md"
    assert place["region"] == {"startLine": 10, "startColumn": 1}
    assert results["post-doubled"]["level"] == "warning"
    assert "suppressions" not in results["post-doubled"]
    (kept,) = results["setext-rule"]["suppressions"]
    assert kept == {"kind": "inSource", "justification": "meant"}
    assert (
        run["tool"]["driver"]["rules"][results["setext-rule"]["ruleIndex"]]["id"] == "setext-rule"
    )


def test_sarif_of_nothing_and_of_no_project_is_sound_too(project: Project) -> None:
    project.thread(PLAIN, "Words.")
    assert sarif(project)["runs"][0]["results"] == []
    (project.root / "content" / "talk.md").unlink()
    (project.root / "content").rmdir()
    ended = project.run("check", "--force", "--format", "sarif")
    document = json.loads(ended.out)
    jsonschema.validate(document, SCHEMA)
    assert (ended.code, document["runs"][0]["results"][0]["level"]) == (2, "error")


def test_an_annotation_can_t_be_broken_out_of(capsys: pytest.CaptureFixture[str]) -> None:
    place = Location("content/a,b:c%.md", 3, 0)
    _report.show([warning("text-cut", "50 % of\nit ::error::x", place, "a\r\nb")], "github")
    _report.show([info("outro-missing", "no outro")], "github")
    out, _ = capsys.readouterr()
    assert out.splitlines() == [
        (
            "::warning title=text-cut,file=content/a%2Cb%3Ac%25.md,line=3::"
            "50 %25 of%0Ait ::error::x%0Aa%0D%0Ab"
        ),
        "::notice title=outro-missing::no outro",
    ]


def test_json_has_one_object_a_problem(project: Project) -> None:
    project.thread(PLAIN, TWICE)
    (line,) = project.run("check", "--format", "json").out.splitlines()
    told = json.loads(line)
    assert (told["code"], told["file"], told["line"]) == ("post-doubled", "content/talk.md", 9)


def test_explain_says_what_a_code_means(project: Project) -> None:
    told = project.run("explain", "contrast-low")
    assert told.code == 0
    assert told.out.startswith("contrast-low: ")
    assert "4.5:1" in told.out
    assert project.run("explain", "theme-unknown").out.startswith("theme-unknown: there is none")
    unknown = project.run("explain", "contrst-low")
    assert (unknown.code, unknown.problems) == (2, ["error[code-unknown]"])
    assert "did you mean `contrast-low`?" in unknown.err
