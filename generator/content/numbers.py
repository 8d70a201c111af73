"""Numbers: what a text that is one says, with its currency, its magnitude and its unit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

NOTHING = frozenset({"", "-", "\u2013", "\u2014", "n/a", "N/A", "?", "\u2026"})
"""What stands where there is no number."""
SPACES = " \u00a0\u202f\u2009"
DIGITS = (
    rf"\d{{1,3}}(?:[{SPACES}]\d{{3}})+(?:[.,]\d+)?|\d{{1,3}}(?:['\u2019,]\d{{3}})+(?:\.\d+)?"
    r"|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}\.\d{3},\d+|\d+(?:[.,]\d+)?"
)
SIGN = r"[-+\u2212\u00b1~\u2248<>\u2264\u2265]{0,2}"
CURRENCY = r"[$\u20ac\u00a3\u00a5\u20b9]|US\$|USD|EUR|GBP|CHF|\u00d7|x"
NUMBER = re.compile(
    rf"(?P<before>{SIGN}\s?(?:{CURRENCY})?\s?{SIGN})(?P<digits>{DIGITS})(?![\d.,]*\d)"
)
MAGNITUDES = {
    "k": 1e3, "K": 1e3, "M": 1e6, "mn": 1e6, "Mio": 1e6, "million": 1e6, "Mill": 1e6,
    "B": 1e9, "bn": 1e9, "billion": 1e9, "Mrd": 1e9, "T": 1e12, "tn": 1e12, "trillion": 1e12,
}  # fmt: skip
SCALES = {
    "kB": ("byte", 1e3), "KB": ("byte", 1e3), "MB": ("byte", 1e6), "GB": ("byte", 1e9),
    "TB": ("byte", 1e12), "PB": ("byte", 1e15), "KiB": ("byte", 2**10), "MiB": ("byte", 2**20),
    "GiB": ("byte", 2**30), "ns": ("time", 1e-9), "\u00b5s": ("time", 1e-6), "us": ("time", 1e-6),
    "ms": ("time", 1e-3), "s": ("time", 1.0), "min": ("time", 60.0), "h": ("time", 3600.0),
    "mm": ("length", 1e-3), "cm": ("length", 1e-2), "m": ("length", 1.0), "km": ("length", 1e3),
    "g": ("weight", 1.0), "kg": ("weight", 1e3), "t": ("weight", 1e6),
}  # fmt: skip
"""Units that measure the same: what they measure, and how much of it one is."""
_MAGNITUDE = re.compile(rf"\s?({'|'.join(MAGNITUDES)})\.?(?![^\W\d_])")
UNIT = re.compile(
    r"\s?(?:%|\u2030|\u00b0[CF]?|\u00d7|[$\u20ac\u00a3]"
    r"|[^\W\d_]{1,12}(?:/[^\W\d_]{1,6})?[\u00b2\u00b3]?)"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as read: `value`, what it measures, and how many letters stand before its point."""

    value: float
    measures: str
    point: int


def column(texts: Sequence[str]) -> tuple[Number | None, ...]:
    """Return the number that each text of a column is, None where it is none.

    Whether a point parts thousands is told by the column: `1.234` beside `987` is no fraction.
    """
    grouped = _groups_by_point(texts)
    return tuple(read(text, grouped=grouped) for text in texts)


def odd(numbers: Sequence[Number | None], texts: Sequence[str]) -> int:
    """Return the place of the first text that is no number of the kind of the others, else -1."""
    measures = ""
    for place, (number, text) in enumerate(zip(numbers, texts, strict=True)):
        if number is None:
            if text.strip() not in NOTHING:
                return place
        elif number.measures and measures not in ("", number.measures):
            return place
        else:
            measures = number.measures or measures
    return -1


def read(text: str, *, grouped: bool = False) -> Number | None:
    """Return the number that a text is, with at most a sign, a currency and a unit around it."""
    text = text.strip()
    found = NUMBER.match(text)
    if not found:
        return None
    value = _value(found["digits"], grouped=grouped)
    if re.search("[-\u2212]", found["before"]):
        value = -value
    rest = text[found.end() :]
    if magnitude := _MAGNITUDE.match(rest):
        value *= MAGNITUDES[magnitude[1]]
        rest = rest[magnitude.end() :]
    if rest and not UNIT.fullmatch(rest):
        return None
    unit = rest.strip()
    kind, scale = SCALES.get(unit, (unit, 1.0))
    return Number(value * scale, kind, found.start("digits") + _point(found["digits"], grouped))


def _value(digits: str, *, grouped: bool) -> float:
    whole = digits[: _point(digits, grouped)]
    fraction = digits[len(whole) + 1 :]
    return float(f"{re.sub('[^0-9]', '', whole)}.{fraction or 0}")


def _point(digits: str, grouped: bool) -> int:  # noqa: FBT001  passed on as it came
    """Return how many letters stand before the decimal point, all of them without one."""
    signs = [place for place, sign in enumerate(digits) if sign in ".,"]
    if not signs:
        return len(digits)
    last = signs[-1]
    three = len(digits) - last - 1 == len("000")
    same = [digits[place] for place in signs].count(digits[last])
    if same > 1 or (three and digits[0] != "0" and (digits[last] == "," or grouped)):
        return len(digits)
    return last


def _groups_by_point(texts: Sequence[str]) -> bool:
    """Return whether points part thousands in a column: one says so, or all could and one must."""
    digits = [found["digits"] for text in texts if (found := NUMBER.match(text.strip()))]
    if any(re.search(r"\.\d{3}[.,]", each) or re.search(r",\d{1,2}$", each) for each in digits):
        return True
    pointed = [each for each in digits if "." in each]
    plain = [each for each in digits if each.isdigit() and len(each) == len("000")]
    return bool(plain) and all(re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", each) for each in pointed)
