"""Bytes of a foreign file as text: decoded, repaired, with lines that end as ours do."""

import codecs
import re

from generator.damage import mojibake
from generator.errors import GeneratorError, Location, Problem, error, info

_SPACES = re.compile(r"[^\S\n]+")
_INVISIBLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\ufeff\ud800-\udfff\ue000-\uf8ff"
    "\U000f0000-\U000ffffd\U00100000-\U0010fffd]"
)
"""Controls, half characters, private ones (Unicode's Cc, Cs and Co), and the byte order mark."""
_ODD = re.compile(f"[\u2028\u2029{_INVISIBLE.pattern[1:]}")
"""What most texts have none of: anything that `lines` changes."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read(content: bytes, name: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of `content` and what was mended on the way."""
    text = lines(decode(content, name))
    mended, count, encoding = mojibake.repair(text)
    if not count:
        return text, ()
    said = f"{count} damaged characters were repaired: UTF-8 that had been read as {encoding}"
    return mended, (info("mojibake-repaired", said, Location(name)),)


def decode(content: bytes, name: str) -> str:
    """Return `content` as text: UTF-8, or UTF-16 that says so; anything else is an error."""
    content, encoding = _unmarked(content)
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as broken:
        before = content[: broken.start].decode(encoding)
        place = Location(name, before.count("\n") + 1, len(before) - before.rfind("\n"))
        raise GeneratorError(
            error(
                "encoding",
                f"byte 0x{content[broken.start]:02x} is not {encoding.upper()}",
                place,
                "save the file as UTF-8 and import it again",
            )
        ) from None


def utf8(content: bytes) -> bytes:
    """Return UTF-16 that says so as UTF-8, so that readers may look for bytes; all else as it is.

    What is no UTF-16 after all stays too: who decodes it tells where.
    """
    rest, encoding = _unmarked(content)
    if encoding == "utf-8":
        return content
    try:
        return rest.decode(encoding).encode()
    except UnicodeError:
        return content


def glimpse(content: bytes) -> list[str]:
    """Return the lines of a file that may be anything, for a look at what it is."""
    content, encoding = _unmarked(content)
    text = content.decode(encoding, "ignore")
    return [line.strip() for line in text.splitlines()]


def lines(text: str) -> str:
    r"""Return the text with `\n` as its only line end and without control characters."""
    if not _ODD.search(text):
        return text
    text = re.sub(r"\r\n?|[\x85\u2028\u2029]", "\n", text)
    text = re.sub(r"[\t\v\f]", " ", text)
    return _INVISIBLE.sub("", text)


def squeeze(text: str) -> str:
    """Return the text with runs of spaces of any kind as one space, and none at a line's ends."""
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n")).strip("\n")


def _unmarked(content: bytes) -> tuple[bytes, str]:
    """Return the bytes after the byte order mark, and the encoding that it tells."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :], encoding
    return content, "utf-8"
