"""Looks by name: the user's own before those of shared folders before ours; colours that read."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.library import BUILT_IN, Library, brands, builtin_root, colors, layouts, lineage, themes
from generator.library.derive import ROLES, retinted, roles
from generator.rooms import parts
from tests.project import SVG, Project

OURS = Library(((BUILT_IN, builtin_root()),))
HEX = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
THEME = 'colors: {bg: "#101010", fg: "#f0f0f0", accent: "#ffb224"}\nfonts: {text: {family: inter}}'


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return an empty project."""
    return Project(tmp_path)


def test_ones_own_look_stands_before_a_shared_one_and_that_before_ours(project: Project) -> None:
    project.thread("theme: paper\nbrand: acme")
    assert project.carousel(brand="sample").theme.colors["bg"] != "#101010"
    project.file("vendor/acme/themes/paper/theme.yaml", THEME)
    project.file("vendor/acme/themes/_brands/acme/brand.yaml", "name: Vendor")
    project.file("threadpress.yaml", "looks: [vendor/acme]")
    assert project.carousel().theme.colors["bg"] == "#101010"
    assert project.carousel().speaker == "Vendor"
    project.file("themes/paper/theme.yaml", THEME.replace("#101010", "#000000"))
    project.file("themes/_brands/acme/brand.yaml", "name: Own")
    assert project.carousel().theme.colors["bg"] == "#000000"
    assert project.carousel().speaker == "Own"


def test_of_two_shared_folders_the_first_wins(project: Project) -> None:
    for name in ("one", "two"):
        project.file(f"vendor/{name}/themes/_brands/acme/brand.yaml", f"name: {name}")
    project.file("threadpress.yaml", "looks: [vendor/two, vendor/one]\nbrand: acme")
    project.thread()
    assert project.carousel().speaker == "two"


def test_the_library_knows_what_it_read_and_what_it_missed(tmp_path: Path) -> None:
    library = Library((("project", tmp_path), (BUILT_IN, builtin_root())))
    themes.load(library, "night")
    assert builtin_root() / "themes/night/theme.yaml" in library.read
    assert tmp_path / "themes/night/theme.yaml" in library.missed


@pytest.mark.parametrize("name", ["", "_base", ".hidden", "../night", "a/b", "c:d", "a\0b", 'a"b'])
def test_a_name_that_is_a_path_finds_nothing(name: str) -> None:
    with pytest.raises(Exception, match="no theme named"):
        themes.load(OURS, name)


@pytest.mark.parametrize("name", OURS.names(themes.FOLDER, lineage.FILE))
def test_our_themes_read_well_and_have_their_fonts(name: str) -> None:
    theme, doubtful = themes.load(OURS, name)
    assert doubtful == []
    assert set(theme.colors) == set(ROLES)
    families = {face.family for face in themes.faces(OURS, theme)}
    assert families >= {font.family for font in theme.fonts.values()}
    assert theme.steps[1] == theme.sizes["body"]
    assert min(theme.steps) >= 28


@pytest.mark.parametrize("name", OURS.names(layouts.FOLDER, layouts.FILE))
def test_our_layouts_say_what_they_are_and_show_a_sample(name: str) -> None:
    layout = layouts.load(OURS, name)
    assert layout.title
    assert layout.description
    assert OURS.text(f"layouts/{name}/sample.md")
    assert OURS.text(f"layouts/{name}/slide.html.jinja")


def test_every_shape_finds_a_layout_that_takes_it() -> None:
    known, broken = layouts.every(OURS)
    assert not broken
    for shape in parts("generator.content.shapes", "shape"):
        name = layouts.for_shape(known, shape)
        assert shape in (name, *known[name].shapes)


def test_a_theme_of_poor_contrast_builds_and_says_what_would_do(project: Project) -> None:
    project.file("themes/mine/theme.yaml", THEME.replace("#f0f0f0", "#505050"))
    project.thread("theme: mine")
    problems = project.prepared().problems
    assert {problem.code for problem in problems} == {"contrast-low"}
    assert {str(problem.location) for problem in problems} >= {"themes/mine/theme.yaml:1:25"}
    assert all(problem.hint for problem in problems)


# --- colours --------------------------------------------------------------------------------------


@given(HEX, HEX)
@settings(max_examples=40)
def test_a_colour_that_is_moved_reads_and_one_that_reads_stays(color: str, ground: str) -> None:
    found = colors.readable(color, ground)
    assert colors.contrast(found, ground) >= colors.AA
    if colors.contrast(color, ground) >= colors.AA:
        assert found == color


def test_contrast_is_that_of_wcag() -> None:
    assert colors.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colors.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@given(HEX, HEX, HEX, st.sampled_from(["accent", "full"]))
@settings(max_examples=25)
def test_a_brands_colours_read_on_the_theme(bg: str, fg: str, accent: str, tint: str) -> None:
    theme, _ = themes.load(OURS, "night")
    found = retinted(theme.colors, {"bg": bg, "fg": fg, "accent": accent}, tint)
    for ink, ground in (("fg", "bg"), ("accent", "bg"), ("on-accent", "fill"), ("muted", "bg")):
        assert colors.contrast(found[ink], found[ground]) >= colors.AA
    assert found["bg"] == (bg if tint == "full" else theme.colors["bg"])


def test_without_a_tint_a_brand_changes_no_colour() -> None:
    theme, _ = themes.load(OURS, "night")
    assert retinted(theme.colors, {"accent": "#ff0000"}, "none") == theme.colors


def test_a_theme_of_three_colours_has_every_role() -> None:
    found = roles({"bg": "#ffffff", "fg": "#111111", "accent": "#b00020"})
    assert set(found) == set(ROLES)


def brand(project: Project, text: str) -> tuple[list[str], str]:
    """Return what is told of a thread by that brand, and the accent that it gets."""
    project.file("themes/_brands/acme/brand.yaml", text)
    project.thread("brand: acme")
    prepared = project.prepared()
    told = [
        f"{problem.location} {problem.severity} {problem.code}" for problem in prepared.problems
    ]
    return told, prepared.carousels[0].theme.colors["accent"] if prepared.carousels else ""


PLACE = "themes/_brands/acme/brand.yaml"


def test_a_brands_colour_that_reads_is_taken_as_it_is(project: Project) -> None:
    assert brand(project, 'colors: {accent: "#66ccff"}') == ([], "#66ccff")


def test_a_brands_colour_that_does_not_read_is_moved_and_that_is_said(project: Project) -> None:
    told, accent = brand(project, 'colors:\n  accent: "#400000"')
    assert told == [f"{PLACE}:2:3 info contrast-moved"]
    assert accent != "#400000"
    assert colors.contrast(accent, "#0c0f16") >= 4.5


def test_a_locked_colour_never_moves_but_is_an_error(project: Project) -> None:
    told, _ = brand(project, 'colors:\n  accent: "#400000"\nlocked: [colors.accent]')
    assert told == [f"{PLACE}:2:3 error contrast-locked"]
    told, accent = brand(project, 'colors: {accent: "#66ccff"}\nlocked: [colors.accent]')
    assert (told, accent) == ([], "#66ccff")


def test_a_colour_that_the_tint_does_not_use_is_not_spoken_of(project: Project) -> None:
    ground = 'colors: {bg: "#ffffff", fg: "#fefefe"}\nlocked: [colors.bg]'
    assert brand(project, ground)[0] == []
    assert brand(project, f"{ground}\ntint: none")[0] == []
    assert brand(project, f"{ground}\ntint: full")[0] == [f"{PLACE}:1:25 info contrast-moved"]


def test_a_profile_says_some_things_differently(project: Project) -> None:
    project.file(f"{PLACE[:-10]}a.svg", SVG)
    project.file(
        PLACE,
        "name: Acme\nhandle: '@acme'\navatar: a.svg\nlinks: {x: 'https://x.com/acme'}\n"
        "header: {left: logo, right: page}\n"
        "profiles: {two: {name: Two, links: {y: 'https://y.com'}, header: {left: handle}}}",
    )
    library = Library((("project", project.root), (BUILT_IN, builtin_root())))
    one, two = brands.load(library, "acme"), brands.load(library, "acme/two")
    assert (one.speaker, two.speaker, two.handle) == ("Acme", "Two", "@acme")
    assert set(two.links) == {"x", "y"}
    assert two.header == {"left": "handle", "right": "page"}
    assert one.avatar == two.avatar != ""
