"""Repositories of the AT protocol: the CAR file that Bluesky gives as the export of an account.

Sources: https://ipld.io/specs/transport/car/carv1/, https://atproto.com/specs/repository.
Blocks are found by their hashes; a tree leads from the commit to the records by their names. Only
the blocks that are asked for are decoded.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.errors import GeneratorError, Location, error
from generator.importers import _cbor
from generator.importers._cbor import Cid

MOST_NODES = 1_000_000
"""Nodes of a tree that are looked at: an account of ten years has some thousands."""


def is_car(content: bytes) -> bool:
    """Say whether bytes begin as a CAR file of one version does."""
    return b"eroots" in content[:16] and b"gversion\x01" in content[:200]


def records(content: bytes, name: str, wanted: Sequence[str]) -> Iterator[tuple[str, object]]:
    """Yield the records whose collections are `wanted` with their addresses (`at://…`), in order.

    Links to other blocks are `{"$link": …}`, as in the protocol's JSON. Raises GeneratorError if
    the file is cut off or broken.
    """
    try:
        roots, blocks = _index(content)
        commit = _plain(_block(content, blocks[roots[0]]))
        did, root = commit["did"], commit["data"]
        for key, found in _walk(content, blocks, root):
            if key.partition("/")[0] in wanted:
                yield f"at://{did}/{key}", _json(_block(content, blocks[found]))
    except _cbor.BROKEN:
        hint = "the file may be cut off: export it once more"
        raise GeneratorError(
            error("import-broken", "this is no whole repository of Bluesky", Location(name), hint)
        ) from None


def _index(content: bytes) -> tuple[list[Cid], dict[bytes, tuple[int, int]]]:
    """Return the roots of a file, and where each block stands."""
    size, at = _varint(content, 0)
    header = _plain(_block(content, (at, at + size)))
    at += size
    blocks: dict[bytes, tuple[int, int]] = {}
    while at < len(content):
        size, start = _varint(content, at)
        at = start + size
        if at > len(content):
            raise ValueError(at)
        begins = _cid_end(content, start)
        blocks[content[start:begins]] = (begins, at)
    return [root for root in header["roots"] if isinstance(root, Cid)], blocks


def _walk(
    content: bytes, blocks: Mapping[bytes, tuple[int, int]], root: object
) -> Iterator[tuple[str, Cid]]:
    """Yield the names of all records with their blocks, in the order of the names.

    A name begins as the one before it in the same node does, for `p` bytes.
    """
    waiting: list[object] = [root]
    left = MOST_NODES
    while waiting:
        one = waiting.pop()
        if isinstance(one, tuple):
            yield one
        elif isinstance(one, Cid):
            left -= 1
            if left < 0:
                raise ValueError(MOST_NODES)
            node = _plain(_block(content, blocks[one]))
            found: list[object] = [node.get("l")]
            key = b""
            for entry in map(_plain, node["e"]):
                key = key[: entry["p"]] + entry["k"]
                found += [(key.decode(), entry["v"]), entry.get("t")]
            waiting += reversed(found)


def _block(content: bytes, place: tuple[int, int]) -> object:
    """Return the value of the block at a place."""
    return _cbor.decode(content[slice(*place)])


def _plain(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(type(value))
    return value


def _json(value: object) -> object:
    """Return a value as the protocol's JSON has it."""
    if isinstance(value, Cid):
        return {"$link": value.written}
    if isinstance(value, dict):
        return {key: _json(one) for key, one in value.items()}
    return [_json(one) for one in value] if isinstance(value, list) else value


def _varint(content: bytes, at: int) -> tuple[int, int]:
    """Return a number of seven bits a byte, the lowest first, and where it ends."""
    number = shift = 0
    while True:
        byte = content[at]
        number |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:  # noqa: PLR2004 (the last one)
            return number, at
        if shift > 63:  # noqa: PLR2004 (bits)
            raise ValueError(shift)


def _cid_end(content: bytes, at: int) -> int:
    """Return where a block's hash ends: version, codec, kind of hash, how many bytes, these."""
    for _ in range(3):
        _, at = _varint(content, at)
    size, at = _varint(content, at)
    return at + size
