"""The objects of one PDF, and the file they become: the same bytes as pydyf's own."""

import zlib
from dataclasses import dataclass, field
from itertools import accumulate, chain
from math import ceil, log
from typing import Any

import pydyf  # type: ignore[import-untyped]

from generator.paginate.fragments.blanks import plain

HEADER = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
BEST, QUICK = 9, 5
"""pydyf packs as small as zlib can, which takes 20 ms for the objects of 50 slides; level 5 takes
2 ms and makes the file 1.5 % larger."""


@dataclass(frozen=True, slots=True)
class Body:
    """A stream object, its dictionary and end marks included."""

    content: bytes


@dataclass(slots=True)
class Packer:
    """Compresses, and remembers what it compressed for this file and the one before."""

    _known: dict[tuple[int, bytes], bytes] = field(default_factory=dict)
    _before: dict[tuple[int, bytes], bytes] = field(default_factory=dict)

    def packed(self, content: bytes, level: int = BEST) -> bytes:
        """Return the content, deflated."""
        key = level, content
        found = self._known.get(key) or self._before.get(key) or deflated(content, level)
        self._known[key] = found
        return found

    def turn(self) -> None:
        """Forget what the file before the last one had."""
        self._before, self._known = self._known, {}


def deflated(content: bytes, level: int = BEST) -> bytes:
    """Return the content as pydyf compresses it."""
    packing = zlib.compressobj(level=level)
    return packing.compress(content) + packing.flush()


def stream(extra: bytes, content: bytes) -> Body:
    """Return a compressed stream; `extra` are its dictionary's other entries."""
    length = b"%d" % len(content)
    return body(b"<<%b/Filter /FlateDecode/Length %b>>" % (extra, length), content)


def body(dictionary: bytes, content: bytes) -> Body:
    """Return a stream of that dictionary and content."""
    return Body(b"\n".join((dictionary, b"stream", content, b"endstream")))


class Book(pydyf.PDF):  # type: ignore[misc]  # pydyf is untyped
    """A PDF in the making; besides pydyf's objects it takes bytes and bodies that are done."""

    def __init__(self) -> None:
        """Begin with what every PDF has: pages and catalog."""
        super().__init__()
        self._references: list[bytes] = []

    def add(self, entry: bytes | Body = b"") -> int:
        """Return the number of a new object; what it holds may be put there later."""
        self.objects.append(entry)
        return len(self.objects) - 1

    def add_leaf(self, entry: bytes) -> int:
        """Return the number of a new page."""
        number = self.add(entry)
        self.pages["Count"] += 1
        self.pages["Kids"].extend([number, 0, "R"])
        self._references.append(b"%d 0 R" % number)
        return number

    @property
    def page_references(self) -> list[bytes]:
        """Return the references of all pages; pydyf makes them anew for each that is asked for."""
        return self._references

    def bound(self, packer: Packer, *, quick: bool) -> bytes:
        """Return the file: `quick` packs its object stream worse, and in a tenth of the time."""
        self.add_object(self.info)
        level = QUICK if quick else BEST
        out = bytearray(HEADER)
        offsets: dict[int, int] = {}
        loose: list[tuple[int, bytes]] = []
        for number, entry in enumerate(self.objects[1:], 1):
            done = entry if isinstance(entry, bytes) else _done(entry, packer)
            if isinstance(done, bytes):
                loose.append((number, done))
            else:
                offsets[number] = len(out)
                out += _indirect(number, done)
        offsets[len(self.objects)] = len(out)
        out += _indirect(len(self.objects), _together(loose, packer, level))
        start = len(out)
        out += _indirect(len(self.objects) + 1, self._places(offsets, start, packer, level))
        return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)

    def _places(self, offsets: dict[int, int], start: int, packer: Packer, level: int) -> Body:
        """Return the cross-reference stream: where each object stands."""
        together = len(self.objects)
        wide = ceil(log(start + 1, 256))
        narrow = ceil(log(max(65535, together - len(offsets)) + 1, 256))
        inside = b"\x02" + together.to_bytes(wide, "big")
        rows = [bytes(1 + wide) + (65535).to_bytes(narrow, "big")]
        index = 0
        for number in range(1, together + 1):
            if number in offsets:
                rows.append(_outside(offsets[number], wide, narrow))
            else:
                rows.append(inside + index.to_bytes(narrow, "big"))
                index += 1
        rows.append(_outside(start, wide, narrow))
        size = together + 2
        extra = (
            f"/Type /XRef/Index [0 {size}]/W [1 {wide} {narrow}]/Size {size}"
            f"/Root {self.catalog.number} 0 R/Info {self.info.number} 0 R"
        )
        return stream(extra.encode(), packer.packed(b"".join(rows), level))


def _outside(offset: int, wide: int, narrow: int) -> bytes:
    return b"\x01" + offset.to_bytes(wide, "big") + bytes(narrow)


def _indirect(number: int, entry: Body) -> bytes:
    return b"%d 0 obj\n%b\nendobj\n" % (number, entry.content)


def _done(entry: Any, packer: Packer) -> bytes | Body:  # noqa: ANN401
    """Return an object's bytes, streams compressed."""
    if isinstance(entry, Body):
        return entry
    if not isinstance(entry, pydyf.Stream):
        written: bytes = entry.data
        return written
    if not entry.compress:
        return Body(entry.data)
    lines = [line if isinstance(line, bytes) else plain(line) for line in entry.stream]
    content = packer.packed(b"\n".join(lines))
    return stream(pydyf.Dictionary(entry.extra).data[2:-2], content)


def _together(loose: list[tuple[int, bytes]], packer: Packer, level: int) -> Body:
    """Return the object stream of all objects that are no streams themselves."""
    positions = accumulate((len(data) + 1 for _, data in loose), initial=0)
    numbers = (number for number, _ in loose)
    placed = zip(numbers, positions, strict=False)
    header = " ".join(map(str, chain.from_iterable(placed))).encode()
    content = b"\n".join([header, *(data for _, data in loose)])
    extra = b"/Type /ObjStm/N %d/First %d" % (len(loose), len(header) + 1)
    return stream(extra, packer.packed(content, level))
