"""Names that writers write: found beside the text, or refused with what to do."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.fetch import Door, FetchError
from tests.doors import PLACE, SECRET, code, made, png


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with a picture, and a secret beside it."""
    return made(tmp_path)


@pytest.fixture
def door(project: Path) -> Door:
    """Return a door to the project."""
    return Door([("project", project)])


@pytest.mark.parametrize("named", ["pic.png", "./pic.png", "../content/pic.png"])
def test_a_picture_is_found_beside_the_text(door: Door, project: Path, named: str) -> None:
    assert door.resolve(named, project / "content") == project / "content" / "pic.png"


def test_a_picture_is_found_in_another_folder_of_the_project(door: Door, project: Path) -> None:
    file = door.resolve("../shared/curve.png", project / "content")
    assert file == project / "shared" / "curve.png"


@pytest.mark.parametrize("named", ["my pic.png", "my%20pic.png"])
def test_a_name_may_be_percent_encoded(door: Door, project: Path, named: str) -> None:
    (project / "content" / "my pic.png").write_bytes(png())
    assert door.resolve(named, project / "content").name == "my pic.png"


def test_a_name_with_a_percent_sign_is_taken_as_it_stands_first(door: Door, project: Path) -> None:
    for name in ("50%25.png", "50%.png"):
        (project / "content" / name).write_bytes(png())
    assert door.resolve("50%25.png", project / "content").name == "50%25.png"


def test_accents_may_be_composed_either_way(door: Door, project: Path) -> None:
    (project / "content" / "cafe\u0301.png").write_bytes(png())
    assert door.resolve("caf\u00e9.png", project / "content").exists()


def test_a_missing_picture_is_told_with_its_place_and_the_nearest_name(
    door: Door, project: Path
) -> None:
    with pytest.raises(FetchError) as trouble:
        door.resolve("pci.png", project / "content", PLACE)
    (problem,) = trouble.value.problems
    assert (problem.code, problem.location) == ("image-missing", PLACE)
    assert problem.hint == "did you mean `pic.png`?"


def test_a_hint_keeps_the_way_and_minds_no_case(door: Door, project: Path) -> None:
    with pytest.raises(FetchError) as trouble:
        door.resolve("../shared/Curve.PNG", project / "content", PLACE)
    assert trouble.value.problems[0].hint == "did you mean `../shared/curve.png`?"


def test_a_missing_folder_is_named(door: Door, project: Path) -> None:
    with pytest.raises(FetchError) as trouble:
        door.resolve("images/pic.png", project / "content", PLACE)
    assert trouble.value.problems[0].hint == "there is no folder `images` either"


def test_the_noun_makes_the_code(door: Door, project: Path) -> None:
    with pytest.raises(FetchError) as trouble:
        door.resolve("other.md", project / "content", PLACE, what="thread")
    assert code(trouble) == "thread-missing"


@pytest.mark.parametrize(
    ("named", "hint"),
    [
        ("https://example.com/pic.png", "download it"),
        ("HTTP://example.com/pic.png", "download it"),
        ("//example.com/pic.png", "download it"),
        ("/etc/passwd", "from this file's folder"),
        ("~/pic.png", "from this file's folder"),
        ("C:\\pics\\pic.png", "from this file's folder"),
        ("images\\pic.png", "`images/pic.png`"),
        ("file:///etc/passwd", "a file in the project"),
        ("data:image/png;base64,AAAA", "a file in the project"),
        ("pic\0.png", "from this file's folder"),
        ("pic\ud800.png", "from this file's folder"),
        ("../../secret.png", "copy the file into the project"),
        ("..%2f..%2fsecret.png", "copy the file into the project"),
        ("%2e%2e/%2e%2e/secret.png", "copy the file into the project"),
    ],
)
def test_a_name_that_leads_out_is_refused_with_what_to_do(
    door: Door, project: Path, named: str, hint: str
) -> None:
    with pytest.raises(FetchError) as trouble:
        door.resolve(named, project / "content", PLACE)
    (problem,) = trouble.value.problems
    assert (problem.code, problem.location) == ("fetch-refused", PLACE)
    assert hint in (problem.hint or "")
    assert problem.message.encode()


@pytest.mark.parametrize("named", ["", "  "])
def test_an_empty_name_is_a_miss(door: Door, project: Path, named: str) -> None:
    with pytest.raises(FetchError) as trouble:
        door.resolve(named, project, PLACE)
    assert code(trouble) == "image-missing"


def test_a_name_of_a_thousand_letters_is_a_miss(door: Door, project: Path) -> None:
    for named in ("x" * 1000, f"{'x' * 1000}/y.png"):
        with pytest.raises(FetchError) as trouble:
            door.resolve(named, project, PLACE)
        assert code(trouble) == "image-missing"


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with a secret in the folder above."""
    folder = tmp_path_factory.mktemp("guarded") / "project"
    folder.mkdir()
    (folder / "pic.png").write_bytes(png())
    (folder.parent / "secret.png").write_bytes(png() + SECRET.encode())
    (folder / "out").symlink_to("..")
    return folder


WAYS = st.lists(
    st.sampled_from(
        ["..", ".", "/", "\\", "%2e", "%2f", "%5c", "secret.png", "pic.png", "out", "%00",
         "carousel:", "///", "project", "file:", "%25", "2e", "#", "?", "ü", "\ud800"]
    ),
    max_size=9,
)  # fmt: skip


@settings(max_examples=150)
@given(WAYS)
def test_no_spelling_of_a_way_out_reads_the_secret(beside: Path, way: list[str]) -> None:
    door = Door([("project", beside)])
    named = "".join(way)
    for url in (named, f"carousel:///project/{named}"):
        try:
            assert SECRET.encode() not in door.read(url).content
        except FetchError as trouble:
            assert trouble.problems  # noqa: PT017  (either outcome is right)
    try:
        assert door.resolve(named, beside).is_relative_to(beside)
    except FetchError as trouble:
        assert trouble.problems  # noqa: PT017  (either outcome is right)
