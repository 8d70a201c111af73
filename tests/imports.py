"""What the tests of readers share: archives made on the spot, and the words that came of them."""

import itertools
import json
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from generator import content, intake
from generator.importers import Imported
from generator.model import Thread
from generator.settings.schema import SLIDE_KEYS

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)
BULLET = re.compile(r"^(?:[-•*▪◦‣\u2013]|\d{1,3}[.)])\s+", re.MULTILINE)


def thread_of(imported: Imported) -> Thread:
    """Return the thread that a build sees in the content file of an import."""
    source = content.load(intake.render(imported).encode(), "content/x.md", "/x/content/x.md", "x")
    return content.read(source, SLIDE_KEYS)


def words(imported: Imported) -> list[list[str]]:
    """Return the words of each post as a build reads them."""
    return [said(post.plain()) for post in thread_of(imported).posts]


def said(text: str) -> list[str]:
    """Return words without what begins the entry of a list."""
    return BULLET.sub("", "\n".join(line.strip() for line in text.split("\n"))).split()


def shown(folder: Path) -> list[str]:
    """Return the names in a folder that people see."""
    return sorted(file.name for file in folder.iterdir() if not file.name.startswith("."))


def packed(path: Path, files: Mapping[str, bytes | str]) -> Path:
    """Write a zip of the files and return its path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in files.items():
            made.writestr(name, text)
    return path


def unpacked(folder: Path, files: Mapping[str, bytes | str]) -> Path:
    """Write the files below a folder and return it."""
    for name, text in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def tweet(number: int, text: str, parent: int | None = None, **more: object) -> dict[str, object]:
    """Return a post as an archive of X has it."""
    made: dict[str, object] = {
        "id_str": str(number),
        "created_at": f"Fri Nov 20 10:{number // 60 % 60:02}:{number % 60:02} +0000 2026",
        "full_text": text,
        "entities": {},
    }
    if parent is not None:
        made |= {"in_reply_to_status_id_str": str(parent), "in_reply_to_screen_name": "you"}
    return {"tweet": made | more}


def assigned(name: str, value: object) -> str:
    """Return a file of an archive of X: JavaScript that assigns a list."""
    return f"window.YTD.{name}.part0 = {json.dumps(value)}"


def cbor(value: object) -> bytes:
    """Return a value as DAG-CBOR has it; 36 bytes are the hash of a block."""
    simple = {"None": 0xF6, "True": 0xF5, "False": 0xF4}.get(repr(value))
    if simple:
        return bytes([simple])
    if isinstance(value, bytes) and len(value) == 36:
        return b"\xd8\x2a" + _head(2, 37) + b"\0" + value
    if isinstance(value, bytes | str):
        raw = value.encode() if isinstance(value, str) else value
        return _head(2 + isinstance(value, str), len(raw)) + raw
    if isinstance(value, dict | list):
        parts = itertools.chain(*value.items()) if isinstance(value, dict) else value
        return _head(4 + isinstance(value, dict), len(value)) + b"".join(map(cbor, parts))
    assert isinstance(value, int)
    return _head(0, value)


def _head(major: int, number: int) -> bytes:
    if number < 24:
        return bytes([major << 5 | number])
    return bytes([major << 5 | 26]) + number.to_bytes(4, "big")


def car(records: Mapping[str, object], did: str = "did:plc:you") -> bytes:
    """Return the repository of an account as a CAR file, its tree of two nodes."""
    blocks: list[bytes] = []

    def block(value: object) -> bytes:
        raw = cbor(value)
        name = b"\x01\x71\x12\x20" + sha256(raw).digest()
        blocks.append(_framed(name + raw))
        return name

    keys = sorted(records)
    right = block({"e": _entries(keys[1:], records, block), "l": None})
    first = _entries(keys[:1], records, block)
    first[0]["t"] = right if keys[1:] else None
    tree = block({"e": first, "l": None})
    root = block({"did": did, "rev": "1", "data": tree, "prev": None, "version": 3, "sig": b"x"})
    return b"".join([_framed(cbor({"roots": [root], "version": 1})), *blocks])


def _entries(
    keys: Sequence[str], records: Mapping[str, object], block: Callable[[object], bytes]
) -> list[dict[str, object]]:
    """Return the entries of a node: of each name what differs from the one before."""
    made: list[dict[str, object]] = []
    before = ""
    for key in keys:
        pairs = zip(before, key, strict=False)
        same = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))
        value = block(records[key])
        made.append({"k": key[same:].encode(), "p": same, "t": None, "v": value})
        before = key
    return made


def _framed(raw: bytes) -> bytes:
    """Return bytes behind their number, seven bits of it a byte."""
    number, told = len(raw), b""
    while number > 0x7F:
        told, number = told + bytes([number & 0x7F | 0x80]), number >> 7
    return told + bytes([number]) + raw


def x_files(*tweets: dict[str, object], **more: bytes | str) -> dict[str, bytes | str]:
    """Return the files of an archive of X with these posts."""
    account = {"username": "you", "accountId": "7", "accountDisplayName": "Your Name"}
    return {
        "data/account.js": assigned("account", [{"account": account}]),
        "data/tweets.js": assigned("tweets", list(tweets)),
        **more,
    }
