"""Margin boxes that are not made where nothing stands in them."""

from tests import torture


def test_pages_are_the_same() -> None:
    assert torture.differences("lines", "margins", "tree") == []
