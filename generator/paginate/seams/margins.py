"""Pages whose stylesheets put nothing into a page's margins get no margin boxes made.

WeasyPrint makes sixteen of them for each page, measures them and throws them away.
"""

from collections.abc import Callable, Iterator
from typing import Any

from generator.paginate.seams import Seam


def _after() -> None:
    from weasyprint import layout  # noqa: PLC0415  after it was imported, as the name says

    layout.make_margin_boxes = _where_wanted(layout.make_margin_boxes)


def _where_wanted(stock: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """Return a maker of margin boxes that makes none where no stylesheet has content for any."""

    def made(context: Any, page: Any, state: Any) -> Iterator[Any]:  # noqa: ANN401  untyped
        sheets = getattr(context.style_for, "_sheets", None)
        if sheets is None or any(_fills(sheet) for sheet, *_ in sheets):
            return stock(context, page, state)
        return iter(())

    return made


def _fills(sheet: Any) -> bool:  # noqa: ANN401
    """Return whether a stylesheet has content for a margin box, but for notes of a page."""
    return any(
        name == "content" and pseudo not in {None, "@footnote", "@note-area"}
        for _rule, selectors, declarations in sheet.page_rules
        for _specificity, pseudo, _page in selectors
        for name, _value, _important in declarations
    )


seam = Seam(version="70.0", after=_after)
