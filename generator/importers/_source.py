"""Other people's Markdown as blocks of ours: HTML in it is converted, comments are taken out.

A comment would be settings or a note in our files; what a stranger wrote in one is never either by
itself: a reader that knows what it means says so.
"""

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator import frontmatter
from generator.errors import GeneratorError
from generator.importers import _html, _inlines, _markdown, _text
from generator.importers._pieces import Kind, Piece
from generator.model import Value

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_MATH = re.compile(r"[ \t]*\$\$")
_KEPT = re.compile(r"</?(?:sub|sup|mark|kbd|u)>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][\w:.-]*(?:\s[^<>]*|/)?>")
_PAIR = re.compile(
    r"<(?P<tag>b|strong|i|em|s|del|strike|code|span|font|small|big|center|ins|abbr|a|div|p|q"
    r"|cite|var|samp|tt)(?P<said>\s[^<>]*)?>(?P<inner>[^<>]*(?:<br\s*/?>[^<>]*)*)</(?P=tag)\s*>",
    re.IGNORECASE,
)
_IMAGE = re.compile(r"<img\b(?P<said>[^<>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_SAFE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)|(?<!\\)\$[^$\n]+\$|<(?:https?:|mailto:)[^<>\s]*>", re.DOTALL)
_ASIDE = re.compile(r"^[ \t]*<aside\b[^>]*>", re.IGNORECASE)
_ASIDE_ENDS = re.compile(r"</aside\s*>", re.IGNORECASE)
_PICTURE = re.compile(r"(!\[(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*\]\()(<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)")
_KINDS: dict[str, Kind] = {
    "heading_open": "heading", "hr": "rule", "fence": "code", "code_block": "code",
    "bullet_list_open": "list", "ordered_list_open": "list", "blockquote_open": "quote",
    "table_open": "table",
}  # fmt: skip
_MARKED = {
    "b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*", "var": "*",
    "s": "~~", "del": "~~", "strike": "~~",
}  # fmt: skip
LONGEST_MATH = 200
"""Lines. A `$$` whose other half is further away is no formula."""


@dataclass(slots=True)
class Read:
    """A text as blocks, and the comments in it in order."""

    pieces: list[Piece] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


def read(text: str, reading: _html.Reading) -> Read:
    """Return a Markdown text as blocks and comments."""
    found = Read()
    for lines in _asides(text.split("\n")):
        if isinstance(lines, str):
            inner = read(lines, reading)
            found.comments += inner.comments
            said = "\n\n".join(piece.written for piece in inner.pieces if piece.kind != "rule")
            if said.strip():
                said = re.sub(r"</?aside>\n*", "", said).strip("\n")
                found.pieces.append(Piece("callout", f"<aside>\n\n{said}\n\n</aside>"))
        else:
            _blocks(lines, found, reading)
    return found


def _asides(lines: list[str]) -> Iterator[list[str] | str]:
    """Yield runs of lines as lists, and what stands in a closed aside as a text."""
    run: list[str] = []
    at = 0
    fence = ""
    while at < len(lines):
        fence = fenced(lines[at], fence)
        opens = None if fence else _ASIDE.match(lines[at])
        end = _aside_end(lines, at) if opens else -1
        if opens and end >= 0:
            yield run
            run = []
            inner = "\n".join(lines[at : end + 1])[opens.end() :]
            closing = list(_ASIDE_ENDS.finditer(inner))[0]  # noqa: RUF015 (the first is meant)
            yield inner[: closing.start()]
            behind = inner[closing.end() :].strip()
            run = [behind] if behind else []
            at = end + 1
            continue
        run.append(lines[at])
        at += 1
    yield run


def _aside_end(lines: Sequence[str], start: int) -> int:
    """Return the line that closes an aside, -1 if another opens before or none does."""
    for at in range(start, len(lines)):
        if at > start and _ASIDE.match(lines[at]):
            return -1
        if _ASIDE_ENDS.search(lines[at]):
            return at
    return -1


def fenced(line: str, fence: str) -> str:
    """Return the fence that stands open after a line."""
    found = _FENCE.match(line)
    if not found:
        return fence
    if not fence:
        return found[1]
    closes = found[1].startswith(fence) and not line.strip().strip(fence[0])
    return "" if closes else fence


def _formulas(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return the lines with each `$$ … $$` as one sign of the private area, and the formulas."""
    kept: list[str] = []
    formulas: list[str] = []
    at, fence = 0, ""
    while at < len(lines):
        fence = fenced(lines[at], fence)
        end = -1 if fence or not _MATH.match(lines[at]) else _math_end(lines, at)
        if end < 0:
            kept.append(lines[at])
            at += 1
            continue
        inside = [line.rstrip() for line in lines[at : end + 1] if line.strip()]
        formulas.append("\n".join(inside).strip())
        kept += ["", f"\ue000{len(formulas) - 1}\ue001", ""]
        at = end + 1
    return kept, formulas


def _math_end(lines: Sequence[str], start: int) -> int:
    """Return the line where a formula that begins at a line ends, -1 if it does not."""
    for at in range(start, min(start + LONGEST_MATH, len(lines))):
        text = lines[at].strip()
        text = text[2:] if at == start else text
        if text.endswith("$$"):
            return at
        if "$$" in text or (at > start and _FENCE.match(lines[at])):
            return -1
    return -1


def _blocks(lines: list[str], found: Read, reading: _html.Reading) -> None:
    """Read lines as blocks."""
    lines, formulas = _formulas(lines)
    end = 0
    for token in _tokens("\n".join(lines)):
        if token.level or token.nesting < 0 or not token.map:
            continue
        start, stop = token.map
        _definitions(lines[end:start], found)
        end = max(end, stop)
        text = "\n".join(lines[start:stop]).rstrip()
        for piece in _pieces(token, text, found, reading):
            found.pieces.append(_restored(piece, formulas))
    _definitions(lines[end:], found)


def _restored(piece: Piece, formulas: Sequence[str]) -> Piece:
    """Return a block with the formulas that it held back in place."""
    alone = re.fullmatch(r"\s*\ue000(\d+)\ue001\s*", piece.markdown)
    if alone:
        return Piece("math", formulas[int(alone[1])])
    said = re.sub(
        r"\ue000(\d+)\ue001", lambda sign: formulas[int(sign[1])].replace("\n", " "), piece.markdown
    )
    return Piece(piece.kind, said, piece.level)


def _definitions(lines: Sequence[str], found: Read) -> None:
    """Keep what no block holds: where links lead that are named elsewhere."""
    text = "\n".join(lines).strip()
    if text:
        found.pieces.append(Piece("text", text))


def _pieces(token: "Token", text: str, found: Read, reading: _html.Reading) -> Iterator[Piece]:
    """Yield a block as one of ours; a block of HTML may be several, or none."""
    kind = _KINDS.get(token.type, "text")
    if token.type == "html_block":
        found.comments += [each.strip("\n") for each in _COMMENT.findall(text)]
        yield from _html.pieces(_COMMENT.sub("", text), reading)
    elif kind == "heading":
        level = int(token.tag[1])
        said = re.sub(r"^ {0,3}#{1,6}[ \t]*|[ \t]+#+[ \t]*$", "", text)
        if token.markup in ("=", "-"):
            said = " ".join(line.strip() for line in text.split("\n")[:-1])
        said = _words(said, found, reading).strip()
        if said:
            yield Piece("heading", said.replace("\n", " "), level)
    elif kind == "rule":
        yield Piece("rule")
    elif kind == "code":
        yield _code(token, text)
    else:
        said = _words(text, found, reading)
        if said.strip():
            yield Piece(kind, said.strip("\n"))


def _code(token: "Token", text: str) -> Piece:
    """Return a block of code behind a fence: indented code and open fences too."""
    closed = token.type == "fence" and text.rsplit("\n", maxsplit=1)[-1].strip().startswith(token.markup)
    if closed and "\n" in text and not text.startswith(" "):
        return Piece("code", text)
    return _html.fenced(token.content.rstrip("\n"), token.info.strip().split(" ")[0])


def _words(text: str, found: Read, reading: _html.Reading) -> str:
    """Return text whose HTML is converted; code and formulas in it are left alone."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\ue002{len(kept) - 1}\ue003"

    said = _SAFE.sub(keep, text)
    found.comments += [each.strip("\n") for each in _COMMENT.findall(said)]
    said = _COMMENT.sub("", said)
    said = _LINKED.sub(_led, _pictured(_tags(said, reading), reading))
    said = re.sub(r"\ue002(\d+)\ue003", lambda sign: kept[int(sign[1])], said)
    return "\n".join(line.rstrip() if not line.endswith("  ") else line for line in said.split("\n"))


def _tags(text: str, reading: _html.Reading) -> str:
    """Return text with what tags mean as Markdown, the others gone and named."""
    if "<" not in text:
        return text
    text = _IMAGE.sub(_image, text)
    before = None
    for _ in range(_DEEPEST):
        if before == text:
            break
        before, text = text, _PAIR.sub(_paired, text)
    return _TAG.sub(lambda tag: _other(tag[0], reading), text)


_DEEPEST = 12
"""Tags in tags in a line; people write two."""


def _image(tag: re.Match[str]) -> str:
    """Return the Markdown of an `<img>`."""
    said = _attributes(tag["said"])
    name = said.get("src", "")
    return f"!{_markdown.link(said.get('alt', ''), name)}" if name else ""


def _paired(pair: re.Match[str]) -> str:
    """Return what stands between two tags, with what they mean."""
    tag, inner = pair["tag"].lower(), pair["inner"]
    bare = inner.strip()
    if not bare:
        return inner
    if mark := _MARKED.get(tag):
        left, right = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
        return f"{left}{mark}{bare}{mark}{right}" if mark[0] not in bare[0] + bare[-1] else inner
    if tag in ("code", "samp", "tt"):
        return _inlines.code(inner)
    if tag == "a":
        address = _attributes(pair["said"] or "").get("href", "")
        words = _inlines.bracketed(bare) if "](" not in bare else bare
        return f"[{words}]({_inlines.address(address)})" if _inlines.leads(address) else inner
    if tag == "q":
        return f"“{inner}”"
    return inner


def _other(tag: str, reading: _html.Reading) -> str:
    """Return a tag that we know as it is; others go, those that showed something by name."""
    if _KEPT.fullmatch(tag):
        return "<br>" if tag.lower().startswith("<br") else tag.lower()
    name = tag.strip("</>").split()[0].rstrip("/").lower() if tag.strip("</>").split() else ""
    # `<T>` and `<name>` in a text are no tags: a page has no such element.
    if name in _html.KNOWN or "-" in name or "=" in tag:
        if name in _html.NAMED or "-" in name or name not in _html.KNOWN:
            reading.left_out.add(name)
        return ""
    return tag if "\\" in tag else "\\" + tag


_LINKED = re.compile(r"(?<![!\\])\[((?:[^\[\]\\]|\\.)+)\]\((<[^<>\n]*>|[^\s()<>]+)\)")


def _led(found: re.Match[str]) -> str:
    """Return a link, or its words only if it leads to another file of where it comes from."""
    return found[0] if _inlines.leads(found[2].strip("<>")) else found[1]


def _attributes(said: str) -> dict[str, str]:
    """Return the attributes of a tag."""
    return {name.lower(): one or two or three for name, one, two, three in _ATTRIBUTE.findall(said)}


def _pictured(text: str, reading: _html.Reading) -> str:
    """Return text with the addresses of pictures as they are called beside our file."""

    def named(match: re.Match[str]) -> str:
        name = reading.picture(match[2].strip("<>"))
        return f"{match[1]}{_inlines.address(name)}" if name else match[0]

    return _PICTURE.sub(named, text) if "![" in text else text


@functools.cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415  only when Markdown is imported

    return MarkdownIt("commonmark", {"html": True, "maxNesting": 60}).enable(["table"])


def _tokens(text: str) -> "list[Token]":
    """Return the tokens of a Markdown text."""
    return _parser().parse(text)


def front(text: str) -> tuple[dict[str, Value], str]:
    """Return what YAML above a text says, and the text below it; what is no YAML stays text."""
    found = _FRONT.match(text)
    if not found:
        return {}, text
    try:
        values = dict(frontmatter.parse(found["yaml"], "front matter", 2).values)
    except GeneratorError:
        values = _lines_of(found["yaml"])
    return values, text[found.end() :]


_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(?P<yaml>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_KEY = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:[ \t]*(.*?)[ \t]*$")


def _lines_of(text: str) -> dict[str, Value]:
    """Return the plain `key: value` lines of front matter that is no sound YAML."""
    found = (_KEY.match(line) for line in text.split("\n"))
    return {each[1]: each[2].strip("\"'") for each in found if each}


def words(values: Mapping[str, Value], *keys: str) -> str:
    """Return the text that front matter has under the first of some keys, on one line."""
    found = (values.get(key) for key in keys)
    said = next((each for each in found if isinstance(each, str | int | float) and each), "")
    return " ".join(_text.lines(str(said)).split())


def title(values: Mapping[str, Value]) -> str:
    """Return the title that front matter has, as Markdown that says the same words."""
    return _inlines.escaped(words(values, "title"))
