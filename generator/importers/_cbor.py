"""DAG-CBOR: the values in the blocks of a repository, read without a library for each of them.

Source: https://ipld.io/specs/codecs/dag-cbor/spec/, a strict part of RFC 8949: lengths are told
beforehand, numbers are whole or 64 bits wide, and the one tag is a link to another block.
"""

import base64
import struct
import sys
from collections.abc import Mapping

DEEPEST = 60
"""Levels of values in each other."""

LINK = 42
"""The tag of a link to another block."""

BROKEN = (IndexError, KeyError, TypeError, ValueError, struct.error)
"""What reading broken bytes ends in."""

_SIMPLE: Mapping[int, object] = {20: False, 21: True, 22: None}


class Cid(bytes):
    """The hash that a block is found by."""

    __slots__ = ()

    @property
    def written(self) -> str:
        """Return it as JSON has it: base32 in lower case."""
        return "b" + base64.b32encode(self).decode().lower().rstrip("=")


def decode(raw: bytes) -> object:
    """Return the value of a block; one of BROKEN is raised if it is none."""
    value, at = _value(raw, 0, 0)
    if at != len(raw):
        raise ValueError(at)
    return value


def _value(raw: bytes, at: int, depth: int) -> tuple[object, int]:
    """Return the value at a place, and where it ends (RFC 8949, as strict as DAG-CBOR)."""
    major, info = raw[at] >> 5, raw[at] & 0x1F
    if depth > DEEPEST:
        raise ValueError(depth)
    if major == 7:  # noqa: PLR2004 (simple values and floats)
        if info == 27:  # noqa: PLR2004 (64 bits)
            return struct.unpack(">d", raw[at + 1 : at + 9])[0], at + 9
        return _SIMPLE[info], at + 1
    number, at = _number(raw, at + 1, info)
    if major < 2:  # noqa: PLR2004 (whole numbers)
        return (number, -1 - number)[major], at
    if major < 4:  # noqa: PLR2004 (bytes, words)
        if at + number > len(raw):
            raise ValueError(number)
        piece = raw[at : at + number]
        return (piece if major == 2 else piece.decode()), at + number  # noqa: PLR2004 (bytes)
    if number > len(raw):
        raise ValueError(number)
    return _many(raw, at, depth, major, number)


def _many(raw: bytes, at: int, depth: int, major: int, number: int) -> tuple[object, int]:
    """Return a list, a mapping, or the link that a tag is."""
    if major == 4:  # noqa: PLR2004 (a list)
        made: list[object] = []
        for _ in range(number):
            value, at = _value(raw, at, depth + 1)
            made.append(value)
        return made, at
    if major == 5:  # noqa: PLR2004 (a mapping)
        pairs: dict[str, object] = {}
        for _ in range(number):
            key, at = _value(raw, at, depth + 1)
            value, at = _value(raw, at, depth + 1)
            pairs[sys.intern(str(key))] = value  # the same few, thousands of times
        return pairs, at
    linked, at = _value(raw, at, depth + 1)
    if number != LINK or not isinstance(linked, bytes) or linked[:1] != b"\0":
        raise ValueError(number)
    return Cid(linked[1:]), at


def _number(raw: bytes, at: int, info: int) -> tuple[int, int]:
    """Return the number that goes with a value, and where it ends."""
    if info < 24:  # noqa: PLR2004 (it stands in the same byte)
        return info, at
    size = 1 << (info - 24)
    if info > 27 or at + size > len(raw):  # noqa: PLR2004 (of no length: DAG-CBOR has none)
        raise ValueError(info)
    return int.from_bytes(raw[at : at + size], "big"), at + size
