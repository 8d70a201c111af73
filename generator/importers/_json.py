"""JSON of strangers: read with a place for what is wrong, whole or a record at a time."""

import codecs
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.errors import GeneratorError, Location, error
from generator.importers import _text

MOST_RECORD = 8_000_000
"""Letters of one record: a post has a few thousand."""

_ASSIGNED = 200
"""Letters in which the name that a list is assigned to ends."""

_NAMED = 100_000
"""Letters in which the key of a list has to come."""

_SPACE = re.compile(r"[ \t\r\n]*")
_CUT = "the file may be cut off: get it once more"
_DEEP = "it is nested too deeply"


def document(content: bytes, name: str) -> object:
    """Return what a JSON file says; several documents below each other are a list of them."""
    text = _text.decode(content, name)
    decoder = json.JSONDecoder()
    found: list[object] = []
    at = _after_space(text, 0)
    while at < len(text) or not found:
        try:
            value, at = decoder.raw_decode(text, at)
        except RecursionError:
            raise _broken(_DEEP, Location(name)) from None
        except json.JSONDecodeError as trouble:
            raise _broken(trouble.msg, Location(name, trouble.lineno, trouble.colno)) from None
        except ValueError as trouble:  # a number of thousands of digits
            raise _broken(str(trouble).partition(";")[0], Location(name)) from None
        found.append(value)
        at = _after_space(text, at)
    return found[0] if len(found) == 1 else found


def records(pieces: Iterable[bytes], name: str, key: str = "") -> Iterator[Mapping[str, object]]:
    """Yield the objects of a list one after the other, without ever holding the whole list.

    The list may stand behind an assignment (`window.YTD.tweets.part0 = [`), of which nothing is
    run: what stands before the first `=` is passed over. With a `key` it is the list that this
    names in a document, whose other keys are passed over too.
    """
    scanner = _Scanner(pieces, name)
    sign = scanner.sign()
    if key:
        scanner.pass_over(f'"{key}"', _NAMED)
        scanner.pass_over(":")
        sign = scanner.sign()
    elif sign not in {"[", ""}:
        scanner.pass_over("=")
        sign = scanner.sign()
    if sign != "[":
        raise scanner.unlike(wanted="[")
    scanner.at += 1
    if scanner.sign() != "]":
        yield scanner.record()
        while scanner.sign() == ",":
            scanner.at += 1
            yield scanner.record()
    if scanner.sign() != "]":
        raise scanner.unlike(wanted="]")


def mapping(value: object, *path: str) -> Mapping[str, object]:
    """Return the mapping at the end of the path; an empty one if there is none."""
    found = within(value, *path)
    return found if isinstance(found, dict) else {}


def array(value: object, *path: str) -> Sequence[object]:
    """Return the list at the end of the path; an empty one if there is none."""
    found = within(value, *path)
    return found if isinstance(found, list) else ()


def text(value: object, *path: str) -> str:
    """Return the words or the number at the end of the path; nothing if there is none."""
    found = within(value, *path)
    if isinstance(found, bool) or not isinstance(found, str | int):
        return ""
    return found if isinstance(found, str) else str(found)


def number(value: object, *path: str) -> int:
    """Return the number at the end of the path, written as one or in words; -1 if there is none."""
    found = text(value, *path)
    return int(found) if found.isascii() and found.isdigit() and len(found) <= 20 else -1  # noqa: PLR2004 (digits of 64 bits)


def within(value: object, *path: str) -> object:
    """Return what stands at the end of the path; None if the path leads nowhere."""
    for key in path:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


class _Scanner:
    """A text that is read in pieces: what was looked at is let go of, its place is remembered."""

    def __init__(self, pieces: Iterable[bytes], name: str) -> None:
        self.name, self.buffer, self.at = name, "", 0
        self._pieces = iter(pieces)
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._json = json.JSONDecoder()
        self._line, self._column, self._ended = 1, 1, False

    def sign(self) -> str:
        """Return the next sign that is no space, and stand before it; nothing at the end."""
        while True:
            self.at = _after_space(self.buffer, self.at)
            if self.at < len(self.buffer):
                return self.buffer[self.at]
            if not self._more():
                return ""

    def pass_over(self, sign: str, within: int = _ASSIGNED) -> None:
        """Go behind the first `sign` in so many letters, or complain."""
        while (found := self.buffer.find(sign, self.at, self.at + within)) < 0:
            if len(self.buffer) - self.at < within and self._more():
                continue
            raise self.unlike(wanted=sign if len(sign) > 1 else "[")
        self.at = found + len(sign)

    def record(self) -> Mapping[str, object]:
        """Return the object that comes next."""
        if self.sign() != "{":
            raise self.unlike(wanted="{")
        while True:
            try:
                value, end = self._json.raw_decode(self.buffer, self.at)
            except json.JSONDecodeError as trouble:
                behind = trouble.pos - self.at
                if len(self.buffer) - self.at < MOST_RECORD and self._more():
                    continue
                self.at += behind
                raise self.broken(trouble.msg) from None
            except RecursionError:
                raise self.broken(_DEEP) from None
            except ValueError as trouble:
                raise self.broken(str(trouble).partition(";")[0]) from None
            self.at = end
            return value if isinstance(value, dict) else {}

    def unlike(self, wanted: str) -> GeneratorError:
        """Return the error that something else stands here than a list of records has."""
        return self.broken(f"`{wanted}` was expected")

    def broken(self, said: str) -> GeneratorError:
        """Return the error that the text is not what it should be here."""
        return _broken(said, Location(self.name, *self._place(self.at)))

    def _more(self) -> bool:
        """Read on; say whether there was anything."""
        if self._ended:
            return False
        self._line, self._column = self._place(self.at)
        piece = next(self._pieces, b"")
        self._ended = not piece
        try:
            added = self._decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as trouble:
            said = f"byte 0x{trouble.object[trouble.start]:02x} is not UTF-8"
            hint = "the archive's files are UTF-8: was this one saved by an editor?"
            place = Location(self.name, self._line)
            raise GeneratorError(error("encoding", said, place, hint)) from None
        self.buffer, self.at = self.buffer[self.at :] + added, 0
        return bool(added) or not self._ended

    def _place(self, at: int) -> tuple[int, int]:
        """Return line and column of a place in the buffer."""
        lines = self.buffer.count("\n", 0, at)
        if not lines:
            return self._line, self._column + at
        return self._line + lines, at - self.buffer.rfind("\n", 0, at)


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _broken(said: str, place: Location) -> GeneratorError:
    return GeneratorError(error("import-broken", f"this is not JSON: {said}", place, _CUT))
