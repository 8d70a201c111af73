"""The ladder on real slides: grow a step, stay, tighten, shrink, split, or tell."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.cache import Cache, Place
from generator.compose.tokens import FLOOR, steps
from generator.content import balanced
from generator.errors import GeneratorError
from generator.fit import Fitted, Rung
from generator.paginate import Press
from tests.project import Project, fitter_of

SENTENCE = "Nine plain words stand in each of these sentences. "
LONGER = (
    "This one has a few more words in it, so that the lines of a page do not all look the same. "
)
GROWN, NORMAL, TIGHT = Rung(0, tight=False), Rung(1, tight=False), Rung(1, tight=True)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project whose press is warm."""
    return Project(tmp_path_factory.mktemp("fit"))


def fitted(project: Project, body: str, front: str = "") -> list[Fitted]:
    """Return the slides of a thread without cover and outro as they were fitted."""
    project.thread(f"cover: false\noutro: false\n{front}", body)
    carousel = project.carousel()
    return fitter_of(carousel).deck(carousel.slides)


def paragraphs(count: int) -> str:
    """Return a heading and as many paragraphs."""
    return "## What is said\n\n" + (SENTENCE + LONGER + "\n\n") * count


def test_a_short_post_grows_by_one_step(project: Project) -> None:
    (one,) = fitted(project, SENTENCE)
    assert one.rung == GROWN
    assert one.laid.fill <= 1


def test_a_post_that_fills_its_page_keeps_the_normal_size(project: Project) -> None:
    (one,) = fitted(project, paragraphs(3))
    assert one.rung == NORMAL
    assert 0.6 < one.laid.fill <= 1


def test_a_post_grows_tightens_shrinks_and_splits_as_it_gets_longer(project: Project) -> None:
    rungs = []
    for count in range(1, 12):
        slides = fitted(project, paragraphs(count))
        assert all(one.laid.fill <= 1 for one in slides)
        if len(slides) > 1:
            break
        rungs.append(slides[0].rung)
    order = [(rung.step, rung.tight) for rung in rungs]
    assert order == sorted(order)
    assert rungs[0] == GROWN
    assert NORMAL in rungs
    assert max(rung.step for rung in rungs) >= 3
    assert len(slides) == 2


def test_tightening_is_tried_before_a_smaller_size(project: Project) -> None:
    found = set()
    for count in range(8, 18):
        (one,) = fitted(project, "## What is said\n\n" + "A short line.\n\n" * count)
        found.add(one.rung)
    assert TIGHT in found


@pytest.mark.parametrize("theme", ["night", "paper"])
def test_sizes_are_steps_of_the_theme_and_none_is_under_the_floor(
    project: Project, theme: str
) -> None:
    project.thread(f"theme: {theme}")
    carousel = project.carousel()
    sizes = steps(carousel.theme, {})
    assert min(sizes) >= FLOOR == 28
    seen = set()
    for count in (1, 4, 6, 7, 9, 14):
        for one in fitted(project, paragraphs(count), f"theme: {theme}"):
            seen.add(sizes[one.rung.step])
            assert leaf_sizes(one) >= FLOOR
    assert len(seen) >= 3
    assert seen <= set(carousel.theme.steps)


def leaf_sizes(one: Fitted) -> float:
    """Return the smallest size of a text in the flow of a page."""

    def walk(box: object, inside: bool) -> list[float]:  # noqa: FBT001
        element = getattr(box, "element", None)
        inside = inside or (element is not None and "flow" in (element.get("class") or "").split())
        if getattr(box, "text", "") and inside:
            return [float(box.style["font_size"])]  # type: ignore[attr-defined]
        found = []
        for child in getattr(box, "children", ()):
            found += walk(getattr(child, "_box", child), inside)
        return found

    return min(walk(one.laid.page._page_box, inside=False))  # noqa: SLF001


def test_what_does_not_fit_continues_under_the_same_heading_in_one_size(project: Project) -> None:
    slides = fitted(project, paragraphs(16))
    assert len(slides) >= 2
    assert len({one.rung for one in slides}) == 1
    for place, one in enumerate(slides, 1):
        assert (one.slide.part, one.slide.parts) == (place, len(slides))
        assert "".join(span.plain() for span in one.slide.slots.heading) == "What is said"
    texts = " ".join(block.plain() for one in slides for block in one.slide.blocks)
    assert texts.split() == paragraphs(16).replace("## ", "").split()


def test_a_list_is_parted_between_its_entries(project: Project) -> None:
    body = "## Many\n\n" + "".join(f"{n}. {SENTENCE}{LONGER}\n" for n in range(1, 15))
    slides = fitted(project, body)
    assert len(slides) >= 2
    numbers = [item.number for one in slides for item in one.slide.slots.items]
    assert numbers == list(range(1, 15))
    assert all(len(one.slide.slots.items) >= 3 for one in slides)


def test_a_long_paragraph_is_parted_between_its_sentences(project: Project) -> None:
    slides = fitted(project, (SENTENCE + LONGER) * 20)
    assert len(slides) >= 2
    for one in slides:
        assert one.slide.blocks[-1].plain().rstrip().endswith(".")


@pytest.mark.parametrize(
    "body",
    [
        paragraphs(9) + "The end.",
        "## Many\n\n" + f"- {SENTENCE}\n" * 16 + "\nThe end.",
        "## Many\n\n" + f"- {LONGER}\n" * 12,
        "## Many\n\n" + (SENTENCE + LONGER) * 8 + "\n\nThe end.\n\n> Said.",
        "## Many\n\n```\n" + "a line of code\n" * 32 + "```\n\nThe end.",
        "## Many\n\n| a | b |\n|---|---|\n" + "| one | two |\n" * 45 + "\nThe end.",
        "## Two\n\n❌ " + SENTENCE * 10 + "\n\n✅ " + SENTENCE * 16,
    ],
    ids=["paragraphs", "short points", "points", "a quote", "code", "a table", "two sides"],
)
def test_no_continuation_has_fewer_than_three_lines(project: Project, body: str) -> None:
    slides = fitted(project, body)
    assert len(slides) >= 2
    assert min(lines(one) for one in slides[1:]) >= 3


def lines(one: Fitted) -> int:
    """Return how many lines a slide has under its heading."""

    def walk(box: Any, inside: bool) -> set[float]:  # noqa: ANN401, FBT001
        classes = classes_of(box)
        if "top" in classes:
            return set()
        inside = inside or "flow" in classes
        shown = inside and bool(getattr(box, "text", ""))
        found = {float(box.position_y + box.height)} if shown else set()
        for child in getattr(box, "children", ()):
            found |= walk(getattr(child, "_box", child), inside)
        return found

    return len(walk(one.laid.page._page_box, inside=False))  # noqa: SLF001


def classes_of(box: Any) -> list[str]:  # noqa: ANN401
    """Return the classes of the element that a box is made for."""
    element = getattr(box, "element", None)
    return (element.get("class") or "").split() if element is not None else []


def test_a_table_of_very_many_rows_is_parted_and_its_head_repeated(project: Project) -> None:
    rows = "".join(f"| row {number} | x |\n" for number in range(1, 91))
    slides = fitted(project, f"## A table\n\n| first | second |\n|---|---|\n{rows}")
    assert len(slides) >= 3
    texts = [page_text(one) for one in slides]
    assert all("first" in text and "second" in text for text in texts)
    found = [int(number) for text in texts for number in re.findall(r"row (\d+)", text)]
    assert found == list(range(1, 91))


def test_a_comparison_that_goes_on_keeps_the_card_of_its_side(project: Project) -> None:
    slides = fitted(project, "## Two\n\n❌ " + SENTENCE * 9 + "\n\n✅ " + LONGER * 9)
    assert len(slides) >= 2
    marks = [[side.mark for side in one.slide.slots.sides] for one in slides]
    assert marks[0][0] == "bad"
    assert marks[-1][-1] == "good"
    assert all(marks)
    assert all(not one.slide.slots.body for one in slides)


@pytest.mark.parametrize("sizes", ["{title: 11, body: 11}", "{body: 12}", "{title: 24, body: 20}"])
@pytest.mark.parametrize("theme", ["night", "paper"])
def test_sizes_that_are_chosen_go_no_lower_than_the_floor(
    project: Project, theme: str, sizes: str
) -> None:
    body = "\n\n---\n\n".join(
        ["> " + LONGER * 4 + "\n>\n> — somebody", paragraphs(7) + "| a |\n|---|\n| b |",
         "- **One:** " + LONGER + "\n- **Two:** `code`" + LONGER, "Donaudampfschiff" * 3]
    )  # fmt: skip
    slides = fitted(project, body, f"theme: {theme}\ntypography: {sizes}")
    assert min(leaf_sizes(one) for one in slides) >= FLOOR


def test_a_last_slide_in_large_type_shrinks_below_what_posts_do(project: Project) -> None:
    front = "title: A title\ncover: false\ntargets: [landscape]\ntypography: {body: 26}"
    lines = ", ".join(["Repost it for somebody who needs it"] * 5)
    project.thread(f"{front}\noutro: {{title: The end, lines: [{lines}], link: 'https://x.org'}}")
    carousel = project.carousel()
    post, outro = fitter_of(carousel).deck(carousel.slides)
    assert post.rung == GROWN
    assert outro.laid.fill <= 1
    assert leaf_sizes(outro) >= FLOOR


def test_a_split_post_is_told_and_its_pages_are_counted(project: Project) -> None:
    project.thread("cover: false", paragraphs(16) + "\n---\n\nThe end.")
    carousel = project.carousel()
    fitter = fitter_of(carousel)
    slides = fitter.deck(carousel.slides)
    assert [(p.severity, p.code) for p in fitter.problems] == [("info", "post-split")]
    assert str(fitter.problems[0].location) == "content/talk.md:4:1"
    total = f"{len(slides):02}"
    assert total in page_text(slides[-1])


def page_text(one: Fitted) -> str:
    """Return all words of a page, the frame's too."""

    def walk(box: object) -> list[str]:
        text = getattr(box, "text", "")
        if isinstance(text, str) and text:
            return [text]
        return [word for child in getattr(box, "children", ())
                for word in walk(getattr(child, "_box", child))]  # fmt: skip

    return " ".join(walk(one.laid.page._page_box))  # noqa: SLF001


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("## " + "An endless heading that goes on and on " * 20, "does-not-fit"),
        ("| a | b |\n|---|---|\n| " + LONGER * 30 + " | x |", "does-not-fit"),
        (SENTENCE * 400, "post-too-long"),
    ],
    ids=["a heading", "a cell", "3,600 words"],
)
def test_what_fits_nowhere_is_named_by_post_and_words(
    project: Project, body: str, code: str
) -> None:
    with pytest.raises(GeneratorError) as caught:
        fitted(project, f"First.\n\n---\n\n{body}")
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.location)) == (code, "content/talk.md:9:1")
    assert "post 2" in problem.message
    quoted = problem.message.partition("\u201c")[2].rpartition(" …")[0]
    assert len(quoted.split()) == 8
    assert quoted in " ".join(body.split())
    assert problem.hint


def test_a_word_that_is_too_wide_by_a_hair_is_set_smaller_and_not_torn(project: Project) -> None:
    project.thread("title: Block Reference\ntheme: paper\noutro: false")  # by 0.84 of 904 px
    carousel = project.carousel()
    cover = fitter_of(carousel).deck(carousel.slides)[0]
    assert cover.rung.step == NORMAL.step + 1
    assert cover.laid.torn <= 1


def test_a_long_title_is_set_small_on_its_cover(project: Project) -> None:
    title = " ".join(f"press{number} word" for number in range(24))
    project.thread(f"title: {title}\noutro: false", SENTENCE)
    carousel = project.carousel()
    cover, _ = fitter_of(carousel).deck(carousel.slides)
    assert cover.laid.fill <= 1
    assert cover.rung.step == 5


def test_a_cover_that_does_not_fit_says_so(project: Project) -> None:
    project.thread(f"title: {'An endless title ' * 60}")
    carousel = project.carousel()
    with pytest.raises(GeneratorError) as caught:
        fitter_of(carousel).deck(carousel.slides)
    (problem,) = caught.value.problems
    assert problem.code == "does-not-fit"
    assert "the cover" in problem.message
    assert "---" not in (problem.hint or "")


def test_every_fault_of_a_deck_is_told_at_once(project: Project) -> None:
    body = "\n\n---\n\n".join(["## " + "An endless heading " * 60] * 3)
    with pytest.raises(GeneratorError) as caught:
        fitted(project, body)
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize("target", ["linkedin", "linkedin-square", "story", "landscape"])
def test_nothing_overflows_on_any_canvas(project: Project, target: str) -> None:
    body = "\n\n---\n\n".join(
        [paragraphs(3), "> " + LONGER * 3 + "\n>\n> — somebody", "- one\n- two\n- three",
         "1. **One**: " + LONGER + "\n2. **Two**: " + LONGER, "Donaudampfschifffahrtsgesellschaft"]
    )  # fmt: skip
    slides = fitted(project, body, f"targets: [{target}]")
    assert max(one.laid.fill for one in slides) <= 1


@given(st.lists(st.integers(1, 500), min_size=1, max_size=9), st.data())
@settings(max_examples=60)
def test_parts_are_as_even_as_their_order_allows(weights: list[int], data: st.DataObject) -> None:
    count = data.draw(st.integers(1, len(weights)))
    sizes = balanced(weights, count)
    assert len(sizes) == count
    assert sum(sizes) == len(weights)
    assert min(sizes) >= 1
    assert heaviest(weights, sizes) == min(
        heaviest(weights, list(other)) for other in compositions(len(weights), count)
    )


def heaviest(weights: list[int], sizes: list[int]) -> int:
    """Return the weight of the heaviest group."""
    groups, at = [], 0
    for size in sizes:
        groups.append(sum(weights[at : at + size]))
        at += size
    return max(groups)


def compositions(total: int, count: int) -> list[tuple[int, ...]]:
    """Return every way to part `total` things into `count` groups."""
    if count == 1:
        return [(total,)]
    return [(first, *rest) for first in range(1, total - count + 2)
            for rest in compositions(total - first, count - 1)]  # fmt: skip


def test_a_rung_that_was_found_once_is_not_looked_for_again(
    project: Project, tmp_path: Path
) -> None:
    project.thread("cover: false\noutro: false", f"{paragraphs(4)}\n\n---\n\nShort.")
    carousel, cache = project.carousel(), Cache(Place(str(tmp_path)))
    counts, rungs = [], []
    for _build in range(2):
        fitter = replace(fitter_of(carousel), cache=cache)
        with patch.object(Press, "lay_out", autospec=True, side_effect=Press.lay_out) as laid:
            rungs.append([one.rung for one in fitter.deck(carousel.slides)])
        counts.append(laid.call_count)
    assert rungs[0] == rungs[1]
    assert counts[0] > counts[1] == len(carousel.slides)


def test_a_rung_is_looked_for_again_when_the_sizes_are_others(
    project: Project, tmp_path: Path
) -> None:
    cache = Cache(Place(str(tmp_path)))
    for front in ("", "typography: {body: 21}"):
        project.thread(f"cover: false\noutro: false\n{front}", paragraphs(4))
        carousel = project.carousel()
        alone = fitter_of(carousel).deck(carousel.slides)
        remembered = replace(fitter_of(carousel), cache=cache).deck(carousel.slides)
        assert [one.rung for one in remembered] == [one.rung for one in alone]
