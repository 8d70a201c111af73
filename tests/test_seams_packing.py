"""Numbers and words that become a PDF's bytes by their type."""

from typing import Any

import pydyf  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from generator.paginate.seams import packing
from tests import torture

ITEMS = (
    st.integers()
    | st.floats(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9)
    | st.booleans()
    | st.none()
    | st.binary(max_size=9)
    | st.text(st.characters(max_codepoint=127), max_size=9)
)


def stock(item: Any) -> bytes:  # noqa: ANN401  as pydyf takes it
    """Return what pydyf 0.13.0 writes, in the words of its source."""
    if isinstance(item, bytes):
        return item
    if isinstance(item, float):
        if item.is_integer():
            return str(int(item)).encode("ascii")
        return f"{item:f}".rstrip("0").encode("ascii")
    if isinstance(item, pydyf.Object):
        data: bytes = item.data
        return data
    return str(item).encode("ascii")


@given(ITEMS)
def test_an_item_is_written_as_pydyf_writes_it(item: Any) -> None:  # noqa: ANN401  the same
    assert packing.converting(stock)(item) == stock(item)


def test_an_object_is_left_to_pydyf() -> None:
    assert packing.converting(stock)(pydyf.Array([1, 2.5])) == b"[1 2.5]"


def test_pages_are_the_same() -> None:
    assert torture.differences("packing") == []
