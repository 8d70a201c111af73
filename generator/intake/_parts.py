"""A content file as it stands, in parts: the keys of its front matter, its posts, their blocks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

RULE = "\n\n---\n\n"
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})$")

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")

COMMENT = re.compile(r"\A<!--(?P<said>.*?)-->[ \t]*\n?", re.DOTALL)

_ID = re.compile(
    r"(?:^|[\s,{])id:\s*(?:\"(?P<quoted>[^\"]*)\"|'(?P<single>[^']*)'|(?P<plain>[^\s,}]+))"
)

_FRONT = re.compile(r"\A---[ \t]*\n(?P<yaml>(?:.*\n)*?)---[ \t]*(?:\n|\Z)")

_KEY = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:")


@dataclass(frozen=True, slots=True)
class Section:
    """A post as it stands in a file: its id, the comments that open it, its words."""

    id: str
    opening: str
    body: str

    @property
    def written(self) -> str:
        """Return the post as it stands in the file."""
        return "\n".join(part for part in (self.opening, self.body) if part)


def keys(text: str) -> dict[str, str]:
    """Return the lines of each key of front matter; comments stay with the key below them."""
    found = _FRONT.match(text)
    keys: dict[str, str] = {}
    above, current = "", ""
    for line in found["yaml"].splitlines(keepends=True) if found else ():
        key = _KEY.match(line)
        if key:
            current = key[1]
            keys[current] = keys.get(current, "") + above + line
            above = ""
        elif current and line[:1] in (" ", "\t"):
            keys[current] += line
        else:
            above += line
    if above.strip():
        keys["#"] = above
    return keys


def front(text: str) -> str:
    """Return the front matter as it stands, with the empty line below it."""
    found = _FRONT.match(text)
    return f"{found[0].rstrip()}\n\n" if found else ""


def joined(sections: Iterable[Section]) -> str:
    """Return posts as the body of a file."""
    return RULE.join(section.written.strip("\n") for section in sections) + "\n"


def sections(text: str) -> list[Section]:
    """Return the posts of a file in order."""
    body = _FRONT.sub("", text, count=1)
    parts: list[list[str]] = [[]]
    fence, commented = "", False
    for line in body.split("\n"):
        if not commented:
            fence = _after(line, fence)
        commented = _in_comment(line, commented) and not fence
        last = parts[-1][-1].strip() if parts[-1] else ""
        heading = line.lstrip().startswith("-") and last and not last.endswith("-->")
        if _RULE.match(line) and not (fence or commented or heading):
            parts.append([])
        else:
            parts[-1].append(line)
    texts = ("\n".join(part).strip("\n") for part in parts)
    return [_section(each) for each in texts if each.strip()]


def _after(line: str, fence: str) -> str:
    """Return the fence that stands open after a line."""
    found = _FENCE.match(line)
    if not found:
        return fence
    if not fence:
        return found[1]
    return "" if found[1].startswith(fence) and not line.strip().strip(fence[0]) else fence


def _in_comment(line: str, commented: bool) -> bool:  # noqa: FBT001 (what was before)
    """Return whether a comment stands open after a line."""
    opened, closed = line.rfind("<!--"), line.rfind("-->")
    return closed < opened if max(opened, closed) >= 0 else commented


def _section(text: str) -> Section:
    """Return a post from its text."""
    rest, opening = text, ""
    while found := COMMENT.match(rest):
        opening += found[0] if found[0].endswith("\n") else found[0] + "\n"
        rest = rest[found.end() :]
    first = COMMENT.match(opening)
    named = _ID.search(first["said"]) if first else None
    name = next((each for each in named.groups() if each is not None), "") if named else ""
    return Section(name, opening.strip("\n"), rest.strip("\n"))


def blocks(text: str) -> list[str]:
    """Return the blocks of a post: blank lines part them, but not those in code."""
    blocks: list[list[str]] = [[]]
    fence = ""
    for line in text.split("\n"):
        fence = _after(line, fence)
        if line.strip() or fence:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return ["\n".join(block) for block in blocks if block]
