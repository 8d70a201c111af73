"""Whatever is wrong with what a user hands in: its place, a code, a hint; the others are built."""

import errno
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator import raster
from tests.project import HERE, SVG, Ended, Project, pages, png, run

FAULTS = Path(__file__).parent / "fixtures" / "build" / "faults.md"


def cases() -> Iterator[tuple[str, str, str]]:
    """Yield each case of the fixture: its sentence, the content file, what is told of it."""
    sentence = given = ""
    for case in FAULTS.read_text("utf-8").split("%%%% ")[1:]:
        head, _, rest = case.partition("\n")
        if head == "gives":
            yield sentence, given, rest.strip("\n")
        else:
            sentence, given = head, rest.rstrip("\n") + "\n"


CASES = list(cases())


def told_of(name: str, ended: Ended) -> str:
    """Return what was told of a content file, as the fixture writes it."""
    lines = ended.err.splitlines()
    found = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if head := re.match(rf"content/{name}\.md:?([\d:]*): (\w+\[[a-z-]+\])", line):
            hint = ", with a hint" if after.startswith("  hint: ") else ""
            found.append(f"{head[1] or '-'} {head[2]}{hint}")
    return "\n".join(found)


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Ended]:
    """Return a project with a file for each case and a good one, built once."""
    root = tmp_path_factory.mktemp("faulty")
    (root / "outside.png").write_bytes(png())
    (root / "outside.md").write_text(HERE)
    project = Project(root / "project")
    project.thread(name="good")
    project.file("content/text.png", "This is no picture.")
    project.file("content/torn.png", png()[:-12])
    (project.root / "content" / "folder.png").mkdir()
    (project.root / "content" / "link.png").symlink_to(root / "outside.png")
    for number, (_, given, _) in enumerate(CASES):
        project.file(f"content/case-{number:02}.md", given)
    return project, project.build()


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case[0] for case in CASES])
def test_a_fault_is_told_with_its_place_code_and_hint(
    faulty: tuple[Project, Ended], number: int
) -> None:
    assert told_of(f"case-{number:02}", faulty[1]) == CASES[number][2]


def test_the_other_carousels_are_built_and_the_exit_code_is_one(
    faulty: tuple[Project, Ended],
) -> None:
    project, ended = faulty
    assert ended.code == 1
    assert "good/linkedin/good.pdf" in project.output
    assert f"1 carousel, {len(CASES)} failed" in ended.err


def test_no_word_of_a_file_outside_gets_into_a_page(faulty: tuple[Project, Ended]) -> None:
    project, _ = faulty
    for path in project.output:
        assert "root:" not in " ".join(pages(project.pdf(path)))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return an empty project."""
    return Project(tmp_path / "project")


# --- the file itself ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "content/bad.md:1: error[content-empty]"),
        (b"\n \n\n", "content/bad.md:1: error[content-empty]"),
        (b"Caf\xe9 au lait\n", "content/bad.md:1:4: error[encoding]"),
        (b"---\ntitle: Caf\xe9\n---\nWords.\n", "content/bad.md:2:11: error[encoding]"),
        ("---\ntitle: Hi\n---\nWords.\n".encode("utf-16"), "content/bad.md:1:1: error[encoding]"),
        (b"Words.\n\0\n", "content/bad.md:2:1: error[control-character]"),
        (b"x " * 200_000, "content/bad.md: error[file-too-large]"),
        (b"x" * 9_000, "content/bad.md:1: error[word-too-long]"),
        (b"---\ntitle: One\n", "content/bad.md:1:1: error[front-matter-unclosed]"),
        (b"\n<!-- a.md -->\n---\ntitle: A\n---\nB", "content/bad.md:3:1: error[front-matter-late]"),
        (b"%PDF-1.7\n\xda", "content/bad.md: error[encoding]"),
    ],
    ids=[
        "empty", "blank", "latin-1", "latin-1 in front matter", "utf-16", "a null byte",
        "400 kB", "a word of 9,000 letters", "front matter that is never closed",
        "front matter below a comment", "a PDF",
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_told_and_the_other_is_built(
    project: Project, content: bytes, told: str
) -> None:
    project.thread(name="good")
    project.file("content/bad.md", content)
    ended = project.build()
    assert (ended.code, ended.problems) == (1, [told])
    assert project.output == ["good/linkedin/good.pdf"]


def test_two_files_with_one_slug_are_told_by_both_names(project: Project) -> None:
    project.thread(name="good")
    project.thread(name="My Talk")
    project.thread(name="my-talk")
    ended = project.build()
    assert ended.code == 1
    (told,) = [line for line in ended.err.splitlines() if "error[slug-duplicate]" in line]
    assert "My Talk.md" in told
    assert "my-talk.md" in told
    assert "good/linkedin/good.pdf" in project.output


def test_a_content_file_that_is_a_pipe_does_not_hang_the_build(project: Project) -> None:
    project.thread(name="good")
    os.mkfifo(project.root / "content" / "pipe.md")
    ended = project.build()
    assert project.output == ["good/linkedin/good.pdf"]
    assert ended.code in (0, 1)


def test_a_paragraph_of_3000_words_is_told_with_its_post_and_words(project: Project) -> None:
    sentence = "Each of these sentences has eight plain words. "
    project.file("content/long.md", f"First.\n\n---\n\n{sentence * 375}\n")
    ended = project.build()
    assert ended.problems == ["content/long.md:5:1: error[post-too-long]"]
    assert "post 2" in ended.err
    assert "eight plain words. Each of these" in ended.err
    assert "hint: part it with `---`" in ended.err


def test_many_paragraphs_of_3000_words_are_told_too(project: Project) -> None:
    paragraph = "This paragraph says little, but it says it in a dozen words. " * 4 + "\n\n"
    project.file("content/long.md", paragraph * 63)
    ended = project.build()
    assert ended.problems == ["content/long.md:1:1: error[post-too-long]"]


def test_the_last_good_output_of_a_file_that_fails_now_stays(project: Project) -> None:
    project.thread("targets: [linkedin, story]\nfiles: [pdf]")
    project.built()
    before = project.pdf(), project.pdf("talk/story/talk.pdf")
    for front in ("theme: papr", "them: night", "title: a: b"):
        project.thread(front)
        assert project.build().code == 1
        assert (project.pdf(), project.pdf("talk/story/talk.pdf")) == before


def test_a_target_that_fails_keeps_its_last_good_output_and_the_others_are_built(
    project: Project,
) -> None:
    project.thread("targets: [linkedin, story]\nfiles: [pdf]")
    project.built()
    before = project.pdf("talk/story/talk.pdf")
    project.thread(
        "targets:\n  linkedin:\n  story: {theme: papr}\nfiles: [pdf]", "Other words than before."
    )
    ended = project.build()
    assert ended.problems == ["content/talk.md:4:11: error[theme-unknown]"]
    assert project.pdf("talk/story/talk.pdf") == before
    assert "Other words" in pages(project.pdf())[1]


# --- looks ----------------------------------------------------------------------------------------

LAYOUT = "title: Mine\n"
MAIN = "{% extends '_base/slide.html.jinja' %}{% block main %}BODY{% endblock %}"


def with_layout(project: Project, body: str, css: str = "") -> Ended:
    """Build a thread whose second post has a layout of its own."""
    project.file("layouts/mine/layout.yaml", LAYOUT)
    project.file("layouts/mine/slide.html.jinja", MAIN.replace("BODY", body))
    project.file("layouts/mine/slide.css", css)
    project.thread(body=f"First.\n\n---\n\n<!-- layout: mine -->\n{HERE}")
    return project.build()


GOOD = "{{ parts.top() }}{{ parts.body() }}"


def test_a_layout_of_ones_own_is_used(project: Project) -> None:
    ended = with_layout(project, "{{ parts.top() }}{{ parts.body() }}MINE")
    assert ended.code == 0
    assert "MINE" in pages(project.pdf())[2]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("{{ parts.top( }}", "template-syntax"),
        ("{% if %}", "template-syntax"),
        ("{{ slide.nothing }}", "template-error"),
        ("{{ nothing }}", "template-error"),
        ("{{ slide.body.__class__.__mro__ }}", "template-error"),
        ("{{ 1 / 0 }}", "template-error"),
        ("{{ range(10 ** 9)|list }}", "template-error"),
        ("{% for i in range(99999999) %}{{ i }}{% endfor %}", "template-error"),
        ("{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}", "template-error"),
        ("{% include 'mine/slide.html.jinja' %}", "template-error"),
        ("{% include '../../../etc/passwd' %}", "template-error"),
        ("{{ icon('nothing', colors.accent) }}", "icon-unknown"),
    ],
)  # fmt: skip
def test_a_layout_that_fails_is_told_with_its_file_and_line(
    project: Project, body: str, code: str
) -> None:
    ended = with_layout(project, GOOD + body)
    assert ended.code == 1
    assert "Traceback" not in ended.err
    (problem,) = ended.problems
    assert problem.endswith(f"error[{code}]")
    if code.startswith("template"):
        assert re.match(r"(layouts/mine/slide|builtin:.*frame)\.html\.jinja:\d+: ", problem)
    assert "talk/linkedin/talk.pdf" not in project.output


def test_a_layout_that_leaves_out_words_is_told(project: Project) -> None:
    ended = with_layout(project, "Nothing of it.")
    assert ended.problems == ["content/talk.md:8:1: error[words-dropped]"]
    assert "Words that fill a slide" in ended.err


def test_css_that_is_not_understood_is_a_warning_and_builds(project: Project) -> None:
    ended = with_layout(project, GOOD, ".flow { colour: red }\n.flow { width: 3 apples }")
    assert ended.code == 0
    assert ended.problems == [
        "layouts/mine/slide.css:1: warning[css-ignored]",
        "layouts/mine/slide.css:2: warning[css-ignored]",
    ]
    assert project.build("--strict", "--force").code == 1


@pytest.mark.parametrize(
    "css",
    [
        "@import url(https://example.com/a.css);",
        ".flow { background: url(https://example.com/a.png) }",
        ".flow { background: url(file:///etc/passwd) }",
        ".flow { background: url(carousel:///project/../../etc/passwd) }",
        "@font-face { font-family: x; src: url(https://example.com/x.ttf) }",
    ],
)
def test_css_that_reaches_outside_fails_its_carousel(project: Project, css: str) -> None:
    ended = with_layout(project, GOOD, css)
    assert ended.code == 1
    assert any("error[fetch-refused]" in problem for problem in ended.problems)


def test_a_broken_layout_that_nobody_uses_fails_nothing(project: Project) -> None:
    project.file("layouts/broken/layout.yaml", "title: [")
    project.file("layouts/broken/slide.html.jinja", "{{")
    project.thread()
    assert project.build().code == 0
    project.thread(body="<!-- layout: broken -->\nWords.")
    ended = project.build()
    assert ended.problems == ["layouts/broken/layout.yaml:1:8: error[yaml-syntax]"]


THEME = """
colors: {bg: "#101010", fg: "#f0f0f0", accent: "#ffb224"}
fonts: {text: {family: inter}}
"""


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("inter", "intre"), "3:16: error[font-missing]"),
        (("accent:", "acent:"), "2:40: error[token-unknown]"),
        (("#101010", "red;}"), "2:10: error[value-invalid]"),
        (("text:", "txt:"), "3:9: error[token-unknown]"),
        (("fonts:", "pattern: dost\nfonts:"), "3:1: error[pattern-unknown]"),
        (("fonts:", "type: {steps: []}\nfonts:"), "3:8: error[value-type]"),
        (("fonts:", "type: {body: 1e9}\nfonts:"), "3:8: error[value-invalid]"),
        (("fonts:", "radius: .nan\nfonts:"), "3:1: error[value-type]"),
        (("fonts:", "settings: {them: x}\nfonts:"), "3:12: error[key-unknown]"),
    ],
)  # fmt: skip
def test_a_theme_that_is_wrong_is_told_in_its_own_file(
    project: Project, change: tuple[str, str], problem: str
) -> None:
    project.file("themes/mine/theme.yaml", THEME.replace(*change))
    project.thread("theme: mine")
    ended = project.build()
    assert ended.code == 1
    assert f"themes/mine/theme.yaml:{problem}" in ended.problems


def test_a_theme_of_three_colours_and_a_font_is_enough(project: Project) -> None:
    project.file("themes/mine/theme.yaml", THEME)
    project.thread("theme: mine")
    assert project.built().problems == []


@pytest.mark.parametrize(
    ("brand", "problem"),
    [
        ("name: [", "1:7: error[yaml-syntax]"),
        ("nam: Acme", "1:1: error[key-unknown]"),
        ("avatar: me.png", "1:1: error[image-missing]"),
        ("colors: {acent: '#ff0000'}", "1:10: error[token-unknown]"),
        ("colors: {accent: red}", "1:10: error[value-invalid]"),
        ("outro: {title: Bye, line: [x]}", "1:21: error[key-unknown]"),
        ("header: {left: avtar}", "1:10: error[value-invalid]"),
        ("locked: [thme]", "1:10: error[key-unknown]"),
    ],
)  # fmt: skip
def test_a_brand_that_is_wrong_is_told_in_its_own_file(
    project: Project, brand: str, problem: str
) -> None:
    project.file("themes/_brands/acme/brand.yaml", brand)
    project.thread("brand: acme")
    ended = project.build()
    assert ended.code == 1
    assert f"themes/_brands/acme/brand.yaml:{problem}" in ended.problems


@pytest.mark.parametrize(
    "path", ["themes/mine/theme.yaml", "layouts/mine/slide.css", "layouts/mine/layout.yaml"]
)
def test_a_look_that_is_a_pipe_or_leads_out_is_refused(project: Project, path: str) -> None:
    with_layout(project, GOOD)
    project.file("themes/mine/theme.yaml", THEME)
    project.file("../outside.css", ".flow { color: red }")
    project.thread("theme: mine", f"<!-- layout: mine -->\n{HERE}")
    target = project.root / path
    target.unlink()
    os.mkfifo(target)
    assert "error[file-not-regular]" in project.build("--force").err
    target.unlink()
    target.symlink_to(project.root.parent / "outside.css")
    assert "error[fetch-refused]" in project.build("--force").err


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("theme: papr", "threadpress.yaml:1:1: error[theme-unknown]"),
        ("them: night", "threadpress.yaml:1:1: error[key-unknown]"),
        ("title: One", "threadpress.yaml:1:1: error[key-unknown]"),
        ("theme: [", "threadpress.yaml:1:8: error[yaml-syntax]"),
        ("looks: [vendor/acme]", "threadpress.yaml:1:9: error[looks-missing]"),
        ("looks: [../acme]", "threadpress.yaml:1:9: error[looks-outside]"),
        ("looks: vendor", "threadpress.yaml:1:1: error[value-type]"),
        ("- one", "threadpress.yaml:1:1: error[not-a-mapping]"),
    ],
)
def test_a_project_file_that_is_wrong_is_told(project: Project, given: str, problem: str) -> None:
    project.thread()
    project.file("threadpress.yaml", given)
    ended = project.build()
    assert ended.code == 1
    assert problem in ended.problems


# --- the command line -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["nowhere.md"], 2, "error[file-missing]"),
        (["content/tolk.md"], 2, "did you mean `content/talk.md`?"),
        (["--set", "nonsense"], 2, "write KEY=VALUE"),
        (["--set", "=3"], 2, "write KEY=VALUE"),
        (["--set", "them=night"], 1, "command line: error[key-unknown]"),
        (["--set", "theme=[a"], 1, "command line: error[yaml-syntax]"),
        (["--set", "typography.body=big"], 1, "command line: error[value-type]"),
        (["--set", "theme=night", "--set", "theme.x=3"], 2, "error[usage]"),
        (["--theme", "papr"], 1, "command line: error[theme-unknown]"),
        (["--target", "linkdin"], 1, "command line: error[target-unknown]"),
        (["--brand", "nobody"], 1, "command line: error[brand-unknown]"),
        (["--preset", "none"], 1, "command line: error[preset-unknown]"),
        (["--files", "gif"], 1, "command line: error[file-kind-unknown]"),
        (["-o", "talk.docx", "TALK"], 2, "error[file-kind-unknown]"),
        (["-o", "talk.jpg", "TALK"], 1, "error[output-single]"),
        (["-o", "talk.pdf"], 2, "name one content file"),
        (["-o", "talk.pdf", "TALK", "TALK"], 2, "name one content file"),
        (["--format", "xml"], 2, "'xml' is not one of"),
        (["--nonsense"], 2, "--nonsense"),
    ],
)
def test_a_command_line_that_asks_for_what_is_not_there(
    project: Project, arguments: list[str], code: int, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = project.thread()
    monkeypatch.chdir(project.root)
    ended = project.build(*(str(path) if each == "TALK" else each for each in arguments))
    assert told in ended.err
    assert ended.code == code
    assert project.output == []


@pytest.mark.parametrize("command", [["build"], ["watch"], ["serve", "--port", "0"]])
def test_a_folder_without_content_says_how_to_begin(tmp_path: Path, command: list[str]) -> None:
    ended = run("--project", str(tmp_path), *command)
    assert ended.code == 2
    assert ended.err.startswith("error[")
    assert "error[content-missing]" in ended.err
    assert "threadpress new" in ended.err


# --- the machine ----------------------------------------------------------------------------------


def test_an_output_folder_that_is_a_file_is_the_surroundings_fault(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.thread()
    project.file("out", "Mine.")
    monkeypatch.chdir(project.root)
    ended = project.build("-o", "out")
    assert ended.code == 3
    assert "error[disk-error]" in ended.err
    assert (project.root / "out").read_text() == "Mine."


def refusing(number: int) -> Callable[..., None]:
    """Return a stand-in for a call of the system that fails with that number."""

    def fail(*_arguments: object, **_options: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EROFS, "output-read-only"),
        (errno.EACCES, "output-read-only"),
        (errno.ENOSPC, "disk-full"),
        (errno.EIO, "disk-error"),
    ],
)
def test_what_the_disk_refuses_is_told_and_the_old_files_are_untouched(
    project: Project, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    project.thread()
    project.thread(name="other")
    project.built()
    before = {path: project.pdf(path) for path in project.output}
    project.thread(body="Fresh words.")
    project.thread(body="Fresh words.", name="other")
    monkeypatch.setattr("os.fsync", refusing(number))
    ended = project.build()
    assert ended.code == 3
    assert f"error[{code}]" in ended.err
    assert {path: project.pdf(path) for path in project.output} == before
    monkeypatch.undo()
    assert project.build().code == 0
    assert "Fresh words." in pages(project.pdf("other/linkedin/other.pdf"))[0]


def test_a_folder_that_may_not_be_written_to_is_told(project: Project) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    project.thread()
    folder = project.root / "output"
    folder.mkdir(mode=0o500)
    ended = project.build()
    folder.chmod(0o700)
    assert ended.code == 3
    assert "error[output-read-only]" in ended.err


def test_a_project_that_may_not_be_written_to_builds_elsewhere(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.thread()
    monkeypatch.setattr("generator.disk.cache_dir", lambda _project: None)
    assert project.build("-o", str(tmp_path / "out")).code == 0
    assert (tmp_path / "out" / "talk" / "linkedin" / "talk.pdf").is_file()


@pytest.mark.parametrize(
    "ledger", ["", "{", "[]", '{"entries": 3}', '{"talk": [1, null]}', "\x00\xff"]
)
def test_a_cache_that_is_damaged_is_made_anew(project: Project, ledger: str) -> None:
    project.thread()
    project.built()
    for path in (project.root / ".threadpress").glob("*.json"):
        path.write_text(ledger)
    project.thread(body="Fresh words.")
    assert project.built().code == 0


def test_a_picture_that_would_cost_a_gigabyte_is_refused_by_its_header(project: Project) -> None:
    huge = bytearray(png(20, 20))
    huge[16:24] = (20_000).to_bytes(4, "big") * 2
    project.file("content/huge.png", bytes(huge))
    project.thread(body="![A wall](huge.png)")
    ended = project.build()
    assert ended.code == 1
    assert re.search(r"content/talk\.md:4: error\[image-(too-large|invalid)\]", ended.err)


def test_a_drawing_with_a_script_is_drawn_without_it(project: Project) -> None:
    project.file("content/bad.svg", SVG.replace("<rect", "<script>alert(1)</script><rect"))
    project.thread(body="![A drawing](bad.svg)")
    ended = project.built()
    assert ended.problems == ["content/talk.md:4: info[image-cleaned]"]
    assert "`bad.svg` is drawn without its `<script>`" in ended.err


def test_html_in_a_drawing_is_told_as_its_words_may_be_lost(project: Project) -> None:
    page = "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>words</p></foreignObject><rect"
    project.file("content/bad.svg", SVG.replace("<rect", page))
    project.thread(body="![A drawing](bad.svg)")
    ended = project.built()
    assert ended.problems == ["content/talk.md:4: warning[image-cleaned]"]
    assert "save it as plain SVG" in ended.err


def test_a_drawing_that_needs_another_file_is_refused(project: Project) -> None:
    named = '<image href="https://example.com/pic.png"/><rect'
    project.file("content/bad.svg", SVG.replace("<rect", named))
    project.thread(body="![A drawing](bad.svg)")
    assert project.build().problems == ["content/talk.md:4: error[image-invalid]"]


def test_html_in_a_post_is_words_and_embeds_nothing(project: Project) -> None:
    project.file("content/secret.txt", "sesame")
    project.thread(body='Look: <link rel="attachment" href="secret.txt"> <script>x</script> here.')
    project.build()
    text = " ".join(pages(project.pdf()))
    assert "sesame" not in text
    assert b"/EmbeddedFile" not in project.pdf()
    assert raster.count(project.pdf()) == 2


def test_a_fault_ends_the_program_without_a_traceback(project: Project) -> None:
    project.thread("theme: papr")
    command = [sys.executable, "-m", "generator", "--project", str(project.root), "build"]
    ended = subprocess.run(
        command, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith("content/talk.md:2:1: error[theme-unknown]: no theme named")
    assert "Traceback" not in ended.stderr
