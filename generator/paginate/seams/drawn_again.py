"""An SVG picture looks the same every time it is drawn.

WeasyPrint 70 writes into an SVG's tree while it draws: a gradient that takes its stops from another
one by `href` loses them after the first time, a mask becomes a group, a pattern's size a number. A
logo on every slide is drawn right on the first only. Such a picture is read anew for each drawing.
"""

from copy import deepcopy
from typing import Any

from generator.paginate.seams import Seam

CHANGED = frozenset({"mask", "pattern", "marker", "use", "symbol", "filter", "clipPath", "textPath"})
"""Elements that drawing changes; besides them it is everything that names another by `href`."""


def after() -> None:
    """Let pictures keep their source where drawing would change it."""
    from weasyprint import images  # noqa: PLC0415  not before it may be imported

    stock, svg = images.SVGImage, images.SVG

    class Picture(stock):  # type: ignore[misc, valid-type]  # WeasyPrint is untyped
        """An SVG picture that is read anew where it has to be."""

        def __init__(self, tree: Any, *around: Any) -> None:  # noqa: ANN401
            """Read the picture, and keep it as it was where drawing changes it."""
            self._source = deepcopy(tree) if _changes(tree) else None
            self._fresh = True
            super().__init__(tree, *around)

        def draw(self, *onto: Any) -> None:  # noqa: ANN401
            """Draw the picture."""
            if self._source is not None and not self._fresh:
                drawn = self._svg
                source = deepcopy(self._source)
                self._svg = svg(source, self._base_url, drawn.font_config, self._url_fetcher)
            self._fresh = False
            super().draw(*onto)

    Picture.__name__ = stock.__name__
    images.SVGImage = Picture
    for module in _users():
        if getattr(module, "SVGImage", None) is stock:
            module.SVGImage = Picture


def _users() -> tuple[Any, ...]:
    """Return the modules that took the class by name."""
    from weasyprint import draw, html  # noqa: PLC0415
    from weasyprint.draw import text  # noqa: PLC0415
    from weasyprint.layout import background, replaced  # noqa: PLC0415

    return draw, html, text, background, replaced


def _changes(tree: Any) -> bool:  # noqa: ANN401
    """Return whether drawing writes into the tree, as far as its elements tell."""
    return any(
        not isinstance(element.tag, str)
        or element.tag.rpartition("}")[2] in CHANGED
        or any(name.rpartition("}")[2] == "href" for name in element.attrib)
        for element in tree.iter()
    )


seam = Seam(version="70.0", after=after)
