"""Stat, stats and timeline: which lines are figures or dates, and which only look like some."""

import pytest

from generator import content
from generator.content.dates import is_date
from generator.errors import Location
from generator.model import Slots
from tests.content_cases import spans
from tests.project import Project, fitter_of


def shape(text: str) -> str:
    return content.shape_of(content.blocks(text, Location("case.md", 1)))


def slots(text: str) -> Slots:
    blocks = content.blocks(text, Location("case.md", 1))
    return content.slots_of(blocks, content.shape_of(blocks))


def items(text: str) -> list[str]:
    """Return title and words of each item, parted by a bar."""
    return [
        f"{spans(item.title)}|{' '.join(spans(block.spans) for block in item.blocks)}"
        for item in slots(text).items
    ]


@pytest.mark.parametrize(
    ("written", "figure"),
    [
        ("## 87 %\n\nof slides", "87 %|of slides"),
        ("## 64\u00d7\n\nmore work\n\nSource: us", "64\u00d7|more work"),
        ("**3x** faster builds", "**3x**|faster builds"),
        ("**7** things that nobody told me", "**7**|things that nobody told me"),
        ("10,000 users", "10,000|users"),
        ("# $3.2M saved", "$3.2M|saved"),
        ("1M tokens", "1M|tokens"),
        ("## The result\n\n**87 %** of builds are cached", "**87 %**|of builds are cached"),
    ],
)  # fmt: skip
def test_a_line_that_is_little_more_than_an_amount_is_a_stat(written: str, figure: str) -> None:
    assert shape(written) == "stat"
    assert items(written) == [figure]


@pytest.mark.parametrize(
    "written",
    [
        "2024 was a year",
        "## 2019",
        "**2024** was a good year for it",
        "3 reasons to write it down",
        "5 tips",
        "1. Sparse attention",
        "## 1",
        "## 3.5 Turbo",
        "2.0 is here",
        "3D printing is here",
        "16-bit words",
        "5G networks",
        "100B+ models are sensitive",
        "10x engineers do not exist and nobody has ever met any of them",
        "What does 87 % mean?",
        "87 % of what?",
        "12:30 in the afternoon",
        "## 42\n\n- one\n- two",
    ],
)
def test_years_versions_counts_and_sentences_are_no_stats(written: str) -> None:
    assert shape(written) not in ("stat", "stats")


def test_a_stat_keeps_its_heading_and_its_source() -> None:
    found = slots("## The result\n\n**87 %** of builds are cached\n\nSource: our machine")
    assert spans(found.heading) == "The result"
    assert [spans(block.spans) for block in found.tail] == ["Source: our machine"]


def test_few_entries_with_figures_are_stats() -> None:
    text = "## Now\n\n- **3x** faster\n- 40 %: smaller\n- $2 \u2013 less\n\nThat is all."
    assert shape(text) == "stats"
    assert items(text) == ["**3x**|faster", "40 %:|smaller", "$2 \u2013|less"]


@pytest.mark.parametrize(
    "written",
    [
        "- 16x larger sequence length\n- Much better, and\n- the most efficient one",
        "- **1** One\n- **2** Two\n- **3** Three",
        "- **3x** faster\n- **Smaller** files",
        "1. **3x** faster\n2. **2x** smaller",
        "- **3x** a\n- **3x** b\n- **3x** c\n- **3x** d\n- **3x** e",
        f"- **3x** {'word ' * 20}\n- **2x** less",
        "- [ ] **3x** faster\n- [x] **2x** smaller",
    ],
)
def test_lists_in_which_not_every_entry_is_a_figure_are_no_stats(written: str) -> None:
    assert shape(written) not in ("stats", "stat")


@pytest.mark.parametrize(
    "date",
    [
        "2019", "1492", "2019\u20132021", "1990s", "March 2024", "15 March 2024", "Mar 3, 2024",
        "2024-03-15", "15.03.2024", "09:30", "9:30 am", "9 am\u201310 am", "14:00\u201315:30",
        "Q3 2024", "Q1",
        "Day 1", "Week 2\u20133", "since 2019", "early 2020", "März 2024", "Februar", "3 Mai",
        "juin 2021", "March 2024 \u2013 April 2024",
    ],
)  # fmt: skip
def test_dates_and_times_are_known_as_people_write_them(date: str) -> None:
    assert is_date(date)
    assert items(f"- {date}: one\n- {date}: two")[0] == f"{date}:|one"


@pytest.mark.parametrize(
    "text", ["", "12", "3.5", "Mark", "Marching", "One day", "20190", "soon-ish"]
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert not is_date(text)


def test_a_list_whose_entries_begin_with_dates_is_a_timeline() -> None:
    text = (
        "How it was:\n\n- 2019: a folder\n- **March 2024** a script\n"
        "- 09:30 \u2013 a page\n- Today: this"
    )
    assert shape(text) == "timeline"
    assert items(text) == [
        "2019:|a folder", "**March 2024**|a script", "09:30 \u2013|a page", "Today:|this"
    ]  # fmt: skip
    assert shape("1. 2019: one\n2. 2020: two") == "timeline"


@pytest.mark.parametrize(
    "written",
    ["- Today: one\n- Tomorrow: two", "- 2019: one\n- Then: two", "- 2019: one",
     "- 2019 we began\n- 2020 we went on"],
)  # fmt: skip
def test_lists_in_which_not_every_entry_has_its_date_are_no_timelines(written: str) -> None:
    assert shape(written) != "timeline"


def test_an_entry_of_a_timeline_may_go_on(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "- 2019\n\n  It began.\n\n- 2020: **It grew.** And then some.\n\n  - more\n  - and more"
    assert shape(text) == "timeline"
    project = Project(tmp_path_factory.mktemp("figures"))
    project.thread("cover: false\noutro: false", text)
    carousel = project.carousel()
    (one,) = fitter_of(carousel).deck(carousel.slides)
    assert one.slide.layout == "timeline"
    assert one.laid.problems == ()


def test_a_long_timeline_and_stats_in_large_type_go_on_as_what_they_are(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    project = Project(tmp_path_factory.mktemp("figures"))
    long = "\n".join(f"- {year}: {'something happened ' * 6}" for year in range(1990, 2004))
    figures = "## Much\n\n" + "\n".join(f"- **{n}7 %** {'of all words ' * 4}" for n in (3, 4, 5))
    for body, size in ((long, 18), (figures, 24)):
        front = f"cover: false\noutro: false\ntypography: {{body: {size}, title: 48}}"
        project.thread(front, body)
        carousel = project.carousel()
        parts = fitter_of(carousel).deck(carousel.slides)
        assert len(parts) > 1
        for part in parts:
            assert part.laid.fill <= 1
            assert all(item.title for item in part.slide.slots.items)


@pytest.mark.parametrize("title", [20, 48])
@pytest.mark.parametrize("written", ["## 10,000,000", "## 99.99 %", "## $1,234M", "## 8\u00d7"])
def test_a_figure_is_as_wide_as_the_page_allows(
    tmp_path_factory: pytest.TempPathFactory, written: str, title: int
) -> None:
    project = Project(tmp_path_factory.mktemp("figures"))
    for theme in ("night", "paper"):
        front = f"cover: false\noutro: false\ntheme: {theme}\ntypography: {{title: {title}}}"
        project.thread(front, f"{written}\n\nof something")
        carousel = project.carousel()
        (one,) = fitter_of(carousel).deck(carousel.slides)
        assert one.slide.layout == "stat"
        assert one.laid.fill <= 1


def test_any_post_can_be_shown_as_a_stat(tmp_path_factory: pytest.TempPathFactory) -> None:
    project = Project(tmp_path_factory.mktemp("figures"))
    for body in ("## 42", "Just a line of words that is no number.", "- a\n- b"):
        project.thread("cover: false\noutro: false", f"<!-- layout: stat -->\n{body}")
        carousel = project.carousel()
        (one,) = fitter_of(carousel).deck(carousel.slides)
        assert one.laid.fill <= 1
