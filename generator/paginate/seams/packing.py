"""Numbers and words of a PDF become bytes by their type, with fewer questions.

Some 19,000 of them make a deck of eleven slides; pydyf asks each what it is five times over.
"""

from collections.abc import Callable
from typing import Any

from generator.paginate.seams import Seam


def _after() -> None:
    import pydyf  # type: ignore[import-untyped]  # noqa: PLC0415  not before the engine

    if pydyf.VERSION == "0.13.0":
        pydyf._to_bytes = converting(pydyf._to_bytes)  # noqa: SLF001  there is no public way


def converting(stock: Callable[[Any], bytes]) -> Callable[[Any], bytes]:
    """Return what writes an item as bytes, as pydyf does."""

    def to_bytes(item: Any) -> bytes:  # noqa: ANN401  pydyf is untyped
        kind = type(item)
        if kind is bytes:
            return item  # type: ignore[no-any-return]
        if kind is float:
            if item.is_integer():
                return b"%d" % item
            return (b"%f" % item).rstrip(b"0")
        if kind is int:
            return b"%d" % item
        if kind is str:
            return item.encode("ascii")  # type: ignore[no-any-return]
        return stock(item)

    return to_bytes


seam = Seam(version="70.0", after=_after)
