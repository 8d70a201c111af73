"""Blocks and spans as HTML that cannot be anything but what the writer wrote."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from markupsafe import Markup, escape

from generator.compose.directions import turned
from generator.compose.ingredients import Ingredient
from generator.compose.tables import table
from generator.compose.typography import LONELY_LETTERS, set_text
from generator.model import Block, Picture, Span

TAGS = {
    "strong": "strong", "em": "em", "strike": "s", "mark": "mark", "sub": "sub", "sup": "sup",
    "kbd": "kbd", "underline": "u",
}  # fmt: skip
LINKS = ("http://", "https://", "mailto:", "tel:")
GAP = Markup("<span> </span>")
"""A space before an inline box: WeasyPrint 70 wants a text's own last space to fit on the line when
an inline box follows, and breaks a word too early."""
HEADING_BELOW_TITLE = 3
"""A heading inside a slide's body is never above h3: the slide's own heading is h2."""


@dataclass(slots=True)
class Typesetter:
    """Turns content into HTML for one slide: its language, its pictures, the ingredients.

    `letters` and `line_letters`: up to how many a last word keeps the one before it with it, in
    running text and in headings; more would leave a word too long for its line. `measure`: about
    how many letters of small print a line holds at the smallest size.
    """

    lang: str
    pictures: Mapping[str, Picture]
    picture_url: Callable[[Picture], str]
    ingredients: tuple[Ingredient, ...] = ()
    letters: int = LONELY_LETTERS
    line_letters: int = 0
    measure: int = 58

    def inline(self, spans: Iterable[Span], *, last: bool = True) -> Markup:
        """Return spans as HTML without a block around them."""
        return self._turned(set_text(spans, self.lang, last=last, letters=self.letters))

    def line(self, spans: Iterable[Span]) -> Markup:
        """Return spans as HTML whose line breaks are settled elsewhere: headings, labels."""
        last = self.line_letters > 0
        return self._turned(set_text(spans, self.lang, last=last, letters=self.line_letters))

    def blocks(self, blocks: Iterable[Block]) -> Markup:
        """Return blocks as HTML."""
        return Markup("\n").join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> Markup:
        for ingredient in self.ingredients:
            if ingredient.block and (made := ingredient.block(block)) is not None:
                return made
            if ingredient.worded and (made := ingredient.worded(block, self)) is not None:
                return made
        return _BLOCKS[block.kind](self, block)

    def _turned(self, spans: Iterable[Span]) -> Markup:
        """Return spans as HTML; a sentence that is read the other way says so.

        WeasyPrint 70 parts a line at its inline boxes before it asks which way letters are read.
        """
        every = tuple(spans)
        way = turned(every, self.lang)
        made = self._spans(every)
        return Markup('<span dir="{}">{}</span>').format(way, made) if way else made

    def _spans(self, spans: Iterable[Span]) -> Markup:
        """Return spans as HTML; a space before another span stands in a span of its own."""
        made = []
        every = tuple(spans)
        for span, after in zip_longest(every, every[1:]):
            if after and span.kind == "text" != after.kind and span.text.endswith(" "):
                made += [self._text(span.text[:-1]), GAP]
            else:
                made.append(self._span(span))
        return Markup("").join(made)

    def _span(self, span: Span) -> Markup:  # noqa: PLR0911  one for each kind
        if span.kind == "text":
            return self._text(span.text)
        for ingredient in self.ingredients:
            if ingredient.span and (made := ingredient.span(span)) is not None:
                return made
        if span.kind in ("code", "math"):
            return Markup("<code>{}</code>").format(span.text)
        if span.kind == "break":
            return Markup("<br>")
        if span.kind == "image":
            return self._image(span)
        if span.kind == "footnote":
            return Markup('<sup class="note-sign">{}</sup>').format(span.text)
        inner = self._spans(span.spans)
        if span.kind == "link":
            known = span.target.lower().startswith(LINKS)
            return Markup('<a href="{}">{}</a>').format(span.target, inner) if known else inner
        tag = Markup(TAGS.get(span.kind, "span"))  # noqa: S704  a constant of ours
        name = "" if span.kind in TAGS else Markup(' class="{}"').format(span.kind)
        return Markup("<{}{}>{}</{}>").format(tag, name, inner, tag)

    def _text(self, text: str) -> Markup:
        pieces: list[str | Markup] = [text]
        for ingredient in self.ingredients:
            if ingredient.text:
                pieces = [
                    made
                    for piece in pieces
                    for made in ([piece] if isinstance(piece, Markup) else ingredient.text(piece))
                ]
        return _hung(pieces)

    def _image(self, span: Span) -> Markup:
        picture = self.pictures.get(span.target)
        if picture is None:
            return Markup("")
        return Markup('<img class="picture {}" src="{}" alt="{}">').format(
            picture.fit, self.picture_url(picture), span.text
        )

    def _paragraph(self, block: Block) -> Markup:
        return Markup("<p>{}</p>").format(self.inline(block.spans))

    def _heading(self, block: Block) -> Markup:
        tag = Markup(f"h{min(max(block.level, HEADING_BELOW_TITLE), 6)}")  # noqa: S704
        return Markup('<{} class="balance">{}</{}>').format(
            tag, self.inline(block.spans, last=False), tag
        )

    def _list(self, block: Block) -> Markup:
        items = self.blocks(block.blocks)
        if not block.ordered:
            return Markup("<ul>{}</ul>").format(items)
        start = Markup(' start="{}"').format(block.start) if block.start != 1 else ""
        return Markup("<ol{}>{}</ol>").format(start, items)

    def _item(self, block: Block) -> Markup:
        tight = len(block.blocks) == 1 and block.blocks[0].kind == "paragraph"
        inner = self.inline(block.blocks[0].spans) if tight else self.blocks(block.blocks)
        if block.checked is None:
            return Markup("<li>{}</li>").format(inner)
        return Markup('<li class="task">{} {}</li>').format("☑" if block.checked else "☐", inner)

    def _quote(self, block: Block) -> Markup:
        return Markup("<blockquote>{}</blockquote>").format(self.blocks(block.blocks))

    def _code(self, block: Block) -> Markup:
        return Markup("<pre><code>{}</code></pre>").format(block.text.rstrip("\n"))

    def _table(self, block: Block) -> Markup:
        return table(block, self)

    def _definitions(self, block: Block) -> Markup:
        tags = {"term": Markup("dt"), "meaning": Markup("dd")}
        made = (
            Markup("<{0}>{1}</{0}>").format(tags[part.kind], self.inline(part.spans))
            for part in block.blocks
        )
        return Markup('<dl class="terms">{}</dl>').format(Markup("").join(made))

    def _footnotes(self, block: Block) -> Markup:
        notes = (
            Markup('<div class="footnote"><sup>{}</sup><div class="stack">{}</div></div>').format(
                note.text, self.blocks(note.blocks)
            )
            for note in block.blocks
        )
        return Markup('<div class="notes minor">{}</div>').format(Markup("").join(notes))

    def _picture(self, block: Block) -> Markup:
        return Markup("<p>{}</p>").format(self._spans(block.spans))


def _hung(pieces: Iterable[str | Markup]) -> Markup:
    """Return texts and their small pictures as HTML, each picture hung on the word before it.

    WeasyPrint 70 breaks a text after its first word where the text fits on the line and a picture
    right behind it does not; in one box with its last word the two move on together.
    """
    made: list[Markup] = []
    text = ""
    for piece in pieces:
        if not isinstance(piece, Markup):
            text += piece
            continue
        before, gap, word = text.rpartition(" ")
        made += [escape(before), GAP if gap else Markup("")]
        made.append(Markup("<span>{}{}</span>").format(word, piece) if word else piece)
        text = ""
    return Markup("").join((*made, escape(text)))


_BLOCKS: dict[str, Callable[[Typesetter, Block], Markup]] = {
    "paragraph": Typesetter._paragraph,  # noqa: SLF001
    "heading": Typesetter._heading,  # noqa: SLF001
    "list": Typesetter._list,  # noqa: SLF001
    "item": Typesetter._item,  # noqa: SLF001
    "quote": Typesetter._quote,  # noqa: SLF001
    "code": Typesetter._code,  # noqa: SLF001
    "math": Typesetter._code,  # noqa: SLF001
    "image": Typesetter._picture,  # noqa: SLF001
    "table": Typesetter._table,  # noqa: SLF001
    "definitions": Typesetter._definitions,  # noqa: SLF001
    "footnotes": Typesetter._footnotes,  # noqa: SLF001
}
