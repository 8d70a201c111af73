"""An SVG picture looks the same every time it is drawn.

WeasyPrint 70 writes into an SVG's tree while it draws: a gradient that takes its stops from another
one by `href` loses them after the first time, a mask becomes a group, a pattern's size a number. A
logo on every slide is drawn right on the first only. Such a picture is read anew for each drawing.
"""

from copy import deepcopy
from functools import wraps
from typing import Any

from generator.paginate.seams import Seam

CHANGED = frozenset(
    {"mask", "pattern", "marker", "use", "symbol", "filter", "clipPath", "textPath"}
)
"""Elements that drawing changes; besides them it is everything that names another by `href`."""


def after() -> None:
    """Let pictures keep their source where drawing would change it."""
    from weasyprint.images import SVGImage  # noqa: PLC0415  not before it may be imported
    from weasyprint.svg import SVG  # noqa: PLC0415

    stock_read, stock_draw = SVGImage.__init__, SVGImage.draw

    @wraps(stock_read)
    def read(self: Any, tree: Any, *around: Any) -> None:  # noqa: ANN401  WeasyPrint is untyped
        self.source = deepcopy(tree) if _changes(tree) else None
        self.fresh = True
        stock_read(self, tree, *around)

    @wraps(stock_draw)
    def draw(self: Any, *onto: Any) -> None:  # noqa: ANN401
        if self.source is not None and not self.fresh:
            around = self._base_url, self._svg.font_config, self._url_fetcher
            self._svg = SVG(deepcopy(self.source), *around)
        self.fresh = False
        stock_draw(self, *onto)

    SVGImage.__init__, SVGImage.draw = read, draw


def _changes(tree: Any) -> bool:  # noqa: ANN401
    """Return whether drawing writes into the tree, as far as its elements tell."""
    return any(
        not isinstance(element.tag, str)
        or element.tag.rpartition("}")[2] in CHANGED
        or any(name.rpartition("}")[2] == "href" for name in element.attrib)
        for element in tree.iter()
    )


seam = Seam(version="70.0", after=after)
