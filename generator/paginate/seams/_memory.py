"""What is remembered beside a font configuration, until it gets another font."""

from collections.abc import Callable
from typing import Any

KEPT = "_threadpress"


def beside(fonts: Any, name: str, new: Callable[[], Any]) -> Any:  # noqa: ANN401  WeasyPrint is untyped
    """Return what is kept under a name beside `fonts`; what was measured holds for these only."""
    kept = vars(fonts).setdefault(KEPT, {})
    if name not in kept:
        kept[name] = new()
    return kept[name]


def forget(fonts: Any) -> None:  # noqa: ANN401
    """Forget all that is kept beside `fonts`: it is found out again."""
    vars(fonts).pop(KEPT, None)


def forget_with_fonts() -> None:
    """See to it that a new face makes all be forgotten that is kept beside its fonts."""
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415  after it was imported

    stock = FontConfiguration.add_font_face
    if getattr(stock, "forgets", False):
        return

    def add(fonts: Any, descriptors: Any, fetcher: Any) -> None:  # noqa: ANN401
        known = vars(fonts).setdefault(f"{KEPT}_faces", set())
        face = str(descriptors)
        if face not in known:
            known.add(face)
            forget(fonts)
        stock(fonts, descriptors, fetcher)

    add.forgets = True  # type: ignore[attr-defined]
    FontConfiguration.add_font_face = add
