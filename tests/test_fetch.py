"""The one door: what it serves, and that nothing else comes through."""

import base64
import hashlib
import os
import socket
from pathlib import Path

import pytest

from generator.fetch import LIMIT, Door, FetchError
from tests.doors import PLACE, SECRET, SVG, code, made, png


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with a picture, and a secret beside it."""
    return made(tmp_path)


@pytest.fixture
def door(project: Path) -> Door:
    """Return a door to the project."""
    return Door([("project", project)])


# --- URLs -----------------------------------------------------------------------------------------


def test_a_files_url_says_nothing_of_where_the_checkout_lies(tmp_path: Path) -> None:
    urls = set()
    for place in ("here", "some where/else"):
        file = tmp_path / place / "content" / "größer 100%.png"
        file.parent.mkdir(parents=True)
        file.write_bytes(png())
        urls.add(Door([("project", tmp_path / place)]).url(file))
    assert urls == {"carousel:///project/content/gr%C3%B6%C3%9Fer%20100%25.png"}


def test_what_a_url_was_made_for_is_read_back(door: Door, project: Path) -> None:
    fetched = door.read(door.url(project / "content" / "pic.png"))
    assert (fetched.content, fetched.media_type) == (png(), "image/png")
    assert door.served == {"carousel:///project/content/pic.png": hashlib.sha256(png()).hexdigest()}
    assert not door.refused


def test_the_deepest_root_names_a_file(project: Path) -> None:
    door = Door([("project", project), ("looks0", project / "shared")])
    assert door.url(project / "shared" / "curve.png") == "carousel:///looks0/curve.png"


def test_a_generated_picture_is_served_under_the_hash_of_its_bytes(door: Door) -> None:
    drawn = SVG.format("", '<rect width="4" height="4"/>').encode()
    url = door.keep(drawn, "svg")
    assert url == f"carousel:///made/{hashlib.sha256(drawn).hexdigest()[:32]}.svg"
    assert door.read(url).content == drawn
    assert door.keep(drawn, ".svg") == url


def test_a_fragment_names_a_part_of_the_same_file(door: Door) -> None:
    assert door.read("carousel:///project/content/pic.png#part").content == png()


def test_a_file_outside_has_no_url(door: Door, project: Path) -> None:
    with pytest.raises(FetchError) as trouble:
        door.url(project.parent / "secret.png")
    assert code(trouble) == "fetch-refused"


@pytest.mark.parametrize(
    "url",
    [
        "carousel:///project/../secret.png",
        "carousel:///project/content/../../secret.png",
        "carousel:///project/%2e%2e/secret.png",
        "carousel:///project/%2E%2E%2Fsecret.png",
        "carousel:///project/content/..%5c..%5csecret.png",
        "carousel:///project/content\\..\\..\\secret.png",
        "carousel:///project/content/pic.png%00.css",
        "carousel:///project/content/pic.png?x=../../secret.png",
        "carousel:///project//content/pic.png",
        "carousel:///project/./content/pic.png",
        "carousel://project/content/pic.png",
        "carousel:/project/content/pic.png",
        "carousel:///project/content/%ff.png",
        "carousel:///project/content/\ud800.png",
        "carousel:///project",
        "carousel:///etc/passwd",
        "CAROUSEL:///project/content/pic.png",
        "content/pic.png",
        "/etc/passwd",
        "//example.com/pic.png",
        "file:///etc/passwd",
        "file:content/pic.png",
        "http://127.0.0.1:9/pic.png",
        "https://example.com/pic.png",
        "ftp://example.com/pic.png",
        "javascript:alert(1)",
        "data:text/html,<p>hello",
        "data:text/css,@import 'x'",
        "data:application/pdf;base64,AAAA",
        "data:image/png",
        "data:image/png;base64,A",
        "",
    ],
)
def test_what_is_no_plain_url_of_ours_is_refused_and_remembered(door: Door, url: str) -> None:
    with pytest.raises(FetchError) as trouble:
        door.read(url)
    assert code(trouble) == "fetch-refused"
    assert [problem.code for problem in door.refused] == ["fetch-refused"]
    assert not door.served


def test_the_same_refusal_is_remembered_once(door: Door) -> None:
    for _time in range(3):
        with pytest.raises(FetchError):
            door.read("https://example.com/pic.png")
    assert len(door.refused) == 1


def test_a_refusal_names_what_was_asked_for(door: Door) -> None:
    with pytest.raises(FetchError):
        door.read("https://example.com/pic.png")
    assert "https://example.com/pic.png" in door.refused[0].message


def test_a_missing_file_is_a_miss_that_is_remembered(door: Door) -> None:
    with pytest.raises(FetchError) as trouble:
        door.read("carousel:///project/content/none.png")
    assert code(trouble) == "file-missing"
    assert "content/none.png" in door.refused[0].message


def test_a_made_picture_that_nobody_made_is_a_miss(door: Door) -> None:
    with pytest.raises(FetchError) as trouble:
        door.read("carousel:///made/0123.svg")
    assert code(trouble) == "file-missing"


def test_only_pictures_fonts_and_styles_are_served(door: Door, project: Path) -> None:
    (project / "content" / "keys.env").write_text(SECRET)
    with pytest.raises(FetchError) as trouble:
        door.read("carousel:///project/content/keys.env")
    assert code(trouble) == "fetch-refused"


def test_a_broken_picture_is_refused_whatever_it_is_called(door: Door, project: Path) -> None:
    bomb = SVG.format("", "<script/>")
    for name in ("pic.svg", "pic.png", "pic.css"):
        (project / "content" / name).write_text(bomb)
        with pytest.raises(FetchError) as trouble:
            door.read(f"carousel:///project/content/{name}")
        assert code(trouble) == "image-invalid"
    assert len(door.refused) == 3


# --- data: URLs -----------------------------------------------------------------------------------


def test_a_small_picture_may_stand_in_a_data_url(door: Door) -> None:
    url = "data:image/png;base64," + base64.b64encode(png()).decode()
    assert door.read(url).content == png()
    drawn = SVG.format("", "")
    plain = door.read("data:image/svg+xml;charset=utf-8," + drawn.replace("#", "%23"))
    assert (plain.content.decode(), plain.media_type) == (drawn, "image/svg+xml")


def test_a_large_data_url_is_refused(door: Door) -> None:
    url = "data:font/ttf;base64," + base64.b64encode(bytes(70_000)).decode()
    with pytest.raises(FetchError) as trouble:
        door.read(url)
    assert code(trouble) == "file-too-large"
    assert len(door.refused[0].message) < 200


def test_an_svg_with_a_script_is_refused_in_a_data_url(door: Door) -> None:
    with pytest.raises(FetchError) as trouble:
        door.read("data:image/svg+xml," + SVG.format("onload='x()'", ""))
    assert code(trouble) == "image-invalid"


# --- what lies on the disk ------------------------------------------------------------------------


@pytest.fixture(params=["fifo", "folder", "socket", "device"])
def irregular(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder where `odd.png` is no regular file."""
    folder = tmp_path_factory.mktemp("odd", numbered=True)
    odd = folder / "odd.png"
    if request.param == "fifo":
        os.mkfifo(odd)
    elif request.param == "folder":
        odd.mkdir()
    elif request.param == "socket":
        request.getfixturevalue("monkeypatch").chdir(folder)  # a socket's path is at most 108 bytes
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("odd.png")
    else:
        try:
            os.mknod(odd, 0o20600, os.makedev(1, 5))  # /dev/zero has no end
        except PermissionError:
            pytest.skip("only root makes devices")
    return folder


def test_what_is_no_regular_file_is_refused_and_nothing_hangs(irregular: Path) -> None:
    door = Door([("project", irregular)])
    for ask in (
        lambda: door.read("carousel:///project/odd.png"),
        lambda: door.read_file(irregular / "odd.png"),
        lambda: door.resolve("odd.png", irregular, PLACE),
    ):
        with pytest.raises(FetchError) as trouble:
            ask()
        assert code(trouble) == "file-not-regular"


def test_a_link_that_leaves_the_project_is_refused(door: Door, project: Path) -> None:
    (project / "content" / "link.png").symlink_to(project.parent / "secret.png")
    (project / "way").symlink_to(project.parent, target_is_directory=True)
    for name in ("content/link.png", "way/secret.png"):
        with pytest.raises(FetchError) as trouble:
            door.read(f"carousel:///project/{name}")
        assert code(trouble) == "fetch-refused"
        with pytest.raises(FetchError) as trouble:
            door.resolve(name, project, PLACE)
        assert code(trouble) == "fetch-refused"


def test_a_link_within_the_project_is_followed(door: Door, project: Path) -> None:
    (project / "content" / "link.png").symlink_to("../shared/curve.png")
    assert door.read("carousel:///project/content/link.png").content == png(9, 9)
    file = door.resolve("link.png", project / "content")
    assert door.url(file) == "carousel:///project/shared/curve.png"


def test_links_in_a_circle_are_a_miss(door: Door, project: Path) -> None:
    (project / "a.png").symlink_to("b.png")
    (project / "b.png").symlink_to("a.png")
    with pytest.raises(FetchError):
        door.read("carousel:///project/a.png")
    with pytest.raises(FetchError):
        door.resolve("a.png", project, PLACE)


def test_a_project_behind_a_link_serves_its_files(project: Path) -> None:
    (project.parent / "link").symlink_to(project)
    door = Door([("project", project.parent / "link")])
    file = door.resolve("pic.png", project.parent / "link" / "content")
    assert door.url(file) == "carousel:///project/content/pic.png"


def test_a_file_over_the_limit_is_refused_unread(door: Door, project: Path) -> None:
    with (project / "content" / "huge.png").open("wb") as file:
        file.truncate(LIMIT + 1)
    with pytest.raises(FetchError) as trouble:
        door.read("carousel:///project/content/huge.png")
    assert code(trouble) == "file-too-large"


def test_a_content_file_is_read_up_to_its_limit(door: Door, project: Path) -> None:
    path = project / "content" / "launch.md"
    path.write_text("x" * 1000)
    assert len(door.read_file(path, 1000)) == 1000
    with pytest.raises(FetchError) as trouble:
        door.read_file(path, 999, PLACE)
    assert code(trouble) == "file-too-large"
    assert trouble.value.problems[0].location == PLACE
    assert list(door.served) == ["carousel:///project/content/launch.md"]
