"""What was worked out before is found again, by the next process too, and never a wrong thing."""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import pytest
from PIL import Image

from generator import raster
from generator.build.store import FOLDER, Store
from generator.cache import MOST, Cache, Findings, Place, path
from generator.compose import pictures
from generator.compose.ingredients import _mathjax, math
from generator.library import builtin_root
from tests.project import Project, png
from tests.trees import tree

KEY = ("formula", 1, b"x", True)
FORMULA = "The area is $\\pi r^2$.\n\n$$\\frac{a}{b}$$\n"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Return a place with nothing in it."""
    return Place(str(tmp_path / "objects"), "this version")


def written(place: Place, content: bytes = b"worked out") -> Path:
    """Put something down under KEY, as a worker's parent does, and return its file."""
    cache = Cache(place)
    cache.put(content, *KEY)
    found = cache.taken()
    Store(Path(place.folder), "").put_down(found)
    (name,) = found.new
    return path(place.folder, name)


@pytest.fixture
def lesson(tmp_path: Path) -> Iterator[Project]:
    """Return a project with formulas and a photo that is too large for a slide."""
    project = Project(tmp_path)
    stream = BytesIO()
    Image.linear_gradient("L").resize((2900, 80)).convert("RGB").save(stream, "JPEG")
    project.file("content/wide.jpg", stream.getvalue())
    project.thread("files: [pdf]", f"{FORMULA}\n---\n\n![Wide](wide.jpg)")
    with patch("generator.compose.ingredients.math._mathjax", _engine):
        pictures._developed.cache_clear()  # noqa: SLF001  as in a new process
        yield project


def _engine() -> _mathjax.MathJax:
    """Return an engine that remembers nothing, as a new process has it."""
    return _mathjax.MathJax(builtin_root() / math.SCRIPT)


def never(*_: object) -> None:
    """Fail: this was to be found."""
    pytest.fail("this was worked out already")


def test_what_a_worker_worked_out_the_next_one_finds(place: Place) -> None:
    written(place)
    assert Cache(place).get(*KEY) == b"worked out"


def test_a_worker_finds_what_it_worked_out_itself_and_writes_nothing(place: Place) -> None:
    cache = Cache(place)
    cache.put(b"worked out", *KEY)
    assert cache.get(*KEY) == b"worked out"
    assert not Path(place.folder).exists()


def test_keys_that_read_alike_are_not_the_same(place: Place) -> None:
    cache = Cache(place)
    cache.put(b"one", "a", "bc")
    assert [cache.get("ab", "c"), cache.get("abc"), cache.get(b"a", "bc")] == [None] * 3


def test_another_version_finds_nothing_of_this_one(place: Place) -> None:
    written(place)
    assert Cache(Place(place.folder, "that version")).get(*KEY) is None


def test_without_a_place_nothing_is_kept() -> None:
    cache = Cache()
    cache.put(b"worked out", *KEY)
    assert (cache.get(*KEY), cache.taken()) == (None, Findings())


@pytest.mark.parametrize("spoil", [b"", b"worked", b"x" * 200])
def test_what_is_cut_off_or_spoilt_counts_as_none(place: Place, spoil: bytes) -> None:
    written(place).write_bytes(spoil)
    assert Cache(place).get(*KEY) is None


def test_an_entry_in_anothers_place_counts_as_none(place: Place) -> None:
    file = written(place)
    cache = Cache(place)
    cache.put(b"something else", "other")
    (name,) = cache.taken().new
    path(place.folder, name).parent.mkdir(exist_ok=True)
    file.rename(path(place.folder, name))
    assert cache.get("other") is None


def test_a_pipe_or_a_link_in_its_place_is_not_read(place: Place, tmp_path: Path) -> None:
    file = written(place)
    file.rename(tmp_path / "away")
    os.mkfifo(file)
    assert Cache(place).get(*KEY) is None
    file.unlink()
    file.symlink_to(tmp_path / "away")
    assert Cache(place).get(*KEY) is None


def test_what_is_too_large_to_be_read_again_is_not_kept(place: Place) -> None:
    cache = Cache(place)
    cache.put(bytes(MOST + 1), *KEY)
    assert not cache.taken().new


def test_formulas_and_pictures_are_worked_out_once_for_all_builds(lesson: Project) -> None:
    lesson.built()
    before = lesson.pdf()
    pictures._developed.cache_clear()  # noqa: SLF001
    lesson.thread("files: [pdf]\ntitle: Another", f"{FORMULA}\n---\n\n![Wide](wide.jpg)")
    with (
        patch.object(_mathjax, "_started", never),
        patch.object(pictures, "_developed", never),
    ):
        lesson.built()
    assert lesson.pdf() != before


def test_force_works_it_all_out_again_to_the_same_bytes(lesson: Project) -> None:
    lesson.built()
    before = lesson.pdf()
    pictures._developed.cache_clear()  # noqa: SLF001
    with patch.object(_mathjax, "_started", wraps=_mathjax._started) as started:  # noqa: SLF001
        lesson.built("--force")
    assert started.called
    assert lesson.pdf() == before


def test_from_the_cache_come_the_same_bytes(lesson: Project) -> None:
    lesson.built()
    before = lesson.pdf()
    for record in (lesson.root / ".threadpress" / FOLDER).rglob("*.json"):
        record.unlink()
    (lesson.root / ".threadpress" / "manifest.json").unlink()
    pictures._developed.cache_clear()  # noqa: SLF001
    with patch.object(_mathjax, "_started", never):
        lesson.built()
    assert lesson.pdf() == before


def test_a_cache_that_can_not_be_written_stops_no_build(lesson: Project) -> None:
    lesson.file(f".threadpress/{FOLDER}", "no folder")
    lesson.built()
    assert lesson.output


WIDE = 1080
"""Pixels across of linkedin's pages."""


def test_pictures_of_pages_that_stayed_are_not_drawn_again(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.thread("files: [png]", "One.\n\n---\n\nTwo.\n\n---\n\nThree.")
    project.built()
    before = tree(project.root / "output")
    project.thread("files: [png]", "One.\n\n---\n\nTwo, other words.\n\n---\n\nThree.")
    with patch.object(raster, "_drawn", wraps=raster._drawn) as drawn:  # noqa: SLF001
        project.built()
    after = tree(project.root / "output")
    large = [call.args[1] for call in drawn.call_args_list if call.args[1] == WIDE]
    assert len(large) == 1  # the small ones of the preview are drawn together
    pictures = [name for name in before if name.endswith(".png")]
    assert [name for name in pictures if before[name] != after[name]] == ["talk/linkedin/03.png"]


def test_a_picture_of_a_page_that_is_gone_or_spoilt_is_drawn_again(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.thread("files: [png]", "One.\n\n---\n\nTwo.")
    project.built()
    before = tree(project.root / "output")
    for file in (project.root / ".threadpress" / FOLDER).rglob("*"):
        if file.is_file() and file.read_bytes().startswith(b"\x89PNG"):
            file.write_bytes(png())
    project.thread("files: [png]\ntitle: Another", "One.\n\n---\n\nTwo.")
    project.built()
    after = tree(project.root / "output")
    same = [name for name in before if before[name] == after[name]]
    assert same == ["talk/linkedin/02.png", "talk/linkedin/03.png"]
