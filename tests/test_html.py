"""A carousel as one HTML file: what is in it, and what a reader can do with it in a browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browsing import browser, heard
from tests.project import SVG, Project

QUIZ = """
Which one is <right>?

- [ ] The first
- [x] The second
- [ ] The third

Because it *is*.

---

## A heading

![A grey field](field.svg)

A [link](https://example.org/a).

---

| Name | Number |
|---|--:|
| One | 1 |
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project whose carousel was built as HTML."""
    made = Project(tmp_path_factory.mktemp("html"))
    made.file("threadpress.yaml", "")
    made.file("content/field.svg", SVG)
    made.thread("title: Two & two\nrecipe: quiz\nlang: de\ncover: {kicker: Ein Quiz}", QUIZ)
    made.built("--files", "html")
    return made


@pytest.fixture(scope="module")
def path(project: Project) -> Path:
    """Return the file."""
    return project.root / "output/talk/linkedin/talk.html"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Yield a browser."""
    with browser() as started:
        yield started


@pytest.fixture
def page(chromium: Browser, path: Path) -> Iterator[Page]:
    """Yield the file, opened from the disk; fail if it asks for anything or goes wrong."""
    opened = chromium.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    wrong = heard(opened)
    opened.goto(path.as_uri())
    yield opened
    assert not wrong
    assert [url for url in asked if not url.startswith("data:")] == [path.as_uri()]
    opened.close()


def test_one_file_holds_it_all_and_forbids_itself_the_network(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "default-src 'none'" in text
    assert not re.search(r"(?:src|href)=\"(?!data:|#|https://example\.org/a\")", text)
    assert len(text) < 300_000


def test_the_same_carousel_gives_the_same_bytes(project: Project, path: Path) -> None:
    single = project.root / "again.html"
    project.built(str(project.root / "content/talk.md"), "-o", str(single))
    assert single.read_bytes() == path.read_bytes()


def test_a_screen_reader_gets_headings_lists_tables_and_what_pictures_show(page: Page) -> None:
    expect(page.get_by_role("region", name="Two & two")).to_be_visible()
    expect(page.get_by_role("heading", name="A heading")).to_have_count(1)
    expect(page.get_by_role("columnheader", name="Number")).to_have_count(1)
    expect(page.get_by_role("button", name="Nächste Folie")).to_be_enabled()
    assert "A grey field" in page.locator("[id='4'] .said").first.inner_html()


def test_no_rule_of_accessibility_is_broken(page: Page) -> None:
    page.set_viewport_size({"width": 375, "height": 700})
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_keys_dots_and_buttons_turn_slides(page: Page) -> None:
    count = page.locator(".count")
    expect(count).to_have_text("1 / 5")
    page.keyboard.press("ArrowRight")
    expect(count).to_have_text("2 / 5")
    page.keyboard.press("End")
    expect(count).to_have_text("5 / 5")
    page.locator(".dots a").nth(2).click()
    expect(count).to_have_text("3 / 5")
    page.get_by_role("button", name="Vorige Folie").click()
    expect(count).to_have_text("2 / 5")
    assert page.url.endswith("#2")


def test_an_option_that_is_clicked_says_whether_it_is_right_and_why(page: Page) -> None:
    page.keyboard.press("ArrowRight")
    expect(page.locator(".count")).to_have_text("2 / 5")
    told = page.get_by_role("status").first
    page.get_by_role("button", name="C: The third").click()
    expect(told).to_have_text("Nicht richtig")
    page.get_by_role("button", name="B: The second").click()
    expect(told).to_contain_text("Because it is.")
    expect(page.locator(".score")).to_have_text("✓ 0 / 1")
    expect(page.get_by_role("button", name="A: The first")).to_be_disabled()


def test_the_text_over_a_slide_can_be_copied(page: Page) -> None:
    copied = page.evaluate(
        "() => { const all = getSelection();"
        "all.selectAllChildren(document.querySelectorAll('.sheet > svg')[1]);"
        "return all.toString(); }"
    )
    assert "Which one is <right>?" in " ".join(copied.split())


def test_without_answers_there_is_nothing_to_click(tmp_path: Path) -> None:
    made = Project(tmp_path)
    made.file("threadpress.yaml", "")
    made.thread("recipe: quiz\nreveal: none\ncover: false", QUIZ.partition("---")[0])
    made.built(str(made.root / "content/talk.md"), "-o", str(tmp_path / "x.html"))
    assert 'class="option"' not in (tmp_path / "x.html").read_text("utf-8")
