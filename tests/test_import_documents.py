"""Notion, lessons, quizzes, decks, articles, pages, our own JSON: the same words as content."""

import base64
import io
import json
import re
import sqlite3
import zipfile
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator import content, intake
from generator.damage import formulas
from generator.errors import GeneratorError, error
from generator.fetch.archives import Zip
from generator.importers import Imported, importers, offers, read, recognise
from generator.intake import elsewhere
from generator.model import Thread
from generator.settings.schema import SLIDE_KEYS
from tests import fuzz_import

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"<rect width='9' height='9'/>" * 20 + b"</svg>"
DOCUMENTS = Path(__file__).parent / "fixtures" / "import" / "documents"
KINDS = {
    "notion-page.txt": "notion-page", "lesson.txt": "lesson", "quiz.gift": "gift",
    "quiz.aiken.txt": "aiken", "quiz.md": "tasks", "anki.txt": "anki", "marp.md": "marp",
    "slidev.md": "slidev", "reveal.md": "reveal", "reveal.html": "reveal", "article.md": "article",
    "page.html": "html", "notion-page-of-export.html": "notion", "posts.json": "posts-json",
}  # fmt: skip
PAGE = "0123456789abcdef0123456789abcdef"
words = st.lists(
    st.sampled_from(
        [
            "a",
            "two",
            "*",
            "**",
            "_",
            "`",
            "<b>",
            "<T>",
            "&amp;",
            "&",
            "#",
            "-",
            "1.",
            ">",
            "|",
            "[x]",
            "](",
            "$x$",
            "$5",
            "~~",
            "==",
            "https://a.example",
            "é",
            "👇",
            "\\\\",
            "!",
            ":",
            "=",
            "<!--",
            "-->",
        ]
    ),
    min_size=1,
    max_size=10,
).map(" ".join)


def imported(name: str) -> tuple[Imported, ...]:
    """Return the threads of a fixture."""
    return read((DOCUMENTS / name).read_bytes(), name)


def thread(one: Imported) -> Thread:
    """Return an imported thread as a build reads it."""
    source = content.load(intake.render(one).encode(), "x.md", "/x.md", "x")
    return content.read(source, SLIDE_KEYS)


def said(one: Imported) -> str:
    """Return all that a build shows of the posts, spaces made one."""
    return " ".join(" ".join(post.plain() for post in thread(one).posts).split())


def zipped(files: dict[str, bytes]) -> bytes:
    """Return files as a zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)
    return stream.getvalue()


@pytest.mark.parametrize(("name", "kind"), KINDS.items())
def test_a_document_is_recognised(name: str, kind: str) -> None:
    assert recognise((DOCUMENTS / name).read_bytes(), name) == kind


@pytest.mark.parametrize("name", KINDS)
def test_a_document_becomes_what_stands_beside_it(
    name: str, request: pytest.FixtureRequest
) -> None:
    found = imported(name)
    told = [f"{each.severity} {each.code}" for one in found for each in one.problems]
    text = "\n\n=====\n\n".join([*map(intake.render, found), "\n".join(told)]) + "\n"
    beside = DOCUMENTS / f"{name}.out"
    if request.config.getoption("--update-golden"):
        beside.write_text(text, "utf-8")
    assert text == beside.read_text("utf-8")


@pytest.mark.parametrize("name", KINDS)
def test_no_comment_of_a_stranger_is_read_as_settings(name: str) -> None:
    for one in imported(name):
        found = thread(one)
        assert not [each for each in found.problems if each.code == "settings-misplaced"]
        assert "evil" not in {post.settings.get("layout") for post in found.posts}
        assert [post.id for post in found.posts] == [post.id for post in one.posts]


def test_every_reader_of_documents_has_a_fixture() -> None:
    own = {kind for kind in importers() if kind in set(KINDS.values())}
    assert own == set(KINDS.values())


@given(words)
def test_the_words_of_our_own_json_are_there_again(text: str) -> None:
    raw = json.dumps({"threadpress": 1, "posts": [{"text": f"x {text}"}]}).encode()
    (one,) = read(raw, "x.json")
    assert said(one).replace("\\", "") == " ".join(f"x {text}".split()).replace("\\", "")


@given(words)
def test_the_words_of_a_page_are_there_again(text: str) -> None:
    page = f"<!doctype html><p>x {text.replace('&', '&amp;').replace('<', '&lt;')} <b>end</b></p>"
    (one,) = read(page.encode(), "x.html", "html")
    assert said(one).replace("\\", "") == " ".join(f"x {text} end".split()).replace("\\", "")


@given(words)
def test_the_words_of_an_aiken_question_are_there_again(text: str) -> None:
    (one,) = read(f"x {text} y?\nA. b {text}\nB. c\nANSWER: A\n".encode(), "x.txt", "aiken")
    want = f"x {text} y? b {text} c"
    assert said(one).replace("\\", "") == " ".join(want.split()).replace("\\", "")


@given(words)
def test_the_words_of_a_note_are_there_again(text: str) -> None:
    assume('"' not in text)
    raw = f"#separator:tab\n#html:false\nx {text}?\ty {text}\n".encode()
    (one,) = read(raw, "x.txt", "anki")
    want = f"x {text}? y {text}"
    assert said(one).replace("\\", "") == " ".join(want.split()).replace("\\", "")


@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                "b",
                "*c*",
                "**d**",
                "`e`",
                "$f$",
                "<b>g</b>",
                "<br>",
                "|",
                "##",
                "-",
                ">",
                "[h](https://a.b)",
                "i_j",
            ]
        )
    )
)
def test_markdown_of_an_article_keeps_its_letters(pieces: list[str]) -> None:
    text = "x " + " ".join(pieces)
    (one,) = read(f"# T\n\n{text}\n".encode(), "x.md", "article")
    letters = re.sub(r"[^a-jx]", "", re.sub(r"<b>|</b>|<br>|\(https://a.b\)", "", text))
    assert re.sub(r"[^a-jx]", "", said(one).replace("https://a.b", "")) == letters


def test_a_formula_gets_back_what_it_lost_for_certain() -> None:
    page = r"\hat{X}_f stands elsewhere"
    mended, count, doubts = formulas.mended(
        r"\sum{i=1}^{N} \mathcal{L}{CLIP} X{ij} \hat{X}f \|v\|2 \frac{a}{b} \text{x}{y}", page
    )
    assert mended == (
        r"\sum_{i=1}^{N} \mathcal{L}_{CLIP} X_{ij} \hat{X}_f \|v\|_2 \frac{a}{b} \text{x}{y}"
    )
    assert count == 5
    assert doubts == []


def test_what_may_be_a_factor_behind_a_norm_is_told_and_left() -> None:
    assert formulas.mended(r"x = \|v\|2 + 1", "") == (r"x = \|v\|2 + 1", 0, [r"\|2"])
    assert formulas.mended(r"\sum{i=1} \|v\|22", "")[0] == r"\sum_{i=1} \|v\|22"


def test_a_sound_formula_is_left_alone() -> None:
    tex = (
        r"\begin{aligned} \hat{y}x &= \sum_{i} f_{ij} \\ &= \frac{1}{2} \mathbb{E}[x] \end{aligned}"
    )
    assert formulas.mended(tex, tex)[:2] == (tex, 0)


def test_an_export_in_an_export_gives_its_pages_and_their_pictures() -> None:
    picture = (DOCUMENTS / "hill.svg").read_bytes()
    inner = zipped(
        {
            f"Top {PAGE}.md": b"# Top\n\n![A hill](Top%20x/hill.svg)\n\n<aside>\nHint\n</aside>\n",
            "Top x/hill.svg": picture,
            f"Table {PAGE}.csv": b"a,b\n",
            f"Empty {PAGE[::-1]}.md": b"# Empty\n",
        }
    )
    archive = Zip(io.BytesIO(zipped({"Export-0-Part-1.zip": inner})), "x.zip")
    (offer,) = [one for one in offers(archive, "x.zip") if one.id == PAGE]
    top = offer.opens()
    assert (top.id, top.title) == (PAGE, "Top")
    assert [medium.reads and medium.reads() for medium in top.media] == [picture]
    assert "![A hill](hill.svg)" in top.posts[0].markdown
    assert "<aside>" in top.posts[0].markdown


def test_properties_of_a_notion_page_are_a_list_and_empty_boxes_go() -> None:
    markdown = b"# A\n\nDay: 1 May\nMood:\nBy: x: y\n\n- [x]  Done\n- [ ]  \n"
    (plain,) = read(markdown, f"A {PAGE}.md")
    html = (
        '<body><article class="page"><header><h1 class="page-title">A</h1>'
        '<table class="properties"><tbody>'
        "<tr><th>Day</th><td><time>1 May</time></td></tr><tr><th>Mood</th><td></td></tr>"
        '<tr><th>By</th><td><span class="selected-value">x: y</span></td></tr></tbody></table>'
        '</header><ul class="to-do-list"><li><div class="checkbox checkbox-on"></div>Done</li></ul>'
        '<ul class="to-do-list"><li><div class="checkbox checkbox-off"></div></li></ul></article>'
    )
    (page,) = read(html.encode(), "page.html", "notion")
    found = [one.markdown for one in plain.posts], [one.markdown for one in page.posts]
    assert found[0] == ["- **Day**: 1 May\n- **By**: x: y\n\n- [x] Done"]
    assert "".join(found[1]).replace("\n\n", "\n") == found[0][0].replace("\n\n", "\n")


def test_a_repo_of_decks_gives_each_with_the_pictures_beside_it() -> None:
    deck = b"---\nmarp: true\n---\n# One\n\n---\n\n## Two\n\n![bg](img/p.svg)\n"
    archive = Zip(
        io.BytesIO(
            zipped(
                {"a/slides.md": deck, "b.md": deck, "a/img/p.svg": b"<svg/>", "README.md": b"# x\n"}
            )
        ),
        "repo",
    )
    found = offers(archive, "repo")
    assert [offer.id for offer in found] == ["a", "b"]
    first = found[0].opens()
    assert first.title == "One"
    assert first.posts[0].settings["image"] == {"src": "p.svg"}
    assert [medium.reads and medium.reads() for medium in first.media] == [b"<svg/>"]
    # The other deck names a picture that is not there: no name leads anywhere, and it is told.
    other = found[1].opens()
    assert not other.media
    assert other.posts[0].settings["wants"] == "picture"
    assert [each.code for each in elsewhere.told(other, "repo")] == ["media-missing"]


def test_links_that_no_slide_may_have_are_words() -> None:
    text = (
        '# T\n\n[a](javascript:alert(1)) [b](ftp://x/y "t") <slack://c> [d][r] [r] '
        "[e](https://e.example/f_(g)) [h](tel:+1) [i][s]\n\n`[r]`\n\n## U\n\nv\n\n"
        "[r]: obsidian://open\n[s]: https://s.example\n"
    )
    (one,) = read(text.encode(), "a.md")
    found = thread(one)
    assert not [each for each in found.problems if each.severity == "error"]
    assert "a b slack://c d r [e](https://e.example/f_(g)) [h](tel:+1) [i][s]" in (
        one.posts[0].markdown
    )
    assert said(one).startswith("a b slack://c d r e h i r")


def test_what_is_defined_right_below_a_footnote_is_no_word_of_it() -> None:
    (one,) = read(b"# T\n\nA[^1] [b][c]\n\n[^1]: Note.\n[c]: https://c.example\n", "a.md")
    assert "[c]" not in said(one)
    assert "Note." in said(one)


def test_quotations_and_lists_of_nothing_are_no_posts() -> None:
    (one,) = read(b"# T\n\nA\n\n---\n\n>\n\n---\n\n- \n\n---\n\nB\n", "a.md")
    assert [post.markdown for post in one.posts] == ["A", "B"]


def test_pictures_whose_bytes_stand_in_the_text_come_along() -> None:
    written = base64.b64encode(SVG).decode()
    text = (
        "# T\n\nLook: ![][image1]\n\n## U\n\n![A hill][image1]\n\n"
        f"[image1]: <data:image/svg+xml;base64,{written}>\n"
    )
    (one,) = read(text.encode(), "a.md")
    assert [post.markdown for post in one.posts] == [
        "Look: ![](picture.svg)",
        "## U\n\n![A hill](picture.svg)",
    ]
    assert [medium.reads and medium.reads() for medium in one.media] == [SVG]


def test_a_picture_on_somebodys_disk_is_wanted() -> None:
    (one,) = read(b"# T\n\nWords ![A plan](file:///home/you/plan.png)\n\n## U\n\nv\n", "a.md")
    assert one.posts[0].settings == {"wants": "picture"}
    assert [each.code for each in elsewhere.told(one, "a.md")] == ["media-missing"]


def test_a_note_below_nothing_but_a_missing_picture_is_no_setting() -> None:
    deck = b"---\nmarp: true\n---\n# A\n\n---\n\n![bg](https://e/x.png)\n<!--\nlayout: evil\n-->\n"
    (one,) = read(deck, "deck.md")
    assert "evil" not in {post.settings.get("layout") for post in thread(one).posts}


@pytest.mark.parametrize(
    ("size", "targets", "told"),
    [("1080x1350", ["linkedin"], 0), ("4:5", ["linkedin"], 0), ("mine", None, 1)],
)
def test_the_size_of_a_deck_is_a_target_or_told(size: str, targets: object, told: int) -> None:
    deck = f"---\nmarp: true\nsize: {size}\n---\n# One\n\n---\n\n## Two\n"
    (one,) = read(deck.encode(), "deck.md")
    assert (one.front.get("targets"), len(one.problems)) == (targets, told)


def test_a_picture_behind_a_slide_that_is_not_beside_the_deck_is_wanted() -> None:
    deck = b"---\nmarp: true\n---\n![bg](no.svg)\n# One\n\n---\n\n## Two\n\n![bg](p.svg)\n"
    (one,) = read(deck, "deck.md")

    def beside(name: str) -> bytes:
        raise GeneratorError(error("file-missing", f"there is no {name}"))

    made, pictures, told = intake.gathered(one, beside)
    assert (pictures, [each.code for each in told]) == ({}, ["media-missing", "media-missing"])
    assert "image" not in made.front.get("cover", {})  # type: ignore[operator]
    assert made.posts[-1].settings == {"wants": "picture"}


def test_a_deck_package_of_anki_is_read_in_memory(tmp_path: Path) -> None:
    base = sqlite3.connect(tmp_path / "c.anki2")
    base.execute("CREATE TABLE notes (id INTEGER, flds TEXT)")
    base.execute("INSERT INTO notes VALUES (2, ?)", ("Why?\x1f<b>So</b>",))
    base.execute("INSERT INTO notes VALUES (1, ?)", ("What?\x1fThat.",))
    hill = '<img src="a hill.svg" alt="a [hill]">'
    shown = f'Which? {hill}\x1fThis: {hill} not <img src="gone.png" alt="gone">'
    base.execute("INSERT INTO notes VALUES (3, ?)", (shown,))
    base.commit()
    base.close()
    files = {"collection.anki2": (tmp_path / "c.anki2").read_bytes(), "0": b"<svg/>"}
    raw = zipped({**files, "media": b'{"0": "a hill.svg", "1": "lost.png"}'})
    (offer,) = offers(Zip(io.BytesIO(raw), "x.apkg"), "x.apkg")
    quiz = offer.opens()
    assert [post.markdown for post in quiz.posts] == [
        "## What?\n\nThat.",
        "## Why?\n\n**So**",
        "## Which?\n\nThis: ![a \\[hill\\]](a-hill.svg) not",
    ]
    assert [medium.reads and medium.reads() for medium in quiz.media] == [b"<svg/>"]
    assert quiz.posts[2].settings == {
        "image": {"src": "a-hill.svg", "alt": "a [hill]"},
        "wants": "picture",
    }
    assert quiz.posts[2].notes == ("Picture to add: gone.png (gone)",)


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"collection.anki2": b"no database"}, "anki-broken"),
        ({"collection.anki2": b""}, "anki-broken"),
        ({"collection.anki21b": b"", "collection.anki2": b""}, "anki-newer"),
        ({f"Empty {PAGE}.md": b"# Empty\n"}, "import-empty"),
        ({"Export-0-Part-1.zip": b"PK\x03\x04 cut off"}, "archive-broken"),
    ],
)
def test_a_broken_package_is_an_error(files: dict[str, bytes], code: str) -> None:
    with pytest.raises(GeneratorError) as caught:
        offers(Zip(io.BytesIO(zipped(files)), "x.zip"), "x.zip")
    assert [problem.code for problem in caught.value.problems] == [code]


@pytest.mark.parametrize(
    ("raw", "kind", "code"),
    [
        (b"{", "posts-json", "import-broken"),
        (b"[]", "posts-json", "import-schema"),
        (b'{"threadpress": 2}', "posts-json", "import-schema"),
        (b'{"threadpress": 1, "post": []}', "posts-json", "import-schema"),
        (b'{"threadpress": 1, "posts": []}', "posts-json", "import-empty"),
        (b'{"threadpress": 1, "posts": [{"text": 3}]}', "posts-json", "import-schema"),
        (b"// nothing\n", "gift", "import-empty"),
        (b"\n\n", "aiken", "import-empty"),
        (b"#separator:tab\n", "anki", "import-empty"),
        (b"---\nmarp: true\n---\n", "marp", "import-empty"),
        (b"<html><body><script>x</script></body></html>", "html", "import-empty"),
        (b"<!-- only a note -->\n", "article", "import-empty"),
        (b"# na\xefve\n", "article", "encoding"),
        (b"> " * 80 + b"deep\n", "article", "nesting-too-deep"),
    ],
)
def test_a_document_that_cannot_be_read_is_an_error_with_its_place(
    raw: bytes, kind: str, code: str
) -> None:
    with pytest.raises(GeneratorError) as caught:
        read(raw, "x.txt", kind)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert str(problem.location).startswith("x.txt")


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"<<script>!-- layout: evil -->\nwords\n", "article"),
        (b"a <<b></b>!-- layout: evil --> b\n", "article"),
        (b"<!doctype html><p>&lt;<i>!-- layout: evil --&gt;</i>words", "html"),
        (b"<!doctype html><pre></pre><p>&lt;!-- layout: evil --&gt;", "html"),
        (b'{"threadpress": 1, "posts": [{"text": "<!-- layout: evil -->"}]}', "posts-json"),
        (b"<!-- layout: evil -->?\nA. <!-- layout: evil -->\nB. b\nANSWER: A\n", "aiken"),
        (b"---\nmarp: true\n---\n<!--\nlayout: evil\n-->\n\n![bg](x.png)\n", "marp"),
    ],
)
def test_what_looks_like_a_comment_never_becomes_settings(raw: bytes, kind: str) -> None:
    (one,) = read(raw, "x", kind)
    assert [post.settings.get("layout") for post in thread(one).posts] == [None] * len(one.posts)


def test_signs_at_the_end_of_a_heading_are_not_lost() -> None:
    (one,) = read(b"<!doctype html><h2>Learn C #</h2><p>words</p>", "x", "html")
    assert said(one) == "Learn C # words"


def test_pictures_that_lead_out_of_the_folder_are_left_out() -> None:
    text = b"# T\n\n## A\n\n![x](../../etc/x.png) ![y](/etc/y.png) ![z](file:///z.png) words\n"
    (one,) = read(text, "x.md", "article")
    assert not one.media


@pytest.mark.parametrize(
    ("pictures", "words", "posts"),
    [(1, 90, [1]), (4, 5, [4]), (5, 5, [0, 2, 3]), (5, 0, [2, 3]), (2, 90, [0, 2])],
)
def test_many_pictures_of_a_section_stand_by_themselves(
    pictures: int, words: int, posts: list[int]
) -> None:
    shown = "\n\n".join(f"![Picture {n}](p{n}.png)" for n in range(pictures))
    text = f"# T\n\n## A\n\n{'word ' * words}\n\n{shown}\n\n## B\n\nEnd.\n"
    (one,) = read(text.encode(), "x.md", "article")
    assert [post.markdown.count("![") for post in one.posts] == [*posts, 0]
    assert "## A" in one.posts[0].markdown


def test_a_picture_whose_name_was_written_in_percents_is_called_what_it_says() -> None:
    text = "# T\n\n![x](%D0%BA%D0%BE%D1%82.png) words\n"
    (one,) = read(text.encode(), "x.md", "article")
    assert [medium.name for medium in one.media] == ["кот.png"]


@settings(max_examples=20)
@given(st.integers(0, 10_000))
def test_the_deepest_html_is_read(depth: int) -> None:
    (one,) = read(b"<html><body>" + b"<div><blockquote>" * depth + b"words", "x.html", "html")
    assert "words" in said(one)


def test_hundreds_of_broken_files_make_no_crash() -> None:
    assert list(fuzz_import.run(300, 7)) == []
