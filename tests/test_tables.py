"""Tables: numbers on their points, a column that stands out, cards where a table is too wide."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import content
from generator.compose import Standing
from generator.content import numbers
from generator.errors import Location
from generator.fit import Fitted
from generator.model import Block
from generator.paginate import About
from tests.project import Project, fitter_of, pages

COSTS = """## What it costs

| Step | Cold | Warm |
|---|---|---|
| Read | 12.5 ms | 0.4 ms |
| Lay out | 310 ms | 18.25 ms |

Measured once."""
WIDE = "| " + " | ".join(f"Responsibility{n}" for n in range(6)) + " |\n" + "|---" * 6 + "|\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return an empty project."""
    return Project(tmp_path_factory.mktemp("tables"))


def fitted(project: Project, body: str, **looks: str) -> list[Fitted]:
    """Return the slides of a body, fitted, without cover and outro."""
    front = "\n".join(f"{key}: {value}" for key, value in looks.items())
    project.thread(f"title: T\ncover: false\noutro: false\n{front}", body)
    carousel = project.carousel()
    return fitter_of(carousel).deck(carousel.slides)


def html(project: Project, body: str, **looks: str) -> str:
    """Return the first slide of a body as HTML."""
    front = "\n".join(f"{key}: {value}" for key, value in looks.items())
    project.thread(f"title: T\ncover: false\noutro: false\n{front}", body)
    carousel = project.carousel()
    return fitter_of(carousel).composer.compose(carousel.slides[0], Standing(1, 1)).html


def shape(text: str) -> str:
    return content.shape_of(content.blocks(text, Location("case.md", 1)))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,234.5", 1234.5),
        ("1 234,5", 1234.5),
        ("1.234.567", 1234567),
        ("0.987", 0.987),
        ("87 %", 87),
        ("$3.2M", 3_200_000),
        ("\u22123.5", -3.5),
        ("4k tokens", 4000),
        ("~512", 512),
        ("5 GB", 5e9),
        ("200 ms", 0.2),
        ("<1 ms", 0.001),
    ],
)
def test_numbers_are_read_as_people_write_them(written: str, value: float) -> None:
    read = numbers.read(written)
    assert read is not None
    assert read.value == pytest.approx(value)


@pytest.mark.parametrize(
    "written",
    ["", "None", "10\u201320", "2024-01", "12:30", "1/2", "v2", "16-bit", "3 of 4", "a 1"],
)
def test_what_is_no_single_number_is_read_as_none(written: str) -> None:
    assert numbers.read(written) is None


def test_a_point_parts_thousands_where_the_column_says_so() -> None:
    read = numbers.column(["1.234", "987"])
    assert [number.value for number in read if number] == [1234, 987]
    read = numbers.column(["1.234", "0.5"])
    assert [number.value for number in read if number] == [1.234, 0.5]


@given(st.text(st.sampled_from("0123456789.,' -%k$x"), max_size=12))
@settings(max_examples=60)
def test_no_text_of_digits_is_too_odd_to_read(text: str) -> None:
    read = numbers.read(text)
    assert read is None or 0 < read.point <= len(text)


def test_a_table_with_few_words_around_it_is_a_table() -> None:
    assert shape(COSTS) == "table"
    assert shape("| a | b |\n|---|---|\n| c | d |") == "table"
    assert shape(f"{COSTS}\n\n{'Many more words. ' * 30}") == "text"
    assert shape(f"{COSTS}\n\n- one\n- two") != "table"


def test_numbers_stand_under_each_other_on_their_points(project: Project) -> None:
    (one,) = fitted(project, COSTS)
    texts = [box for box in boxes(one.laid.page._page_box) if getattr(box, "text", "")]  # noqa: SLF001
    ends = {box.text: box.position_x + box.width for box in texts}
    assert ends["12"] == pytest.approx(ends["310"], abs=0.5)
    assert ends["0"] == pytest.approx(ends["18"], abs=0.5)


def boxes(box: Any) -> list[Any]:  # noqa: ANN401  WeasyPrint's boxes are untyped
    """Return all boxes in a box that have no children."""
    children = getattr(box, "children", ())
    if not children:
        return [box]
    return [leaf for child in children for leaf in boxes(getattr(child, "_box", child))]


def test_text_columns_stand_left_and_number_columns_right(project: Project) -> None:
    body = "| a | b | c |\n|---|---|:-:|\n| one | 12 | 3 |\n| two | 1,300 | 4 |"
    made = html(project, body)
    assert '<td class="key">one</td>' in made
    assert '<td class="digits" style="text-align:right">12</td>' in made
    assert '<td class="digits" style="text-align:center">3</td>' in made


@pytest.mark.parametrize(
    ("comment", "head"),
    [("<!-- options: {highlight: 3} -->\n", "c"), ("", "**c**")],
    ids=["an option", "a bold head"],
)
def test_one_column_may_stand_out(project: Project, comment: str, head: str) -> None:
    made = html(project, f"{comment}| a | b | {head} |\n|---|---|---|\n| d | e | f |")
    assert re.findall(r'class="hot">(?:<strong>)?(\w)', made) == ["c", "f"]


def test_a_wide_table_becomes_a_card_for_each_row(project: Project) -> None:
    body = f"{WIDE}| one | two | | four | five | six |\n| 1 | 2 | 3 | 4 | 5 | 6 |"
    made = html(project, body).partition("<main")[2]
    assert "<table" not in made
    assert made.count('<div class="plate">') == 2
    assert made.count("Responsibility0") == 2
    assert made.count("Responsibility2") == 1  # nothing is said of an empty cell
    landscape = html(project, body, targets="[landscape]")
    assert "<table" in landscape


def test_a_long_table_goes_on_with_its_head_and_all_rows(project: Project) -> None:
    rows = "".join(f"| row {n} | {n} | {'word ' * 9}|\n" for n in range(30))
    parts = fitted(project, f"## Long\n\n| A | **B** | Head |\n|---|---|---|\n{rows}")
    assert len(parts) > 1
    carousel = project.carousel()
    fitter = fitter_of(carousel)
    pdf = fitter.press.write([part.laid.page for part in parts], About("T", "en"))
    text = pages(pdf)
    assert all("Head" in page for page in text)
    found = re.findall(r"row (\d+)", " ".join(" ".join(text).split()))
    assert found == [str(n) for n in range(30)]
    hot = [block.attribute("highlight") for part in parts for block in tables(part)]
    assert hot == ["2"] * len(parts)


def tables(part: Fitted) -> list[Block]:
    return [block for block in part.slide.blocks if block.kind == "table"]


def test_the_parts_of_a_table_are_all_cards_or_none(project: Project) -> None:
    words = "incomprehensibilities considerations responsibilities internationally"
    short = "| a | b | c | d |\n" * 12
    head = "| Head | Second | Third | Fourth |\n|---|---|---|---|\n"
    wide = f"| {' | '.join(words.split())} |\n"
    parts = fitted(project, head + short + wide, theme="night")
    assert len(parts) > 1
    composer = fitter_of(project.carousel()).composer
    made = [composer.compose(part.slide, Standing(1, 2)).html for part in parts]
    assert all('class="plate"' in each for each in made)


def test_a_table_stays_in_the_page_at_any_size(project: Project) -> None:
    body = (
        "## T\n\n| Dimension | Responsibilities | Considerations | Implementation |\n"
        "|---|---|---|---|\n| Requirements | Catastrophic collapse | bottleneck | tuning |"
    )
    for theme in ("night", "paper"):
        for size in ("11", "24"):
            for one in fitted(project, body, theme=theme, typography=f"{{body: {size}}}"):
                assert one.laid.fill <= 1
                assert one.laid.problems == ()


def test_units_that_are_wider_than_a_digit_part_no_small_table(project: Project) -> None:
    body = "| a | b | c |\n|---|---|---|\n| Pages | 40 | 6 |\n| Mean | 1h | 12m |"
    (one,) = fitted(project, body, theme="night")
    assert one.laid.fill < 0.5


def test_a_row_that_fits_on_no_slide_goes_on_under_its_name(project: Project) -> None:
    head = " | ".join(f"Property{n}" for n in range(9))
    cells = " | ".join(f"considerations {n} responsibilities" for n in range(9))
    body = f"## T\n\n| {head} |\n{'|---' * 9}|\n| {cells} |"
    parts = fitted(project, body, targets="[linkedin-square]", typography="{body: 24}")
    assert len(parts) > 1
    fitter = fitter_of(project.carousel())
    text = pages(fitter.press.write([part.laid.page for part in parts], About("T", "en")))
    found = re.findall(r"considerations (\d)", " ".join(" ".join(text).split()))
    assert sorted(set(found)) == list("012345678")
    assert all("considerations 0" in " ".join(page.split()) for page in text)  # its name
