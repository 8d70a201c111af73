"""Small replacements inside WeasyPrint, one file each: only for the version they were measured on.

`THREADPRESS_STOCK=1` turns all of them off; everything still works, only slower.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass

from generator.rooms import parts

STOCK = "THREADPRESS_STOCK"


def _nothing() -> None:
    """Do nothing: a seam need not have both halves."""


@dataclass(frozen=True, slots=True)
class Seam:
    """What is replaced before WeasyPrint is imported and after, once in a process."""

    version: str
    before: Callable[[], None] = _nothing
    after: Callable[[], None] = _nothing


def wanted() -> bool:
    """Return whether seams may be applied at all."""
    return os.environ.get(STOCK, "") in ("", "0")


def known() -> tuple[Seam, ...]:
    """Return all seams, by name."""
    found = parts("generator.paginate.seams", "seam")
    return tuple(seam for seam in found.values() if isinstance(seam, Seam))
