"""Charts: a small table that says so is drawn; what can't be drawn is a table still, and told."""

import re

import pytest

from generator import content
from generator.compose import Standing
from generator.errors import Location
from generator.fit import Fitted
from generator.paginate import About
from tests.project import Project, fitter_of, pages

ROWS = "| Day | Cups |\n|---|---|\n| Mon | 4 |\n| Tue | 3 |\n| Wed | 8 |\n"
SERIES = "| Week | Before | After |\n|---|---|---|\n| One | 12 ms | 8 ms |\n| Two | 9 ms | 7 ms |\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return an empty project."""
    return Project(tmp_path_factory.mktemp("charts"))


def thread(project: Project, body: str, front: str = "") -> None:
    project.thread(f"title: T\ncover: false\noutro: false\n{front}", body)


def html(project: Project, body: str, front: str = "") -> str:
    """Return the first slide of a body as HTML."""
    thread(project, body, front)
    carousel = project.carousel()
    return fitter_of(carousel).composer.compose(carousel.slides[0], Standing(1, 1)).html


def fitted(project: Project, body: str, front: str = "") -> tuple[list[Fitted], bytes]:
    """Return the slides of a body, fitted, and their PDF."""
    thread(project, body, front)
    carousel = project.carousel()
    fitter = fitter_of(carousel)
    parts = fitter.deck(carousel.slides)
    return parts, fitter.press.write([part.laid.page for part in parts], About("T", "en"))


def shape(text: str) -> str:
    return content.shape_of(content.blocks(text, Location("case.md", 1)))


def told(project: Project) -> list[tuple[str, int]]:
    found = project.prepared().problems
    return [(one.code, one.location.line if one.location else 0) for one in found]


@pytest.mark.parametrize(
    "body",
    [f"{ROWS}{{chart=bar}}", f"{ROWS}\n{{chart=bar}}", f"{{chart=bar}}\n\n{ROWS}",
     f"{{chart=bar}}\n{ROWS}", f"{ROWS}{{ chart = bar, highlight = 2 }}"],
    ids=["right below", "below", "above", "right above", "with spaces"],
)  # fmt: skip
def test_a_line_in_braces_makes_a_table_a_chart(project: Project, body: str) -> None:
    assert shape(body) == "chart"
    made = html(project, f"## Coffee\n\n{body}")
    assert "layout-chart" in made
    assert "of-bar" in made
    assert "chart" not in re.sub("<[^>]*>", "", made)


def test_braces_elsewhere_are_words(project: Project) -> None:
    for body in ("{chart=bar}", f"{ROWS}\n{{colour=red}}", f"{ROWS}\n{{chart=bar}} is how"):
        made = html(project, body)
        assert "{" in re.sub("<[^>]*>", "", made)


@pytest.mark.parametrize("kind", ["bar", "column", "line", "donut"])
@pytest.mark.parametrize("target", ["linkedin", "landscape", "story"])
def test_every_word_of_a_chart_is_text_once(project: Project, kind: str, target: str) -> None:
    parts, pdf = fitted(project, f"{ROWS}{{chart={kind}}}", f"targets: [{target}]")
    assert f"of-{kind}" in html(project, f"{ROWS}{{chart={kind}}}")
    assert len(parts) == 1
    assert parts[0].laid.problems == ()
    found = pages(pdf)[0].split()
    for word in ("Day", "Cups", "Mon", "4", "Tue", "3", "Wed", "8"):
        assert found.count(word) == 1, word


@pytest.mark.parametrize("kind", ["bar", "column", "line"])
def test_several_series_have_a_legend(project: Project, kind: str) -> None:
    made = html(project, f"{SERIES}{{chart={kind}}}")
    assert f"of-{kind}" in made
    shown = re.sub("<[^>]*>", " ", made.partition("<main")[2]).replace("\u00a0", " ").split()
    assert [shown.count(word) for word in ("Before", "After", "12", "9")] == [1, 1, 1, 1]
    tints = set(re.findall(r'swatch" style="background:(#\w+)', made))
    assert len(tints) == 2


def test_a_ring_of_several_series_or_of_losses_is_drawn_as_bars(project: Project) -> None:
    assert "of-bar" in html(project, f"{SERIES}{{chart=donut}}")
    assert "of-bar" in html(
        project, "| a | b |\n|---|---|\n| c | \u22124 |\n| d | 3 |\n{chart=donut}"
    )


def test_columns_whose_words_would_not_stand_are_drawn_as_bars(project: Project) -> None:
    rows = "".join(f"| Responsibilities {n} | {n} |\n" for n in range(1, 7))
    assert "of-bar" in html(project, f"| a | b |\n|---|---|\n{rows}{{chart=column}}")
    many = "".join(f"| {n} | {n} |\n" for n in range(1, 14))
    assert "of-bar" in html(project, f"| a | b |\n|---|---|\n{many}{{chart=line}}")


def widths(made: str) -> list[float]:
    return [float(found) for found in re.findall(r'bar-of[^"]*" style="width:([\d.]+)%', made)]


def test_bars_are_as_long_as_their_numbers(project: Project) -> None:
    made = html(project, "| a | b |\n|---|---|\n| c | 1k |\n| d | 250 |\n| e | 0 |\n{chart=bar}")
    assert widths(made) == [100, 25, 0]
    made = html(project, "| a | b |\n|---|---|\n| c | \u22121 s |\n| d | 3000 ms |\n{chart=bar}")
    assert widths(made) == [25, 75]
    assert "bar-of minus" in made


def test_a_dash_is_a_value_that_is_missing(project: Project) -> None:
    body = "| a | b |\n|---|---|\n| c | 4 |\n| d | \u2013 |\n| e | 2 |\n"
    for kind in ("bar", "column", "line"):
        parts, pdf = fitted(project, f"{body}{{chart={kind}}}")
        assert parts[0].laid.problems == ()
        assert "\u2013" in pages(pdf)[0]


@pytest.mark.parametrize(
    ("name", "said"), [("**Wed**", ""), ("Wed", " highlight=3")], ids=["bold", "by number"]
)
def test_one_value_may_stand_out(project: Project, name: str, said: str) -> None:
    made = html(project, ROWS.replace("Wed", name) + f"{{chart=bar{said}}}")
    assert made.count("line-of hot") == 1
    assert len(set(re.findall(r"background:(#\w+)", made))) == 2


def test_a_layout_makes_a_chart_of_any_table_of_numbers(project: Project) -> None:
    made = html(project, f"<!-- layout: chart, options: {{kind: column, highlight: 1}} -->\n{ROWS}")
    assert "of-column" in made
    assert "post-of hot" in made
    made = html(project, ROWS, "slides: [{post: 1, layout: chart}]")
    assert "of-bar" in made


def test_what_is_no_number_is_told_with_its_line_and_shown_as_a_table(project: Project) -> None:
    made = html(project, ROWS.replace("8", "many") + "{chart=bar}")
    assert "<table" in made
    assert told(project) == [("chart-number", 10)]
    made = html(project, ROWS.replace("3", "3 ms").replace("8", "8 kg") + "{chart=line}")
    assert "<table" in made
    assert told(project) == [("chart-number", 10)]


@pytest.mark.parametrize(
    "table", ["| a |\n|---|\n| 1 |\n", "| a | b |\n|---|---|\n", "| a | b |\n|---|---|\n| c | |\n"]
)
def test_a_table_without_names_and_numbers_is_no_chart(project: Project, table: str) -> None:
    assert "of-" not in html(project, f"Words.\n\n{{chart=bar}}\n\n{table}")
    assert [code for code, _ in told(project)] == ["chart-number"]


def test_a_chart_that_there_is_not_is_told(project: Project) -> None:
    assert "<table" in html(project, f"{ROWS}{{chart=colum}}")
    (problem,) = project.prepared().problems
    assert (problem.code, problem.location and problem.location.line) == ("chart-kind", 6)
    assert "did you mean `column`?" in str(problem.hint)


def test_a_chart_of_very_many_rows_goes_on_with_the_same_scale(project: Project) -> None:
    rows = "".join(f"| Row {n} | {n} |\n" for n in range(1, 43))
    parts, pdf = fitted(project, f"| Name | Size |\n|---|---|\n{rows}{{chart=donut}}")
    assert len(parts) > 1
    text = " ".join(pages(pdf)).split()
    assert all(text.count(str(n)) >= 1 for n in range(1, 43))
    carousel = project.carousel()
    composer = fitter_of(carousel).composer
    longest = [max(widths(composer.compose(part.slide, Standing(1, 2)).html)) for part in parts]
    assert longest[-1] == 100
    assert longest[0] < 60


def test_a_chart_among_other_things_is_drawn_there(project: Project) -> None:
    made = html(project, f"Words before it.\n\n{ROWS}{{chart=bar}}\n\n- one\n- two")
    assert "layout-chart" not in made
    assert "of-bar" in made


def test_charts_mirror_where_one_reads_from_the_right(project: Project) -> None:
    made = html(project, f"{ROWS}{{chart=bar}}", "lang: ar")
    assert "margin-right:0.0%" in made
    parts, _ = fitted(project, f"{ROWS}{{chart=column}}", "lang: ar")
    assert parts[0].laid.problems == ()
