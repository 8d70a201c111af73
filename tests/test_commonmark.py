"""CommonMark's own examples become slides: each word is in the PDF, each picture's text in /Alt."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from generator.build.prepare import Prepared, prepare
from generator.build.project import open_project, sources
from generator.errors import Severity
from generator.paginate import About
from generator.settings.resolve import command_line
from tests.project import SVG, Project, alts, fitter_of, pages
from tests.test_words import squeezed

EXAMPLES = json.loads((Path(__file__).parent / "fixtures/commonmark/spec.json").read_text("utf-8"))
HANDS = 4
"""Into how many tests they are dealt, so that several processes can take them."""
MARKDOWN = MarkdownIt("commonmark", {"html": False})
SHOWN = {"text", "code_inline", "fence", "code_block"}
COMMENT = re.compile(r"<!--(?:-?>|[\s\S]*?-->)")
ELSEWHERE = re.compile(r"/(?:url2?|path/to/train\.jpg)\b")
"""Where the pictures of the examples lie: outside of any project."""
SCHEMES = {500, 596, 598, 599, 601}
"""The examples whose links lead where none of ours may: `irc:`, `made-up-scheme:`."""


class Example(NamedTuple):
    """An example, with its pictures beside it."""

    markdown: str
    number: int

    @property
    def words(self) -> list[str]:
        """Return the words that it shows; comments show none."""
        shown = (token for token in self._tokens if token.type in SHOWN)
        return [word for token in shown for word in token.content.split()]

    @property
    def alts(self) -> list[str]:
        """Return the texts that stand for its pictures."""
        inline = RendererHTML().renderInlineAsText
        pictures = (token.children for token in self._tokens if token.type == "image")
        return [text for each in pictures if (text := inline(each, MARKDOWN.options, {}))]

    @property
    def _tokens(self) -> Iterator[Token]:
        for block in MARKDOWN.parse(COMMENT.sub("", self.markdown)):
            yield from block.children or [block]


def example(raw: dict[str, str | int]) -> Example:
    """Return an example of the specification."""
    return Example(ELSEWHERE.sub("train.jpg", str(raw["markdown"])), int(raw["example"]))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project that has the pictures of the examples."""
    made = Project(tmp_path_factory.mktemp("commonmark"))
    made.file("threadpress.yaml", "")
    for name in ("train.jpg", "moon.jpg", "url", "uri3"):
        made.file(f"content/{name}", SVG)
    return made


@pytest.mark.parametrize("hand", range(HANDS))
def test_every_word_of_every_example_is_in_the_pdf(project: Project, hand: int) -> None:
    here = open_project(project.root)
    library = here.library()
    for each in map(example, EXAMPLES[hand::HANDS]):
        path = project.thread("title: T\ncover: false\noutro: false", each.markdown)
        (source,), _ = sources(here, [path])
        prepared = prepare(here, source, command_line(()), library)
        told = [one.code for one in prepared.problems if one.severity is Severity.ERROR]
        assert told in fates(each), each
        if not told:
            shown(prepared, each)


def fates(each: Example) -> list[list[str]]:
    """Return the errors that an example may lead to: none, unless nothing can be shown of it."""
    if each.number in SCHEMES:
        return [["link-refused"]]
    return [[]] if each.words or each.alts else [[], ["content-empty"]]


def shown(prepared: Prepared, each: Example) -> None:
    """Fail unless the slides hold the words, and say what the pictures show."""
    (carousel,) = prepared.carousels
    fitter = fitter_of(carousel)
    laid = [one.laid.page for one in fitter.deck(carousel.slides)]
    pdf = fitter.press.write(laid, About("T", "en"), carousel.canvas.scale)
    text = squeezed("".join(pages(pdf)))
    assert [word for word in each.words if squeezed(word) not in text] == [], each
    assert [alt for alt in each.alts if alt not in alts(pdf)] == [], each
