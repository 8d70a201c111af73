"""Styles are computed once for elements that are alike in all documents of a process.

See `_nodes` for what is remembered and `_styling` for how styles are made from it.
"""

from collections.abc import Callable, Iterator
from typing import Any

from generator.paginate.seams import Seam, _memory


def _after() -> None:
    from weasyprint import css  # noqa: PLC0415  after it was imported, as the name says
    from weasyprint.layout import page  # noqa: PLC0415
    from weasyprint.logger import LOGGER  # noqa: PLC0415

    from generator.paginate.seams._computed import notice  # noqa: PLC0415  they need WeasyPrint
    from generator.paginate.seams._styling import Styles  # noqa: PLC0415

    LOGGER.addFilter(notice)
    css.StyleFor = Styles
    css.find_stylesheets = _where_there_are_any(css.find_stylesheets)
    page.set_page_type_computed_styles = _for_pages(page.set_page_type_computed_styles, Styles)
    _memory.forget_with_fonts()


def _where_there_are_any(stock: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """Return a search for a document's own stylesheets that ends at once if it has none."""

    def found(wrapper: Any, *rest: Any, **named: Any) -> Iterator[Any]:  # noqa: ANN401
        root = wrapper.etree_element
        if next(root.iter("style"), None) is None and next(root.iter("link"), None) is None:
            return iter(())
        return stock(wrapper, *rest, **named)

    return found


def _for_pages(stock: Callable[..., None], ours: type[Any]) -> Callable[..., None]:
    def set_styles(page_type: Any, html: Any, style_for: Any) -> None:  # noqa: ANN401
        if isinstance(style_for, ours) and style_for.nodes:
            style_for.set_page_styles(page_type)
        else:
            stock(page_type, html, style_for)

    return set_styles


seam = Seam(version="70.0", after=_after)
