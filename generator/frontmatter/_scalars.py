"""Plain scalars as YAML 1.2 core reads them: `no`, `on`, `4:5`, `012` and dates stay text."""

import math
import re
from typing import Self

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
# Core would read `012` as 12: here it stays what the writer typed, an id or a code.
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_LONGEST_NUMBER = 400


class Decimal(float):
    """A float that prints as it was typed, so that `title: 3.10` does not become 3.1."""

    typed: str

    def __new__(cls, typed: str) -> Self:
        """Return the number that `typed` writes."""
        number = super().__new__(cls, typed)
        number.typed = typed
        return number

    def __getnewargs__(self) -> tuple[str]:  # type: ignore[override]
        """Travel between processes with its spelling."""
        return (self.typed,)

    def __str__(self) -> str:
        """Return the number as the writer typed it."""
        return self.typed


def scalar(text: str) -> bool | int | float | str | None:
    """Return what a plain scalar means. Raises ValueError for a number that is out of range."""
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if text[0] in "+-.0123456789" and len(text) <= _LONGEST_NUMBER:
        return _number(text)
    return text


def _number(text: str) -> int | float | str:
    """Return a number, or the text if it is none."""
    if _INT.fullmatch(text):
        return int(text)
    if _BASED.fullmatch(text):
        return int(text, 0)
    return _finite(text) if _FLOAT.fullmatch(text) else text


def _finite(text: str) -> float:
    """Return a float; infinity is no size of anything."""
    number = Decimal(text)
    if math.isinf(number):
        message = f"the number {text} is out of range"
        raise ValueError(message)
    return number
