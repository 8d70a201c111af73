"""Every word that a writer wrote stands in the PDF, in order, and nothing is cut off."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

import pytest
from hypothesis import Phase, event, given, settings
from hypothesis import strategies as st

from generator.errors import GeneratorError
from generator.paginate import About
from tests.project import SVG, Project, alts, fitter_of, pages

WORDS = (
    "plain", "office", "naïve", "Zażółć", "Ελληνικά", "Україна", "Straße", "isn't", "half-done",
    "4:5", "x=1", "C++", "Donaudampfschifffahrtsgesellschaftskapitän", "https://example.com/a_b?c=1",
    "@you", "#tag", "Æther", "50%", "İstanbul", "Größenordnung", "smörgåsbord", "f(x)",
)  # fmt: skip
MARKS = ("{}", "{}", "{}", "**{}**", "*{}*", "=={}==", "~~{}~~", "`{}`", '"{}"', "({}),", "{}.",
         "[{}](https://example.com/)", "***{}***", "{}:", "{}?")  # fmt: skip
EMOJI = ("👇", "🚀", "👩‍💻", "🇺🇦", "👍🏽", "1️⃣")
TARGETS = ("linkedin", "linkedin-square", "instagram", "story", "landscape")
SIZES = ("{}", "{}", "{body: 13}", "{title: 48, body: 24}", "{title: 24}", "{body: 18, meta: 16}")
HONEST = {"does-not-fit", "post-too-long"}
"""What may be said instead of showing the words: never nothing."""
SWIFT = (Phase.explicit, Phase.generate)
"""No shrinking: each try builds PDFs, and the words are told apart as they are."""
CURLED = str.maketrans("\u201c\u201d\u2018\u2019", "\"\"''")


@dataclass(frozen=True, slots=True)
class Written:
    """Markdown, the words that it shows in order, its emoji, and what its pictures show."""

    markdown: str
    words: tuple[str, ...]
    emoji: tuple[str, ...] = ()
    alts: tuple[str, ...] = ()


def line(draw: st.DrawFn, number: "count[int]", most: int = 12, *, marks: bool = True) -> Written:
    """Return words in a row, each with a number of its own, so that none can stand for another."""
    shown, marked, signs = [], [], []
    for _ in range(draw(st.integers(1, most))):
        word = f"{draw(st.sampled_from(WORDS))}{next(number):03}"
        shown.append(word)
        marked.append((draw(st.sampled_from(MARKS)) if marks else "{}").format(word))
        if marks and draw(st.integers(0, 9)) == 0:
            signs.append(draw(st.sampled_from(EMOJI)))
            marked.append(signs[-1])
    return Written(" ".join(marked), tuple(shown), tuple(signs))


def joined(parts: Sequence[Written], shape: str) -> Written:
    """Return the parts as one text: `shape` says how, with `{}` for each."""
    return Written(
        shape.format(*(part.markdown for part in parts)),
        tuple(word for part in parts for word in part.words),
        tuple(sign for part in parts for sign in part.emoji),
        tuple(alt for part in parts for alt in part.alts),
    )


def block(draw: st.DrawFn, number: "count[int]") -> Written:
    """Return a block of one kind or another."""
    kind = draw(st.sampled_from(SHAPES))
    parts = [line(draw, number, draw(st.sampled_from((3, 9, 27)))) for _ in range(kind.count("{}"))]
    return joined(parts, kind)


SHAPES = (
    "{}", "{}", "## {}", "### {}\n\n{}", "- {}\n- {}\n- {}", "1. {}\n2. {}",
    "- **One:** {}\n- **Two:** {}", "> {}\n>\n> — {}", "❌ {}\n\n✅ {}", "- ❌ {}\n- ✅ {}",
    "| {} | {} |\n|---|---:|\n| {} | {} |", "- {}\n  - {}\n- {}", "3. {}\n\n   {}\n4. {}",
    "- [x] {}\n- [ ] {}", "> {}\n\n{}", "{}  \n{}",
)  # fmt: skip


@st.composite
def posts(draw: st.DrawFn) -> Written:
    """Return a few posts of a few blocks each, with code and pictures among them."""
    number = count()
    written = []
    for _ in range(draw(st.integers(1, 2))):
        blocks = [block(draw, number) for _ in range(draw(st.integers(1, 4)))]
        extra = draw(st.sampled_from(("", "", "code", "picture")))
        if extra == "code":
            code = [line(draw, number, 12, marks=False) for _ in range(draw(st.integers(1, 5)))]
            blocks.append(joined(code, "```python\n" + "\n".join(["{}"] * len(code)) + "\n```"))
        if extra == "picture":
            alt = f"What picture {next(number):03} shows"
            place = draw(st.integers(0, len(blocks)))
            blocks.insert(place, Written(f"![{alt}](p.svg)", (), (), (alt,)))
        written.append(joined(blocks, "\n\n".join(["{}"] * len(blocks))))
    return joined(written, "\n\n---\n\n".join(["{}"] * len(written)))


LOOKS = st.fixed_dictionaries(
    {
        "theme": st.sampled_from(("night", "paper")),
        "targets": st.sampled_from(TARGETS).map(lambda name: [name]),
        "typography": st.sampled_from(SIZES),
    }
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project with a picture, whose press stays warm."""
    project = Project(tmp_path_factory.mktemp("words"))
    project.file("content/p.svg", SVG)
    return project


@given(posts(), LOOKS)
@settings(max_examples=20, phases=SWIFT)
def test_every_word_is_on_a_page_in_order_and_nothing_is_cut_off(
    project: Project, written: Written, looks: dict[str, object]
) -> None:
    front = "\n".join(f"{key}: {value}" for key, value in looks.items()).replace("'", "")
    project.thread(f"title: A title\ncover: false\noutro: false\n{front}", written.markdown)
    carousel = project.carousel()
    fitter = fitter_of(carousel)
    try:
        fitted = fitter.deck(carousel.slides)
    except GeneratorError as wrong:
        event("said that it does not fit")
        if HONEST.issuperset(problem.code for problem in wrong.problems):
            return
        raise
    for one in fitted:
        assert one.laid.fill <= 1
        assert one.laid.problems == ()
    assert not fitter.press.door.refused
    laid = [one.laid.page for one in fitted]
    pdf = fitter.press.write(laid, About("A title", "en"), carousel.canvas.scale)
    in_order(written.words, "".join(pages(pdf)))
    assert Counter((*written.emoji, *written.alts)) <= Counter(alts(pdf))


def in_order(wanted: Sequence[str], text: str) -> None:
    """Assert that the words stand in the text, one behind the other."""
    there, at = squeezed(text), 0
    for word in wanted:
        found = there.find(squeezed(word), at)
        assert found >= 0, f"{word!r} is not there after {there[max(0, at - 60) : at + 200]!r}"
        at = found + len(squeezed(word))


def squeezed(text: str) -> str:
    """Return a text without spaces, breaks and hyphens, with straight quotes."""
    return re.sub(r"[\s\u00ad\ufffe\u0002-]", "", text).translate(CURLED)
