"""What goes into a slide's HTML: the writer's words and nothing else, marked up by us."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.compose import Composer, Standing
from generator.compose.markup import Typesetter
from generator.compose.tokens import filled
from generator.content import blocks, inline
from generator.errors import Location
from generator.fetch import Door
from generator.library import Library
from generator.model import Picture
from generator.paginate import Press
from tests.project import SVG, Project, alts, bookmarks, pages, png, unpacked

SETTER = Typesetter("en", {}, lambda _picture: "carousel:///made/x.png")


def html(markdown: str) -> str:
    """Return Markdown as the HTML of a slide's body."""
    return str(SETTER.blocks(blocks(markdown, Location("case.md", 1))))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return an empty project."""
    return Project(tmp_path)


def composed(project: Project, number: int) -> tuple[str, str]:
    """Return the HTML and the CSS of a slide, counted from 1."""
    carousel = project.carousel()
    roots = tuple((name, Path(path)) for name, path in carousel.roots)
    composer = Composer(carousel, Library(roots), Door(roots))
    made = composer.compose(carousel.slides[number - 1], Standing(number, len(carousel.slides)))
    return made.html, "\n".join(made.sheets)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("**bold** and *soft*", "<p><strong>bold</strong> and <em>soft</em></p>"),
        ("[here](https://example.com)", '<p><a href="https://example.com">here</a></p>'),
        ("[here](other.md)", "<p>here</p>"),
        ("`a < b`", "<p><code>a &lt; b</code></p>"),
        ("3. c\n4. d", '<ol start="3"><li>c</li>\n<li>d</li></ol>'),
        ("- [x] done", '<ul><li class="task">☑ done</li></ul>'),
        ("```\na\n\nb\n```", "<pre><code>a\n\nb</code></pre>"),
        ("> said", "<blockquote><p>said</p></blockquote>"),
    ],
)
def test_markdown_becomes_plain_html(markdown: str, expected: str) -> None:
    assert html(markdown).replace("<span> </span>", " ") == expected


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        '<img src="x" onerror="alert(1)">',
        "<style>*{}</style>",
        '<link rel="attachment" href="x">',
        "&lt;b&gt; <b onclick=x>bold</b>",
        "![x](x.png)",
    ],
)
def test_no_html_of_a_writer_becomes_ours(markdown: str) -> None:
    tags = re.findall(r"<([a-z0-9]+)([^>]*)>", html(markdown))
    assert not {name for name, _ in tags} & {"script", "style", "link", "img", "b", "iframe"}
    assert not any("onclick" in rest for _, rest in tags)


def test_a_quote_in_an_address_ends_no_attribute() -> None:
    made = html('[x](<https://example.com/"onclick="x>)')
    assert made == '<p><a href="https://example.com/&#34;onclick=&#34;x">x</a></p>'


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=40)


@given(TEXT)
@settings(max_examples=80)
def test_a_title_can_only_be_text(text: str) -> None:
    made = str(SETTER.line(inline(text)))
    bare = re.sub(r"</?(?:strong|em|s|mark|sub|sup|kbd|u|code|span|a|br)(?: href=\"[^\"<>]*\")?>",
                  "", made)  # fmt: skip
    assert "<" not in bare
    assert ">" not in bare


def test_a_variable_that_is_no_token_stays_one() -> None:
    css = "a { color: var(--accent); width: calc(var(--width) - 2px); top: var(--mine, 3px) }"
    known = {"accent": "#ff0000", "width": "1080px"}
    assert filled(css, known) == (
        "a { color: #ff0000; width: calc(1080px - 2px); top: var(--mine, 3px) }"
    )


def test_a_slide_knows_its_number_language_and_direction(project: Project) -> None:
    project.thread("title: Hi\nlang: ar", "كلمات")
    made, _ = composed(project, 2)
    assert '<html lang="ar" dir="rtl">' in made
    assert "02" in made


def test_words_that_a_language_has_not_are_symbols(project: Project) -> None:
    project.thread("title: Hi\nlang: en")
    assert "Swipe" in composed(project, 1)[0]
    project.thread("title: Hi\nlang: de")
    assert "Wischen" in composed(project, 1)[0]
    project.thread("title: Hi\nlang: tlh")
    made, _ = composed(project, 1)
    assert "Swipe" not in made
    assert 'class="icon"' in made


def test_emoji_are_pictures_that_say_what_they_are(project: Project) -> None:
    project.thread("title: Hi", "Done ✅ and 👩‍💻 and 🇵🇱 but 1 and # and ©.")
    project.built()
    assert alts(project.pdf()) == ["✅", "👩‍💻", "🇵🇱"]
    assert "but 1 and # and ©." in pages(project.pdf())[1]


def test_emoji_are_ours_whatever_a_project_has_of_that_name(project: Project) -> None:
    project.file("themes/_emoji/twemoji.zip", "no archive")
    project.thread("title: T", "Look 👇")
    assert 'alt="👇"' in composed(project, 2)[0]


def test_an_emoji_stands_in_one_box_with_the_word_before_it(project: Project) -> None:
    project.thread("cover: false", "Words, then a last one 🚀 and more 👇")
    found = composed(project, 1)[0]
    assert re.search(r"one<span> </span><img[^>]*>", found)
    assert re.search(r"<span> </span><span>and\u00a0more\u00a0<img[^>]*></span>", found)


def test_a_picture_says_what_it_shows_or_nothing(project: Project) -> None:
    project.file("content/hill.svg", SVG)
    project.file("content/own.png", png())
    project.thread(
        "title: Hi\ncover: {image: {src: own.png, alt: 'Cover: “a” (b)'}}",
        "![A hill, łąka & (more)](hill.svg)\n\n---\n\nWords and ![inline](own.png) here.\n\n---\n\n"
        "<!-- image: {src: own.png, alt: Set above} -->\nSome words.",
    )
    project.built()
    assert alts(project.pdf()) == [
        "Cover: “a” (b)", "A hill, łąka & (more)", "inline", "Set above",
    ]  # fmt: skip


def test_a_picture_that_a_layout_does_not_show_is_told(project: Project) -> None:
    project.file("content/own.png", png())
    project.file("layouts/blind/layout.yaml", "slots: [quote, attribution, image]")
    project.file("layouts/blind/slide.css", "")
    project.file(
        "layouts/blind/slide.html.jinja",
        "{% extends '_base/slide.html.jinja' %}{% block main %}{{ slide.quote }}{% endblock %}",
    )
    project.thread(body="<!-- layout: blind, image: {src: own.png, alt: Lost} -->\n> Words.")
    assert project.build().problems == ["content/talk.md:4:1: error[words-dropped]"]


def test_a_kicker_and_an_outros_lines_are_never_left_out(project: Project) -> None:
    for name, kind in (("bare", "cover"), ("poor", "outro")):
        project.file(f"layouts/{name}/layout.yaml", "title: Bare")
        project.file(
            f"layouts/{name}/slide.html.jinja",
            "{% extends '_base/slide.html.jinja' %}{% block main %}{{ parts.heading() }}"
            "{% endblock %}",
        )
        project.file(f"layouts/{name}/slide.css", "")
        words = "kicker: Lost" if kind == "cover" else "lines: [Lost]"
        project.thread(f"title: Hi\n{kind}: {{title: Hi, layout: {name}, {words}}}")
        ended = project.build()
        assert [line.rpartition(" ")[2] for line in ended.problems] == ["error[words-dropped]"]


def test_a_picture_is_no_larger_than_twice_the_canvas(project: Project) -> None:
    project.file("content/large.png", png(6000, 4000))
    project.thread(body="![A wall](large.png)")
    project.built()
    widths = [int(width) for width in re.findall(rb"/Width (\d+)", unpacked(project.pdf()))]
    assert max(widths) <= 2700


def test_each_slide_has_one_bookmark_of_its_own_words(project: Project) -> None:
    project.file("content/hill.svg", SVG)
    project.thread(
        "title: Hi there\noutro: {title: Bye, lines: [Save it]}",
        "# A heading\n\n## Below it\n\n- a\n- b\n\n---\n\n![A hill](hill.svg)\n\n---\n\n> Said.",
    )
    project.built()
    assert bookmarks(project.pdf()) == [
        (0, "Hi there"), (1, "A heading"), (2, "A hill"), (3, "Said."), (4, "Bye"),
    ]  # fmt: skip


def test_links_can_be_followed(project: Project) -> None:
    project.thread(
        "title: Hi\noutro: {title: Bye, lines: [Go], link: 'https://example.com/out'}",
        "See [the page](https://example.com/in) or [a file](secret.txt).",
    )
    project.built()
    found = set(re.findall(rb"/URI \((.*?)\)", unpacked(project.pdf())))
    assert found == {b"https://example.com/in", b"https://example.com/out"}


def test_a_picture_is_served_by_its_content(tmp_path: Path) -> None:
    from generator.compose.pictures import Darkroom  # noqa: PLC0415

    (tmp_path / "a.png").write_bytes(png())
    darkroom = Darkroom(Press(Door((("project", tmp_path),))).door, 100)
    url = darkroom.url(Picture(str(tmp_path / "a.png")))
    assert url.startswith("carousel:///made/")
    assert str(tmp_path) not in url
