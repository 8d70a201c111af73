"""A thread that was pasted: posts with numbers (1/, 2/9, (3/3), [4/4], 5)) or rules between them.

`Slide 1:` and `Tweet 2` are numbers too. They run from 1 without a gap, so `24/7` is none. Rules
are `---`, `***`, `===`, a line of 🧵 alone, or three empty lines, as Typefully parts posts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.errors import GeneratorError, Location, Problem, error, info
from generator.importers import Imported, ImportedPost, Importer, _prose, _social, _text

KIND = "paste"
_SPOOL = r"(?:🧵\s*)?"
_NUMBER = r"""
    (?:\((?P<round>\d{1,3})/(?P<roundof>\d{1,3})?\)
     | \[(?P<square>\d{1,3})/(?P<squareof>\d{1,3})?\]
     | (?P<bare>\d{1,3})/(?P<bareof>\d{1,3}|[nN](?!\w))?(?![\w/])
     | (?P<bracket>\d{1,3})\)(?=\s))
"""
_NAMED = r"""
    (?:\*\*|__)?(?:[Ss]lide|[Tt]weet|[Pp]ost|[Cc]ard|[Pp]age)[ ](?P<named>\d{1,3})
    (?:[ ]?/[ ]?\d{1,3}|[ ]of[ ]\d{1,3})?
    (?:[ \t]*[:.\u2013\u2014-](?:\*\*|__)?(?=\s|$)|(?:\*\*|__):?[ \t]*$|[ \t]*$)
"""
"""What people who plan a carousel write above each post."""

_BEGINS = re.compile(
    rf"^[ \t]*{_SPOOL}(?:{_NUMBER}[ \t]*[:.]?|{_NAMED})", re.VERBOSE | re.MULTILINE
)
_ENDS = re.compile(rf"(?:^|[ \t]){_NUMBER}[ \t]*(?=🧵?[ \t]*$)", re.VERBOSE | re.MULTILINE)
_RULE = re.compile(r"\n[ \t]*(?:-{3,}|\*{3,}|_{3,}|={3,}|—{2,}|🧵)[ \t]*(?=\n)")
_EMPTY = re.compile(r"\n(?:[ \t]*\n)+")
_GAP = re.compile(r"\n(?:[ \t]*\n){3,}")
_MARKUP = re.compile(r"^(?:#{1,6} \S|```|> )|\*\*\S.*\*\*|\[[^\]]+\]\(\S+\)", re.MULTILINE)
STYLES = ("round", "square", "bare", "bracket")
FEWEST = 2
"""Posts that make a thread."""

NUMBERED, RULED, GAPPED = 0.85, 0.7, 0.6
"""How sure it is; `1)` alone may be a heading, and is no surer than a rule."""

MARKED_UP = 0.4
"""How much surer it is that a text with rules and markup is Markdown."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A post: its words, and the line that it begins on."""

    text: str
    line: int


def detects(content: bytes, name: str) -> float:  # noqa: ARG001 (a paste has no name)
    """Return how sure it is that posts are parted by numbers or rules in it."""
    if b"\0" in content[:1000] or content.lstrip()[:4] in {b"PK\3\4", b"<!DO", b"<htm"}:
        return 0.0
    text = "\n".join(_text.glimpse(content))
    numbered = bool(_numbered(text))
    if numbered and ("1/" in text or _run([*_BEGINS.finditer(text)], ("named",))):
        return NUMBERED
    ruled = RULED if numbered or len(_ruled(text)) >= FEWEST else 0.0
    found = ruled or (GAPPED if len(_gapped(text)) >= FEWEST else 0.0)
    if not found or text.startswith("---\n"):
        return 0.0
    return found - MARKED_UP if _MARKUP.search(text) else found


def reads(content: bytes, name: str) -> tuple[Imported, ...]:
    """Return the one thread of a paste; without numbers and rules each paragraph is a post."""
    text, mended = _text.read(content, name)
    text = f"\n{_social.clean(text)}\n"
    problems: list[Problem] = list(mended)
    parts = _numbered(text) or _first_of(_ruled(text), _gapped(text))
    if not parts:
        parts = [one for one in _parted(text, _EMPTY) if not _RULE.match(f"\n{one.text}\n")]
        said = f"no numbers or rules: each of the {len(parts)} paragraphs became a post"
        problems.append(info("posts-unmarked", said, Location(name)))
    posts = tuple(
        ImportedPost(f"paste-{number}", _prose.markdown(part.text))
        for number, part in enumerate(parts, 1)
    )
    if not posts:
        said = "there is no post in this text"
        raise GeneratorError(error("import-empty", said, Location(name), "copy the posts again"))
    return (Imported(posts, source={"kind": KIND}, problems=tuple(problems)),)


def _first_of(*ways: Sequence[_Part]) -> Sequence[_Part]:
    """Return the first parting that gives a thread."""
    return next((parts for parts in ways if len(parts) >= FEWEST), ())


def _ruled(text: str) -> Sequence[_Part]:
    """Return the posts between rules."""
    return _parted(f"\n{text}\n", _RULE)


def _gapped(text: str) -> Sequence[_Part]:
    """Return the posts between three empty lines."""
    return _parted(f"\n{text}\n", _GAP)


def _parted(text: str, sign: re.Pattern[str]) -> list[_Part]:
    """Return what stands between the signs, without what is empty."""
    ends = [(found.start(), found.end()) for found in sign.finditer(text)]
    starts, stops = [0, *(end for _, end in ends)], [*(start for start, _ in ends), len(text)]
    return [
        _Part(words, text.count("\n", 0, start) + 1)
        for start, stop in zip(starts, stops, strict=True)
        if (words := text[start:stop].strip())
    ]


def _numbered(text: str) -> Sequence[_Part]:
    """Return the posts of a text whose numbers run from 1; nothing if they don't."""
    return _first_of(_opened(text), _closed(text))


def _opened(text: str) -> Sequence[_Part]:
    """Return the posts that numbers open; words before the first are a post too."""
    marks = _run([one for one in _BEGINS.finditer(text) if _free(text, one)], (*STYLES, "named"))
    if len(marks) < FEWEST:
        return ()
    hook = text[: marks[0].start()].strip()
    found = [_Part(hook, 1)] if hook else []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=True):
        spool = "🧵 " if "🧵" in mark[0] else ""
        words = spool + text[mark.end() : end].strip()
        if mark["named"]:
            words = _titled(words, text[mark.end() : end], bold=mark[0].count("**") == 1)
        if words.strip():
            found.append(_Part(words, text.count("\n", 0, mark.start()) + 1))
    return found


def _titled(words: str, came: str, *, bold: bool) -> str:
    """Return the words behind `Slide 1:`, a title on the same line apart from what follows it.

    Of a line in bold type the other half stands behind the title.
    """
    words = words.replace("**", "", 1) if bold else words
    return words if came.lstrip(" \t").startswith("\n") else words.replace("\n", "\n\n", 1)


def _closed(text: str) -> Sequence[_Part]:
    """Return the posts that numbers close: `… the end 3/3`."""
    marks = _run([mark for mark in _ENDS.finditer(text) if not mark["bracket"]], STYLES)
    if len(marks) < FEWEST or text[marks[-1].end() :].strip(" \t\n🧵"):
        return ()
    found, start = [], 0
    for mark in marks:
        end = text.find("\n", mark.end())
        end = len(text) if end < 0 else end
        words = text[start : mark.start()].strip() + text[mark.end() : end].rstrip()
        if words.strip():
            found.append(_Part(words.strip(), text.count("\n", 0, start) + 1))
        start = end
    return found


def _free(text: str, mark: re.Match[str]) -> bool:
    """Say whether a number can open a post: `1)` only below an empty line, else it is a list."""
    if not mark["bracket"]:
        return True
    above = text[: mark.start()].rstrip(" \t")
    return not above.strip() or above.endswith("\n\n")


def _run(marks: Sequence[re.Match[str]], styles: Sequence[str]) -> list[re.Match[str]]:
    """Return the marks that count from 1 to their last, all alike; none if there is a gap."""
    for style in styles:
        found = [mark for mark in marks if mark[style]]
        numbers = [int(mark[style]) for mark in found]
        if len(numbers) >= FEWEST and numbers == list(range(1, len(numbers) + 1)):
            return found
    return []


importer = Importer("a pasted thread with numbers or rules", detects, reads)
