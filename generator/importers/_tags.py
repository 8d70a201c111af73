"""HTML among the words of Markdown: what it means there becomes Markdown, the rest goes, named."""

import re

from generator.importers import _inlines, _markdown, _phrases

COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_KEPT = re.compile(r"</?(?:sub|sup|mark|kbd|u)>|<br\s*/?>", re.IGNORECASE)

_TAG = re.compile(r"</?[A-Za-z][\w:.-]*(?:\s[^<>]*|/)?>")

_PAIR = re.compile(
    r"<(?P<tag>b|strong|i|em|s|del|strike|code|span|font|small|big|center|ins|abbr|a|div|p|q"
    r"|cite|var|samp|tt)(?P<said>\s[^<>]*)?>(?P<inner>[^<>]*(?:<br\s*/?>[^<>]*)*)</(?P=tag)\s*>",
    re.IGNORECASE,
)

_IMAGE = re.compile(r"<img\b(?P<said>[^<>]*)>", re.IGNORECASE)

_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")

_SAFE = re.compile(
    r"(`+)(?!`).+?(?<!`)\1(?!`)|(?<!\\)\$[^$\n]+\$|<(?:https?:|mailto:)[^<>\s]*>", re.DOTALL
)

_PICTURE = re.compile(
    r"(!\[(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*\]\()(<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)"
)

_MARKED = {
    "b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*", "var": "*",
    "s": "~~", "del": "~~", "strike": "~~",
}  # fmt: skip


def converted(text: str, reading: _phrases.Reading) -> tuple[str, list[str]]:
    """Return text with its HTML converted, and its comments; code and formulas stay as they are."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\ue002{len(kept) - 1}\ue003"

    said = _SAFE.sub(keep, text)
    comments = [each.strip("\n") for each in COMMENT.findall(said)]
    said = _BARE.sub(r"\1", COMMENT.sub("", said))
    # Where a tag stood in the middle of `<!--`, a comment would begin now that it is gone.
    said = _LINKED.sub(_led, _pictured(_tags(said, reading), reading))
    said = re.sub(r"(?<!\\)<(?=!--)", r"\\<", said)
    said = re.sub(r"\ue002(\d+)\ue003", lambda sign: kept[int(sign[1])], said)
    kept_ends = (line if line.endswith("  ") else line.rstrip() for line in said.split("\n"))
    return "\n".join(kept_ends), comments


def _tags(text: str, reading: _phrases.Reading) -> str:
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


def _other(tag: str, reading: _phrases.Reading) -> str:
    """Return a tag that we know as it is; others go, those that showed something by name."""
    if _KEPT.fullmatch(tag):
        return "<br>" if tag.lower().startswith("<br") else tag.lower()
    name = tag.strip("</>").split()[0].rstrip("/").lower() if tag.strip("</>").split() else ""
    # `<T>` and `<name>` in a text are no tags: a page has no such element.
    if name in _phrases.KNOWN or "-" in name or "=" in tag:
        foreign = name not in _phrases.KNOWN and not name.startswith("v-")
        if not tag.startswith("</") and (name in _phrases.NAMED or foreign):
            reading.left_out.add(name)
        return ""
    return tag if "\\" in tag else "\\" + tag


_LINKED = re.compile(
    r"(?<![!\\])\[((?:[^\[\]\\]|\\.)+)\]"
    r"\((<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)(?:[ \t]+\"[^\"\n]*\")?\)"
)
_BARE = re.compile(r"(?<!\\)<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\s]*)>")
"""An address between angle brackets (CommonMark 6.5); those of the web were kept before."""


def _led(found: re.Match[str]) -> str:
    """Return a link, or its words only if it leads to another file of where it comes from."""
    return found[0] if _inlines.leads(found[2].strip("<>")) else found[1]


def _attributes(said: str) -> dict[str, str]:
    """Return the attributes of a tag."""
    return {name.lower(): one or two or three for name, one, two, three in _ATTRIBUTE.findall(said)}


def _pictured(text: str, reading: _phrases.Reading) -> str:
    """Return text with the addresses of pictures as they are called beside our file."""

    def named(match: re.Match[str]) -> str:
        name = reading.picture(match[2].strip("<>"))
        return f"{match[1]}{_inlines.address(name)}" if name else match[0]

    return _PICTURE.sub(named, text) if "![" in text else text
