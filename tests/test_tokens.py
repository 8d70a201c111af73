"""Design tokens (DTCG 2025.10) become a theme, and a theme becomes design tokens."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.errors import GeneratorError
from generator.intake import dtcg
from generator.library import BUILT_IN, Library, builtin_root, themes
from tests.project import Project

OURS = Library(((BUILT_IN, builtin_root()),))
SYSTEM: dict[str, Any] = {
    "palette": {
        "$type": "color",
        "paper": {"$value": {"colorSpace": "srgb", "components": [1, 1, 1], "hex": "#ffffff"}},
        "ink": {"$value": {"colorSpace": "oklch", "components": [0.25, 0.02, 260]}},
        "sea": {"$root": {"$value": "#0b5fa5"}, "pale": {"$value": "#d5e6f5"}},
    },
    "semantic": {
        "$type": "color",
        "background": {"$value": "{palette.paper}"},
        "text": {"$ref": "#/palette/ink/$value"},
        "brand": {"primary": {"$value": "{palette.sea}"}},
        "border": {"$value": "#c9d1d9"},
    },
    "font": {
        "heading": {"$type": "typography", "$value": {
            "fontFamily": ["Fraunces", "serif"], "fontWeight": "semi-bold",
            "fontSize": {"value": 2, "unit": "rem"}, "lineHeight": 1.1,
            "letterSpacing": {"value": -0.5, "unit": "px"}}},
        "body": {"$type": "fontFamily", "$value": "Unheard Of"},
    },
    "radius": {"$type": "dimension", "md": {"$value": {"value": 0.75, "unit": "rem"}}},
}  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project with a design system's tokens in it."""
    project = Project(tmp_path)
    project.file("threadpress.yaml", "")
    project.file("system.tokens.json", json.dumps(SYSTEM))
    return project


def made(project: Project, *arguments: str, source: str = "system.tokens.json") -> Any:  # noqa: ANN401  as Ended
    """Import tokens as the theme `sea`, and return how that ended."""
    return project.run("theme", "import", str(project.root / source), "sea", *arguments)


def test_tokens_of_a_design_system_become_a_theme(project: Project) -> None:
    ended = made(project)
    assert ended.code == 0, ended.err
    theme, _ = themes.load(Library((("", project.root), (BUILT_IN, builtin_root()))), "sea")
    assert theme.colors["bg"] == "#ffffff"
    assert theme.colors["accent"] == "#0b5fa5"
    assert theme.colors["line"] == "#c9d1d9"
    assert theme.colors["fg"].startswith("#1")
    assert theme.space["radius"] == 12
    display = theme.fonts["display"]
    assert (display.family, display.weight, display.tracking) == ("fraunces", 600, -0.0156)


def test_a_font_that_is_not_here_is_named_and_stood_in_for(project: Project) -> None:
    ended = made(project)
    assert "font-missing" in ended.err
    assert "unheard-of" in ended.err


def test_a_theme_made_of_tokens_builds(project: Project) -> None:
    made(project)
    project.thread("theme: sea")
    assert project.build("--strict").code == 0


def test_somebody_may_say_which_token_a_role_is(project: Project) -> None:
    assert made(project, "--map", "accent-soft=palette.sea.pale").code == 0
    assert "accent-soft" in (project.root / "themes/sea/theme.yaml").read_text("utf-8")
    assert made(project, "--force", "--map", "accent=palette.see").code == 2
    assert made(project, "--force", "--map", "akzent=palette.sea").code == 2


def test_a_theme_is_not_written_over_unasked(project: Project) -> None:
    made(project)
    assert made(project).code == 2
    assert made(project, "--force").code == 0


@pytest.mark.parametrize("name", ["night", "paper"])
def test_a_theme_comes_back_as_it_went(project: Project, name: str) -> None:
    file = project.root / "out.tokens.json"
    assert project.run("theme", "export", name, "-o", str(file)).code == 0
    assert made(project, source="out.tokens.json").code == 0
    there, _ = themes.load(OURS, name)
    back, doubtful = themes.load(Library((("", project.root), (BUILT_IN, builtin_root()))), "sea")
    assert doubtful == []
    for one in ("colors", "fonts", "sizes", "steps", "space", "patterns"):
        assert getattr(back, one) == getattr(there, one), one


def test_what_is_exported_is_what_the_format_wants() -> None:
    from generator.intake import tokens  # noqa: PLC0415  only here

    text = tokens.exported(themes.load(OURS, "night")[0])
    every = dtcg.read(text, "night.tokens.json")
    assert {token.type for token in every} == {"color", "typography", "dimension"}
    sizes = [token.value for token in every if token.type == "dimension"]
    assert all(set(size) == {"value", "unit"} for size in sizes)
    colors = [token.value for token in every if token.type == "color"]
    assert all(set(one) == {"colorSpace", "components", "hex"} for one in colors)


def test_groups_extend_others_and_hand_on_their_type() -> None:
    tree = {
        "base": {"$type": "color", "one": {"$value": "#111111"}, "two": {"$value": "#222222"}},
        "dark": {"$extends": "{base}", "$type": "color", "two": {"$value": "#333333"}},
    }
    found = {token.name: (token.type, token.value) for token in dtcg.read(json.dumps(tree), "x")}
    assert found["dark.one"] == ("color", "#111111")
    assert found["dark.two"] == ("color", "#333333")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"a": ', "tokens-syntax"),
        ("[]", "tokens-syntax"),
        ('{"a": {"$value": "{b}"}}', "tokens-alias"),
        ('{"a": {"$value": "{b}"}, "b": {"$value": "{a}"}}', "tokens-cycle"),
        ('{"a": {"$extends": "{a}"}}', "tokens-cycle"),
        ('{"a":' * 90 + '{"$value": 1}' + "}" * 90, "tokens-depth"),
    ],
)
def test_tokens_that_can_not_be_read_are_an_error(text: str, code: str) -> None:
    with pytest.raises(GeneratorError) as raised:
        dtcg.read(text, "x.tokens.json")
    assert [problem.code for problem in raised.value.problems] == [code]


def test_a_file_without_a_ground_says_what_to_do(project: Project) -> None:
    project.file("few.tokens.json", '{"blue": {"$type": "color", "$value": "#0000ff"}}')
    ended = made(project, source="few.tokens.json")
    assert ended.code == 1
    assert "--map bg=blue" in ended.err


def test_themes_are_listed_with_their_variants(project: Project) -> None:
    project.file(
        "themes/own/theme.yaml",
        "extends: night\ndescription: Mine.\nvariants: {light: {colors: {bg: '#ffffff'}}}\n",
    )
    lines = project.run("theme", "list").out.splitlines()
    assert "own, own/light  Mine." in lines
    assert any(line.startswith("night") for line in lines)
