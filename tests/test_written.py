"""Slides written as Markdown again: read anew, they say the same."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator import content
from generator.errors import GeneratorError, Location
from generator.exporters._markdown import Writer
from generator.exporters._plain import Teller
from generator.model import Block, Slide, Span

ROOT = Path(__file__).parents[1]
SAMPLES = sorted((ROOT / "layouts").glob("*/sample.md")) + sorted((ROOT / "content").rglob("*.md"))
HARD = [
    "1\\. is no list, nor \\# a heading, nor \\- an entry",
    "a \\* b \\_c\\_ \\`d\\` \\[e] <b> 5 < 6 \\<kbd> \\==x\\== 2\\^3 H~2~O ~~no~~ x^2^",
    '`` a `tick` `` and `\\n`, a [link](https://x.org/a_(b) "its title") & &amp; &#38;',
    "**bold *and soft*** ==lit== <kbd>Ctrl</kbd> <u>line</u>  \nbroken",
    "$a_1 < b$ costs $5 and $6",
    "- one\n- two\n  - three\n\n    more\n- [x] done",
    "3. three\n4. four",
    "> quoted\n>\n> — *who*",
    "> [!TIP] A title\n> With words.",
    "```py title=\"a.py\"\nx = '```'\n```",
    "| a | b |\n|:--|--:|\n| c \\| d | 5.5 |",
    "Term\n: What it means",
    "Said.[^a]\n\n[^a]: Because.",
    "$$\nx^2 + y^2\n$$",
    '![Alt *text*](pic.svg "A caption")',
    "-- no rule\n\n+ no, \\+ no",
]


def blocks(text: str) -> tuple[Block, ...]:
    """Return Markdown as blocks that know no lines."""
    return tuple(map(placeless, content.blocks(text, Location("a.md", 1))))


def placeless(block: Block) -> Block:
    """Return a block without what depends on where it stands."""
    inner, spans = tuple(map(placeless, block.blocks)), tuple(map(lineless, block.spans))
    return replace(block, line=0, blocks=inner, spans=spans, tight=block.kind != "list")


def lineless(span: Span) -> Span:
    """Return a span that knows no line."""
    return replace(span, line=0, spans=tuple(map(lineless, span.spans)))


def again(text: str) -> str:
    """Return Markdown as the writer writes it."""
    return "\n\n".join(map(Writer().block, content.blocks(text, Location("a.md", 1))))


@pytest.mark.parametrize("text", HARD)
def test_what_is_hard_to_write_is_read_again_as_it_was(text: str) -> None:
    assert blocks(again(text)) == blocks(text), again(text)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_sample_is_read_again_as_it_was(path: Path) -> None:
    source = content.load(path.read_bytes(), path.name, str(path), "x")
    try:
        posts = content.read(source, frozenset()).posts
    except GeneratorError as wrong:
        pytest.fail(str(wrong))
    for post in posts:
        text = "\n\n".join(map(Writer().block, post.blocks))
        assert blocks(text) == tuple(map(placeless, post.blocks)), text


def test_plain_words_have_no_markup_and_say_what_pictures_show() -> None:
    text = "**Bold** and ![a dot](d.png) `code`[^a]\n\n- [x] done\n\n| a | b |\n|-|-|\n| c | d |"
    text += '\n\n![A hill](h.png "At noon")\n\n```py title="a.py"\nx = 1\n```'
    slide = Slide("post", Location("a.md"), blocks=content.blocks(text, Location("a.md", 1)))
    assert Teller().lines(slide) == (
        "Bold and a dot code[^a]", "• ☑ done", "a | b", "c | d",
        "A hill", "At noon", "a.py", "x = 1",
    )  # fmt: skip
