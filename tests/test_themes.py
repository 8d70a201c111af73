"""Themes made of others: what one extends, its variants, and pages of another tone."""

from pathlib import Path

import pytest

from generator.compose import Standing
from generator.errors import GeneratorError
from generator.library import BUILT_IN, Library, builtin_root, colors, lineage, themes
from generator.library.derive import ROLES, roles, toned
from tests.project import Project, fitter_of

OURS = Library(((BUILT_IN, builtin_root()),))
SIX_LINES = """colors: {bg: "#10131a", fg: "#f2f4f8", accent: "#ff7a45"}
fonts:
  display: {family: bricolage-grotesque, weight: 700}
  text: {family: inter}
pattern: dots
"""
LIGHT = 'variants: {light: {colors: {bg: "#ffffff", fg: "#111111", accent: "#b03a00"}}}'
PARENT = f"{SIX_LINES}title: Parent\nradius: 9\n{LIGHT}\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return an empty project."""
    return Project(tmp_path)


def library(project: Project) -> Library:
    """Return the project's looks before ours."""
    return Library((("", project.root), (BUILT_IN, builtin_root())))


def codes(raised: pytest.ExceptionInfo[GeneratorError]) -> list[str]:
    """Return what went wrong."""
    return [problem.code for problem in raised.value.problems]


def test_a_theme_of_six_lines_is_complete(project: Project) -> None:
    project.file("themes/few/theme.yaml", SIX_LINES)
    theme, doubtful = themes.load(library(project), "few")
    assert doubtful == []
    assert set(theme.colors) == set(ROLES)
    assert theme.patterns["post"].name == "dots"


def test_a_theme_keeps_what_it_does_not_say_of_the_one_it_extends(project: Project) -> None:
    project.file("themes/parent/theme.yaml", PARENT)
    project.file(
        "themes/child/theme.yaml", "extends: parent\ntitle: Child\ncolors: {accent: '#45c8ff'}"
    )
    theme, doubtful = themes.load(library(project), "child")
    assert doubtful == []
    assert (theme.title, theme.space["radius"], theme.colors["bg"]) == ("Child", 9, "#10131a")
    assert theme.colors["code-keyword"] == "#45c8ff"
    assert theme.folders == ("child", "parent")


def test_what_follows_from_a_new_colour_is_mixed_anew(project: Project) -> None:
    project.file(
        "themes/child/theme.yaml",
        "extends: night\ncolors: {bg: '#ffffff', fg: '#101010', accent: '#8a4b00'}",
    )
    theme, _ = themes.load(library(project), "child")
    anew = roles({"bg": "#ffffff", "fg": "#101010", "accent": "#8a4b00"})
    own = [role for role in ROLES if not role.startswith("code-")]
    assert [theme.colors[role] for role in own] == [anew[role] for role in own]


def test_the_css_of_a_theme_comes_after_that_of_the_one_it_extends(project: Project) -> None:
    project.file("themes/child/theme.yaml", "extends: paper\n")
    project.file("themes/child/theme.css", ".deco { color: var(--accent) }")
    project.file("content/a.md", "---\ntheme: child\n---\nWords.\n")
    carousel = project.carousel("a", theme="child")
    fitter = fitter_of(carousel)
    sheets = "".join(fitter.composer.compose(carousel.slides[0], Standing(1, 1)).sheets)
    assert 0 < sheets.index("themes/paper/theme.css") < sheets.index("themes/child/theme.css")


def test_a_file_that_is_no_font_is_named_with_the_place_that_wants_it(project: Project) -> None:
    project.file("themes/mine/theme.yaml", SIX_LINES.replace("inter", "own"))
    project.file("themes/mine/fonts/own/400.ttf", "These are words.")
    project.thread("theme: mine")
    ended = project.build()
    assert ended.problems == ["themes/mine/theme.yaml:4:10: error[font-broken]"]
    assert "themes/mine/fonts/own/400.ttf" in ended.err


def test_a_variant_is_the_theme_in_other_tokens(project: Project) -> None:
    project.file("themes/parent/theme.yaml", PARENT)
    theme, doubtful = themes.load(library(project), "parent/light")
    assert doubtful == []
    assert (theme.name, theme.dark, theme.colors["bg"]) == ("parent/light", False, "#ffffff")
    assert lineage.variants(library(project), "parent") == ("light",)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [("parent/lihgt", "variant-unknown"), ("inter/light", "theme-unknown"), ("a", "theme-cycle")],
)
def test_what_can_not_be_put_together_is_named(project: Project, wanted: str, code: str) -> None:
    project.file("themes/parent/theme.yaml", PARENT)
    project.file("themes/a/theme.yaml", "extends: b\n")
    project.file("themes/b/theme.yaml", "extends: a\n")
    with pytest.raises(GeneratorError) as raised:
        themes.load(library(project), wanted)
    assert codes(raised) == [code]


def test_a_tone_gives_a_kind_of_slide_other_colours(project: Project) -> None:
    project.file("themes/two/theme.yaml", SIX_LINES + "tones: {quote: {bg: fill, fg: on-accent}}\n")
    project.file("content/a.md", "---\ntheme: two\n---\nWords.\n\n---\n\n> Said.\n")
    theme, doubtful = themes.load(library(project), "two")
    assert doubtful == []
    roles_there = toned(theme.colors, theme.tones["quote"])
    assert roles_there["bg"] == theme.colors["fill"]
    assert colors.contrast(roles_there["muted"], roles_there["bg"]) >= colors.AA


@pytest.mark.parametrize("tone", ["{quote: {ground: '#ffffff'}}", "{quote: {bg: white}}"])
def test_a_tone_of_unknown_colours_is_an_error(project: Project, tone: str) -> None:
    project.file("themes/two/theme.yaml", SIX_LINES + f"tones: {tone}\n")
    with pytest.raises(GeneratorError):
        themes.load(library(project), "two")


@pytest.mark.parametrize("name", OURS.names(themes.FOLDER, lineage.FILE))
def test_each_of_our_themes_has_a_variant_that_reads_as_well(name: str) -> None:
    variants = lineage.variants(OURS, name)
    assert variants
    base, _ = themes.load(OURS, name)
    for variant in variants:
        theme, doubtful = themes.load(OURS, f"{name}/{variant}")
        assert doubtful == []
        assert theme.dark != base.dark
