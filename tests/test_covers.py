"""Covers, cards and endings: who speaks, what is large, and what is never said twice."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.compose.numbers import parted
from generator.compose.pictures import Darkroom
from generator.compose.veils import STEPS, thickness
from generator.content import inline
from generator.fetch import Door
from generator.library.colors import AA, contrast
from generator.model import Picture, Span
from tests.project import SVG, Project, alts, fitter_of, pages, words

BRAND = 'name: Your Name\nhandle: "@you"\navatar: me.svg\nverified: true\n'


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project with a brand whose avatar is a drawing."""
    project = Project(tmp_path)
    project.file("themes/_brands/us/brand.yaml", BRAND)
    project.file("themes/_brands/us/me.svg", SVG)
    project.file("content/hill.svg", SVG)
    return project


def composed(project: Project, number: int = 1) -> str:
    """Return the HTML of a slide, counted from 1."""
    from generator.compose import Standing  # noqa: PLC0415

    carousel = project.carousel()
    standing = Standing(number, len(carousel.slides))
    return fitter_of(carousel).composer.compose(carousel.slides[number - 1], standing).html


# --- covers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "before", "number", "after"),
    [
        ("7 things to keep", "", "7", "things to keep"),
        ("What ==10x== means", "What", "10x", "means"),
        ("Saved 1,000 hours", "Saved", "1,000", "hours"),
        ("Only 42 % stayed.", "Only", "42 %", "stayed."),
        ("The best of 2026", "The best of", "2026", ""),
        ("In ==3 steps== home", "In", "3", "steps home"),
        ("Costs $5, not $50", "Costs", "$5", ", not $50"),
    ],
)
def test_a_title_comes_apart_around_its_first_number(
    title: str, before: str, number: str, after: str
) -> None:
    found = parted(inline(title))
    assert found
    assert [_plain(part).strip() for part in found] == [before, number, after]


@pytest.mark.parametrize("title", ["No number here", "GPT-4o mini", "A1 paper", "v2.0 is out"])
def test_a_name_with_a_digit_in_it_is_no_number(title: str) -> None:
    assert parted(inline(title)) is None


def _plain(spans: tuple[Span, ...]) -> str:
    return "".join(span.plain() for span in spans)


@settings(max_examples=60)
@given(st.text(st.sampled_from("a 17,.%x$*=_-"), min_size=1, max_size=24))
def test_a_title_that_comes_apart_loses_nothing(title: str) -> None:
    spans = inline(title)
    if found := parted(spans):
        assert "".join(map(_plain, found)).split() == _plain(spans).split() or (
            "".join("".join(map(_plain, found)).split()) == "".join(_plain(spans).split())
        )


def test_a_number_on_the_cover_is_said_once(project: Project) -> None:
    project.thread("title: 7 things to ==keep==\ncover: {layout: cover-number}")
    project.built()
    assert pages(project.pdf())[0].count("7 things to keep") == 1
    assert pages(project.pdf())[0].count("7") == 1


def test_a_title_without_a_number_gets_none(project: Project) -> None:
    project.thread("title: Some things to keep\ncover: {layout: cover-number}")
    project.built()
    cover = pages(project.pdf())[0]
    assert "Some things to keep" in cover
    assert not re.search(r"\d", cover)


def test_a_portrait_has_the_name_and_the_handle_once(project: Project) -> None:
    project.thread("title: Hello\nbrand: us\ncover: {layout: cover-portrait}")
    project.built()
    cover = pages(project.pdf())[0]
    assert cover.count("Your Name") == 1
    assert "Hello" in cover


def test_a_cover_over_a_picture_says_what_the_picture_shows(project: Project) -> None:
    image = "{src: hill.svg, alt: A grey hill}"
    project.thread(f"title: Hello\ncover: {{layout: cover-picture, image: {image}}}")
    project.built()
    assert alts(project.pdf()) == ["A grey hill"]


def test_covers_without_what_they_show_are_plain_covers(project: Project) -> None:
    for name in ("cover-picture", "cover-portrait", "cover-number"):
        project.thread(f"title: Nothing but words\ncover: {{layout: {name}}}")
        project.built()
        assert "Nothing but words" in pages(project.pdf())[0]


# --- who speaks -----------------------------------------------------------------------------------


def test_a_verified_brand_has_a_badge_beside_its_name(project: Project) -> None:
    project.thread("title: Hello\nbrand: us")
    assert 'class="seal"' in composed(project)


def test_an_author_who_is_not_the_brand_does_not_get_its_badge(project: Project) -> None:
    project.thread('title: Hello\nbrand: us\nauthor: {name: Somebody, handle: "@else"}')
    assert 'class="seal"' not in composed(project)


def test_a_post_card_shows_a_post_just_as_it_was_written(project: Project) -> None:
    body = "<!-- layout: tweet-card -->\nThree things: one, two.\n\n- first\n- second\n\n> said"
    project.thread(
        "title: Hello\nbrand: us\ncover: false\nsource: {kind: x, date: 2026-03-14}", body
    )
    project.built()
    (card,) = pages(project.pdf())
    assert card.index("Your Name") < card.index("Three things: one, two.") < card.index("second")
    assert "2026-03-14" in card


def test_a_post_card_of_any_length_goes_on_over_slides(project: Project) -> None:
    body = "\n\n".join(f"Sentence number {n} of a post that goes on for long." for n in range(40))
    project.thread("title: Hello\nbrand: us\ncover: false\nlayouts: {post: tweet-card}", body)
    project.built()
    said = words(project.pdf())
    assert len(pages(project.pdf())) > 1
    assert all(f"number {n} of" in said for n in range(40))


def test_a_profile_lists_the_links_of_the_brand(project: Project) -> None:
    links = 'links: {website: "https://www.example.com/", mail: "mailto:you@example.com"}\n'
    project.file("themes/_brands/us/brand.yaml", BRAND + links)
    project.thread("brand: us\ncover: false", "<!-- layout: profile -->\nI write.")
    project.built()
    said = words(project.pdf())
    assert "Your Name" in said
    assert "example.com" in said
    assert "you@example.com" in said
    assert "www." not in said


# --- which layout shows what ----------------------------------------------------------------------


def test_the_setting_layouts_says_which_layout_shows_a_shape(project: Project) -> None:
    body = "- one\n- two\n\n---\n\nA statement."
    project.thread("cover: false\nlayouts: {list: steps, post: tweet-card}", body)
    assert [slide.layout for slide in project.carousel().slides] == ["steps", "tweet-card"]


def test_a_comment_wins_over_the_setting_layouts(project: Project) -> None:
    project.thread("cover: false\nlayouts: {post: tweet-card}", "<!-- layout: post -->\nWords.")
    assert [slide.layout for slide in project.carousel().slides] == ["post"]


def test_layouts_chooses_the_cover_as_well(project: Project) -> None:
    project.thread("title: Hello\nlayouts: {cover: cover-portrait}")
    assert project.carousel().slides[0].layout == "cover-portrait"


@pytest.mark.parametrize(
    ("chosen", "problem", "hint"),
    [
        ("{lits: post}", "content/talk.md:2:11: error[key-unknown]", "list"),
        ("{list: psot}", "content/talk.md:2:11: error[layout-unknown]", "post"),
    ],
)
def test_layouts_that_do_not_exist_are_told_with_a_place(
    project: Project, chosen: str, problem: str, hint: str
) -> None:
    project.thread(f"layouts: {chosen}")
    ended = project.build()
    assert ended.code == 1
    assert f"did you mean `{hint}`" in ended.told(problem)


@pytest.mark.parametrize("layout", ["post", "statement", "quote", "list", "image-text", "profile"])
def test_a_writer_may_choose_any_layout_for_any_post(project: Project, layout: str) -> None:
    bodies = ["1. one\n2. two", "> said\n>\n> — who", "❌ bad\n\n✅ good", "![A hill](hill.svg)"]
    body = "\n\n---\n\n".join(f"<!-- layout: {layout} -->\n{text}" for text in bodies)
    project.thread("cover: false", body)
    project.built()
    said = words(project.pdf())
    assert all(word in said for word in ("one", "two", "said", "who", "bad", "good"))


def test_a_picture_that_is_set_stands_with_the_text_where_a_layout_has_no_place(
    project: Project,
) -> None:
    body = "<!--\nlayout: list\nimage: {src: hill.svg, alt: A grey hill}\n-->\n- one\n- two"
    project.thread("cover: false", body)
    project.built()
    assert alts(project.pdf()) == ["A grey hill"]


# --- endings --------------------------------------------------------------------------------------


@pytest.mark.parametrize("outro", ["{}", "{lines: []}", "{align: center}"])
def test_an_outro_with_nothing_to_say_is_none(project: Project, outro: str) -> None:
    project.thread(f"cover: false\noutro: {outro}")
    assert [slide.kind for slide in project.carousel().slides] == ["post"]


# --- pictures under words -------------------------------------------------------------------------


def saved(image: Image.Image, kind: str, **how: object) -> bytes:
    """Return a picture as a file's bytes."""
    stream = BytesIO()
    image.save(stream, kind, **how)
    return stream.getvalue()


def developed(folder: Path, content: bytes, name: str = "a.png", longest: int = 400) -> Image.Image:
    """Return a picture as slides get it."""
    (folder / name).write_bytes(content)
    door = Door((("project", folder),))
    url = Darkroom(door, longest).url(Picture(str(folder / name)))
    return Image.open(BytesIO(door.read(url).content))


HALVES = Image.new("RGB", (300, 200), (10, 20, 30))
HALVES.paste((240, 200, 40), (0, 0, 150, 200))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "AVIF"])
def test_a_picture_of_every_known_kind_is_shown(tmp_path: Path, kind: str) -> None:
    made = developed(tmp_path, saved(HALVES, kind), f"a.{kind.lower()}")
    assert made.size == (300, 200)
    (low, _), (_, _), (_, high) = made.convert("RGB").crop((20, 90, 60, 110)).getextrema()  # type: ignore[misc]
    assert (low > 150, high < 100) == (True, True)  # type: ignore[operator,unused-ignore]


def test_a_moving_picture_shows_its_first_frame(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (300, 300), color) for color in ("red", "blue")]
    content = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert developed(tmp_path, content, "a.gif").convert("RGB").getpixel((9, 9)) == (255, 0, 0)


def test_a_photo_is_turned_as_its_camera_was(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    made = developed(tmp_path, saved(HALVES, "JPEG", exif=exif), "a.jpg")
    assert made.size == (200, 300)


def test_a_picture_for_print_is_shown_in_the_colours_of_a_screen(tmp_path: Path) -> None:
    made = developed(tmp_path, saved(HALVES.convert("CMYK"), "JPEG"), "a.jpg")
    assert made.mode == "RGB"
    assert made.getpixel((20, 100))[0] > 200  # type: ignore[index,operator,unused-ignore]


def test_sixteen_bits_are_brought_to_eight_without_being_cut_off(tmp_path: Path) -> None:
    deep = Image.linear_gradient("L").convert("I").point(lambda value: value * 257).convert("I;16")
    made = developed(tmp_path, saved(deep, "PNG")).convert("L")
    assert [made.getpixel((5, y)) for y in (0, 128, 255)] == [0, 128, 255]


def test_a_large_picture_is_scaled_to_what_the_canvas_shows(tmp_path: Path) -> None:
    content = saved(HALVES.resize((3000, 2000)), "JPEG")
    assert developed(tmp_path, content, "a.jpg").size == (400, 267)


def test_a_photo_that_fits_is_not_encoded_again(tmp_path: Path) -> None:
    content = saved(HALVES, "JPEG")
    (tmp_path / "a.jpg").write_bytes(content)
    door = Door((("project", tmp_path),))
    assert door.read(Darkroom(door, 400).url(Picture(str(tmp_path / "a.jpg")))).content == content


def test_an_opaque_photo_in_png_becomes_a_jpeg_and_a_plain_one_stays(tmp_path: Path) -> None:
    noise = Image.effect_noise((390, 390), 90).convert("RGBA")
    assert developed(tmp_path, saved(noise, "PNG")).format == "JPEG"
    assert developed(tmp_path, saved(HALVES, "PNG")).format == "PNG"
    clear = HALVES.convert("RGBA")
    clear.putalpha(120)
    assert developed(tmp_path, saved(clear, "PNG")).mode == "RGBA"


NIGHT = {"bg": "#0c0f16", "fg": "#f4f6fb", "muted": "#a0aabb", "accent": "#ffb224"}
PAPER = {"bg": "#f5f0e6", "fg": "#221d17", "muted": "#675d50", "accent": "#a8321f"}


@pytest.mark.parametrize("roles", [NIGHT, PAPER])
@pytest.mark.parametrize("ground", ["#000000", "#ffffff", "#808080", "#3366dd"])
def test_words_read_on_a_veil_whatever_the_picture(roles: dict[str, str], ground: str) -> None:
    share = thickness([ground], roles) / 10
    pairs = [(int(roles["bg"][at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5)]
    channels = [round(over * share + under * (1 - share)) for over, under in pairs]
    covered = "#" + "".join(f"{channel:02x}" for channel in channels)
    enough = AA if share < STEPS[-1] / 10 else 3
    assert all(contrast(roles[ink], covered) >= enough for ink in ("fg", "muted", "accent"))


def test_a_dark_picture_has_a_thinner_veil_than_a_light_one_on_a_dark_theme() -> None:
    assert thickness(["#101010"], NIGHT) < thickness(["#f0f0f0"], NIGHT)


@pytest.mark.parametrize("frame", ["none", "rounded", "phone", "browser", "laptop"])
@pytest.mark.parametrize("layout", ["image", "image-text"])
def test_a_picture_stands_in_a_frame_with_its_words(
    project: Project, frame: str, layout: str
) -> None:
    options = f"<!-- layout: {layout}, options: {{frame: {frame}}} -->"
    body = f'{options}\n![A hill](hill.svg "The hill")'
    project.thread("cover: false", f"{body}\n\nWords beside it.")
    ended = project.built("--strict")
    assert "css-ignored" not in ended.err
    assert alts(project.pdf()) == ["A hill"]
    assert words(project.pdf()).count("The hill") == 1
    assert "Words beside it." in words(project.pdf())
