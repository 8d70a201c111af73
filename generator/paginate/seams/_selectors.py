"""Selectors that are compiled when they are first tried, and that can be pickled until then."""

import re
from collections.abc import Callable
from functools import cache
from itertools import chain
from typing import Any
from urllib.parse import urlparse

Matches = Callable[[Any], bool]
WORDS = frozenset({"alt", "aria-label", "src", "title"})
"""Attributes that differ from slide to slide, and mean something to few selectors."""


class Test:
    """A selector as Python source; called with an element it says whether that matches."""

    __slots__ = ("_made", "source")

    def __init__(self, source: str) -> None:
        """Take what cssselect2 made of a selector: a lambda's source."""
        self.source = source
        self._made: Matches | None = None

    def __call__(self, element: Any) -> bool:  # noqa: ANN401  cssselect2 is untyped
        """Return whether the element is one of those that the selector names."""
        if self._made is None:
            self._made = compiled(self.source)
        return self._made(element)

    def __reduce__(self) -> tuple[type["Test"], tuple[str]]:
        """Pickle the source alone."""
        return Test, (self.source,)


@cache
def compiled(source: str) -> Matches:
    """Return the function that cssselect2 would have made of the source at once."""
    from webencodings import (  # type: ignore[import-untyped]  # noqa: PLC0415  not before the engine
        ascii_lower,
    )

    known = {
        "split_whitespace": re.compile("[^ \t\r\n\f]+").findall,
        "ascii_lower": ascii_lower,
        "urlparse": urlparse,
    }
    made: Matches = eval(source, known, {})  # noqa: S307  from cssselect2's compiler, as it does itself
    return made


def postpone() -> None:
    """Have cssselect2 keep its sources from now on: nothing is compiled that is never tried."""
    from cssselect2 import (  # type: ignore[import-untyped]  # noqa: PLC0415  not before the engine
        compiler,
    )

    compiler.eval = lambda source, _known, _local: Test(source)


def words_asked(matcher: Any) -> frozenset[str]:  # noqa: ANN401
    """Return which of WORDS any selector of a sheet names; all where its source is unknown."""
    filed = (matcher.id_selectors, matcher.class_selectors, matcher.lower_local_name_selectors)
    lists = [entries for one in (*filed, matcher.namespace_selectors) for entries in one.values()]
    entries = chain(*lists, matcher.lang_attr_selectors, matcher.other_selectors)
    sources = {test.source if isinstance(test, Test) else "" for test, *_ in entries}
    if "" in sources:
        return WORDS
    return frozenset(word for word in WORDS if any(word in source for source in sources))
