"""Every layout's sample, in every theme: as it looked when somebody looked, sound on any page."""

import re
from collections.abc import Callable, Iterator
from itertools import cycle, product
from typing import Any

import pytest
from PIL import Image

from generator import raster
from generator.errors import Severity
from generator.library import Library, builtin_root, canvases, colors, themes
from generator.library.derive import ROLES
from generator.model import Slide, Value
from generator.paginate import About
from tests.project import Project, fitter_of, unpacked

LOOKS = builtin_root()
LAYOUTS = sorted(path.parent.name for path in LOOKS.glob("layouts/[a-z]*/sample.md"))
THEMES = sorted(path.parent.name for path in LOOKS.glob("themes/[a-z]*/theme.yaml"))
DRAWN = ("night", "paper")
"""The themes that every layout has a golden picture in; the others have one of cover and post."""
OF_THEMES = ("cover", "post")
WIDTH = 270
"""Pixels of a golden picture's page."""
SIZES: dict[str, Value] = {
    "smallest": {"title": 11, "body": 11, "meta": 9},
    "usual": {},
    "largest": {"title": 48, "body": 24, "meta": 16},
}
"""Type sizes in the studio's unit: from the floor to a third above the usual."""


def canvases_apart() -> list[str]:
    """Return the canvases that give slides another page, one for each such page."""
    library = Library((("builtin", LOOKS),))
    every = [canvases.load(library, name)
             for name in library.names(canvases.FOLDER, canvases.FILE)]  # fmt: skip
    pages = {(one.page_width, one.page_height, *one.safe.values(), *one.frame.values()): one.name
             for one in reversed(every)}  # fmt: skip
    return sorted(pages.values())


CANVASES = canvases_apart()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project whose threads are the samples, each with its pictures beside it."""
    project = Project(tmp_path_factory.mktemp("samples"))
    for name in LAYOUTS:
        for file in (LOOKS / "layouts" / name).iterdir():
            if file.suffix in {".svg", ".png", ".jpg"}:
                project.file(f"content/{name}/{file.name}", file.read_bytes())
        sample = LOOKS / "layouts" / name / "sample.md"
        project.file(f"content/{name}/index.md", sample.read_bytes())
    return project


def own(slides: tuple[Slide, ...], layout: str) -> list[int]:
    """Return the places, from 0, of the slides that a sample shows its own layout on."""
    return [place for place, slide in enumerate(slides) if slide.layout == layout]


@pytest.mark.parametrize(
    ("layout", "theme"),
    [*product(LAYOUTS, DRAWN), *product(OF_THEMES, sorted({*THEMES} - {*DRAWN}))],
)
def test_a_layout_looks_as_it_did_when_somebody_looked(
    project: Project, same_picture: Callable[[Image.Image, str], None], layout: str, theme: str
) -> None:
    carousel = project.carousel(f"{layout}/index", theme=theme)
    fitter = fitter_of(carousel)
    pages = [one.laid.page for one in fitter.deck(carousel.slides)]
    pdf = fitter.press.write(pages, About("Sample", "en"), carousel.canvas.scale)
    assert foreign(pdf) == []
    shown = own(carousel.slides, layout)
    assert shown
    drawn = list(raster.pages(pdf, WIDTH, which=shown))
    for number, picture in enumerate(drawn, 1):
        same_picture(picture, f"{theme}-{layout}-{number}")


def foreign(pdf: bytes) -> list[str]:
    """Return the fonts in a PDF that are none of ours, which bear private names."""
    found = re.findall(rb"/FontName\s*/(?:[A-Z]{6}\+)?([^\s/>]+)", unpacked(pdf))
    assert found
    return [name.decode() for name in found if not name.startswith(b"tp-")]


@pytest.mark.parametrize("target", CANVASES)
@pytest.mark.parametrize("size", SIZES)
def test_samples_fit_on_every_canvas_in_any_size(
    project: Project, target: str, size: str, *, thorough: bool
) -> None:
    every = list(zip(LAYOUTS, cycle(THEMES), strict=False))
    apart = 1 if thorough else 2 if size == "largest" else 3
    for layout, theme in every[CANVASES.index(target) % apart :: apart]:
        sound(project, layout, theme=theme, targets=[target], typography=SIZES[size])


@pytest.mark.parametrize("theme", THEMES)
def test_every_sample_fits_in_every_theme(project: Project, theme: str) -> None:
    for layout in LAYOUTS:
        sound(project, layout, theme=theme, targets=["linkedin"])


@pytest.mark.parametrize("theme", THEMES)
def test_samples_fit_from_right_to_left(project: Project, theme: str, *, thorough: bool) -> None:
    apart = 1 if thorough else 5
    for layout in LAYOUTS[THEMES.index(theme) % apart :: apart]:
        sound(project, layout, theme=theme, targets=["linkedin"], lang="ar")


def sound(project: Project, layout: str, **settings: Value) -> None:
    """Fail unless a sample fits, whole and on the page, and the engine has nothing to say."""
    prepared = project.prepared(f"{layout}/index", **settings)
    grave = [one for one in prepared.problems if one.severity is not Severity.INFO]
    assert grave == [], layout
    (carousel,) = prepared.carousels
    fitter = fitter_of(carousel)
    fitted = fitter.deck(carousel.slides)
    assert len(fitted) >= len(carousel.slides) >= 1, layout
    for one in fitted:
        assert one.laid.fill <= 1, layout
        assert one.laid.problems == (), layout
        assert framed(one.laid.page) == [], layout


def framed(page: Any) -> list[str]:  # noqa: ANN401  WeasyPrint's pages are untyped
    """Return the words of a page that stand outside of it."""
    return [
        box.text
        for box in leaves(page._page_box)  # noqa: SLF001
        if getattr(box, "text", "")
        and (box.position_x < 0 or box.position_y < 0
             or box.position_x + box.width > page.width + 1
             or box.position_y + box.height > page.height)
    ]  # fmt: skip


def leaves(box: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield the boxes of a page that hold no others."""
    children = getattr(box, "children", ())
    if not children:
        yield box
    for child in children:
        yield from leaves(getattr(child, "_box", child))


INKS = {
    "fg": ("bg", "surface", "surface2", "good-soft", "bad-soft", "info-soft", "accent-soft"),
    "muted": ("bg", "surface", "good-soft", "bad-soft"),
    "accent": ("bg", "surface", "good-soft", "bad-soft"),
    "good": ("bg", "good-soft"),
    "bad": ("bg", "bad-soft"),
    "info": ("bg", "info-soft"),
    "on-accent": ("fill",),
    **dict.fromkeys((role for role in ROLES if role.startswith("code-")), ("code-bg",)),
}
"""Which roles stand on which in our layouts: links and quotations on cards, too."""


@pytest.mark.parametrize("name", THEMES)
def test_every_ink_reads_on_every_ground_that_it_meets(name: str) -> None:
    theme, _ = themes.load(Library((("builtin", LOOKS),)), name)
    pairs = [(ink, ground) for ink, grounds in INKS.items() for ground in grounds if ink != ground]
    poor = [(ink, ground) for ink, ground in pairs
            if colors.contrast(theme.colors[ink], theme.colors[ground]) < colors.AA]  # fmt: skip
    assert poor == []
