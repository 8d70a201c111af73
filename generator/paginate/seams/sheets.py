"""Stylesheets are parsed once: what came of them is kept for later processes.

WeasyPrint parses its own three sheets whenever it is imported (about 75 ms) and ours once a
process. Selectors are kept as source (see `_selectors`), so that what was parsed can be pickled.
"""

import logging
import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from generator.paginate.seams import Seam, _selectors, _shelf

FORMAT = 1
"""To be raised when what is kept changes its shape."""
OWN = (("UA_STYLESHEET", "UA"), ("UA_FORM_STYLESHEET", "UA_FORM"), ("PH_STYLESHEET", "PH"))
"""WeasyPrint's own sheets in `weasyprint.html`, and their texts."""
PLAIN = {"string", "base_url", "url_fetcher", "font_config"}
"""What a sheet may be given to be kept: anything else may leave traces elsewhere."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What came of a stylesheet: its rules, the faces it wants and what was said of it."""

    matcher: Any
    page_rules: list[Any]
    layers: list[str]
    faces: tuple[Any, ...] = ()
    said: tuple[tuple[int, str], ...] = ()

    @classmethod
    def of(cls, sheet: Any, **more: Any) -> "Parsed":  # noqa: ANN401  WeasyPrint is untyped
        """Return what to keep of a CSS object; what a rule looked like is never asked again."""
        pages = [(None, *rest) for _rule, *rest in sheet.page_rules]
        return cls(sheet.matcher, pages, sheet.layers, **more)

    def fill(self, sheet: Any) -> None:  # noqa: ANN401
        """Make a CSS object what it was when this was kept."""
        sheet.matcher, sheet.page_rules, sheet.layers = self.matcher, self.page_rules, self.layers


@dataclass(slots=True)
class _Recorder:
    """Stands in for fonts and fetcher while a sheet is parsed, and notes what it wants of them."""

    faces: list[Any] = field(default_factory=list)
    said: list[tuple[int, str]] = field(default_factory=list)
    fetched: bool = False

    def add_font_face(self, descriptors: Any, _fetcher: Any) -> None:  # noqa: ANN401
        """Note a face; it is added after."""
        self.faces.append(descriptors)


@dataclass(slots=True)
class _Own:
    """WeasyPrint's own sheets: known before it is imported, filled in after."""

    key: str = ""
    parse: Callable[..., Any] | None = None
    texts: frozenset[str] = frozenset()
    pickled: bytes = b""
    spared: set[str] = field(default_factory=set)


_own = _Own()


def _versions() -> tuple[object, ...]:
    import cssselect2  # type: ignore[import-untyped]  # noqa: PLC0415  not before the engine
    import tinycss2  # type: ignore[import-untyped]  # noqa: PLC0415

    engine = seam.version, tinycss2.VERSION, cssselect2.VERSION
    return (FORMAT, *engine, sys.implementation.cache_tag, sys.version_info[:3])


def _before() -> None:
    if "weasyprint" in sys.modules:
        return
    import tinycss2  # noqa: PLC0415  the engine's part: not before the engine

    _selectors.postpone()
    _own.key = _shelf.key("own", *_versions())
    kept = _shelf.get(_own.key)
    if kept is not None:
        _own.texts, _own.pickled = kept
    _own.parse = tinycss2.parse_stylesheet
    tinycss2.parse_stylesheet = _spare


def _spare(text: Any, *rest: Any, **named: Any) -> Any:  # noqa: ANN401
    """Return no rules for a text whose rules are known: they are filled in after."""
    assert _own.parse is not None  # noqa: S101  it was put there with this
    if isinstance(text, str) and text in _own.texts:
        _own.spared.add(text)
        return []
    return _own.parse(text, *rest, **named)


def _after() -> None:
    import tinycss2  # noqa: PLC0415  the engine's part: not before the engine
    from weasyprint import CSS, html  # noqa: PLC0415  after it was imported, as the name says

    if _own.parse is None:  # it was imported before us: nothing here can be pickled
        return
    tinycss2.parse_stylesheet = _own.parse
    sheets = [(getattr(html, sheet), getattr(html, text)) for sheet, text in OWN]
    if _own.spared:
        known, counters = pickle.loads(_own.pickled)  # noqa: S301  from the shelf
        html.UA_COUNTER_STYLE.update(counters)
        for sheet, text in sheets:
            if text in _own.spared:
                known[text].fill(sheet)
    else:
        known = {text: Parsed.of(sheet) for sheet, text in sheets}
        content = pickle.dumps((known, dict(html.UA_COUNTER_STYLE)), pickle.HIGHEST_PROTOCOL)
        # the pickle of a pickle: its classes are WeasyPrint's, which is not imported before
        _shelf.put(_own.key, (frozenset(known), content))
    CSS.__init__ = _kept(CSS.__init__)


def _kept(stock: Callable[..., None]) -> Callable[..., None]:
    """Return a constructor of CSS objects that parses a text once for all processes."""
    versions = _versions()

    @wraps(stock)
    def made(sheet: Any, *guess: Any, **named: Any) -> None:  # noqa: ANN401
        text, fonts = named.get("string"), named.get("font_config")
        if guess or not isinstance(text, str) or set(named) - PLAIN:
            stock(sheet, *guess, **named)
            return
        key = _shelf.key("sheet", text, named.get("base_url"), *versions)
        kept = _shelf.get(key)
        if isinstance(kept, Parsed):
            kept.fill(sheet)
            sheet.base_url = named.get("base_url")
            logger = logging.getLogger("weasyprint")
            for level, line in kept.said:
                logger.log(level, "%s", line)
        else:
            kept = _parsed(stock, sheet, named, key)
        if fonts is not None:
            for face in kept.faces:
                fonts.add_font_face(dict(face), named.get("url_fetcher"))

    return made


def _parsed(
    stock: Callable[..., None],
    sheet: Any,  # noqa: ANN401
    named: dict[str, Any],
    key: str,
) -> Parsed:
    """Parse a sheet as ever, and keep what came of it unless it took something from elsewhere."""
    noted = _Recorder()
    with _heard(noted.said):
        stock(sheet, **named | {"font_config": noted, "url_fetcher": _watched(named, noted)})
    made = Parsed.of(sheet, faces=tuple(noted.faces), said=tuple(noted.said))
    if not noted.fetched:
        _shelf.put(key, made)
    return made


def _watched(named: dict[str, Any], noted: _Recorder) -> Any:  # noqa: ANN401
    """Return the fetcher, or one that notes whether it was asked for anything."""
    fetcher = named.get("url_fetcher")
    if fetcher is None:
        return None

    def fetch(url: str, *rest: Any, **more: Any) -> Any:  # noqa: ANN401
        noted.fetched = True
        return fetcher(url, *rest, **more)

    fetch._fail_on_errors = getattr(fetcher, "_fail_on_errors", False)  # type: ignore[attr-defined]  # noqa: SLF001
    return fetch


@contextmanager
def _heard(said: list[tuple[int, str]]) -> Iterator[None]:
    """Note what WeasyPrint's logger is told meanwhile; it is told all the same."""

    def note(record: logging.LogRecord) -> bool:
        said.append((record.levelno, record.getMessage()))
        return True

    logger = logging.getLogger("weasyprint")
    logger.addFilter(note)
    try:
        yield
    finally:
        logger.removeFilter(note)


seam = Seam(version="70.0", before=_before, after=_after)
