"""An SVG without what is no drawing: scripts, what would run them, and pages of HTML in it."""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

RUN = frozenset({"script", "handler", "listener"})
"""What runs, and is never seen."""
SHOWN = frozenset({"foreignobject", "iframe", "object", "embed", "audio", "video"})
"""What a browser would show, and no drawing holds."""
UNSEEN = frozenset({"metadata"})
"""What nobody sees: it goes without a word."""
_DOUBTFUL = re.compile(rb"<(?:[\w.-]+:)?(?:%s)\b|\son\w+\s*=|script:" % "|".join(
    sorted(RUN | SHOWN | UNSEEN)).encode(), re.IGNORECASE)  # fmt: skip
_RUNS = re.compile(r"[\s\0]*(?:java|vb|live)\s*script\s*:", re.IGNORECASE)

# the standard library's own is in a module that imports urllib and TLS: 20 ms of each start
ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
QUOTED = {**ESCAPED, **str.maketrans({'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})}


@dataclass(frozen=True, slots=True)
class Washed:
    """An SVG, and by name what was removed from it; `shown` is what a browser would have shown."""

    content: bytes
    removed: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()


def washed(content: bytes) -> Washed:
    """Return an SVG without scripts, event handlers, HTML and metadata; as it is if it has none.

    What is no sound XML, declares entities or names stylesheets stays as it is: it is refused.
    """
    if not _DOUBTFUL.search(content):
        return Washed(content)
    writer = _Writer()
    if not writer.reads(content):
        return Washed(content)
    removed = writer.removed
    shown = tuple(name for name, seen in removed.items() if seen)
    return Washed("".join(writer.made).encode(), tuple(removed), shown)


def local(name: str) -> str:
    """Return the name of an element or attribute without its prefix, in small letters."""
    return name.rpartition(":")[2].lower()


@dataclass(slots=True)
class _Writer:
    """Writes an SVG anew while it is read; `removed` says of each thing whether it is shown."""

    made: list[str] = field(default_factory=list)
    removed: dict[str, bool] = field(default_factory=dict)
    _open: list[bool] = field(default_factory=list)
    _odd: bool = False

    def reads(self, content: bytes) -> bool:
        """Return whether all of it could be read, and nothing speaks against writing it anew."""
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = parser.ProcessingInstructionHandler = self._refuse
        try:
            parser.Parse(content, True)  # noqa: FBT003  (expat takes it by position)
        except (expat.ExpatError, ValueError, LookupError):
            return False
        return not self._odd

    def _refuse(self, *_: object) -> None:
        self._odd = True

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kept = not self._open or (self._open[-1] and not self._unwanted(name))
        self._open.append(kept)
        if kept:
            said = (f' {key}="{value.translate(QUOTED)}"' for key, value in attributes.items()
                    if not self._active(key, value))  # fmt: skip
            self.made.append(f"<{name}{''.join(said)}>")

    def _unwanted(self, name: str) -> bool:
        tag = local(name)
        if tag in RUN | SHOWN:
            self.removed[f"<{name}>"] = tag in SHOWN
        return tag in RUN | SHOWN | UNSEEN

    def _active(self, key: str, value: str) -> bool:
        runs = local(key).startswith("on") or bool(_RUNS.match(value))
        if runs:
            self.removed[key] = False
        return runs

    def _end(self, name: str) -> None:
        if self._open.pop():
            self.made.append(f"</{name}>")

    def _text(self, text: str) -> None:
        if self._open and self._open[-1]:
            self.made.append(text.translate(ESCAPED))
