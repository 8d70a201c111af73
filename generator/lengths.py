"""How long platforms say that a text is: X weighs its letters, the others count them."""

import re
import unicodedata

LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]}'»\u201d\u2019]", re.IGNORECASE)
"""An address as the platforms see one: the stops that end a sentence are no part of it."""
_LABEL = r"[a-z0-9-]+\."
_GENERIC = (
    "app|biz|blog|cloud|club|com|dev|edu|gov|info|net|online|org|page|shop|site|store|tech|xyz"
)
_BARE = (
    rf"(?<![\w@#$/.-])(?:(?:{_LABEL})+(?:{_GENERIC}|co|tv)(?![\w-]|\.\w)"
    rf"|(?:{_LABEL}){{2,}}[a-z]{{2}}(?![\w-])|{_LABEL}[a-z]{{2}}(?=/\w))"
    r"(?:[/?][^\s<>\"]*[^\s<>\".,;:!?)\]}'»\u201d\u2019])?"
)
LINKED = re.compile(f"{LINK.pattern}|{_BARE}", re.IGNORECASE)
"""What X makes a link of, an address without `https://` too (twitter-text, `extractUrls`): below a
generic domain always, below a country's if a path or another label is with it, so `app.py` is none.
"""
HASHTAG = re.compile(r"(?<![\w&/#])[#\uff03](?=\w*[^\W\d])\w+")
"""A hashtag: at least one of its signs is no digit."""
LINK_WEIGHT = 23
"""What X shortens each link to (twitter-text, configuration 3: transformedURLLength)."""
LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""Code points that weigh 1; all others 2 (twitter-text, configuration 3: ranges)."""
EMOJI = re.compile(
    r"[\U0001F1E6-\U0001F1FF]{2}"  # a flag
    r"|[0-9#*]\uFE0F?\u20E3"  # a key
    r"|(?:[\u00A9\u00AE\u203C-\u3299]\uFE0F|[\u231A-\u2BFF\U0001F000-\U0001FAFF])"
    r"[\uFE0F\U0001F3FB-\U0001F3FF]*"
    r"(?:[\U000E0020-\U000E007F]+|(?:\u200D[\u2640-\u27BF\U0001F000-\U0001FAFF]"
    r"[\uFE0F\U0001F3FB-\U0001F3FF]*)*)"
)
"""One emoji, however many code points it is made of: X weighs it 2 as a whole."""


def weight(text: str) -> int:
    """Return how long a text is on X, where a post may weigh 280."""
    text = unicodedata.normalize("NFC", text)
    text, links = LINKED.subn("", text)
    text, emoji = EMOJI.subn("", text)
    return LINK_WEIGHT * links + 2 * emoji + sum(map(_weight, text))


def letters(text: str) -> int:
    """Return how many characters a text has."""
    return len(unicodedata.normalize("NFC", text))


def hashtags(text: str) -> tuple[str, ...]:
    """Return the hashtags of a text in order."""
    return tuple(HASHTAG.findall(text))


def _weight(letter: str) -> int:
    code = ord(letter)
    return 1 if any(first <= code <= last for first, last in LIGHT) else 2
