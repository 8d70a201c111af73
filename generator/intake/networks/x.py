"""X: a post, and those by the same author that it answers, from what X gives to embeds.

`cdn.syndication.twimg.com/tweet-result` gives one post, and says which one it answers, never which
ones answer it: so of a thread the last post has to be given. oEmbed stands in for a single post.
"""

import math
import re
from collections.abc import Mapping
from urllib.parse import urlencode

from generator.errors import GeneratorError, Location, Problem, info, warning
from generator.intake.networks import Ask, Came, Network, document

SYNDICATION = "https://cdn.syndication.twimg.com/tweet-result"
OEMBED = "https://publish.twitter.com/oembed"
_POST = re.compile(
    r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/(?:\w+|i/web)/status(?:es)?/(\d{1,20})(?!\d)",
    re.IGNORECASE,
)
MOST = 200
"""Posts of a thread: each is a question of its own."""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def knows(url: str) -> bool:
    """Say whether this is the address of a post."""
    return _POST.match(url) is not None


def asks(url: str, ask: Ask) -> Came:
    """Return the post and those before it, the last one first."""
    found = _POST.match(url)
    number = found[1] if found else ""
    told: list[Problem] = []
    try:
        first = ask(_question(number))
        if not _shown(document(first)):
            first = ask(_embed(number))
            return Came("x-post", first, f"x-{number}")
    except GeneratorError as trouble:
        return Came("x-post", _spare(number, ask, trouble), f"x-{number}")
    answers = [first]
    while (before := _before(document(answers[-1]))) and len(answers) < MOST:
        try:
            answers.append(ask(_question(before)))
        except GeneratorError as trouble:
            said = f"post {before}, which the thread goes on from, could not be fetched"
            told += [warning("post-missing", f"{said}: {trouble}", Location(url))]
            break
    said = "X tells which post one answers, and not what answers it"
    hint = "of a thread, give the address of its last post"
    told.append(info("thread-end-unknown", said, Location(url), hint))
    return Came("x-post", b"\n".join(answers), f"x-{number}", tuple(told))


def _spare(number: str, ask: Ask, trouble: GeneratorError) -> bytes:
    """Return what oEmbed says of a post; where it says nothing either, the first trouble."""
    try:
        return ask(_embed(number))
    except GeneratorError:
        raise trouble from None


def _question(number: str) -> str:
    return f"{SYNDICATION}?{urlencode({'id': number, 'token': token(int(number)), 'lang': 'en'})}"


def _embed(number: str) -> str:
    page = f"https://x.com/i/status/{number}"
    return f"{OEMBED}?{urlencode({'url': page, 'omit_script': '1', 'dnt': 'true'})}"


def _shown(said: Mapping[str, object]) -> bool:
    """Say whether an answer is a post; one that was deleted or is shown to few is a tombstone."""
    return isinstance(said.get("text"), str) and "id_str" in said


def _before(said: Mapping[str, object]) -> str:
    """Return the number of the post by the same author that one answers."""
    user, number = said.get("user"), said.get("in_reply_to_status_id_str")
    own = user.get("screen_name") if isinstance(user, dict) else None
    same = isinstance(own, str) and own == said.get("in_reply_to_screen_name")
    known = isinstance(number, str) and number.isascii() and number.isdigit()
    return str(number) if same and known and len(str(number)) <= 20 else ""  # noqa: PLR2004 (digits of 64 bits)


def token(number: int) -> str:
    """Return what X's own embeds send with a number: (number / 1e15 * pi) in base 36, no zeros.

    In JavaScript that is `toString(36)`: the shortest digits that tell the number from the next.
    """
    value = number / 1e15 * math.pi
    whole, rest = int(value), value - int(value)
    digits = ""
    while whole:
        whole, digit = divmod(whole, 36)
        digits = _DIGITS[digit] + digits
    exact = max(0.5 * (math.nextafter(value, math.inf) - value), math.nextafter(0, 1))
    while rest >= exact:
        rest, exact = rest * 36, exact * 36
        digit, rest = int(rest), rest - int(rest)
        up = rest + exact > 1 and (rest > 0.5 or (rest == 0.5 and digit % 2 == 1))  # noqa: PLR2004 (half)
        digits += _DIGITS[min(35, digit + up)]
        if up:
            break
    return digits.replace("0", "")


network = Network("X", knows, asks)
