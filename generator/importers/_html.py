"""HTML as Markdown blocks that say the same words: what has no meaning there is left out, named."""

import re
from collections.abc import Iterator

from generator.importers import _inlines, _markdown
from generator.importers._phrases import QUIET, Reading, collected, gone, inline, paragraphs, source
from generator.importers._pieces import Piece
from generator.importers._tree import BLOCKS, Element, parse

_CUT = re.compile(r"\s*([-*_])\s*(?:\1\s*){2,}$")
_HEADING = re.compile(r"h([1-6])")
_LANGUAGE = re.compile(r"(?:lang(?:uage)?|highlight-source)-([\w+#.-]+)")


def pieces(html: str, reading: Reading) -> list[Piece]:
    """Return a page or a piece of one as blocks."""
    return list(blocks(parse(html), reading))


def blocks(element: Element, reading: Reading) -> Iterator[Piece]:
    """Yield the blocks in an element; lists that follow each other are one."""
    held: Piece | None = None
    for piece in _blocks(element, reading):
        if held and held.kind == piece.kind == "list" and _alike(held, piece):
            held = Piece("list", f"{held.markdown}\n{piece.markdown}")
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _alike(one: Piece, other: Piece) -> bool:
    """Return whether two lists are both numbered or both not."""
    return one.markdown[0].isdigit() == other.markdown[0].isdigit()


def _blocks(element: Element, reading: Reading) -> Iterator[Piece]:
    """Yield the blocks in an element as they come."""
    run: list[Element | str] = []
    for child in element.children:
        if isinstance(child, str) or not _is_block(child):
            run.append(child)
            continue
        yield from paragraphs(run, reading)
        run = []
        yield from _block(child, reading)
    yield from paragraphs(run, reading)


def _is_block(element: Element) -> bool:
    """Return whether an element stands in lines of its own, by its tag or by what is in it."""
    if element.tag in QUIET or element.tag == "math" or "katex" in element.classes:
        return "katex-display" in element.classes
    if "katex-display" in element.classes or element.tag in BLOCKS:
        return True
    return any(_is_block(each) for each in element.children if isinstance(each, Element))


def _block(element: Element, reading: Reading) -> Iterator[Piece]:  # noqa: C901, PLR0912 (one line a tag)
    """Yield what a block element says."""
    tag, classes = element.tag, element.classes
    if gone(element, reading):
        return
    if "katex-display" in classes or "equation" in classes:
        yield from _display(element, reading)
    elif found := _HEADING.fullmatch(tag):
        said = inline(element.children, reading)
        if said:
            yield Piece("heading", said, int(found[1]))
    elif tag == "hr":
        yield Piece("rule")
    elif tag in ("ul", "ol"):
        yield from _list(element, reading)
    elif tag == "blockquote":
        inner = "\n\n".join(piece.written for piece in blocks(element, reading))
        if inner:
            yield Piece("quote", _prefixed(inner, "> "))
    elif tag == "pre":
        yield from _code(element)
    elif tag == "table":
        yield from _table(element, reading)
    elif tag == "aside" or (tag == "figure" and "callout" in classes):
        yield from _callout(element, reading)
    elif tag == "figure":
        yield from _figure(element, reading)
    elif tag == "details":
        yield from _details(element, reading)
    elif tag == "dl":
        yield from _definitions(element, reading)
    else:
        yield from blocks(element, reading)


def _display(element: Element, reading: Reading) -> Iterator[Piece]:
    """Yield a formula that stands by itself."""
    found = next((each for each in element.walk() if each.tag == "annotation"), None)
    lines = [line for line in (found.text() if found else "").split("\n") if line.strip()]
    if any(_CUT.match(line) for line in lines):  # it would part two posts
        lines = [" ".join(lines)]
    if lines:
        yield Piece("math", "\n".join(["$$", *lines, "$$"]))
    else:
        yield from blocks(element, reading)


def _list(element: Element, reading: Reading) -> Iterator[Piece]:
    """Yield a list; toggles are opened."""
    start = element.attributes.get("start", "1")
    number = int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 1  # noqa: PLR2004 (digits)
    items: list[str] = []
    ordered = element.tag == "ol" and "to-do-list" not in element.classes
    for child in element.children:
        if isinstance(child, str) and not child.strip():
            continue
        if isinstance(child, Element) and gone(child, reading):
            continue
        entry = child if isinstance(child, Element) else Element("li", {}, [child])
        if "toggle" in element.classes:
            yield from blocks(entry, reading)
            continue
        if entry.tag in ("ul", "ol") and items:  # a list in a list without an item of its own
            inner = "\n".join(piece.written for piece in _list(entry, reading))
            items[-1] += "\n" + _indented(inner, "  " if not ordered else "   ")
            continue
        sign = f"{number + len(items)}. " if ordered else "- "
        items.append(item(entry, sign, reading))
    kept = [one for one in items if one.strip(" -0123456789.")]
    if kept:
        yield Piece("list", "\n".join(kept))


def item(element: Element, sign: str, reading: Reading) -> str:
    """Return an entry of a list with what hangs on it."""
    found = list(blocks(element, reading))
    box = _box(element)
    # Lists and what is short stand right below, so that the list stays a tight one.
    tight = all(piece.kind == "list" for piece in found[1:])
    first = found[0].written if found else ""
    if found and found[0].kind in ("text", "heading"):
        first = _markdown.item(found[0].markdown) if not box else found[0].markdown
    rest = ("\n" if tight else "\n\n").join([first, *(piece.written for piece in found[1:])])
    return sign + box + _indented(rest, " " * len(sign)).lstrip(" ")


def _box(element: Element) -> str:
    """Return the box of a task: an `<input>`, or what Notion draws one with."""
    for each in element.walk():
        if each is not element and each.tag in ("ul", "ol"):
            return ""
        if each.tag == "input" and each.attributes.get("type", "").lower() == "checkbox":
            return "[x] " if "checked" in each.attributes else "[ ] "
        if "checkbox" in each.classes:
            return "[x] " if "checkbox-on" in each.classes else "[ ] "
    return ""


def _code(element: Element) -> Iterator[Piece]:
    """Yield a block of code behind a fence that is longer than any in it."""
    text = element.text().strip("\n")
    named = " ".join(each.attributes.get("class", "") for each in element.walk())
    found = _LANGUAGE.search(named)
    if text.strip():
        yield fenced(text, found[1].lower() if found else "")


def fenced(text: str, language: str = "") -> Piece:
    """Return text as a block of code."""
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return Piece("code", f"{fence}{language}\n{text}\n{fence}")


def _callout(element: Element, reading: Reading) -> Iterator[Piece]:
    """Yield a callout as an aside, which keeps its emoji; one that says nothing is left out."""
    found = list(blocks(element, reading))
    if len(found) > 1 and found[0].kind == found[1].kind == "text" and _alone(found[0].markdown):
        found[:2] = [Piece("text", f"{found[0].markdown} {found[1].markdown}")]
    inner = "\n\n".join(piece.written for piece in found)
    if len(inner) > 2 or inner.isalnum():  # noqa: PLR2004 (an emoji alone says nothing)
        # An aside in an aside would not be read as one: the inner one is only its words.
        inner = re.sub(r"</?aside>\n*", "", inner).strip("\n")
        yield Piece("callout", f"<aside>\n\n{inner}\n\n</aside>")


def _alone(text: str) -> bool:
    """Return whether a text is an emoji and nothing else."""
    return len(text) < 5 and not text.isascii() and not any(sign.isalnum() for sign in text)  # noqa: PLR2004 (letters)


def _figure(element: Element, reading: Reading) -> Iterator[Piece]:
    """Yield a picture with its caption, or whatever else a figure holds."""
    image = element.first("img")
    caption = element.first("figcaption")
    said = " ".join(caption.text().split()) if caption else ""
    name = reading.picture(source(image)) if image is not None else ""
    if image is None or not name or element.first("pre") or element.first("table"):
        yield from blocks(element, reading)
        return
    alt = image.attributes.get("alt", "").strip()
    written = f"!{_markdown.link(alt, name)}"
    title = said.replace("\\", "\\\\").replace('"', '\\"')
    yield Piece("text", f'{written[:-1]} "{title}")' if said and said != alt else written)


def _details(element: Element, reading: Reading) -> Iterator[Piece]:
    """Yield what can be opened: its title in bold, then what it hides."""
    for child in element.children:
        if isinstance(child, Element) and child.tag == "summary":
            found = list(blocks(child, reading))
            if len(found) == 1 and found[0].kind == "text" and "**" not in found[0].markdown:
                yield Piece("text", f"**{found[0].markdown.strip()}**")
            else:
                yield from found
        elif isinstance(child, Element):
            yield from blocks(Element("div", {}, [child]), reading)
        else:
            yield from paragraphs([child], reading)


def _definitions(element: Element, reading: Reading) -> Iterator[Piece]:
    """Yield terms with what they mean."""
    lines: list[str] = []
    for each in (each for each in element.walk() if each.tag in ("dt", "dd")):
        said = inline(each.children, reading)
        if said and each.tag == "dt":
            lines += ["", said] if lines else [said]
        elif said:
            lines.append(f": {said}")
    if lines:
        yield Piece("text", "\n".join(lines))


def _table(element: Element, reading: Reading) -> Iterator[Piece]:
    """Yield a table; a table in a cell, or one for laying out a page, gives its words."""
    rows = [
        [cell for cell in row.children if isinstance(cell, Element) and cell.tag in ("td", "th")]
        for row in element.walk()
        if row.tag == "tr"
    ]
    rows = [row for row in rows if row]
    width = max((len(row) for row in rows), default=0)
    if width < 2 or sum(each.tag == "table" for each in element.walk()) > 1:  # noqa: PLR2004 (columns)
        for row in rows:
            for cell in row:
                yield from (
                    blocks(Element("div", {}, [*cell.children]), reading)
                    if not (cell.first("table"))
                    else paragraphs([cell.text()], reading)
                )
        return
    yield table([[_cell(cell, reading) for cell in row] for row in rows])


def table(rows: list[list[str]]) -> Piece:
    """Return rows of Markdown as a table, the first as its head."""
    width = max(len(row) for row in rows)
    lines = [f"| {' | '.join([*row, *([''] * (width - len(row)))])} |" for row in rows]
    return Piece("table", "\n".join([lines[0], "|" + "---|" * width, *lines[1:]]))


def _cell(element: Element, reading: Reading) -> str:
    """Return what stands in a cell on one line."""
    if any(_is_block(each) for each in element.children if isinstance(each, Element)):
        said = " ".join(each.markdown for each in blocks(element, reading))
    else:
        said = _inlines.written(collected(element.children, reading)).strip()
    said = said.replace("\\\n", "<br>").replace("\n", " ")
    return re.sub(r"(?<!\\)\|", r"\\|", said)


def _indented(text: str, indent: str) -> str:
    """Return text with each line but the first indented; empty ones stay empty."""
    return re.sub(r"\n(?=[^\n])", f"\n{indent}", text)


def _prefixed(text: str, sign: str) -> str:
    """Return text with a sign before each line."""
    return "\n".join((sign + line).rstrip() for line in text.split("\n"))
