"""Pictures before anything opens them: what would cost too much or do harm is refused."""

import base64
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.errors import GeneratorError
from generator.fetch import LIMIT, check_picture, washed
from tests.doors import PLACE, SVG, code, png


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


@pytest.mark.parametrize(
    ("attributes", "inside", "left", "removed", "shown"),
    [
        ("", "<script>a &lt; b</script><g/>", "<g></g>", ["<script>"], []),
        ("", "<g><svg:script xmlns:svg='x'/>&amp;</g>", "<g>&amp;</g>", ["<svg:script>"], []),
        ('onload="x()"', '<g onclick="y()" id="a"/>', '<g id="a"></g>', ["onload", "onclick"], []),
        ("", '<a href=" java&#10;script:x()"><g/></a>', "<a><g></g></a>", ["href"], []),
        ("", "<foreignObject><p>hi</p></foreignObject>", "", ["<foreignObject>"],
         ["<foreignObject>"]),
        ("", "<metadata><script/>words</metadata><g/>", "<g></g>", [], []),
        ("", "<style><![CDATA[a>b{fill:red}]]></style><script/>", "<style>a&gt;b{fill:red}</style>",
         ["<script>"], []),
    ],
)  # fmt: skip
def test_a_drawing_is_washed_of_what_is_no_drawing(
    attributes: str, inside: str, left: str, removed: list[str], shown: list[str]
) -> None:
    clean = washed(SVG.format(attributes, inside).encode())
    assert left.encode() in clean.content
    assert b"script" not in clean.content
    assert (list(clean.removed), list(clean.shown)) == (removed, shown)
    check_picture(clean.content, Path("pic.svg"))


@pytest.mark.parametrize(
    "content",
    [
        SVG.format("", '<path d="M0 0"/><!-- as it was -->'),
        SVG.format("", "<script>"),
        f"<!DOCTYPE svg [<!ENTITY a 'script'>]>{SVG.format('', '<script/>')}",
        f"<?xml-stylesheet href='x.css'?>{SVG.format('', '<script/>')}",
    ],
    ids=["clean", "unsound", "entities", "stylesheet"],
)
def test_what_is_clean_or_refused_anyway_stays_as_it_is(content: str) -> None:
    assert washed(content.encode()).content == content.encode()


@given(st.text("<>/=\"'& abgonscript:", max_size=80))
def test_whatever_an_svg_holds_what_is_left_runs_nothing(inside: str) -> None:
    clean = washed(SVG.format("", inside).encode())
    if clean.removed:
        assert not washed(clean.content).removed
