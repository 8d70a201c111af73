"""PDF objects whose numbers are open: filled in when it is known where they stand."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pydyf  # type: ignore[import-untyped]
from pydyf import _to_bytes as to_bytes

REFERENCE = re.compile(rb"-(\d+) 0 R")
"""A reference to an object with a negative number: no real one has that, so it is an open one."""
IDENTITY = re.compile(r"-(\d+)-(\d+-\d+)")
"""WeasyPrint names a table's header cells by the number of the table's object."""
NUMBERED = {"ID", "Headers"}


class UnlikeError(Exception):
    """Something that fragments do not know: the stock writer takes over."""


@dataclass(frozen=True, slots=True)
class Open:
    """An open place: the number of a slot, or a reference to the object of that number."""

    slot: int
    reference: bool = True


@dataclass(frozen=True, slots=True)
class Blank:
    """Bytes with open numbers, in the order of their slots."""

    text: bytes
    slots: tuple[int, ...] = ()

    def filled(self, numbers: Sequence[int]) -> bytes:
        """Return the bytes with the number of each slot in its place."""
        return self.text % tuple([numbers[slot] for slot in self.slots])


class Local:
    """Stands where WeasyPrint expects a PDF, and gives its objects open numbers."""

    def __init__(self, first: int) -> None:
        """Let the first object that is added get slot `first`."""
        self.first = first
        self.objects: list[Any] = []
        self.page_references = {0: b"-1 0 R"}

    def add_object(self, added: Any) -> None:  # noqa: ANN401  pydyf is untyped
        """Give an object the next slot."""
        added.number = -(self.first + len(self.objects))
        self.objects.append(added)


def blank(
    values: Iterable[Any], between: bytes = b"", open_: Mapping[int, Open] | None = None
) -> Blank:
    """Return values as pydyf writes them, parted by `between`; `open_` says by id what is open."""
    forming = _Forming(open_ or {})
    for index, value in enumerate(values):
        if index:
            forming.text += between
        forming.add(value)
    return Blank(bytes(forming.text), tuple(forming.slots))


class _Forming:
    """Writes pydyf's values as it does itself, leaving open numbers out."""

    def __init__(self, open_: Mapping[int, Open]) -> None:
        self.open = open_
        self.text = bytearray()
        self.slots: list[int] = []

    def add(self, value: Any, key: str = "") -> None:  # noqa: ANN401
        if id(value) in self.open:
            self._place(self.open[id(value)])
        elif isinstance(value, Open):
            self._place(value)
        elif isinstance(value, pydyf.Stream):
            message = "a stream where a reference is expected"
            raise UnlikeError(message)
        elif isinstance(value, pydyf.Dictionary):
            self._dictionary(value)
        elif isinstance(value, pydyf.Array):
            self._array(value, key)
        else:
            self._leaf(value, key)

    def _dictionary(self, value: Mapping[str, Any]) -> None:
        self.text += b"<<"
        for name, inner in value.items():
            self.text += b"/%b " % plain(name)
            self.add(inner, name)
        self.text += b">>"

    def _array(self, value: Sequence[Any], key: str) -> None:
        self.text += b"["
        for index, inner in enumerate(value):
            if index:
                self.text += b" "
            self.add(inner, key)
        self.text += b"]"

    def _leaf(self, value: Any, key: str) -> None:  # noqa: ANN401
        if isinstance(value, bytes) and (found := REFERENCE.fullmatch(value)):
            self._place(Open(int(found[1])))
        elif key in NUMBERED and (named := IDENTITY.fullmatch(str(value.string))):
            self.text += b"("
            self._place(Open(int(named[1]), reference=False))
            self.text += b"-%b)" % named[2].encode()
        else:
            self.text += plain(value).replace(b"%", b"%%")

    def _place(self, place: Open) -> None:
        self.text += b"%d 0 R" if place.reference else b"%d"
        self.slots.append(place.slot)


def plain(value: Any) -> bytes:  # noqa: ANN401
    """Return a value as pydyf writes it."""
    written: bytes = to_bytes(value)
    return written
