"""Formulas: what is one and what is money, how they look, and what hostile TeX comes to."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import tex
from generator.compose.ingredients import _mathjax, math
from generator.compose.ingredients._ziamath import Ziamath
from generator.content import blocks, inline
from generator.errors import Location
from generator.library import builtin_root
from generator.model import Block, Span
from tests.project import Project, alts, pages, words

PLACE = Location("a.md", 1)
ROUNDING = r"""$$
\begin{aligned} & \text{[There]: } X_q = \text{clip}\left(\left\lfloor \frac{X_f}{s} \right\rceil
+ z, q_{min}, q_{max}\right) \\ & \text{[And back]: } \hat{X}_f = s(X_q - z) \\
& \text{[What is lost]: } \mathcal{L} = \| X_f - \hat{X}_f \|_F^2 \\
& \text{[How far]: } c_j = \frac{\max_i(|X_{ij}|)^\alpha}{\max_k(|W_{jk}|)^{1-\alpha}}
\end{aligned} $$"""
"""Made as in a note that was pasted: labels in brackets, the end behind the last row."""
TOWERS = r"""$$

\begin{aligned} & \text{[Likeness]: } \text{sim}(I_i, T_j) = \frac{I_i \cdot T_j}{\|I_i\|_2} \\
& \text{[Pairs]: } \mathcal{L}_{P} = -\frac{1}{N} \sum_{i=1}^{N} \sum_{j=1}^{N} \log \sigma(z_{ij}
\cdot \text{sim}(I_i, T_j) / \tau + b), \quad z_{ij} = \begin{cases} 1 & i=j \\ -1 & i \neq j
\end{cases} \end{aligned} $$"""
PAIRS = [
    (
        r"\mathcal{L}_{P} = -\frac{1}{N} \sum_{i=1}^{N} \sum_{j=1}^{N} \log \sigma(z_{ij} "
        r"\cdot \text{sim}(I_i, T_j) / \tau + b),"
    ),
    r"z_{ij} = \begin{cases} 1 & i=j \\ -1 & i \neq j \end{cases}",
]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return an empty project."""
    return Project(tmp_path)


@pytest.fixture(scope="module")
def engine() -> _mathjax.MathJax:
    """Return the engine with the script that ships."""
    return _mathjax.MathJax(builtin_root() / math.SCRIPT)


def formulas(text: str) -> list[str]:
    """Return the formulas in a line of Markdown."""
    return [span.text for span in inline(text) if span.kind == "math"]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("the radius $r$, then", ["r"]),
        ("$x$, $y$; ($z$)", ["x", "y", "z"]),
        ("the $n$-th and the $n$th", ["n", "n"]),
        (r"half of $2 \pi r$", [r"2 \pi r"]),
        ("$2x + 3y$ and $3$", ["2x + 3y", "3"]),
        ("amid words $$a^2$$ too", ["a^2"]),
        (r"$a \_ b * c * d$ stays whole", [r"a \_ b * c * d"]),
    ],
)
def test_what_stands_between_dollars_is_a_formula(written: str, found: list[str]) -> None:
    assert formulas(written) == found


@pytest.mark.parametrize(
    "written",
    [
        "$5 and $6",
        "from $5 to 10$ a day",
        "$10k to $20k, 5$ a day",
        "$5/month or 10$/year",
        "$0.5 million and 0.7$",
        "$AAPL and $TSLA",
        "US$ 7, US$8 and more",
        "$HOME/bin:$PATH",
        "only one $ here",
        "$$ never closed",
    ],
)
def test_money_is_no_formula(written: str) -> None:
    assert inline(written) == (Span("text", written),)


def test_an_escaped_dollar_and_code_are_left_alone() -> None:
    assert formulas(r"\$x\$ and `$y$`") == []


def test_a_formula_by_itself_is_a_block_as_a_fence_or_between_two_dollars() -> None:
    expected = (Block("math", 3, text="a = b"),)
    assert blocks("\n\n$$a = b$$", PLACE) == expected
    assert blocks("\n$$\na = b\n$$", PLACE) == expected
    assert blocks("\n```math\na = b\n```", PLACE) == expected


def test_text_goes_on_right_above_and_below_a_formula() -> None:
    kinds = [block.kind for block in blocks("This:\n$$a$$\nand that.", PLACE)]
    assert kinds == ["paragraph", "math", "paragraph"]


def test_two_dollars_that_are_never_closed_take_no_post_with_them(project: Project) -> None:
    project.thread("title: T\ncover: false", "$$ is a lot of money\n\n---\n\nThe second post.")
    assert len(pages_of(project)) == 2


def test_rows_with_labels_become_formulas_with_names() -> None:
    found = blocks(ROUNDING, PLACE)
    assert [block.info for block in found] == ["There", "And back", "What is lost", "How far"]
    assert found[1].text == r"\hat{X}_f = s(X_q - z)"
    assert [block.line for block in found] == [2, 3, 4, 5]


def test_a_row_without_a_label_goes_on_with_the_one_above() -> None:
    found = tex.labelled(r"\text{One: } a &= b \\ &= c \\ \text{Two: } d")
    assert [row.label for row in found] == ["One", "Two"]
    assert found[0].tex.startswith(r"\begin{aligned}")


def test_rows_without_labels_stay_one_formula() -> None:
    source = "\\begin{aligned}\n2x + 3 &= 11 \\\\\nx &= 4\n\\end{aligned}"
    assert tex.labelled(source) == (tex.Row(source),)


def test_a_wide_formula_is_broken_at_its_gaps_then_at_relations_then_at_signs() -> None:
    assert tex.pieces(r"a = b, \quad c = d", "gaps") == ("a = b,", "c = d")
    assert tex.pieces(r"f(a = b) = c \leq d", "relations") == ("f(a = b)", "= c", r"\leq d")
    assert tex.pieces("= -a + b - c", "signs") == ("= -a", "+ b", "- c")
    assert tex.pieces(r"\frac{a = b}{c + d}", "relations") == (r"\frac{a = b}{c + d}",)


@given(st.text(r"ab{}\&=+-()$ ^_", max_size=40))
def test_no_letter_is_lost_where_a_formula_is_cut(source: str) -> None:
    for at in ("relations", "signs"):
        cut = tex.pieces(source, at)
        assert "".join("".join(cut).split()) == "".join(source.split())


@given(st.text("$a5 \\{}x.,\n", max_size=40))
def test_whatever_stands_around_dollars_no_letter_is_lost(text: str) -> None:
    told = "".join(block.plain() for block in blocks(text, PLACE))
    kept = [sign for sign in text if sign in "a5x"]
    assert [sign for sign in told if sign in "a5x"] == kept


@pytest.mark.parametrize("source", [ROUNDING, TOWERS])
def test_the_formulas_of_a_note_are_cards_with_names(project: Project, source: str) -> None:
    project.thread("title: T\ncover: false", f"## By name\n\n{source}")
    slides = project.carousel().slides
    assert [slide.layout for slide in slides] == ["formula"]

    project.built()
    shown = words(project.pdf())
    for label in (block.info for block in blocks(source, PLACE)):
        assert label in shown
    assert "[" not in shown


def test_a_screen_reader_is_told_the_tex_of_every_line(project: Project) -> None:
    project.thread("title: T\ncover: false", f"The area is $\\pi r^2$ here.\n\n---\n\n{TOWERS}")
    project.built()
    told = [" ".join(alt.split()) for alt in alts(project.pdf())]
    assert r"\pi r^2" in told
    assert told[-2:] == PAIRS


def test_a_layout_that_leaves_a_formula_out_is_found_out(project: Project) -> None:
    project.file("layouts/mute/layout.yaml", "title: M\nshapes: []\nslots: [body, items]\n")
    project.file(
        "layouts/mute/slide.html.jinja",
        '{% extends "_base/slide.html.jinja" %}{% block main %}{{ parts.top() }}{% endblock %}',
    )
    project.file("layouts/mute/slide.css", "")
    project.thread("title: T\ncover: false", "<!-- layout: mute -->\n$$a = b$$")
    assert "error[words-dropped]" in project.build().err


def test_a_mistake_in_a_formula_is_told_with_its_line_in_the_words_of_mathjax(
    project: Project,
) -> None:
    project.thread("title: T\ncover: false", "One.\n\n---\n\nTwo,\nwith $\\frac{1$ in it.")
    ended = project.build()
    assert ended.code == 1
    told = ended.told("content/talk.md:10: error[math-error]")
    assert told.startswith(r"the formula `\frac{1`: Missing close brace")


@pytest.mark.parametrize(
    "source",
    [
        r"\def\x{\x}\x",
        r"\def\x{\x\x}\x",
        r"\def\a{xxxxxxxxxx}\def\b{\a\a\a\a\a\a\a\a\a\a}\def\c{\b\b\b\b\b\b\b\b\b\b}\c\c\c\c\c\c",
        "{" * 2000 + "}" * 2000,
        r"\sqrt{" * 300 + "}" * 300,
        r"\begin{foo}",
        r"\require{ams}",
        r"\href{javascript:alert(1)}{x}",
    ],
    ids=lambda source: str(source)[:20],
)
def test_hostile_tex_ends_in_a_problem_and_the_rest_is_built(project: Project, source: str) -> None:
    project.thread("title: T\ncover: false", f"```math\n{source}\n```", name="bad")
    project.thread("title: T\ncover: false", "$$a^2$$", name="good")
    ended = project.build()
    assert "content/bad.md:6: error[math-error]" in ended.problems
    assert "good/linkedin/good.pdf" in project.output


def test_a_formula_that_never_ends_is_stopped_and_the_next_one_is_set(
    engine: _mathjax.MathJax, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_mathjax, "SECONDS", 0.2)
    assert engine.svg("x+" * 20_000, display=True)[1].startswith("it takes more than")
    assert engine.svg("x", display=True)[0].startswith("<svg")


def test_a_formula_that_is_too_wide_to_be_read_and_can_t_be_broken_is_told(
    project: Project,
) -> None:
    project.thread("title: T\ncover: false", "$$" + "x" * 200 + "$$")
    assert project.built().problems == ["content/talk.md:5: warning[math-wide]"]


def test_too_many_formulas_are_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(math, "MOST", 3)
    project.thread("title: T\ncover: false", "$a$ $b$ $c$ $d$ is too much.")
    assert "error[math-many]" in project.build().err


def test_a_formula_has_the_colour_of_text(project: Project) -> None:
    project.thread("title: T\ncover: false\ntheme: night", "$$a$$")
    project.built()
    assert "0.956863 0.964706 0.984314" in project_streams(project)


def test_the_engine_stays_away_from_threads_without_formulas(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(_script: str) -> None:
        message = "the engine was started"
        raise AssertionError(message)

    monkeypatch.setattr(_mathjax, "_started", start)
    math._mathjax.cache_clear()  # noqa: SLF001
    project.thread("title: T\ncover: false", "No formula, only $5.")
    project.built()


def test_where_there_is_no_javascript_ziamath_stands_in() -> None:
    pytest.importorskip("ziamath")
    assert Ziamath().svg(r"\frac{a}{b}", display=True)[0].startswith("<svg")
    assert Ziamath().svg(r"\frac{1", display=True)[1]


def pages_of(project: Project) -> list[str]:
    """Return the text of each page of a project's one PDF."""
    project.built()
    return pages(project.pdf())


def project_streams(project: Project) -> str:
    """Return what draws the pages of a project's one PDF."""
    from tests.project import unpacked  # noqa: PLC0415

    return unpacked(project.pdf()).decode("latin-1")
