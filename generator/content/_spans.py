"""Inline tokens to Spans."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.model import Span, SpanKind

if TYPE_CHECKING:
    from markdown_it.token import Token

_WRAPPERS: dict[str, SpanKind] = {
    "em_open": "em",
    "strong_open": "strong",
    "s_open": "strike",
    "link_open": "link",
}
_SIGNS: dict[str, SpanKind] = {
    "sub": "sub",
    "sup": "sup",
    "mark": "mark",
    "kbd": "kbd",
    "u": "underline",
}
LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


class TooDeep(Exception):  # noqa: N818  it is caught by the room itself, and given a place there
    """Markup nested deeper than any text needs."""


@dataclass(frozen=True, slots=True)
class _Sign:
    """One end of a tag or highlight, whose other end is not found yet."""

    name: str
    text: str
    opens: bool
    closes: bool


_Node = Span | _Sign


def spans(tokens: "Sequence[Token]", levels: int) -> tuple[Span, ...]:
    """Return the spans of inline tokens; raises TooDeep beyond `levels` of nesting."""
    if any(token.level > levels for token in tokens):
        raise TooDeep
    found = _trim(_level(_Tokens(tokens)))
    _check_depth(found, levels)
    return found


def refused(found: Sequence[Span]) -> str:
    """Return the first address that no link may have, or nothing."""
    for span in found:
        if span.kind == "link" and not allowed(span.target):
            return span.target
        if inner := refused(span.spans):
            return inner
    return ""


def allowed(target: str) -> bool:
    """Return whether a link may lead there: to a web address, a mailbox, a telephone, a path."""
    head = target.strip().partition("/")[0].partition("?")[0].partition("#")[0]
    scheme, colon, _ = head.partition(":")
    return not colon or scheme.lower() in LINK_SCHEMES


@dataclass(slots=True)
class _Tokens:
    """Tokens that are taken one by one."""

    tokens: "Sequence[Token]"
    next: int = 0


def _level(source: _Tokens) -> tuple[Span, ...]:
    """Return the spans up to the token that closes this level."""
    nodes: list[_Node] = []
    while source.next < len(source.tokens):
        token = source.tokens[source.next]
        source.next += 1
        if token.nesting < 0:
            break
        if token.nesting > 0:
            nodes.append(_wrapper(token, _level(source)))
        elif token.type == "comment":
            _close_gap(nodes, source)
        else:
            nodes.append(_leaf(token))
    return _pair(nodes)


def _wrapper(token: "Token", inner: tuple[Span, ...]) -> Span:
    target = str(token.attrs.get("href", ""))
    title = str(token.attrs.get("title", ""))
    return Span(_WRAPPERS[token.type], spans=inner, target=target, title=title)


def _leaf(token: "Token") -> _Node:  # noqa: PLR0911  one for each kind of token
    """Return the span of a token that holds no others."""
    if token.type == "softbreak":
        return Span("text", " ")
    if token.type == "hardbreak":
        return Span("break")
    if token.type == "code_inline":
        return Span("code", token.content)
    if token.type == "math_inline":
        return Span("math", token.content, line=token.meta.get("line", 0))
    if token.type == "image":
        alt = "".join(map(_said, _level(_Tokens(token.children or []))))
        title = str(token.attrs.get("title", ""))
        return Span("image", alt, target=str(token.attrs["src"]), title=title)
    if token.type == "footnote_ref":
        return Span("footnote", str(token.meta["id"] + 1), target=token.meta["label"])
    if token.type == "sign":
        meta = token.meta
        return _Sign(meta["name"], token.content, meta["opens"], meta["closes"])
    return Span("text", token.content)


def _said(span: Span) -> str:
    """Return the words of a span in an alternative text: a picture within it says its own."""
    if span.kind == "image" or not span.spans:
        return span.text if span.kind == "image" else span.plain()
    return "".join(map(_said, span.spans))


def _close_gap(nodes: list[_Node], source: _Tokens) -> None:
    """Take the space behind a comment away where one stands before it, or nothing does."""
    before = nodes[-1] if nodes else None
    spaced = before is None or (isinstance(before, Span) and before.text.endswith(" "))
    follows = source.tokens[source.next] if source.next < len(source.tokens) else None
    if spaced and follows is not None:
        if follows.type == "softbreak":
            source.next += 1
        elif follows.type == "text":
            follows.content = follows.content.lstrip(" ")


@dataclass(slots=True)
class _Open:
    """The signs that are open, by name: where they stand in what is read so far."""

    positions: dict[str, list[int]] = field(default_factory=dict)

    def close(self, name: str) -> int:
        """Return where the nearest open sign of a name stands, -1 if none; forget all behind it."""
        found = self.positions.get(name)
        if not found:
            return -1
        start = found[-1]
        for positions in self.positions.values():
            while positions and positions[-1] >= start:
                positions.pop()
        return start


def _pair(nodes: Sequence[_Node]) -> tuple[Span, ...]:
    """Return spans: signs whose other end is found wrap what lies between, others are text."""
    done: list[_Node] = []
    opened = _Open()
    for node in nodes:
        if isinstance(node, _Sign):
            start = opened.close(node.name) if node.closes else -1
            if 0 <= start < len(done) - 1:
                inner = _merged(done[start + 1 :])
                del done[start:]
                done.append(Span(_SIGNS[node.name], spans=inner))
                continue
            if node.opens:
                opened.positions.setdefault(node.name, []).append(len(done))
        done.append(node)
    return _merged(done)


def _merged(nodes: Sequence[_Node]) -> tuple[Span, ...]:
    """Return spans with the texts that meet joined, and signs without a pair as their text."""
    done: list[Span] = []
    run: list[str] = []
    for node in nodes:
        if isinstance(node, _Sign) or node.kind == "text":
            run.append(node.text)
            continue
        if text := "".join(run):
            done.append(Span("text", text))
        run = []
        done.append(node)
    if text := "".join(run):
        done.append(Span("text", text))
    return tuple(done)


def _trim(found: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return spans without the spaces and breaks at either end, which a comment may leave."""
    while found and found[0].kind in ("text", "break") and not found[0].text.strip():
        found = found[1:]
    while found and found[-1].kind in ("text", "break") and not found[-1].text.strip():
        found = found[:-1]
    if found and found[0].kind == "text":
        found = (Span("text", found[0].text.lstrip(" ")), *found[1:])
    if found and found[-1].kind == "text":
        found = (*found[:-1], Span("text", found[-1].text.rstrip(" ")))
    return found


def _check_depth(found: tuple[Span, ...], levels: int) -> None:
    """Raise TooDeep for spans nested deeper than `levels`, without recursion."""
    layer, depth = found, 0
    while layer:
        if depth > levels:
            raise TooDeep
        layer, depth = tuple(inner for span in layer for inner in span.spans), depth + 1
