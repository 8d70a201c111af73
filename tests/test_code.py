"""Code: colours, titles, marked lines, changes; long lines and long blocks."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import fences
from generator.compose.ingredients import Kitchen, code
from generator.content import cuts, join, shape_of
from generator.fetch import Door
from generator.library import Library
from generator.model import Block
from tests.project import Project, pages, words

PYTHON = 'def double(number: int) -> int:\n    # twice\n    return 2 * number + len("x")\n'


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return an empty project."""
    return Project(tmp_path)


def kitchen() -> Kitchen:
    """Return a kitchen with nothing in it."""
    return Kitchen(Library(()), Door([]), {})


def html(text: str, info: str = "", start: int = 1) -> str:
    """Return a block of code as HTML."""
    cook = code.prepare(kitchen()).block
    assert cook is not None
    return str(cook(Block("code", 1, text=text, info=info, start=start)))


@pytest.mark.parametrize(
    ("info", "language", "title", "marked"),
    [
        ("", "", "", ()),
        ("python", "python", "", ()),
        ('python title="my app.py" {2,4-5}', "python", "my app.py", ((2, 2), (4, 5))),
        ("python app.py", "python", "app.py", ()),
        ("python {3} app.py", "python", "app.py", ((3, 3),)),
        ("app.py", "", "app.py", ()),
        ("js title=a.js", "js", "a.js", ()),
        ("{1}", "", "", ((1, 1),)),
    ],
)
def test_behind_a_fence_stand_language_title_and_lines(
    info: str, language: str, title: str, marked: tuple[tuple[int, int], ...]
) -> None:
    assert fences.said(info) == fences.Said(language, title, marked)


def test_each_kind_of_word_has_the_class_of_its_role() -> None:
    made = html(PYTHON, "python")
    for role, word in {
        "keyword": "def",
        "function": "double",
        "comment": "# twice",
        "number": "2",
        "string": "&#34;x&#34;",
    }.items():
        assert f'<span class="pg-{role}">{word}' in made


def test_a_file_s_name_is_enough_to_know_the_language() -> None:
    assert "pg-keyword" in html(PYTHON, "app.py")


def test_without_a_language_code_is_plain() -> None:
    assert "pg-keyword" not in html(PYTHON)
    assert "pg-keyword" not in html(PYTHON, "text")


def test_more_than_a_hundred_languages_are_known() -> None:
    assert len(code._languages()) > 100  # noqa: SLF001


def test_marked_lines_stand_on_one_ground() -> None:
    made = html("a\nb\nc\nd\n", "{2-3}")
    assert made.count("pg-marked") == 1
    assert made.index("pg-marked") < made.index(">b<") < made.index(">c<") < made.index(">d<")


def test_marked_lines_are_those_of_the_whole_block_where_it_goes_on() -> None:
    assert "pg-marked" in html("c\nd\n", "{4}", start=3)
    assert "pg-marked" not in html("c\nd\n", "{1}", start=3)


def test_lines_that_came_and_went_are_told_apart() -> None:
    made = html("-old\n+new\n same\n", "diff")
    assert "pg-removed" in made
    assert "pg-added" in made
    assert "pg-removed" not in html("-old\n", "text")


def test_an_unknown_language_is_told_with_the_nearest_name(project: Project) -> None:
    project.thread("title: T\ncover: false", "One.\n\n---\n\n```pyhton\nx = 1\n```")
    ended = project.built()
    told = ended.told("content/talk.md:9: warning[code-language]")
    assert told.endswith("hint: did you mean `python`?")
    assert "x = 1" in words(project.pdf())


def test_the_warning_is_told_again_by_the_next_build(project: Project) -> None:
    project.thread("title: T\ncover: false", "```pyhton\nx = 1\n```")
    assert "code-language" in project.built().err
    assert "code-language" in project.built("--force").err


@pytest.mark.parametrize("target", ["linkedin", "story", "landscape"])
def test_code_by_itself_is_large_with_the_name_of_its_file(project: Project, target: str) -> None:
    text = f'## Twice\n\n```python title="double.py"\n{PYTHON}```\n\nThat is all.'
    project.thread(f"title: T\ncover: false\ntargets: [{target}]", text)
    assert [slide.layout for slide in project.carousel().slides] == ["code"]
    assert not project.built().problems


def test_long_lines_wrap_and_the_hook_is_no_text(project: Project) -> None:
    line = "value = " + " + ".join(f"number_{n:02}" for n in range(12))
    project.thread("title: T\ncover: false", f"```python\n{line}\n```")
    project.built()
    assert line in words(project.pdf())


def test_a_word_that_is_wider_than_the_page_is_broken(project: Project) -> None:
    line = f'call(first, "{"x" * 120}", "and a last one")'
    project.thread("title: T\ncover: false", f"```python\n{line}\n```")
    project.built()
    assert "".join(line.split()) in "".join(words(project.pdf()).split())


def test_long_code_goes_on_and_is_parted_where_a_function_ends(project: Project) -> None:
    functions = [
        f"def function_{n}():\n    first = {n}\n\n    return first + {n}\n" for n in range(9)
    ]
    project.thread("title: T\ncover: false", "```python all.py\n{}```".format("\n".join(functions)))
    project.built()
    shown = pages(project.pdf())
    assert len(shown) > 1
    for page in shown:
        assert page.partition("all.py")[2].lstrip().startswith("def ")


@given(st.lists(st.sampled_from(["", "x = 1", "    y", "def z():"]), min_size=1, max_size=60))
def test_parts_of_code_are_the_whole_again_and_know_their_lines(lines: list[str]) -> None:
    whole = Block("code", 4, text="\n".join(lines) + "\n", info="python")
    pieces = cuts((whole,))
    assert join(pieces) == (whole,)
    at = 1
    for (piece,) in pieces:
        assert piece.start == at
        at += piece.text.count("\n")


@given(st.text("ab \t\n+-\"'#{}<>&=", max_size=60), st.sampled_from(["", "python", "html", "diff"]))
def test_no_letter_of_code_is_lost(text: str, language: str) -> None:
    made = html(text, language)
    from html import unescape  # noqa: PLC0415
    from re import sub  # noqa: PLC0415

    shown = unescape(sub(r"<[^>]*>", "", made))
    assert "".join(shown.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("kinds", "shape"),
    [
        (("code",), "code"),
        (("paragraph", "code", "paragraph"), "code"),
        (("code", "code"), "text"),
        (("code", "quote"), "text"),
    ],
)
def test_code_alone_with_a_few_words_is_the_shape_code(kinds: tuple[str, ...], shape: str) -> None:
    made = tuple(Block(kind, text="x") for kind in kinds)  # type: ignore[arg-type]
    assert shape_of(made) == shape
