"""What each code means: read from docs/errors.md, which people read too; longer from checks.md.

In the wheel the two pages lie inside the package, in a checkout beside it.
"""

import difflib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

PAGES = ("errors.md", "checks.md")
ROW = re.compile(r"^\| ((?:`[a-z][a-z0-9-]*` ?)+)\| (.*?) \|$", re.MULTILINE)
SECTION = re.compile(r"^### `([a-z][a-z0-9-]*)`\n(.*?)(?=^#{1,3} |\Z)", re.MULTILINE | re.DOTALL)
NAME = re.compile(r"`([a-z][a-z0-9-]*)`")


@cache
def every() -> Mapping[str, str]:
    """Return what each code means, in one line of Markdown; nothing if the page is not there."""
    found: dict[str, str] = {}
    for row in ROW.finditer(_page("errors.md")):
        found |= dict.fromkeys(NAME.findall(row[1]), row[2])
    found.pop("code", None)
    return found


def near(code: str) -> str:
    """Return a hint that names the nearest known code; there are too many to list them."""
    found = difflib.get_close_matches(code, every(), n=1, cutoff=0.6)
    said = f"did you mean `{found[0]}`? " if found else ""
    return f"{said}every code stands in docs/errors.md"


@cache
def sections() -> Mapping[str, str]:
    """Return what there is to say of a check's codes besides: what is looked at, what to do."""
    return {code: text.strip() for code, text in SECTION.findall(_page("checks.md"))}


def _page(name: str) -> str:
    package = Path(__file__).resolve().parents[1]
    folder = package / "docs" if (package / "docs").is_dir() else package.parent / "docs"
    path = folder / name
    return path.read_text("utf-8") if path.is_file() else ""
