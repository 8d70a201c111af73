"""The preview as people meet it: in a browser, with keys, while they write."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browsing import browser, heard, served
from tests.project import Project

DECK = """\
---
title: Write the ==first line== last
author: {name: Your Name, handle: "@you"}
targets: [instagram, linkedin]
---
The thing itself comes first.

---

Then why it is so.

---

At last, what to do about it.
"""
OTHER = "---\ncover: false\n---\n\nAnother carousel.\n\n---\n\n![](none.png)\n"


@dataclass(slots=True)
class Looking:
    """Somebody who looks at a preview of a project in a browser."""

    project: Project
    browser: Browser
    address: str
    wrong: list[str] = field(default_factory=list)

    def page(self, at: str = "", scheme: str = "light", width: int = 1280) -> Page:
        """Return a page of the preview; its faults are kept."""
        viewport = {"width": width, "height": 800}
        context = self.browser.new_context(
            viewport=viewport,  # type: ignore[arg-type]
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        page = context.new_page()
        self.wrong = heard(page)
        page.goto(self.address + at)
        return page

    def save(self, text: str) -> None:
        """Save the deck."""
        self.project.file("content/talk.md", text)


@pytest.fixture(scope="module")
def looking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looking]:
    """Yield somebody who looks at two carousels, one of which is broken."""
    project = Project(tmp_path_factory.mktemp("looked at"))
    project.file("content/talk.md", DECK)
    project.file("content/other.md", OTHER)
    with served(project) as (address, _), browser() as started:
        yield Looking(project, started, address)


def shown(page: Page) -> str:
    """Return the address of the picture that is on the stage."""
    return page.locator("#spot img.slide").get_attribute("data-id") or ""


def ready(page: Page) -> None:
    """Wait until the deck is drawn by a warm worker."""
    expect(page.locator("#deck[data-proved=true][data-sharp=true]")).to_be_visible()


def test_the_wall_finds_carousels_and_leads_to_one(looking: Looking) -> None:
    page = looking.page()
    cards = page.locator(".card:visible")
    expect(cards).to_have_count(2)
    expect(page.get_by_text("1 error")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("first line")
    expect(cards).to_have_count(1)
    expect(page.locator("#said")).to_contain_text("1 of 2 carousels")
    cards.get_by_role("link").first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Write the first line last")
    expect(page.locator("#strip li")).to_have_count(4)
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Carousels")).to_be_visible()
    assert looking.wrong == []


def test_keys_turn_slides_and_open_the_full_view(looking: Looking) -> None:
    page = looking.page("#/talk/linkedin")
    at = page.locator("#at")
    expect(at).to_have_text("1 / 4")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(at).to_have_text("3 / 4")
    expect(page.locator("#spot img.slide")).to_have_attribute("alt", "Then why it is so.")
    expect(page.locator("#place")).to_contain_text("content/talk.md:10")
    expect(page.locator("#said")).to_have_text("Slide 3 of 4. Then why it is so.")
    page.keyboard.press("f")
    expect(page.locator("#big-slide")).to_be_visible()
    page.keyboard.press("End")
    expect(page.locator("#big-at")).to_have_text("4 / 4")
    said = page.get_by_role("dialog").get_by_role("status")
    expect(said).to_contain_text("Slide 4 of 4. At last")
    page.keyboard.press("Escape")
    expect(page.locator("#big-slide")).to_be_hidden()
    assert page.url.endswith("#/talk/linkedin@4")
    assert looking.wrong == []


def test_a_save_redraws_the_changed_slide_in_place(looking: Looking) -> None:
    page = looking.page("#/talk/linkedin@3")
    ready(page)
    page.evaluate("document.querySelector('#strip').firstElementChild.dataset.same = 'yes'")
    before, first = shown(page), page.locator("#strip img").first.get_attribute("src")
    edited = DECK.replace("why it is so", "why it was so")
    looking.save(edited)

    expect(page.locator("#spot img.slide")).not_to_have_attribute("data-id", before)
    expect(page.locator("#at")).to_have_text("3 / 4")
    expect(page.locator("#said")).to_have_text("Slide 3 of 4 is new.")
    expect(page.locator("#spot img.slide")).to_have_attribute("alt", "Then why it was so.")
    assert page.locator("#strip img").first.get_attribute("src") == first
    assert page.locator("#strip li[data-same=yes]").count() == 1

    ready(page)
    looking.save(edited.replace("The thing itself", "New.\n\n---\n\nThe thing itself"))
    expect(page.locator("#at")).to_have_text("4 / 5")  # the slide that was looked at
    looking.save(edited)
    expect(page.locator("#at")).to_have_text("3 / 4")
    looking.save(DECK)
    assert looking.wrong == []


def test_a_broken_file_shows_its_problem_over_the_last_good_slide(looking: Looking) -> None:
    page = looking.page("#/talk/linkedin@3")
    ready(page)
    before = shown(page)
    looking.save(DECK.replace("Then why", "<!-- layout: nowhere -->\nThen why"))

    broken = page.locator("#broken")
    expect(broken).to_contain_text("content/talk.md:10")
    assert shown(page) == before
    looking.save(DECK)
    expect(broken).to_be_hidden()


def test_a_renamed_file_and_a_server_that_starts_again_leave_you_where_you_were(
    looking: Looking,
) -> None:
    page = looking.page("#/talk/linkedin@3")
    ready(page)
    before = shown(page)
    page.evaluate("lay({...seen.reel, slides: [], proved: false, state: 'waiting'})")
    assert shown(page) == before
    page.evaluate("lay({...seen.reel, slides: [], when: seen.reel.when - 1})")  # an old answer
    assert shown(page) == before

    file = looking.project.root / "content/talk.md"
    file.rename(file.with_name("speech.md"))
    expect(page.locator("#deck-path")).to_contain_text("content/speech.md")
    expect(page.locator("#at")).to_have_text("3 / 4")
    expect(page.locator("#said")).to_have_text("Its file is content/speech.md now.")
    file.with_name("speech.md").rename(file)
    expect(page.locator("#deck-path")).to_contain_text("content/talk.md")


def test_phones_show_the_slide_and_the_grid_cuts_the_cover(looking: Looking) -> None:
    page = looking.page("#/talk/instagram@2", width=375)
    ready(page)
    for name in ("LinkedIn", "Instagram"):
        page.get_by_role("radio", name=name, exact=True).check(force=True)
        expect(page.locator(".phone img.slide")).to_be_visible()
    page.get_by_role("button", name="Guides").click()
    safe = page.locator(".guide .safe")
    expect(safe).to_be_visible()
    page.get_by_role("radio", name="Grid").check(force=True)
    cell = page.locator(".cell.own")
    box, cover = cell.bounding_box(), cell.locator("img").bounding_box()
    assert box
    assert cover
    assert box["width"] / cover["width"] == pytest.approx(1012 / 1080, abs=0.01)


@pytest.mark.parametrize("width", [1280, 375])
def test_guides_lie_on_the_slide_whatever_its_proportions(looking: Looking, width: int) -> None:
    page = looking.page("#/talk/instagram", width=width)
    ready(page)
    page.get_by_role("button", name="Guides").click()
    for across in (1080, 1350, 2400):
        for view in ("slide", "linkedin", "instagram"):
            page.evaluate(f"seen.reel.page = [{across}, 1350]; view('{view}')")
            slide = page.locator("#spot img.slide").bounding_box()
            assert slide
            assert page.locator(".guide").bounding_box() == pytest.approx(slide, abs=0.6)
            assert slide["width"] / slide["height"] == pytest.approx(across / 1350, abs=0.02)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("at", ["", "#/talk/instagram@2", "#/other"])
def test_axe_finds_nothing_that_shuts_anybody_out(looking: Looking, scheme: str, at: str) -> None:
    page = looking.page(at, scheme)
    expect(page.locator(".card")).to_have_count(2)
    if at.startswith("#/talk"):
        ready(page)
        page.get_by_role("button", name="Guides").click()
    elif at:
        expect(page.locator("#broken")).to_contain_text("content/other.md")
    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
