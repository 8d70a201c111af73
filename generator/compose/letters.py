"""Letters: how wide a font's are on the mean, which tells how many words a line holds."""

from functools import cache

from generator.compose.tokens import LETTER

SAMPLE = "Requirements considerations 0123 documentation Throughput estimate"
"""Words as tables have them: long ones, some of them capital."""


@cache
def letter_width(file: str) -> float:
    """Return the mean width of a letter of a font file, of its size."""
    from PIL import ImageFont  # noqa: PLC0415  only a table wants it

    try:
        font = ImageFont.truetype(file, 100)
    except OSError:
        return LETTER
    return float(font.getlength(SAMPLE)) / 100 / len(SAMPLE)
