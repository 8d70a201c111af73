"""What the tests of readers share: archives made on the spot, and the words that came of them."""

import json
import re
import zipfile
from collections.abc import Mapping
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


def x_files(*tweets: dict[str, object], **more: bytes | str) -> dict[str, bytes | str]:
    """Return the files of an archive of X with these posts."""
    account = {"username": "you", "accountId": "7", "accountDisplayName": "Your Name"}
    return {
        "data/account.js": assigned("account", [{"account": account}]),
        "data/tweets.js": assigned("tweets", list(tweets)),
        **more,
    }
