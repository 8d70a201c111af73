"""The one door: what it serves, and that nothing else comes through."""

import base64
import hashlib
import os
import socket
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.errors import GeneratorError, Location
from generator.fetch import LIMIT, Door, FetchError, check_picture

PLACE = Location("content/launch.md", 4, 9)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {}>{}</svg>'
)
SECRET = "the one word that nobody may read"  # noqa: S105  (a secret for the door, not a password)


def png(width: int = 4, height: int = 3) -> bytes:
    """Return a small picture."""
    stream = BytesIO()
    Image.new("RGB", (width, height), (200, 30, 40)).save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with a picture, and a secret beside it."""
    folder = tmp_path / "project"
    (folder / "content").mkdir(parents=True)
    (folder / "shared").mkdir()
    (folder / "content" / "pic.png").write_bytes(png())
    (folder / "shared" / "curve.png").write_bytes(png(9, 9))
    (tmp_path / "secret.png").write_bytes(png() + SECRET.encode())
    return folder


@pytest.fixture
def door(project: Path) -> Door:
    """Return a door to the project."""
    return Door([("project", project)])


def code(trouble: pytest.ExceptionInfo[GeneratorError]) -> str:
    """Return the code of the only problem raised."""
    (problem,) = trouble.value.problems
    return problem.code


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


# --- names that writers write ---------------------------------------------------------------------


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


# --- pictures -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_pictures_of_the_known_kinds_pass(kind: str) -> None:
    stream = BytesIO()
    Image.new("RGB", (40, 30), (3, 200, 90)).save(stream, kind)
    check_picture(stream.getvalue(), Path("pic"))


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_a_picture_of_too_many_pixels_is_refused_with_its_size(kind: str) -> None:
    stream = BytesIO()
    Image.new("P", (10_000, 10_000)).save(stream, kind)
    with pytest.raises(GeneratorError) as trouble:
        check_picture(stream.getvalue(), Path("a/bomb.png"), PLACE)
    (problem,) = trouble.value.problems
    assert (problem.code, problem.location) == ("image-too-large", PLACE)
    assert "`bomb.png` has 10000 x 10000 pixels" in problem.message


@pytest.mark.parametrize(
    "head",
    [
        b"VP8 \x20\0\0\0\x10\0\0\x9d\x01\x2a\x10\x27\x10\x27",
        b"VP8L\x20\0\0\0\x2f\x0f\xe7\xc3\x09\0\0\0\0\0",
        b"VP8X\x0a\0\0\0\0\0\0\0\x0f\x27\0\x0f\x27\0",
    ],
    ids=["lossy", "lossless", "extended"],
)
def test_a_webp_of_too_many_pixels_is_refused_before_room_is_made_for_it(head: bytes) -> None:
    with pytest.raises(GeneratorError) as trouble:
        check_picture(b"RIFF\x40\0\0\0WEBP" + head, Path("bomb.webp"))
    assert "`bomb.webp` has 10000 x 10000 pixels" in trouble.value.problems[0].message


def test_a_picture_of_too_many_bytes_is_refused() -> None:
    with pytest.raises(GeneratorError) as trouble:
        check_picture(bytes(LIMIT + 1), Path("pic.png"))
    assert code(trouble) == "image-too-large"


@pytest.mark.parametrize(
    "content",
    [b"", b"plain words", b"%PDF-1.7", b"BM" + bytes(60), b"RIFF\0\0\0\0WAVEfmt ", png()[:20]],
    ids=["empty", "words", "pdf", "bmp", "wave", "half a header"],
)
def test_what_is_no_picture_is_told_so(content: bytes) -> None:
    with pytest.raises(GeneratorError) as trouble:
        check_picture(content, Path("pic.png"), PLACE)
    assert code(trouble) == "image-invalid"
    assert trouble.value.problems[0].hint


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_that_is_cut_off_is_told_so(kind: str) -> None:
    stream = BytesIO()
    Image.effect_noise((200, 200), 80).save(stream, kind)
    with pytest.raises(GeneratorError) as trouble:
        check_picture(stream.getvalue()[:-2000], Path("pic.png"))
    assert "is cut off" in trouble.value.problems[0].message


@settings(max_examples=150)
@given(st.sampled_from(["PNG", "JPEG", "WEBP", "GIF"]), st.integers(0, 200), st.binary(max_size=9))
def test_a_damaged_picture_is_a_problem_or_none_but_no_crash(
    kind: str, at: int, noise: bytes
) -> None:
    stream = BytesIO()
    Image.new("RGB", (40, 30), (3, 200, 90)).save(stream, kind)
    content = bytearray(stream.getvalue())
    content[at : at + len(noise)] = noise
    try:
        check_picture(bytes(content), Path("pic"))
    except GeneratorError as trouble:
        assert trouble.problems  # noqa: PT017  (either outcome is right)


# --- SVG ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attributes", "inside"),
    [
        ("", '<rect width="3" height="3" fill="url(#g)"/><linearGradient id="g"/>'),
        ("", '<g id="a"><path d="M0 0"/></g><use href="#a"/><use xlink:href="#a"/>'),
        ("", f'<image href="data:image/png;base64,{base64.b64encode(png()).decode()}"/>'),
        ("", '<a href="https://example.com/"><text>more</text></a>'),
        ("", "<style>.a { fill: url(#g) }</style>"),
        ('style="fill: url(&quot;#g&quot;)"', ""),
    ],
)
def test_a_plain_drawing_passes(attributes: str, inside: str) -> None:
    check_picture(SVG.format(attributes, inside).encode(), Path("pic.svg"))


def test_a_doctype_without_entities_passes_as_drawing_programs_write_it() -> None:
    head = (
        '\ufeff<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE svg PUBLIC'
        ' "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
    )
    check_picture((head + SVG.format("", "")).encode(), Path("pic.svg"))


def bomb(levels: int, width: int) -> str:
    """Return `use` elements that multiply: each level draws the one below `width` times."""
    groups = ['<g id="g0"><path d="M0 0"/></g>']
    for level in range(1, levels):
        uses = f'<use href="#g{level - 1}"/>' * width
        groups.append(f'<g id="g{level}">{uses}</g>')
    return "".join(groups)


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ("<script>alert(1)</script>", "holds <script>"),
        ("<foreignObject><p>hi</p></foreignObject>", "holds <foreignObject>"),
        ('<rect onclick="x()"/>', "a script in `onclick`"),
        ('<image href="https://example.com/pic.png"/>', "outside of it"),
        ('<image xlink:href="file:///etc/passwd"/>', "outside of it"),
        ('<image href="../../secret.png"/>', "outside of it"),
        ('<image href="data:image/svg+xml,%3Csvg/%3E"/>', "outside of it"),
        ('<use href="other.svg#part"/>', "outside of it"),
        ('<a href="javascript:x()"/>', "outside of it"),
        ('<rect fill="url(other.svg#g)"/>', "outside of it"),
        ("<rect style=\"fill: url( 'http://example.com/#g' )\"/>", "outside of it"),
        ("<style>@import 'x.css'</style>", "imports a stylesheet"),
        ("<style>@font-face { src: url(x.ttf) }</style>", "outside of it"),
        ("<?xml-stylesheet href='x.css'?>", "names a stylesheet"),
        ('<g id="a"><use href="#a"/></g>', "refers to itself"),
        ('<use id="a" href="#b"/><use id="b" href="#a"/>', "refers to itself"),
        (
            '<mask id="p"><g mask="url(#q)"/></mask><mask id="q"><g mask="url(#p)"/></mask>',
            "refers to itself",
        ),
        (bomb(9, 10), "more than 20,000 nodes"),
        ("<g>" * 300 + "</g>" * 300, "levels deep"),
        (bomb(200, 1), "levels deep"),
        ("<g/>" * 20_001, "more than 20,000 nodes"),
        ("<g>", "no sound XML"),
        ("&undeclared;", "no sound XML"),
    ],
)
def test_a_drawing_that_is_no_mere_drawing_is_refused_with_the_reason(
    inside: str, reason: str
) -> None:
    with pytest.raises(GeneratorError) as trouble:
        check_picture(SVG.format("", inside).encode(), Path("pic.svg"), PLACE)
    (problem,) = trouble.value.problems
    assert (problem.code, problem.location) == ("image-invalid", PLACE)
    assert reason in problem.message


def test_entities_are_refused() -> None:
    inner = '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    for doctype in (f"<!DOCTYPE svg [{inner}]>", "<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///x'>]>"):
        with pytest.raises(GeneratorError) as trouble:
            check_picture((doctype + SVG.format("", "&a;")).encode(), Path("pic.svg"))
        assert "declares entities" in trouble.value.problems[0].message


def test_html_is_no_svg() -> None:
    with pytest.raises(GeneratorError) as trouble:
        check_picture(b"<!doctype html><html></html>", Path("pic.svg"))
    assert code(trouble) == "image-invalid"


def test_many_uses_of_one_thing_within_the_limit_pass() -> None:
    check_picture(SVG.format("", bomb(4, 10)).encode(), Path("pic.svg"))
