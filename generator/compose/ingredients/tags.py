"""Mentions, hashtags and web addresses in a text: quietly marked, never changed.

An address is shown without its `https://www.`, which stays in the text that is copied.
"""

import re
from collections.abc import Iterable, Iterator

from markupsafe import Markup

from generator.compose.ingredients import Ingredient, Kitchen

_FOUND = re.compile(
    r"(?<![\w@#&/.])(?P<tag>[@#](?=\w*[^\W\d_])\w(?:[\w.-]*\w)?)(?![@#])"
    r"|(?<![\w/])(?P<scheme>https?://(?:www\.)?)(?P<host>[^\W_][\w.-]*)"
)


def prepare(kitchen: Kitchen) -> Ingredient:
    """Return the ingredient: it takes text."""
    del kitchen
    return Ingredient(text=marked)


def marked(text: str) -> Iterable[str | Markup]:
    """Return a text in pieces, what is special in it as HTML."""
    return list(_pieces(text)) if "@" in text or "#" in text or "://" in text else [text]


def _pieces(text: str) -> Iterator[str | Markup]:
    at = 0
    for found in _FOUND.finditer(text):
        if text[at : found.start()]:
            yield text[at : found.start()]
        if found["tag"]:
            yield Markup('<span class="tag">{}</span>').format(found[0])
        else:
            inner = Markup('<span class="quiet">{}</span>').format(found["scheme"])
            yield Markup('<span class="host">{}{}</span>').format(inner, found["host"])
        at = found.end()
    if text[at:]:
        yield text[at:]
