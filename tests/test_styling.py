"""What stands behind slides and how they are set: seamless patterns and pictures, chosen type."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from generator import raster
from generator.compose import Standing
from generator.library import builtin_root
from tests.project import Project, fitter_of, pages, png

TWO = "One slide.\n\n---\n\nAnother slide.\n\n---\n\nA third.\n"
THEMES = builtin_root() / "themes"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return an empty project."""
    return Project(tmp_path)


def edges(project: Project, front: str) -> list[float]:
    """Return how far the edges of neighbouring slides differ, 0 to 255, in the mean."""
    project.thread(f"cover: false\n{front}", TWO)
    project.built()
    drawn = list(raster.pages(project.pdf(), 540))
    return [_unlike(one, other) for one, other in pairwise(drawn)]


def _unlike(one: Image.Image, other: Image.Image) -> float:
    """Return how far the right edge of one picture differs from the left edge of the next."""
    right = one.crop((one.width - 1, 0, one.width, one.height))
    left = other.crop((0, 0, 1, other.height))
    return sum(ImageChops.difference(right, left).convert("L").tobytes()) / one.height


@pytest.mark.parametrize("pattern", ["topography", "blobs", "mesh"])
def test_a_seamless_pattern_runs_on_over_the_edges(project: Project, pattern: str) -> None:
    assert max(edges(project, f"pattern: {pattern}\nseamless: true")) < 1.5
    apart = edges(project, f"pattern: {pattern}")
    assert max(apart) > 2 * max(edges(project, f"pattern: {pattern}\nseamless: true"))


def test_a_tile_goes_on_where_the_slide_before_ended(project: Project) -> None:
    project.thread("cover: false\npattern: {name: circles, scale: 1.7}\nseamless: true", TWO)
    carousel = project.carousel()
    composer = fitter_of(carousel).composer
    places = [
        re.search(r"background-position:(-?[\d.]+)px", "".join(composed.sheets))
        for n, slide in enumerate(carousel.slides, 1)
        if (composed := composer.compose(slide, Standing(n, 3)))
    ]
    assert [float(found[1]) for found in places if found] == [-0.0, -60.0, -120.0]


def test_one_picture_stands_behind_all_slides_and_is_kept_once(project: Project) -> None:
    project.file("content/wide.png", png(1200, 300))
    front = "seamless: {image: {src: wide.png, alt: A band}, veil: 0.5}"
    assert max(edges(project, front)) < 1
    assert project.pdf().count(b"/Subtype /Image") == 1


def test_a_picture_behind_all_slides_is_veiled_until_text_reads(project: Project) -> None:
    project.file("content/wide.png", png(1200, 300))
    project.thread("seamless: {image: wide.png}", TWO)
    carousel = project.carousel()
    sheets = fitter_of(carousel).composer.compose(carousel.slides[0], Standing(1, 4)).sheets
    veil = re.search(r"opacity:([\d.]+)", "".join(sheets))
    assert veil
    assert 0.5 <= float(veil[1]) <= 0.9


def test_a_missing_picture_behind_all_slides_is_named(project: Project) -> None:
    project.thread("seamless: {image: {src: gone.png}}", TWO)
    assert project.build().problems == ["content/talk.md:2:12: error[image-missing]"]


def test_a_pattern_takes_a_role_or_a_colour(project: Project) -> None:
    plain, role, hexed = (
        _drawn(project, f"{{name: lines, opacity: 1{more}}}")
        for more in ("", ", color: bad", ", color: '#00ff00'")
    )
    assert len({plain, role, hexed}) == 3
    project.thread("pattern: {name: lines, color: loud}", TWO)
    assert project.build().code == 1


def _drawn(project: Project, pattern: str) -> bytes:
    project.thread(f"pattern: {pattern}", TWO)
    carousel = project.carousel()
    composed = fitter_of(carousel).composer.compose(carousel.slides[1], Standing(2, 4))
    return "".join(composed.sheets).encode()


def test_headings_may_be_set_in_capitals_and_in_another_family(project: Project) -> None:
    project.thread("typography: {case: upper, fonts: {display: fraunces}, leading: 1.6}", TWO)
    theme = project.carousel().theme
    assert (theme.fonts["display"].family, theme.fonts["text"].leading) == ("fraunces", 1.6)
    project.built()
    assert "ONE SLIDE." in " ".join(pages(project.pdf()))


@pytest.mark.parametrize(
    ("typography", "told"),
    [
        ("{fonts: {display: fraunecs}}", "error[font-missing]"),
        ("{fonts: {display: ../x}}", "error[font-missing]"),
        ("{leading: 9}", "error[value-invalid]"),
        ("{case: shouting}", "error[value-invalid]"),
    ],
)
def test_type_that_can_not_be_is_an_error_with_its_place(
    project: Project, typography: str, told: str
) -> None:
    project.thread(f"typography: {typography}", TWO)
    (problem,) = project.build().problems
    assert problem.startswith("content/talk.md:2:")
    assert problem.endswith(told)


def test_a_size_below_the_floor_is_raised_and_told(project: Project) -> None:
    project.thread("typography: {body: 8, meta: 12}", TWO)
    assert project.build().problems == ["content/talk.md:2:14: info[type-floor]"]


@pytest.mark.parametrize("theme", sorted(path.name for path in THEMES.glob("[a-z]*")))
def test_a_brand_says_how_pages_are_numbered_in_every_theme(project: Project, theme: str) -> None:
    header = "header: {left: name, middle: nothing, right: count}"
    project.file("themes/_brands/mine/brand.yaml", f"name: Your Name\n{header}\n")
    project.thread(f"brand: mine\ntheme: {theme}\ncover: false", TWO)
    project.built()
    told = [" ".join(page.split()) for page in pages(project.pdf())]
    assert [f"{n} of 3" in text for n, text in enumerate(told, 1)] == [True] * 3
