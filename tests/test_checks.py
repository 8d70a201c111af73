"""Each check speaks where something is wrong, and is silent where a designer would be."""

import re
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from generator import checks, raster
from generator.build.press import Pressroom
from generator.build.project import open_project
from generator.checks import Built, Written
from generator.checks import limits as limits_check
from generator.errors import Problem, Severity
from generator.library import canvases
from generator.model import Artifact, Canvas
from generator.paginate import About
from generator.settings import codes
from tests.drawing import laid_out, new_press
from tests.project import Project, png
from tests.test_docs import codes as raised

ROOT = Path(__file__).parents[1]
PROSE = "Words that fill a slide as words do, one after another, until there is a line of them."
LONG = "A sentence that is here to take up room on its slide and says nothing else. " * 11
SHIFTED = """{% extends "_base/slide.html.jinja" %}
{% block main %}{{ parts.top() }}<div class="rest">{{ parts.body() }}</div>{% endblock %}
"""
THROUGH = "seamless: {image: {src: grey.png, alt: Grey}, veil: 0}\n"


def grey() -> bytes:
    """Return a picture on which neither black nor white can be read well."""
    stream = BytesIO()
    Image.new("RGB", (108, 135), (150, 150, 150)).save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project with pictures and two layouts that do what no layout should."""
    project = Project(tmp_path_factory.mktemp("checks"))
    project.file("threadpress.yaml", "")
    project.file("content/grey.png", grey())
    project.file("content/tiny.png", png(60, 45))
    project.file("content/large.png", png(1200, 900))
    for name, css in (
        ("shifted", ".rest { position: relative; left: -84px }"),
        ("tiny", ".rest { font-size: 20px }"),
    ):
        contract = f"title: {name}\ndescription: x\nshapes: [text]\nslots: [heading, lead, body]\n"
        project.file(f"layouts/{name}/layout.yaml", contract)
        project.file(f"layouts/{name}/slide.html.jinja", SHIFTED)
        project.file(f"layouts/{name}/slide.css", css)
    return project


@pytest.fixture(scope="module")
def room() -> Pressroom:
    """Return one pressroom for all: fonts are read once."""
    return Pressroom(thorough=True)


def pressed(project: Project, room: Pressroom, front: str, body: str) -> Sequence[Problem]:
    """Return what is told of a thread's first carousel."""
    project.thread(front, body)
    return room.press(project.carousel()).problems


@pytest.mark.parametrize(
    ("code", "speaks", "silent"),
    [
        (
            "contrast-low",
            (f"cover: false\n{THROUGH}", PROSE),
            ("cover: {layout: cover-picture, image: {src: grey.png, alt: Grey}}", PROSE),
        ),
        (
            "text-cut",
            (f"cover: false\nauthor: {{name: {'Very Long Name ' * 12}}}", PROSE),
            ("cover: false\nauthor: {name: Your Name}", PROSE),
        ),
        (
            "text-small",
            ("cover: false", f"<!-- layout: tiny -->\n# Title\n\n{PROSE}"),
            ("cover: false", f"# Title\n\n{PROSE} with H~2~O and x^2^"),
        ),
        (
            "picture-small",
            ("cover: false", f"{PROSE}\n\n![Grey](tiny.png)"),
            ("cover: false", f"{PROSE}\n\n![Grey](large.png)"),
        ),
        (
            "safe-area",
            ("cover: false", f"<!-- layout: shifted -->\n# Title\n\n{PROSE}"),
            ("cover: false", "<!-- layout: stat -->\n**99** %"),
        ),
        (
            "grid-crop",
            ("cover: false\ntargets: [instagram-square]", f"{PROSE}\n\n---\n\n{PROSE}"),
            ("title: A cover\ntargets: [instagram-square]", PROSE),
        ),
        (
            "slides-uneven",
            ("cover: false", "\n\n---\n\n".join([*[PROSE] * 3, LONG])),
            ("cover: false", "\n\n---\n\n".join([*[PROSE] * 4, f"```\n{LONG[:400]}\n```"])),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_check_of_the_page_speaks_and_is_silent(
    project: Project,
    room: Pressroom,
    code: str,
    speaks: tuple[str, str],
    silent: tuple[str, str],
) -> None:
    (found, *_) = [one for one in pressed(project, room, *speaks) if one.code == code]
    assert found.location
    assert found.location.path == "content/talk.md"
    assert code not in {one.code for one in pressed(project, room, *silent)}


def test_contrast_is_measured_where_the_words_stand_and_told_with_its_place(
    project: Project, room: Pressroom
) -> None:
    front = f"cover: false\n{THROUGH}"
    found = pressed(project, room, front, f"{PROSE}\n\n---\n\n# Second\n\n{PROSE}")
    told = [one for one in found if one.code == "contrast-low" and "slide 2" in one.message]
    assert told
    assert "on about #969696; it needs" in told[0].message
    assert "veil" in str(told[0].hint)
    assert str(told[0].location).startswith("content/talk.md:9")
    assert re.search(r"contrast of 2\.\d", told[0].message)


def test_no_layout_of_ours_is_found_fault_with(project: Project, room: Pressroom) -> None:
    for name in ("cover-number", "stat", "table", "formula", "code"):
        sample = (ROOT / "layouts" / name / "sample.md").read_text("utf-8")
        project.file("content/ours.md", sample)
        for file in (ROOT / "layouts" / name).glob("*.svg"):
            project.file(f"content/{file.name}", file.read_bytes())
        told = room.press(project.carousel("ours")).problems
        assert [one for one in told if one.severity is not Severity.INFO] == []


def written(project: Project, front: str, body: str) -> dict[str, Problem]:
    """Return what the checks of a content file tell, by code."""
    project.thread(front, body)
    prepared = project.prepared()
    assert prepared.thread
    given = open_project(project.root).given
    asked = Written(prepared.source, prepared.thread, prepared.carousels, given)
    return {one.code: one for one in checks.read(asked)}


THOUGHT = (
    "When two people describe the same afternoon, neither of them lies, yet no sentence fits both, "
    "because memory keeps what mattered rather than what happened there."
)
TWICE = "A thought that is written down once and that nobody needs to read again."


@pytest.mark.parametrize(
    ("code", "place", "speaks", "silent"),
    [
        ("cover-missing", "1", ("slides: [1, 2]", "One\n\n---\n\nTwo"), ("cover: false", PROSE)),
        ("outro-missing", "1", ("", PROSE), ("outro: {lines: [Bye]}", PROSE)),
        ("outro-missing", "1", ("", PROSE), ("outro: false", PROSE)),
        ("mojibake", "4:5", ("", "Here\u00e2\u20ac\u2122 here"), ("", "«Fine», ça va, naïve")),
        ("mojibake", "2:1", ("title: Caf\u00c3\u00a9", PROSE), ("title: São Paulo, Ã", PROSE)),
        ("mojibake", "2:17", ("outro: {lines: [Caf\u00c3\u00a9]}", PROSE),
         ("caption: {x: ça}", PROSE)),
        ("math-damaged", "4:5", ("", r"So $x{ij} + \sum{i=1}$"),
         ("", r"So $x_{ij} + \frac{a}{b}$")),
        ("post-doubled", "8:1", ("", f"{TWICE}\n\n---\n\n{TWICE}"), ("", f"{TWICE}\n\n---\n\nNo.")),
        ("post-doubled", "8:1", ("", f"{THOUGHT}\n\n---\n\n{THOUGHT} Indeed."),
         ("", "Yes.\n\n---\n\nYes.")),
        ("handle-malformed", "2:19", ('author: {name: Y, handle: "your name"}', PROSE),
         ('author: {name: Y, handle: "@you.example.org"}', PROSE)),
        ("handle-malformed", "4:5", ("", "Ask @@somebody"), ("", "Mail me@example.org, `@@x`")),
        ("handle-near", "4:4", ('author: {name: Y, handle: "@yourname"}', "By @your_name"),
         ('author: {name: Y, handle: "@yourname"}', "By @yourname, not @somebody")),
        ("handle-near", "3:17",
         ('author: {name: Y, handle: "@yourname"}\noutro: {lines: [Follow @yuorname]}', PROSE),
         ('author: {name: Y, handle: "@you"}', "By @yours")),
        ("link-broken", "5:5", ("", "A line,\n[x](http://localhost:8000/)"),
         ("", "[x](https://example.org/localhost)")),
        ("link-broken", "4:5", ("", "[x](http://192.168.0.3/)"),
         ("", "[x](mailto:me@example.org)")),
        ("link-broken", "4:5", ("", "[x](other.md)"), ("", "[x](HTTPS://example.org)")),
        ("link-broken", "2:9", ("outro: {link: example.org, lines: [Bye]}", PROSE),
         ("outro: {link: 'mailto:you@example.org', lines: [Bye]}", PROSE)),
        ("link-broken", "2:9", ('outro: {link: "http://intranet/", lines: [Bye]}', PROSE),
         ('outro: {link: "https://example.org", lines: [Bye]}', PROSE)),
    ],
)  # fmt: skip
def test_a_check_of_the_text_speaks_and_is_silent(
    project: Project, code: str, place: str, speaks: tuple[str, str], silent: tuple[str, str]
) -> None:
    assert str(written(project, *speaks)[code].location) == f"content/talk.md:{place}"
    assert code not in written(project, *silent)


def limited(project: Project, count: int, *, sizes: Sequence[int] = (), **canvas: object) -> str:
    """Return the codes that a canvas's limits tell of so many slides and files of so many bytes."""
    project.thread("cover: false", PROSE)
    carousel = project.carousel()
    asked = replace(carousel.canvas, **{"limits": {}, **canvas})  # type: ignore[arg-type]
    files = tuple(Artifact(f"{n}.jpg", bytes(size)) for n, size in enumerate(sizes))
    slides = carousel.slides * count
    built = Built(replace(carousel, canvas=asked), files, slides)
    return " ".join(one.code for one in limits_check.run(built))


@pytest.mark.parametrize(
    ("canvas", "count", "sizes", "told"),
    [
        ({"limits": {"max_count": 3}}, 4, (), "limit-count"),
        ({"limits": {"max_count": 3}}, 3, (), ""),
        ({"limits": {"min_count": 2}}, 1, (), "limit-count"),
        ({"limits": {"max_pages": 3}}, 4, (), "limit-count"),
        ({"limits": {"max_count": 20, "max_count_api": 10}}, 11, (), "limit-api"),
        ({"limits": {"max_count": 20, "max_count_api": 10}}, 10, (), ""),
        ({"limits": {"max_file_bytes": 9}}, 1, (9, 10), "limit-bytes"),
        ({"limits": {"max_bytes": 10}}, 1, (9, 10), ""),
        ({"limits": {"min_width": 1200}}, 1, (), "limit-pixels"),
        ({"limits": {"max_width": 1000}}, 1, (), "limit-pixels"),
        ({"limits": {"max_side": 1349}}, 1, (), "limit-pixels"),
        ({"limits": {"min_width": 1080, "max_width": 1080, "max_side": 1350}}, 1, (), ""),
        ({"ratios": ("1.91:1", "1:1")}, 1, (), "limit-ratio"),
        ({"ratios": ("1:1", "4:5")}, 1, (), ""),
        ({"ratios": ("1:1", "3:4"), "ratios_api": ("1:1", "5:6")}, 1, (), "limit-api"),
    ],
)
def test_a_platforms_limits_are_held(
    project: Project, canvas: dict[str, object], count: int, sizes: Sequence[int], told: str
) -> None:
    assert limited(project, count, sizes=sizes, **canvas) == told


def test_every_canvas_of_ours_is_within_its_own_limits() -> None:
    library = open_project(ROOT).library()
    for name in library.names(canvases.FOLDER, canvases.FILE):
        canvas: Canvas = canvases.load(library, name)
        of_pixels = [*limits_check._pixels(canvas, None), *limits_check._ratios(canvas, None)]  # noqa: SLF001
        assert [one.code for one in of_pixels if one.code != "limit-api"] == [], name


def test_words_can_be_left_out_of_a_picture_those_in_groups_too() -> None:
    press = new_press()
    css = "body { background: #fff } p { margin: 0; font: 60px tp-inter } .half { opacity: .5 }"
    body = '<p>Words</p><p class="half">Words</p><p style="background:#00f">&nbsp;</p>'
    pdf = press.write([laid_out(press, body, css).page], About("x", "en"))
    (with_words,) = raster.pages(pdf, 400, 300)
    (without,) = raster.pages(pdf, 400, 300, words=False)
    assert with_words.crop((0, 0, 400, 130)).getcolors() != [(400 * 130, (255, 255, 255))]
    assert without.crop((0, 0, 400, 130)).getcolors() == [(400 * 130, (255, 255, 255))]
    assert without.crop((0, 160, 300, 200)).getcolors() == [(300 * 40, (0, 0, 255))]


def test_every_code_of_a_check_has_a_section_that_explains_it() -> None:
    told = codes.sections().keys()
    files = [*(ROOT / "generator" / "checks").glob("*.py"), ROOT / "generator/settings/silence.py"]
    wanted = {code for path in files for code in raised(path)}
    assert len(wanted) > 20
    assert wanted <= told
    assert told <= codes.every().keys()


def test_every_code_is_explained_once() -> None:
    page = (ROOT / "docs" / "errors.md").read_text("utf-8")
    rows = [name for row in codes.ROW.finditer(page) for name in codes.NAME.findall(row[1])]
    assert len(rows) == len(set(rows)), sorted(name for name in rows if rows.count(name) > 1)
    assert len(codes.every()) == len(rows) > 150
